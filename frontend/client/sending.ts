/** Sends what was written, one after the other in each channel, until the server has it. */

import type { Draft } from "../models/outbox";
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import { RequestError } from "../socket/errors";
import type { Message } from "../wire";

/** 96 bits of chance. Not `crypto.randomUUID`, which plain http in a house's own network lacks. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Sending {
  private readonly busy = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** What one is answering in this channel goes with it; a reply may also go to the channel. */
  send(channel: number, text: string): void {
    const conversation = this.store.conversations.get(channel);
    const replyTo = conversation?.replyTo ?? null;
    this.post(channel, text, replyTo);
    if (!conversation) return;
    const { alsoTo } = conversation;
    conversation.replyTo = conversation.alsoTo = null;
    if (alsoTo) this.post(alsoTo.channel, text, alsoTo);
  }

  post(channel: number, text: string, replyTo: Message | null): void {
    this.store.outbox.add(channel, text, newClientId(), Date.now(), replyTo);
    void this.pump(channel);
    this.store.changed();
  }

  retry(draft: Draft): void {
    this.store.outbox.retried(draft.clientId);
    void this.pump(draft.channel);
    this.store.changed();
  }

  discard(draft: Draft): void {
    this.store.outbox.remove(draft.clientId);
    this.store.changed();
  }

  /** After a reconnect. */
  resume(): void {
    for (const channel of this.store.outbox.channels()) void this.pump(channel);
  }

  private async pump(channel: number): Promise<void> {
    if (this.busy.has(channel)) return;
    this.busy.add(channel);
    try {
      for (;;) {
        const draft = this.store.outbox.next(channel);
        if (!draft || this.connection.state.name !== "open") return;
        if (!(await this.deliver(draft))) return;
      }
    } finally {
      this.busy.delete(channel);
    }
  }

  /** Returns whether the next one may follow: not without a connection; then `resume` goes on. */
  private async deliver({ channel, text, clientId, replyTo }: Draft): Promise<boolean> {
    try {
      const answer = replyTo === null ? {} : { reply_to: replyTo.id };
      const data = { channel, text, client_id: clientId, ...answer };
      const { message } = await this.connection.request("send-message", data);
      this.store.outbox.remove(clientId);
      this.store.conversations.get(channel)?.receive(message, this.store.myId, Date.now());
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.code === "disconnected") return false;
      await this.notDelivered(clientId, error);
    }
    this.store.changed();
    return true;
  }

  private async notDelivered(clientId: string, error: RequestError): Promise<void> {
    if (error.retryAfterMs !== null)
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 0));
    else this.store.outbox.failed(clientId, error.code);
  }
}
