/** Tells the server how far one has read, at most twice a second. */
import type { Conversation } from "../models/conversation";
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";

const TELL_AFTER_MS = 500;

interface Untold {
  position: number;
  timer: ReturnType<typeof setTimeout>;
}

export class Reading {
  private readonly untold = new Map<number, Untold>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** Everything up to this position is before one's eyes, or was. */
  seen(conversation: Conversation, position: number): void {
    const read = conversation.channel.membership?.read_position;
    if (read === undefined || position <= read || conversation.keptUnread) return;
    conversation.read(position);
    conversation.readAt = Date.now();
    this.store.changed();
    const { id } = conversation;
    const timer = this.untold.get(id)?.timer ?? setTimeout(() => this.tell(id), TELL_AFTER_MS);
    this.untold.set(id, { position, timer });
  }

  /** The page is about to go away. */
  tellNow(): void {
    for (const channel of [...this.untold.keys()]) this.tell(channel);
  }

  /** One has had enough of what is new here. */
  settle(conversation: Conversation): void {
    conversation.settle();
    this.seen(conversation, conversation.channel.last_position);
    this.store.changed();
  }

  /** The marker goes back to before this position: the one way in which it does. */
  async markUnread(conversation: Conversation, position: number): Promise<void> {
    clearTimeout(this.untold.get(conversation.id)?.timer);
    this.untold.delete(conversation.id);
    conversation.markUnread(position);
    this.store.changed();
    const data = { channel: conversation.id, position: position - 1, force: true };
    await this.connection.request("mark-read", data);
  }

  private tell(channel: number): void {
    const untold = this.untold.get(channel);
    this.untold.delete(channel);
    clearTimeout(untold?.timer);
    if (untold) this.connection.tell("mark-read", { channel, position: untold.position });
  }
}
