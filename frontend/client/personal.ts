/** What is one's own: preferences, drafts, how conversations stand in the sidebar; and the house's name. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Membership, Preferences, Profile, User } from "../wire";
import type { EventFrame } from "../wire-frames";
import type { Drafts } from "./drafts";

type Own = Partial<Pick<Membership, "notify" | "muted" | "starred" | "section">>;

export class Personal {
  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
    private readonly drafts: Drafts,
  ) {}

  /** While a new version is brought in, a worker of the last one may greet without these. */
  receive(frame: EventFrame): void {
    const { store } = this;
    switch (frame.event) {
      case "hello":
        store.house = frame.data.house ?? store.house;
        break;
      case "house-updated":
        store.house = frame.data;
        break;
      case "ready":
        store.preferences = frame.data.preferences ?? store.preferences;
        return this.drafts.arrived(frame.data.drafts ?? []);
      case "preferences-updated":
        store.preferences = frame.data.preferences;
        break;
      case "draft-updated":
        return this.drafts.updated(frame.data);
      case "user-updated":
        return this.person(frame.data.user);
    }
  }

  /** Shown at once; as it was if the server does not take it. */
  async prefer(changes: Partial<Preferences>): Promise<void> {
    const before = this.store.preferences;
    this.take({ ...before, ...changes });
    try {
      this.take((await this.connection.request("set-preferences", changes)).preferences);
    } catch (error) {
      this.take(before);
      throw error;
    }
  }

  async arrange(channel: number, changes: Own): Promise<void> {
    const asked = { channel, ...changes };
    this.store.learn((await this.connection.request("update-membership", asked)).channel);
    this.store.changed();
  }

  async profile(user: number): Promise<Profile> {
    const profile = await this.connection.request("show-user", { user });
    this.store.people.meet(profile.user);
    return profile;
  }

  private take(preferences: Preferences): void {
    this.store.preferences = preferences;
    this.store.changed();
  }

  private person(user: User): void {
    this.store.people.meet(user);
    if (user.id === this.store.myId) this.store.me = user;
  }
}
