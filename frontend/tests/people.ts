/** Alice (owner), Bob (member) and what they say, for tests. */
import type { Channel, Message, Sender } from "../wire";

const person = (id: number, username: string): Sender => ({
  id,
  username,
  display_name: username[0]?.toUpperCase() + username.slice(1),
  avatar_url: "",
  is_bot: false,
});

export const ALICE = person(1, "alice");
export const BOB = person(2, "bob");

export function message(position: number, changes: Partial<Message> = {}): Message {
  return {
    id: 1000 + position,
    channel: 7,
    position,
    version: position,
    client_id: `client-${position}`,
    kind: "user",
    sender: BOB,
    text: `text ${position}`,
    html: `<p>text ${position}</p>`,
    timestamp: "2026-11-22T06:05:00.000Z",
    edited_at: null,
    deleted: false,
    mentions: [],
    reactions: [],
    thread: null,
    reply_to: null,
    pinned: false,
    document: null,
    broadcast: null,
    ...changes,
  };
}

export const run = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));

export function channel(changes: Partial<Channel> = {}): Channel {
  return {
    id: 7,
    kind: "public",
    name: "general",
    topic: "",
    archived: false,
    posting: "everyone",
    parent: null,
    root_message: null,
    version: 0,
    last_position: 0,
    member_count: 2,
    membership: {
      role: "member",
      read_position: 0,
      notify: "all",
      muted: false,
      starred: false,
      section: "",
      mention_count: 0,
    },
    members: null,
    last_message_at: null,
    ...changes,
  };
}
