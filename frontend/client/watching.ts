/** Keeps the server's list of the people whose presence this tab shows. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";

const MOST_WATCHED = 500;
const TELL_AFTER_MS = 150;

export class Watching {
  private readonly groups = new Map<string, readonly number[]>();
  private told = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** One part of the page shows these people; an earlier list of the same part is replaced. */
  watch(part: string, users: readonly number[]): void {
    this.groups.set(part, users);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), TELL_AFTER_MS);
  }

  /** A new socket watches nobody yet. */
  again(): void {
    this.told = "";
    this.tell();
  }

  private tell(): void {
    const users = [...new Set([...this.groups.values()].flat())].slice(0, MOST_WATCHED);
    const list = users.sort((a, b) => a - b).join();
    if (list === this.told) return;
    this.told = list;
    void this.ask(users);
  }

  private async ask(users: number[]): Promise<void> {
    try {
      const { presence } = await this.connection.request("watch-presence", { users });
      for (const [id, state] of Object.entries(presence))
        this.store.people.setPresence(Number(id), state.presence);
      this.store.changed();
    } catch {
      this.told = "";
    }
  }
}
