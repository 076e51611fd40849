/** Slash commands: which there are, and having the server carry one out. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Command } from "../wire";
import type { Requests } from "../wire-frames";
import { newClientId } from "./sending";

export class Commands {
  private known: Command[] | null = null;

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  async all(): Promise<Command[]> {
    this.known ??= (await this.connection.request("list-commands", {})).commands;
    return this.known;
  }

  async has(name: string): Promise<boolean> {
    return (await this.all()).some((command) => command.name === name);
  }

  async run(
    channel: number,
    name: string,
    rest: string,
  ): Promise<Requests["run-command"]["reply"]> {
    const asked = { channel, name, arguments: rest, client_id: newClientId() };
    const result = await this.connection.request("run-command", asked);
    const { message } = result;
    if (message) {
      const conversation = this.store.conversations.get(message.channel);
      conversation?.receive(message, this.store.myId, Date.now());
      this.store.changed();
    }
    return result;
  }
}
