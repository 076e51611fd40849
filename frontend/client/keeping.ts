/** Keeps the last state and the unsent messages in this browser, and brings them back when the page opens. */
import type { Draft } from "../models/outbox";
import { restore, type Snapshot, snapshotOf } from "../models/snapshot";
import type { Store } from "../models/store";
import { all, forgetEverything, get, put, remove } from "../storage/database";
import type { Drafts } from "./drafts";

const KEEP_AFTER_MS = 1_000;

interface Kept {
  user: number;
  snapshot: Snapshot;
  /** The channels whose drafts the server did not get. */
  unheard?: number[];
}

export class Keeping {
  private readonly outbox = new Map<string, Draft>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly drafts: Drafts,
  ) {}

  /** What was kept for this user; of anybody else nothing stays. */
  async bringBack(user: number): Promise<void> {
    try {
      const kept = await get<Kept>("state", "last");
      if (kept && kept.user !== user) await forgetEverything();
      else if (kept && this.store.me === null) this.restore(kept);
      await this.bringBackOutbox();
    } catch {
      // No database, or one of another make: the server has everything but what was not sent.
    }
    this.store.subscribe(() => this.changed());
    addEventListener("pagehide", () => void this.keep());
  }

  private restore({ snapshot, unheard }: Kept): void {
    restore(this.store, snapshot);
    this.drafts.restore(unheard ?? []);
  }

  private async bringBackOutbox(): Promise<void> {
    const drafts = await all<Draft>("outbox");
    for (const draft of drafts.sort((a, b) => a.writtenAt - b.writtenAt)) {
      this.outbox.set(draft.clientId, draft);
      this.store.outbox.bringBack(draft);
    }
  }

  private changed(): void {
    this.keepOutbox();
    this.timer ??= setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  private async keep(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const snapshot = snapshotOf(this.store);
    if (!snapshot) return;
    const kept: Kept = { user: snapshot.me.id, snapshot, unheard: this.drafts.unheard() };
    await put("state", "last", kept).catch(() => undefined);
  }

  /** At once: between Enter and the server's answer the page may be gone. */
  private keepOutbox(): void {
    const drafts = new Map(this.store.outbox.all().map((draft) => [draft.clientId, draft]));
    for (const [id, draft] of drafts)
      if (this.outbox.get(id) !== draft) void put("outbox", id, draft).catch(() => undefined);
    for (const id of this.outbox.keys())
      if (!drafts.has(id)) void remove("outbox", id).catch(() => undefined);
    this.outbox.clear();
    for (const [id, draft] of drafts) this.outbox.set(id, draft);
  }
}
