/** Where one can go from anywhere: one's conversations, the other channels, and people. */
import type { Channel, Sender } from "../wire";
import { attention } from "./attention";
import type { Conversation } from "./conversation";
import { find } from "./korean-search";

export interface Destination {
  key: string;
  name: string;
  detail: string;
  names: readonly string[];
  unread: number;
  mentions: number;
  countsAll: boolean;
  to: { channel: Channel } | { person: Sender };
}

interface Known {
  /** As the sidebar lists them. */
  conversations: readonly Conversation[];
  /** Also those that one has not joined. */
  channels: readonly Channel[];
  people: readonly Sender[];
  /** Where one was, the latest first; the first is where one is. */
  visited: readonly number[];
  me: number;
}

export const MOST_DESTINATIONS = 12;

function ofConversation(conversation: Conversation, me: number): Destination {
  const { id, channel } = conversation;
  const { count, mentions, countsAll } = attention(conversation);
  const others = channel.kind === "direct" ? conversation.others(me) : [];
  const name = others.map(({ display_name }) => display_name).join(", ") || channel.name;
  return {
    key: `c${id}`,
    name,
    detail: others[0] && others.length === 1 ? `@${others[0].username}` : channel.topic,
    names: [name, ...others.map(({ username }) => username)],
    unread: count,
    mentions,
    countsAll,
    to: { channel },
  };
}

const ofChannel = (channel: Channel): Destination => ({
  key: `c${channel.id}`,
  name: channel.name,
  detail: channel.topic,
  names: [channel.name],
  unread: 0,
  mentions: 0,
  countsAll: true,
  to: { channel },
});

const ofPerson = (person: Sender): Destination => ({
  key: `p${person.id}`,
  name: person.display_name,
  detail: `@${person.username}`,
  names: [person.display_name, person.username],
  unread: 0,
  mentions: 0,
  countsAll: true,
  to: { person },
});

/** What waits comes first, then where one was last. */
function urgency(
  { mentions, unread, to }: Destination,
  visited: readonly number[],
): [number, number] {
  const waiting = mentions > 0 ? 2 : unread > 0 ? 1 : 0;
  const index = "channel" in to ? visited.indexOf(to.channel.id) : -1;
  return [waiting, index < 0 ? Number.NEGATIVE_INFINITY : -index];
}

function byUrgency(visited: readonly number[]) {
  return (a: Destination, b: Destination): number => {
    const [aWaits, aRecent] = urgency(a, visited);
    const [bWaits, bRecent] = urgency(b, visited);
    if (aWaits !== bWaits) return bWaits - aWaits;
    return aRecent === bRecent ? 0 : bRecent - aRecent;
  };
}

export function destinations(typed: string, known: Known): Destination[] {
  const { conversations, visited, me } = known;
  const here = visited[0];
  const mine = conversations.map((conversation) => ofConversation(conversation, me));
  const ids = new Set(conversations.map(({ id }) => id));
  const talkedTo = new Set(
    conversations.flatMap((conversation) => {
      const others = conversation.channel.kind === "direct" ? conversation.others(me) : [];
      return others.length === 1 && others[0] ? others[0].id : [];
    }),
  );
  const all = [
    ...mine.sort(byUrgency(visited)),
    ...known.channels.filter(({ id }) => !ids.has(id)).map(ofChannel),
    ...known.people.filter(({ id }) => !talkedTo.has(id) && id !== me).map(ofPerson),
  ];
  const found = find(typed, all, ({ names }) => names);
  const elsewhere = typed.trim() === "" ? found.filter(({ key }) => key !== `c${here}`) : found;
  return elsewhere.slice(0, MOST_DESTINATIONS);
}
