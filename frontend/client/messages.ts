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

  private take(message: Message): void {
    const conversation = this.store.conversations.get(message.channel);
    conversation?.receive(message, this.store.myId, Date.now());
    this.store.changed();
  }
}
