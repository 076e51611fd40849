/** A session that never connects, and people who say whatever a component has to show. */
import { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import type { Channel, Membership, Message, Presence, Sender } from "../wire";

const NOWHERE = "ws://127.0.0.1:9/";

const person = (id: number, username: string, display_name: string, is_bot = false): Sender => ({
  id,
  username,
  display_name,
  avatar_url: "",
  is_bot,
});

export const ME = person(1, "alice", "Alice Kwon");
export const BOB = person(2, "bob", "Bob Hansen");
export const CHEOLSU = person(3, "김철수", "김철수");
export const EMMA = person(4, "emma", "Emma Lindqvist");
export const YOUNGHEE = person(5, "이영희", "이영희");
export const BUILDER = person(6, "builder", "Builder", true);
export const PEOPLE = [ME, BOB, CHEOLSU, EMMA, YOUNGHEE, BUILDER];
const PRESENCES: Presence[] = ["online", "away", "busy", "offline"];

const MEMBERSHIP: Membership = {
  role: "member",
  read_position: 0,
  notify: "all",
  muted: false,
  starred: false,
  section: "",
  mention_count: 0,
};

let ids = 100;

export function channel(name: string, changes: Partial<Channel> = {}): Channel {
  return {
    id: ++ids,
    kind: "public",
    name,
    topic: "",
    archived: false,
    posting: "everyone",
    parent: null,
    root_message: null,
    version: 0,
    last_position: 0,
    member_count: 8,
    membership: MEMBERSHIP,
    members: null,
    last_message_at: null,
    ...changes,
  };
}

export const membership = (changes: Partial<Membership>): Membership => ({
  ...MEMBERSHIP,
  ...changes,
});

export function message(sender: Sender, html: string, changes: Partial<Message> = {}): Message {
  const id = ++ids;
  return {
    id,
    channel: 0,
    position: id,
    version: id,
    client_id: `sample-${id}`,
    kind: "user",
    sender,
    text: html.replace(/<[^>]+>/g, ""),
    html,
    timestamp: "2026-11-22T06:05:00.000Z",
    edited_at: null,
    deleted: false,
    mentions: [],
    reactions: [],
    thread: null,
    reply_to: null,
    pinned: false,
    broadcast: null,
    document: null,
    ...changes,
  };
}

/** Alice's sidebar, with something of everything in it. */
function furnish({ store }: Chat): void {
  const direct = (...members: Sender[]) => channel("", { kind: "direct", members });
  const unread = (changes: Partial<Membership>, last_position: number) => ({
    last_position,
    membership: membership(changes),
  });
  store.learn(channel("general", { topic: "모두의 마루 · Everybody's hall" }));
  store.learn(channel("공지", unread({ starred: true, mention_count: 2 }, 5)));
  store.learn(channel("design", unread({}, 12)));
  store.learn(
    channel("아주 긴 이름을 가진 채널은 한 줄에 다 들어가지 않습니다", { kind: "private" }),
  );
  store.learn(channel("잡담", unread({ muted: true }, 120)));
  store.learn(channel("roadmap", { membership: membership({ section: "Projects" }) }));
  store.learn(direct(ME, BOB));
  store.learn(direct(ME, YOUNGHEE, EMMA));
}

export function sampleChat(): Chat {
  const chat = new Chat(NOWHERE, () => undefined);
  const { store } = chat;
  const status = { emoji: "🍚", text: "점심", expires_at: null };
  store.me = { ...ME, status, presence: "online", last_seen: null };
  store.people.meet(...PEOPLE);
  for (const [index, { id }] of PEOPLE.entries())
    store.people.setPresence(id, PRESENCES[index % PRESENCES.length] ?? "offline");
  furnish(chat);
  return chat;
}

/** A conversation that has been read to its end. */
export function conversation({ store }: Chat, given: Channel): Conversation {
  const learnt = store.learn(given);
  learnt.log.opened([], 0);
  return learnt;
}
