/** Which drafts have changed here and are not yet known to be on the server, and since when. */

export const SAVE_AFTER_MS = 1_000;

export class UnsavedDrafts {
  private readonly since = new Map<number, number>();

  changed(channel: number, now: number): void {
    this.since.set(channel, now);
  }

  has(channel: number): boolean {
    return this.since.has(channel);
  }

  /** Those that have rested long enough to be saved. */
  due(now: number): number[] {
    return [...this.since]
      .filter(([, at]) => now - at >= SAVE_AFTER_MS)
      .map(([channel]) => channel);
  }

  all(): number[] {
    return [...this.since.keys()];
  }

  /** Saved as it was at `at`: what was written since is still to be saved. */
  saved(channel: number, at: number): void {
    if ((this.since.get(channel) ?? 0) <= at) this.since.delete(channel);
  }
}
