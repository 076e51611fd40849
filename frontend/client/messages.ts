/** What is done to a message that exists. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Message } from "../wire";

export class Messages {
  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  async edit(message: number, text: string): Promise<void> {
    this.take((await this.connection.request("edit-message", { message, text })).message);
  }

  async remove(message: number): Promise<void> {
    this.take((await this.connection.request("delete-message", { message })).message);
  }

  async toggleReaction({ id, reactions }: Message, emoji: string): Promise<void> {
    const users = reactions.find((reaction) => reaction.emoji === emoji)?.users ?? [];
    const request = users.includes(this.store.myId) ? "remove-reaction" : "add-reaction";
    this.take((await this.connection.request(request, { message: id, emoji })).message);
  }

  async togglePin({ id, pinned }: Message): Promise<void> {
    const request = pinned ? "unpin-message" : "pin-message";
    this.take((await this.connection.request(request, { message: id })).message);
  }

  async unpin(message: number): Promise<void> {
    this.take((await this.connection.request("unpin-message", { message })).message);
  }

  async toggleSaved(message: number): Promise<void> {
    const { saved } = this.store;
    await this.connection.request(saved.has(message) ? "unsave-message" : "save-message", {
      message,
    });
    if (!saved.delete(message)) saved.add(message);
    this.store.changed();
  }

  private take(message: Message): void {
    const conversation = this.store.conversations.get(message.channel);
    conversation?.receive(message, this.store.myId, Date.now());
    this.store.changed();
  }
}
