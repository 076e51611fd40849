/** Tells the server how far one has read, at most twice a second. */
import type { Conversation } from "../models/conversation";
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";

const TELL_AFTER_MS = 500;

export class Reading {
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** Everything up to this position is before one's eyes, or was. */
  seen(conversation: Conversation, position: number): void {
    const read = conversation.channel.membership?.read_position;
    if (read === undefined || position <= read || conversation.keptUnread) return;
    conversation.read(position);
    this.store.changed();
    if (this.timers.has(conversation.id)) return;
    const timer = setTimeout(() => this.tell(conversation), TELL_AFTER_MS);
    this.timers.set(conversation.id, timer);
  }

  /** One has had enough of what is new here. */
  settle(conversation: Conversation): void {
    conversation.settle();
    this.seen(conversation, conversation.channel.last_position);
    this.store.changed();
  }

  /** The marker goes back to before this position: the one way in which it does. */
  async markUnread(conversation: Conversation, position: number): Promise<void> {
    clearTimeout(this.timers.get(conversation.id));
    this.timers.delete(conversation.id);
    conversation.markUnread(position);
    this.store.changed();
    const data = { channel: conversation.id, position: position - 1, force: true };
    await this.connection.request("mark-read", data);
  }

  private tell({ id, channel }: Conversation): void {
    this.timers.delete(id);
    const position = channel.membership?.read_position;
    if (position !== undefined) this.connection.tell("mark-read", { channel: id, position });
  }
}
