/**
 * What this tab holds of one channel's messages: a run of positions without a hole, and the
 * version up to which every change is in it. Events may come out of order or twice; after
 * `caughtUp` the log is what a fresh read would give.
 */
import type { Message } from "../wire";

/** How long a missing version may take by itself before we ask for it. */
export const GAP_PATIENCE_MS = 200;

export class ChannelLog {
  messages: Message[] = [];
  loaded = false;
  hasBefore = false;
  hasAfter = false;
  /** When a version was first found missing; null when none is. */
  gapSince: number | null = null;
  private readonly ahead = new Set<number>();
  /** Changes to messages that a page on its way may bring in their old form. */
  private readonly aside = new Map<number, Message>();
  private pagesOnTheirWay = 0;

  constructor(public version: number) {}

  /** A message that is new or changed. */
  receive(message: Message, now: number): void {
    this.place(message);
    if (message.version > this.version) this.ahead.add(message.version);
    this.closeRanks();
    if (this.ahead.size === 0) this.gapSince = null;
    else this.gapSince ??= now;
  }

  /** A page is asked for; it ends in `opened`, `jumped`, `addBefore`, `addAfter` or `pageFailed`. */
  expectPage(): void {
    this.pagesOnTheirWay++;
  }

  pageFailed(): void {
    this.pageArrived();
  }

  /** The newest page, as of `version`: it replaces what was held. */
  opened(messages: Message[], version: number): void {
    this.messages = messages;
    this.loaded = true;
    this.hasBefore = (messages[0]?.position ?? 1) > 1;
    this.hasAfter = false;
    this.caughtUp([], version);
    this.pageArrived();
  }

  /** A run somewhere else, read later than our version: it replaces what was held. */
  jumped(messages: Message[], hasBefore: boolean, hasAfter: boolean): void {
    this.messages = messages;
    this.loaded = true;
    this.hasBefore = hasBefore;
    this.hasAfter = hasAfter;
    this.pageArrived();
  }

  /** Whether what stands at this position is here; beyond the newest there is nothing to fetch. */
  holds(position: number): boolean {
    const first = this.messages[0]?.position ?? 1;
    const last = this.messages.at(-1)?.position ?? 0;
    return this.loaded && position >= first && (position <= last || !this.hasAfter);
  }

  /** The first message at or after a position that is to be seen. */
  from(position: number): Message | undefined {
    return this.messages.find((message) => message.position >= position && !message.deleted);
  }

  /** Older messages, asked for while `first` was the first held: if it no longer is, they do not fit. */
  addBefore(first: number, messages: Message[], hasBefore: boolean): void {
    if (this.messages[0]?.position === first) {
      this.addPage(messages);
      this.hasBefore = hasBefore;
    }
    this.pageArrived();
  }

  addAfter(last: number, messages: Message[], hasAfter: boolean): void {
    if (this.messages.at(-1)?.position === last) {
      this.addPage(messages);
      this.hasAfter = hasAfter;
    }
    this.pageArrived();
  }

  /** Everything that changed beyond our version, up to `version`. */
  caughtUp(messages: Message[], version: number): void {
    for (const message of messages) this.place(message);
    this.version = Math.max(this.version, version);
    this.closeRanks();
    this.gapSince = null;
  }

  /** Lets go of all but the newest, so that a lively channel does not fill the memory. */
  keepNewest(count: number): void {
    if (this.messages.length <= count) return;
    this.messages = this.messages.slice(-count);
    this.hasBefore = true;
  }

  /** The same for somebody who reads far up: the newest go, and come back when asked for. */
  keepOldest(count: number): void {
    if (this.messages.length <= count) return;
    this.messages = this.messages.slice(0, count);
    this.hasAfter = true;
  }

  unload(): void {
    this.messages = [];
    this.loaded = false;
  }

  private addPage(messages: Message[]): void {
    const held = new Map(this.messages.map((message) => [message.position, message]));
    for (const message of messages) {
      const known = held.get(message.position);
      if (!known || known.version < message.version) held.set(message.position, message);
    }
    this.messages = [...held.values()].sort((a, b) => a.position - b.position);
  }

  private pageArrived(): void {
    for (const message of this.aside.values()) this.place(message);
    if (--this.pagesOnTheirWay === 0) this.aside.clear();
  }

  private place(message: Message): void {
    if (this.pagesOnTheirWay > 0) this.putAside(message);
    if (!this.isInRange(message.position)) return;
    const index = this.messages.findLastIndex((held) => held.position <= message.position);
    const held = this.messages[index];
    if (held?.position !== message.position) this.messages.splice(index + 1, 0, message);
    else if (held.version < message.version) this.messages[index] = message;
  }

  private putAside(message: Message): void {
    const known = this.aside.get(message.position);
    if (!known || known.version < message.version) this.aside.set(message.position, message);
  }

  private isInRange(position: number): boolean {
    const first = this.messages[0]?.position ?? 0;
    const last = this.messages.at(-1)?.position ?? 0;
    return (
      this.loaded && (!this.hasBefore || position >= first) && (!this.hasAfter || position <= last)
    );
  }

  private closeRanks(): void {
    while (this.ahead.delete(this.version + 1)) this.version++;
    for (const version of this.ahead) if (version <= this.version) this.ahead.delete(version);
  }
}
