/** The last state of a tab, small enough to keep: what the page shows at once, with or without a network. */
import type { Channel, House, Message, Preferences, Sender, User } from "../wire";
import type { Conversation } from "./conversation";
import type { Store } from "./store";

const MESSAGES_KEPT = 50;

interface KeptConversation {
  channel: Channel;
  version: number;
  messages: Message[];
  draft: string;
}

export interface Snapshot {
  me: User;
  house: House;
  preferences: Preferences;
  people: Sender[];
  conversations: KeptConversation[];
}

function keep({ channel, log, draft }: Conversation): KeptConversation {
  // A log that does not reach to the newest would open somewhere in the past.
  const messages = log.loaded && !log.hasAfter ? log.messages.slice(-MESSAGES_KEPT) : [];
  return { channel, version: log.version, messages, draft };
}

/** Null before the server has told who this is. */
export function snapshotOf(store: Store): Snapshot | null {
  const { me, house, preferences, people } = store;
  if (!me) return null;
  const conversations = [...store.conversations.values()].filter(({ isMember }) => isMember);
  return {
    me,
    house,
    preferences,
    people: people.all(),
    conversations: conversations.map(keep),
  };
}

/** Into an empty store. What has changed since comes with the first `ready`. */
export function restore(store: Store, snapshot: Snapshot): void {
  store.me = snapshot.me;
  store.house = snapshot.house;
  store.preferences = snapshot.preferences;
  store.people.meet(...snapshot.people);
  for (const { channel, version, messages, draft } of snapshot.conversations) {
    const conversation = store.learn({ ...channel, version });
    conversation.draft = draft;
    if (messages.length === 0) continue;
    conversation.log.expectPage();
    conversation.log.opened(messages, version);
  }
  store.changed();
}
