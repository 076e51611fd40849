/** Which drafts have changed here and are not yet known to be on the server, and by which change. */

export const SAVE_AFTER_MS = 1_000;

export class UnsavedDrafts {
  private changes = 0;
  private readonly latest = new Map<number, number>();

  changed(channel: number): void {
    this.latest.set(channel, ++this.changes);
  }

  has(channel: number): boolean {
    return this.latest.has(channel);
  }

  all(): number[] {
    return [...this.latest.keys()];
  }

  latestOf(channel: number): number | undefined {
    return this.latest.get(channel);
  }

  /** Saved as it was after this change: what was written since is still to be saved. */
  saved(channel: number, change: number | undefined): void {
    if (this.latest.get(channel) === change) this.latest.delete(channel);
  }
}
