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

  /** Everything in the conversation is before one's eyes. */
  seen(conversation: Conversation): void {
    if (conversation.unread === 0) return;
    conversation.read(conversation.channel.last_position);
    this.store.changed();
    clearTimeout(this.timers.get(conversation.id));
    const timer = setTimeout(() => this.tell(conversation), TELL_AFTER_MS);
    this.timers.set(conversation.id, timer);
  }

  private tell({ id, channel }: Conversation): void {
    const position = channel.membership?.read_position;
    if (position !== undefined) this.connection.tell("mark-read", { channel: id, position });
  }
}
