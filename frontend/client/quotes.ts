/** The messages that others answer, wherever they stand: from the log, or asked for once. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import { RequestError } from "../socket/errors";
import type { Message } from "../wire";

export class Quotes {
  private readonly fetched = new Map<number, Message | null>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** What this message answers: undefined while it is on its way, null if it cannot be seen. */
  of({ channel, reply_to }: Message): Message | null | undefined {
    if (reply_to === null) return null;
    const held = this.store.conversations.get(channel)?.log.messages;
    const here = held?.find((message) => message.id === reply_to);
    if (here) return here;
    if (!this.fetched.has(reply_to)) void this.fetch(reply_to);
    return this.fetched.get(reply_to);
  }

  private async fetch(message: number): Promise<void> {
    if (this.asked.has(message)) return;
    this.asked.add(message);
    try {
      const reply = await this.connection.request("show-message", { message });
      this.fetched.set(message, reply.message);
    } catch (error) {
      // Without a connection it is asked for again when it is next drawn.
      if (!(error instanceof RequestError) || error.isUncertain) return;
      this.fetched.set(message, null);
    } finally {
      this.asked.delete(message);
    }
    this.store.changed();
  }
}
