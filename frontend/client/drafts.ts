/** What one has begun to write, on all of one's devices; over a reload also without a connection. */
import type { Conversation } from "../models/conversation";
import { fits } from "../models/graphemes";
import type { Store } from "../models/store";
import { SAVE_AFTER_MS, UnsavedDrafts } from "../models/unsaved-drafts";
import type { Connection } from "../socket/connection";
import type { Message, SavedDraft } from "../wire";

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
    this.saveSoon(conversation);
    // What has been sent must not come back with a reload that does not wait for a rest.
    if (text === "") this.saveNow();
    // Without a connection this browser keeps it, as it does whatever changes.
    if (appears || !this.isConnected) this.store.changed();
  }

  /** One begins to answer a message, or no longer does: that belongs to the draft. */
  answer(conversation: Conversation, message: Message | null): void {
    conversation.replyTo = message;
    if (conversation.draft !== "") this.saveSoon(conversation);
    this.store.changed();
  }

  /** One rests, or the page is about to go away. */
  saveNow(): void {
    clearTimeout(this.timer);
    for (const channel of this.unsaved.all()) void this.save(channel);
  }

  /** The channels whose drafts the server cannot have. */
  unheard(): number[] {
    return this.isConnected ? [] : this.unsaved.all();
  }

  /** So they were when the page went away: what was kept of them is newer than what the server has. */
  restore(channels: readonly number[]): void {
    for (const channel of channels) this.unsaved.changed(channel);
  }

  /** All drafts that the server has. */
  arrived(drafts: readonly SavedDraft[]): void {
    const saved = new Map(drafts.map((draft) => [draft.channel, draft]));
    for (const conversation of this.store.conversations.values()) {
      if (this.unsaved.has(conversation.id)) continue;
      const draft = saved.get(conversation.id);
      conversation.draft = draft?.text ?? "";
      if (draft) void this.restoreAnswer(conversation, draft.reply_to);
    }
    this.store.draftsElsewhere.clear();
    for (const { channel, text } of drafts) this.store.draftsElsewhere.set(channel, text);
    this.saveNow();
  }

  /** Another device wrote. What is being written here wins. */
  updated({ channel, text, reply_to }: SavedDraft): void {
    this.store.draftsElsewhere.set(channel, text);
    const conversation = this.store.conversations.get(channel);
    if (!conversation || this.unsaved.has(channel)) return;
    conversation.draft = text;
    void this.restoreAnswer(conversation, reply_to);
  }

  private get isConnected(): boolean {
    return this.connection.state.name === "open";
  }

  private async restoreAnswer(conversation: Conversation, answered: number | null): Promise<void> {
    if (answered === (conversation.replyTo?.id ?? null)) return;
    conversation.replyTo = null;
    if (answered === null) return;
    try {
      const asked = { message: answered };
      const { message } = await this.connection.request("show-message", asked);
      if (this.unsaved.has(conversation.id) || message.deleted) return;
      conversation.replyTo = message;
      this.store.changed();
    } catch {
      // Not connected: after the next `ready`. Not to be seen any more: it is an answer no longer.
    }
  }

  private saveSoon({ id }: Conversation): void {
    this.unsaved.changed(id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), SAVE_AFTER_MS);
  }

  private async save(channel: number): Promise<void> {
    const change = this.unsaved.latestOf(channel);
    const conversation = this.store.conversations.get(channel);
    if (!conversation) return;
    if (!fits(conversation.draft, this.store.limits?.text_length ?? 0)) return;
    const answer = conversation.replyTo ? { reply_to: conversation.replyTo.id } : {};
    try {
      await this.connection.request("save-draft", { channel, text: conversation.draft, ...answer });
      this.unsaved.saved(channel, change);
    } catch {
      // Not connected: after the next `ready`.
    }
  }
}
