/** Who and what there is in the house to find, beyond what this tab has met: asked for when one looks. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Channel } from "../wire";

const PEOPLE_AT_ONCE = 200;
const FRESH_FOR_MS = 60_000;
const SEARCH_AFTER_MS = 200;

export class Directory {
  private listed: Channel[] = [];
  private lookedAt = Number.NEGATIVE_INFINITY;
  private isLarge = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** The public and private channels that go on, those of the sidebar as it has them. */
  channels(): Channel[] {
    return this.named().filter(({ archived }) => !archived);
  }

  /** The archived ones first: where two have one name, the later one of a list is meant. */
  named(): Channel[] {
    const known = [...this.store.conversations.values()].map(({ channel }) => channel);
    const ids = new Set(known.map(({ id }) => id));
    return [...known, ...this.listed.filter(({ id }) => !ids.has(id))]
      .filter(({ kind, membership }) => kind === "public" || (kind === "private" && membership))
      .sort((a, b) => Number(b.archived) - Number(a.archived));
  }

  /** Somebody looks for `typed`: what is not known yet comes with a change of the store. */
  look(typed: string, now: number): void {
    if (now - this.lookedAt > FRESH_FOR_MS) {
      this.lookedAt = now;
      void this.load();
    }
    if (!this.isLarge || typed === "") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.meet(typed), SEARCH_AFTER_MS);
  }

  private async load(): Promise<void> {
    try {
      const [{ channels }, count] = await Promise.all([
        this.connection.request("list-channels", {}),
        this.meet(""),
      ]);
      this.listed = channels;
      this.isLarge = count >= PEOPLE_AT_ONCE;
      this.store.changed();
    } catch {
      this.lookedAt = Number.NEGATIVE_INFINITY; // Not connected: the next look asks again.
    }
  }

  private async meet(query: string): Promise<number> {
    const asked = { query: query.normalize("NFC"), limit: PEOPLE_AT_ONCE };
    const { users } = await this.connection.request("list-users", asked);
    this.store.people.meet(...users);
    this.store.changed();
    return users.length;
  }
}
