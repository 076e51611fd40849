/** People, and channels and messages with what a component or a test has to show of them. */
import type { Channel, Membership, Message, Sender } from "../wire";

export const person = (
  id: number,
  username: string,
  display_name: string,
  is_bot = false,
): Sender => ({
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

export const membership = (changes: Partial<Membership> = {}): Membership => ({
  role: "member",
  read_position: 0,
  notify: "all",
  muted: false,
  starred: false,
  section: "",
  mention_count: 0,
  ...changes,
});

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
    membership: membership(),
    members: null,
    last_message_at: null,
    ...changes,
  };
}

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
