/** Who is typing where, for as long as it is worth believing; and when to tell that we are. */
import type { Sender } from "../wire";

export const TYPING_SHOWN_MS = 5_000;
/** The server passes on no more than this anyway. */
export const TYPING_TOLD_EVERY_MS = 3_000;

interface Typist {
  user: Sender;
  until: number;
}

export class Typing {
  private readonly channels = new Map<number, Map<number, Typist>>();

  started(channel: number, user: Sender, now: number): void {
    const typists = this.channels.get(channel) ?? new Map<number, Typist>();
    typists.set(user.id, { user, until: now + TYPING_SHOWN_MS });
    this.channels.set(channel, typists);
  }

  stopped(channel: number, user: number): void {
    this.channels.get(channel)?.delete(user);
  }

  clear(): void {
    this.channels.clear();
  }

  in(channel: number, now: number): Sender[] {
    const typists = [...(this.channels.get(channel)?.values() ?? [])];
    return typists.filter((typist) => typist.until > now).map((typist) => typist.user);
  }

  /** When the next name goes, in milliseconds since the epoch; null when none is shown. */
  nextEnd(now: number): number | null {
    const ends = [...this.channels.values()]
      .flatMap((typists) => [...typists.values()])
      .map((typist) => typist.until)
      .filter((until) => until > now);
    return ends.length > 0 ? Math.min(...ends) : null;
  }
}

/** Our own typing in one channel at a time: when is it time to say it again? */
export class OwnTyping {
  private channel = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  /** Whether to tell the server now. */
  typed(channel: number, now: number): boolean {
    if (channel === this.channel && now - this.toldAt < TYPING_TOLD_EVERY_MS) return false;
    this.channel = channel;
    this.toldAt = now;
    return true;
  }

  /** Whether others may still believe that we type. */
  stopped(now: number): boolean {
    const believed = now - this.toldAt < TYPING_SHOWN_MS;
    this.toldAt = Number.NEGATIVE_INFINITY;
    return believed;
  }
}
