/** What the house announces: each once, until its reader has seen it on any device. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Announcement } from "../wire";
import type { EventFrame } from "../wire-frames";

export class News {
  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  receive(frame: EventFrame): void {
    switch (frame.event) {
      case "ready":
        this.store.announcements = frame.data.announcements ?? [];
        break;
      case "important-announcement":
        return this.add(frame.data);
      case "announcement-acknowledged":
      case "announcement-over":
        return this.remove(frame.data.announcement);
    }
  }

  /** It stays where it is if the server does not hear of it. */
  async acknowledge(announcement: number): Promise<void> {
    await this.connection.request("acknowledge-announcement", { announcement });
    this.remove(announcement);
    this.store.changed();
  }

  private add(announcement: Announcement): void {
    this.remove(announcement.id);
    this.store.announcements = [...this.store.announcements, announcement];
  }

  private remove(id: number): void {
    this.store.announcements = this.store.announcements.filter((known) => known.id !== id);
  }
}
