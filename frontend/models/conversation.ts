/** One channel, direct conversation or thread as this user has it: its facts, its log, what is unread. */
import type { Channel, Message, Sender } from "../wire";
import { ChannelLog } from "./channel-log";
import { type Landing, NEWEST } from "./landing";

/** As long as what one has read may be on its way to the server. */
const READING_TRAVELS_MS = 2_000;

export class Conversation {
  readonly log: ChannelLog;
  /** What one has begun to write here. */
  draft = "";
  /** The message that one is answering with a quote. */
  replyTo: Message | null = null;
  /** The root of this thread, if the next reply is also to be sent to its channel. */
  alsoTo: Message | null = null;
  /** Before which position "New" stands; it stays until one leaves, or has had enough of it. */
  divider: number | null = null;
  /** One has marked something unread: looking at it does not read it again. */
  keptUnread = false;
  /** When one last read on here, in milliseconds: the server may not have heard of it yet. */
  readAt = Number.NEGATIVE_INFINITY;
  /** The last position when one looked away, having read everything; null while one looks. */
  private restedAt: number | null = null;
  /** Where the timeline is to stand; it takes this as soon as the messages are there. */
  landing: Landing | null = null;

  constructor(public channel: Channel) {
    this.log = new ChannelLog(channel.version);
  }

  get id(): number {
    return this.channel.id;
  }

  get isMember(): boolean {
    return this.channel.membership !== null;
  }

  /** Owners and admins. */
  get isManager(): boolean {
    const role = this.channel.membership?.role;
    return role === "owner" || role === "admin";
  }

  /** Whoever reads a thread may write in it. */
  get mayTakePart(): boolean {
    return this.isMember || this.channel.kind === "thread";
  }

  /** Whether what one writes here may be for everybody, and not in a thread. */
  get mayPost(): boolean {
    return this.channel.posting === "everyone" || this.isManager;
  }

  get unread(): number {
    const { membership, last_position } = this.channel;
    return membership ? Math.max(0, last_position - membership.read_position) : 0;
  }

  get firstUnread(): number | null {
    const { membership } = this.channel;
    return membership && this.unread > 0 ? membership.read_position + 1 : null;
  }

  /** One comes in: what is new now stays marked as new. */
  entered(): void {
    this.divider = this.firstUnread;
    this.keptUnread = false;
    this.restedAt = null;
  }

  /** Where one who comes in begins to read. */
  opening(): Landing {
    return this.firstUnread === null ? NEWEST : { at: "unread", position: this.firstUnread };
  }

  /** Something may have come. Who had read everything before looking away finds the divider above
      what has come since, and not where it was in the morning. */
  noticeNews(isLooking: boolean): void {
    const { firstUnread } = this;
    if (isLooking) this.restedAt = null;
    else if (firstUnread === null) this.restedAt = this.channel.last_position;
    if (firstUnread === null) return;
    const isSince = this.restedAt !== null && firstUnread > this.restedAt;
    if (isSince) this.divider = firstUnread;
    this.divider ??= firstUnread;
  }

  /** One has seen what is new, and wants the hint gone. */
  settle(): void {
    this.divider = null;
    this.keptUnread = false;
  }

  markUnread(position: number): void {
    this.setReadPosition(position - 1);
    this.divider = position;
    this.keptUnread = true;
  }

  /** The other people of a direct conversation; oneself when one talks to oneself. */
  others(me: number): Sender[] {
    const members = this.channel.members ?? [];
    const others = members.filter((member) => member.id !== me);
    return others.length > 0 ? others : members;
  }

  /** Newer facts about the channel. Messages may have overtaken them: the last position only grows. */
  update(channel: Channel): void {
    const known = this.channel;
    this.channel = {
      ...channel,
      members: channel.members ?? known.members,
      last_position: Math.max(channel.last_position, known.last_position),
    };
  }

  receive(message: Message, me: number, now: number): void {
    this.log.receive(message, now);
    const isNew = message.position > this.channel.last_position;
    if (!isNew) return;
    this.channel = { ...this.channel, last_position: message.position };
    if (message.sender.id === me) this.answered(message.position);
    else if (message.broadcast === "channel" || message.mentions.includes(me)) this.mentioned();
  }

  /** Whoever speaks here has read what was said. */
  private answered(position: number): void {
    this.keptUnread = false;
    this.read(position);
  }

  private mentioned(): void {
    const { membership } = this.channel;
    if (!membership) return;
    const mention_count = (membership.mention_count ?? 0) + 1;
    this.channel = { ...this.channel, membership: { ...membership, mention_count } };
  }

  /** The read position moves forward by itself; it goes back only when the server says so. */
  read(position: number): void {
    const { membership } = this.channel;
    if (membership && position > membership.read_position) this.setReadPosition(position);
  }

  /** Another device has read on, or one has marked something unread there: then looking at it here
      does not read it again. */
  readElsewhere(position: number, mentions: number | undefined, now: number): void {
    const read = this.channel.membership?.read_position ?? 0;
    if (position < read && now - this.readAt < READING_TRAVELS_MS) return;
    if (position < read) this.markUnread(position + 1);
    this.setReadPosition(position, mentions);
  }

  /** `mentions`: how many of the unread messages mention one, if the server said so. */
  setReadPosition(position: number, mentions?: number): void {
    const { membership, last_position } = this.channel;
    if (!membership) return;
    const known = position >= last_position ? 0 : membership.mention_count;
    const read = { read_position: position, mention_count: mentions ?? known };
    this.channel = { ...this.channel, membership: { ...membership, ...read } };
  }

  left(): void {
    this.channel = { ...this.channel, membership: null };
  }
}
