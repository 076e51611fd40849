/** Brings messages into a log: the newest when a channel is opened, older ones as one scrolls. */
import type { ChannelLog } from "../models/channel-log";
import type { Conversation } from "../models/conversation";
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type { Message } from "../wire";

const PAGE = 50;
/** Logs beyond these, the least recently opened ones, are let go. */
const LOGS_KEPT = 12;
const KEPT_OUT_OF_SIGHT = 100;

export class Pages {
  private recent: Conversation[] = [];
  private readonly loading = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** The conversation with its newest messages. `not-found` for what one may not see. */
  async open(channel: number): Promise<Conversation> {
    const known = this.store.conversations.get(channel);
    // Who is not a member gets no events: what was read before may be old.
    const isCurrent = known?.log.loaded && known.isMember;
    const conversation = isCurrent ? known : await this.fetch(channel);
    // A thread stands beside a channel, which must not be cut for it.
    if (conversation.channel.kind !== "thread") this.keepRecent(conversation);
    return conversation;
  }

  /** Goes back to the newest after reading far up. */
  async toNewest(conversation: Conversation): Promise<void> {
    await this.fetch(conversation.id);
  }

  isLoading(conversation: Conversation): boolean {
    return this.loading.has(conversation.id);
  }

  async older(conversation: Conversation): Promise<void> {
    const { log, id } = conversation;
    const first = log.messages[0]?.position;
    if (!log.hasBefore || first === undefined) return;
    await this.load(conversation, async () => {
      const asked = { channel: id, before: first, limit: PAGE };
      const page = await this.connection.request("history", asked);
      this.meet(page.messages);
      log.addBefore(first, page.messages, page.has_before);
    });
  }

  async newer(conversation: Conversation): Promise<void> {
    const { log, id } = conversation;
    const last = log.messages.at(-1)?.position;
    if (!log.hasAfter || last === undefined) return;
    await this.load(conversation, async () => {
      const asked = { channel: id, after: last, limit: PAGE };
      const page = await this.connection.request("history", asked);
      this.meet(page.messages);
      log.addAfter(last, page.messages, page.has_after);
    });
  }

  /** One page at a time; a lost connection just leaves the log as it was. */
  private async load(conversation: Conversation, page: () => Promise<void>): Promise<void> {
    if (this.loading.has(conversation.id)) return;
    this.loading.add(conversation.id);
    conversation.log.expectPage();
    try {
      await page();
    } catch {
      conversation.log.pageFailed();
    } finally {
      this.loading.delete(conversation.id);
      this.store.changed();
    }
  }

  private async fetch(id: number): Promise<Conversation> {
    const log = this.store.conversations.get(id)?.log;
    log?.expectPage();
    try {
      const { channel, messages } = await this.connection.request("open-channel", { channel: id });
      this.meet(messages);
      const conversation = this.store.learn(channel);
      if (!log) conversation.log.expectPage();
      conversation.log.opened(messages, channel.version);
      this.store.changed();
      return conversation;
    } catch (error) {
      log?.pageFailed();
      throw error;
    }
  }

  private meet(messages: Message[]): void {
    this.store.people.meet(...messages.map((message) => message.sender));
  }

  private keepRecent(conversation: Conversation): void {
    for (const other of this.recent) if (other !== conversation) trim(other.log);
    this.recent = [conversation, ...this.recent.filter((other) => other !== conversation)];
    for (const forgotten of this.recent.splice(LOGS_KEPT)) forgotten.log.unload();
  }
}

function trim(log: ChannelLog): void {
  if (log.hasAfter) log.unload();
  else log.keepNewest(KEPT_OUT_OF_SIGHT);
}
