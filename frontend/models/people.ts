/** The people this tab has heard of, and whether they are here. */
import type { Presence, Sender } from "../wire";

export class People {
  private readonly known = new Map<number, Sender>();
  private readonly presences = new Map<number, Presence>();

  meet(...people: Sender[]): void {
    for (const { id, username, display_name, avatar_url, is_bot } of people)
      this.known.set(id, { id, username, display_name, avatar_url, is_bot });
  }

  get(id: number): Sender | undefined {
    return this.known.get(id);
  }

  all(): Sender[] {
    return [...this.known.values()];
  }

  /** The names of those we know, in the order given. */
  names(ids: readonly number[]): string[] {
    return ids.flatMap((id) => this.known.get(id)?.display_name ?? []);
  }

  presence(id: number): Presence {
    return this.presences.get(id) ?? "offline";
  }

  setPresence(id: number, presence: Presence): void {
    this.presences.set(id, presence);
  }
}
