/** After a disturbance: asks for what is missing, so that every log is as a fresh read would be. */
import { GAP_PATIENCE_MS } from "../models/channel-log";
import type { Conversation } from "../models/conversation";
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Channel } from "../wire";

export class CatchUp {
  private readonly running = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** Events overtake each other; most gaps close by themselves. */
  watchGap(conversation: Conversation): void {
    const { log } = conversation;
    const { gapSince } = log;
    if (gapSince === null) return;
    setTimeout(() => {
      if (log.gapSince === gapSince) void this.run(conversation);
    }, GAP_PATIENCE_MS);
  }

  /** `ready` is a fresh read of every channel's counters. */
  afterReady(channels: Channel[]): void {
    for (const channel of channels) {
      const conversation = this.store.conversations.get(channel.id);
      if (conversation?.log.loaded) void this.run(conversation);
      else conversation?.log.caughtUp([], channel.version);
    }
  }

  everything(): void {
    for (const conversation of this.store.conversations.values()) void this.run(conversation);
  }

  /** A message came from a channel that we have not heard of yet: its own event is on its way. */
  async learn(channel: number): Promise<void> {
    try {
      this.store.learn((await this.connection.request("open-channel", { channel })).channel);
      this.store.changed();
    } catch {
      // The next `ready` names every channel.
    }
  }

  async run(conversation: Conversation): Promise<void> {
    if (this.running.has(conversation.id)) return;
    this.running.add(conversation.id);
    try {
      await this.ask(conversation);
    } catch {
      // Not connected: the next `ready` asks again. Not ours any more: nothing to catch up with.
    } finally {
      this.running.delete(conversation.id);
      this.store.changed();
    }
  }

  private async ask(conversation: Conversation): Promise<void> {
    const { log, id } = conversation;
    const asked = { channel: id, since: log.version };
    const { channel, messages, complete } = await this.connection.request("open-channel", asked);
    for (const message of messages) this.store.people.meet(message.sender);
    if (complete) log.caughtUp(messages, channel.version);
    else await this.startOver(conversation);
    this.store.learn(channel);
  }

  /** Too much has happened to replay it. */
  private async startOver({ log, id }: Conversation): Promise<void> {
    log.expectPage();
    try {
      const page = await this.connection.request("open-channel", { channel: id });
      log.opened(page.messages, page.channel.version);
    } catch (error) {
      log.pageFailed();
      throw error;
    }
  }
}
