/** Everything this tab knows. It tells its listeners that something changed, never what: they read. */
import type { Announcement, Channel, House, Limits, Preferences, User } from "../wire";
import { attention } from "./attention";
import { Conversation } from "./conversation";
import { Documents } from "./documents";
import { OUR_HOUSE } from "./house";
import { Outbox } from "./outbox";
import { People } from "./people";
import { DEFAULT_PREFERENCES } from "./preferences";
import { Typing } from "./typing";

export class Store {
  me: User | null = null;
  limits: Limits | null = null;
  readonly conversations = new Map<number, Conversation>();
  readonly people = new People();
  readonly documents = new Documents();
  readonly typing = new Typing();
  readonly outbox = new Outbox();
  /** Nobody can write from then on. */
  closure: { startsAt: number; message: string } | null = null;
  /** The conversations that one has looked at, the latest first. */
  visited: readonly number[] = [];
  preferences: Preferences = DEFAULT_PREFERENCES;
  house: House = OUR_HOUSE;
  /** What the house announced and one has not acknowledged, the oldest first. */
  announcements: readonly Announcement[] = [];
  /** The ids of the messages that one has saved, as far as this tab has heard of them. */
  readonly saved = new Set<number>();
  /** What one has begun to write where this tab has not been yet: threads that one only looks at. */
  readonly draftsElsewhere = new Map<number, string>();
  private readonly listeners = new Set<() => void>();

  /** Returns how to stop it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  get myId(): number {
    return this.me?.id ?? 0;
  }

  /** Takes in what the server says about a channel, known or not. */
  learn(channel: Channel): Conversation {
    this.people.meet(...(channel.members ?? []));
    const known = this.conversations.get(channel.id);
    if (known) {
      known.update(channel);
      return known;
    }
    const conversation = new Conversation(channel);
    conversation.draft = this.draftsElsewhere.get(channel.id) ?? "";
    this.conversations.set(channel.id, conversation);
    return conversation;
  }

  visit(channel: number): void {
    this.visited = [channel, ...this.visited.filter((id) => id !== channel)];
  }

  /** The channels of which one is a member, by name. */
  channels(): Conversation[] {
    return this.joined("public", "private").sort((a, b) =>
      a.channel.name.localeCompare(b.channel.name),
    );
  }

  directs(): Conversation[] {
    const name = (conversation: Conversation) =>
      conversation
        .others(this.myId)
        .map((person) => person.display_name)
        .join(", ");
    return this.joined("direct").sort((a, b) => name(a).localeCompare(name(b)));
  }

  /** How many messages are meant for oneself. */
  totalMentions(): number {
    return [...this.channels(), ...this.directs(), ...this.joined("thread")]
      .map(attention)
      .reduce((sum, { mentions }) => sum + mentions, 0);
  }

  /** The threads that one follows and that have something new. */
  unreadThreads(): number {
    return this.joined("thread").filter((thread) => thread.unread > 0).length;
  }

  /** Whether one has begun to write in a thread that one follows, and that is not the open one. */
  hasThreadDraft(open: number): boolean {
    return this.joined("thread").some(({ id, draft }) => id !== open && draft.trim() !== "");
  }

  /** As the sidebar counts it: a thread with something new is one. */
  totalUnread(): number {
    return [...this.channels(), ...this.directs()]
      .map(attention)
      .reduce((sum, { count }) => sum + count, this.unreadThreads());
  }

  private joined(...kinds: string[]): Conversation[] {
    return [...this.conversations.values()].filter(
      ({ channel }) => channel.membership !== null && kinds.includes(channel.kind),
    );
  }
}
