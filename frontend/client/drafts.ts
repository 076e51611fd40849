/** What one has begun to write, on all of one's devices; over a reload also without a connection. */
import type { Conversation } from "../models/conversation";
import { fits } from "../models/graphemes";
import type { Store } from "../models/store";
import { SAVE_AFTER_MS, UnsavedDrafts } from "../models/unsaved-drafts";
import type { Connection } from "../socket/connection";
import type { SavedDraft } from "../wire";

export class Drafts {
  private readonly unsaved = new UnsavedDrafts();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  write(conversation: Conversation, text: string): void {
    if (conversation.draft === text) return;
    const appears = (conversation.draft === "") !== (text === "");
    conversation.draft = text;
    this.unsaved.changed(conversation.id, Date.now());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(this.unsaved.due(Date.now())), SAVE_AFTER_MS);
    if (appears) this.store.changed();
  }

  /** The page is about to go away. */
  saveNow(): void {
    this.save(this.unsaved.all());
  }

  /** What was not saved before the page went away: it is newer than what the server has. */
  restore(drafts: readonly { channel: number; text: string }[]): void {
    for (const { channel, text } of drafts) {
      const conversation = this.store.conversations.get(channel);
      if (conversation && conversation.draft === "") this.write(conversation, text);
    }
  }

  /** All drafts that the server has. */
  arrived(drafts: readonly SavedDraft[]): void {
    const texts = new Map(drafts.map(({ channel, text }) => [channel, text]));
    for (const conversation of this.store.conversations.values())
      if (!this.unsaved.has(conversation.id)) conversation.draft = texts.get(conversation.id) ?? "";
    this.saveNow();
  }

  /** Another device wrote. What is being written here wins. */
  updated({ channel, text }: SavedDraft): void {
    const conversation = this.store.conversations.get(channel);
    if (conversation && !this.unsaved.has(channel)) conversation.draft = text;
  }

  private save(channels: readonly number[]): void {
    for (const channel of channels) void this.saveOne(channel);
  }

  private async saveOne(channel: number): Promise<void> {
    const at = Date.now();
    const conversation = this.store.conversations.get(channel);
    if (!conversation) return;
    if (!fits(conversation.draft, this.store.limits?.text_length ?? 0)) return;
    const answer = conversation.replyTo ? { reply_to: conversation.replyTo.id } : {};
    try {
      await this.connection.request("save-draft", { channel, text: conversation.draft, ...answer });
      this.unsaved.saved(channel, at);
    } catch {
      // Not connected: after the next `ready`.
    }
  }
}
