/** Brings messages into a log: the newest when a channel is opened, older ones as one scrolls. */
import type { ChannelLog } from "../models/channel-log";
import type { Conversation } from "../models/conversation";
import { type Landing, NEWEST, positionOf } from "../models/landing";
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

  /**
   * The conversation with the messages around where one wants to stand: where one left off, if
   * nothing else is asked for. `not-found` for what one may not see.
   */
  async open(channel: number, wanted: Landing | null = null): Promise<Conversation> {
    const known = this.store.conversations.get(channel);
    // Who is not a member gets no events: what was read before may be old.
    const isCurrent = known?.log.loaded && known.isMember;
    const conversation = isCurrent ? known : await this.fetch(channel, wanted);
    // A thread stands beside a channel, which must not be cut for it.
    if (conversation.channel.kind !== "thread") this.keepRecent(conversation);
    conversation.entered();
    if (wanted) await this.land(conversation, wanted);
    else await this.landWhereLeft(conversation);
    return conversation;
  }

  /** Without a network that place may not be among what was kept; the newest are. */
  private async landWhereLeft(conversation: Conversation): Promise<void> {
    const landing = this.land(conversation, conversation.opening());
    await landing.catch(() => this.land(conversation, NEWEST));
  }

  /** Brings what stands there, if it is not here, and lets the timeline go there. */
  async land(conversation: Conversation, landing: Landing): Promise<void> {
    const position = positionOf(landing);
    if (position === null && conversation.log.hasAfter) await this.fetch(conversation.id, landing);
    else if (position !== null && !conversation.log.holds(position))
      await this.jump(conversation, { around: position });
    conversation.landing = landing;
    this.store.changed();
  }

  /** To the first message at or after a moment, in milliseconds since the epoch. */
  async toMoment(conversation: Conversation, moment: number): Promise<void> {
    await this.jump(conversation, { at: new Date(moment).toISOString() });
    const { messages } = conversation.log;
    const first = messages.find(({ timestamp }) => Date.parse(timestamp) >= moment);
    const position = (first ?? messages.at(-1))?.position;
    conversation.landing = position === undefined ? NEWEST : { at: "message", position };
    this.store.changed();
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

  /** A run around some place instead of what is held. */
  private async jump({ log, id }: Conversation, to: { around: number } | { at: string }) {
    log.expectPage();
    try {
      const page = await this.connection.request("history", { channel: id, limit: PAGE, ...to });
      this.meet(page.messages);
      log.jumped(page.messages, page.has_before, page.has_after);
    } catch (error) {
      log.pageFailed();
      throw error;
    }
  }

  private async fetch(id: number, wanted: Landing | null): Promise<Conversation> {
    const log = this.store.conversations.get(id)?.log;
    log?.expectPage();
    try {
      const { channel, messages } = await this.connection.request("open-channel", { channel: id });
      const conversation = this.store.learn(channel);
      if (!log) conversation.log.expectPage();
      const further = await this.furtherUp(conversation, messages, wanted);
      conversation.log.opened(messages, channel.version);
      if (further) conversation.log.jumped(further.messages, further.has_before, further.has_after);
      this.meet(conversation.log.messages);
      return conversation;
    } catch (error) {
      log?.pageFailed();
      throw error;
    }
  }

  /** Asked for before the newest are drawn, so that nobody sees them first and then jumps away. */
  private async furtherUp(conversation: Conversation, newest: Message[], wanted: Landing | null) {
    const position = positionOf(wanted ?? conversation.opening());
    if (position === null || position >= (newest[0]?.position ?? 0)) return null;
    const asked = { channel: conversation.id, around: position, limit: PAGE };
    const page = await this.connection.request("history", asked);
    conversation.log.expectPage();
    return page;
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
