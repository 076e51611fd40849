/** Each event of the server, taken into the store. */
import type { Store } from "../models/store";
import type { Channel, Message } from "../wire";
import type { EventFrame, Events } from "../wire-frames";
import type { CatchUp } from "./catch-up";

export class Incoming {
  constructor(
    private readonly store: Store,
    private readonly catchUp: CatchUp,
  ) {}

  receive(frame: EventFrame): void {
    switch (frame.event) {
      case "hello":
        this.store.limits = frame.data.limits;
        break;
      case "ready":
        return this.ready(frame.data);
      case "resync":
        return this.catchUp.everything();
      case "new-message":
      case "message-updated":
      case "message-deleted":
        return this.message(frame.data);
      case "channel-created":
      case "channel-updated":
        return this.channel(frame.data);
      case "user-joined":
      case "user-left":
        return this.members(frame.event, frame.data);
      case "read-updated":
        return this.read(frame.data);
      case "saved-updated":
        if (frame.data.saved) this.store.saved.add(frame.data.message);
        else this.store.saved.delete(frame.data.message);
        break;
      case "maintenance-updated":
        return this.closure(frame.data);
      case "user-typing":
        return this.typing(frame.data);
      case "user-online":
      case "user-offline":
      case "user-away":
        this.store.people.setPresence(frame.data.user, frame.data.presence);
    }
  }

  private ready({ user, channels, saved }: Events["ready"]): void {
    const { store } = this;
    store.saved.clear();
    for (const message of saved) store.saved.add(message);
    store.closure = null; // the server says so after this, if it is not
    store.me = user;
    store.people.meet(user);
    store.people.setPresence(user.id, user.presence);
    store.typing.clear();
    const joined = new Set(channels.map((channel) => channel.id));
    for (const conversation of store.conversations.values())
      if (!joined.has(conversation.id)) conversation.left();
    for (const channel of channels) store.learn(channel);
    this.catchUp.afterReady(channels);
  }

  private closure({ starts_at, message }: Events["maintenance-updated"]): void {
    const startsAt = starts_at === null ? null : Date.parse(starts_at);
    this.store.closure = startsAt === null ? null : { startsAt, message };
  }

  private message(message: Message): void {
    const { store } = this;
    store.people.meet(message.sender);
    store.typing.stopped(message.channel, message.sender.id);
    if (message.sender.id === store.myId) store.outbox.remove(message.client_id);
    const conversation = store.conversations.get(message.channel);
    if (!conversation) return void this.catchUp.learn(message.channel);
    conversation.receive(message, store.myId, Date.now());
    this.catchUp.watchGap(conversation);
  }

  private channel(channel: Channel): void {
    this.store.learn(channel);
  }

  private members(event: "user-joined" | "user-left", data: Events["user-joined"]): void {
    this.store.people.meet(data.user);
    const conversation = this.store.conversations.get(data.channel);
    if (!conversation) return;
    conversation.channel = { ...conversation.channel, member_count: data.member_count };
    if (event === "user-left" && data.user.id === this.store.myId) conversation.left();
  }

  private read({ channel, read_position, mention_count }: Events["read-updated"]): void {
    const conversation = this.store.conversations.get(channel);
    conversation?.readElsewhere(read_position, mention_count, Date.now());
  }

  private typing({ channel, user, active }: Events["user-typing"]): void {
    this.store.people.meet(user);
    if (active) this.store.typing.started(channel, user, Date.now());
    else this.store.typing.stopped(channel, user.id);
  }
}
