/**
 * What was written and is not yet known to be stored, per channel and in order. A retry carries
 * the same client_id, so that the server stores it once however often it is sent.
 */

import type { Message } from "../wire";

export interface Draft {
  readonly clientId: string;
  readonly channel: number;
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo: Message | null;
  readonly writtenAt: number;
  /** Why it failed; null while it is on its way. */
  readonly failure: string | null;
}

export class Outbox {
  private drafts: Draft[] = [];

  add(
    channel: number,
    text: string,
    clientId: string,
    now: number,
    replyTo: Message | null = null,
  ): void {
    this.drafts.push({ clientId, channel, text, replyTo, writtenAt: now, failure: null });
  }

  /** Written before the page was loaded anew. */
  bringBack(draft: Draft): void {
    this.drafts.push(draft);
  }

  all(): readonly Draft[] {
    return this.drafts;
  }

  in(channel: number): Draft[] {
    return this.drafts.filter((draft) => draft.channel === channel);
  }

  /** The next one to send in a channel; failed ones wait for their writer. */
  next(channel: number): Draft | undefined {
    return this.drafts.find((draft) => draft.channel === channel && draft.failure === null);
  }

  channels(): number[] {
    return [...new Set(this.drafts.map((draft) => draft.channel))];
  }

  failed(clientId: string, failure: string): void {
    this.replace(clientId, failure);
  }

  retried(clientId: string): void {
    this.replace(clientId, null);
  }

  /** It is stored, or its writer has thrown it away. */
  remove(clientId: string): void {
    this.drafts = this.drafts.filter((draft) => draft.clientId !== clientId);
  }

  private replace(clientId: string, failure: string | null): void {
    this.drafts = this.drafts.map((draft) =>
      draft.clientId === clientId ? { ...draft, failure } : draft,
    );
  }
}
