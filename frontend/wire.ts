/** The types of the wire protocol, as the server's docs/protocol.md describes them. Nothing here runs. */

export type Presence = "online" | "away" | "busy" | "offline";
export type PresenceSetting = "auto" | "away" | "busy";
export type ChannelKind = "public" | "private" | "direct" | "thread";

export interface Sender {
  id: number;
  username: string;
  display_name: string;
  avatar_url: string;
  is_bot: boolean;
}

export interface User extends Sender {
  status: { emoji: string; text: string };
  presence: Presence;
  last_seen: string | null;
}

export interface Membership {
  role: "owner" | "admin" | "member" | "guest";
  read_position: number;
  notify: "all" | "mentions" | "none";
  muted: boolean;
  starred: boolean;
}

export interface Channel {
  id: number;
  kind: ChannelKind;
  name: string;
  topic: string;
  archived: boolean;
  parent: number | null;
  root_message: number | null;
  version: number;
  last_position: number;
  member_count: number;
  membership: Membership | null;
  /** The people of a direct conversation; null for the other kinds. */
  members: Sender[] | null;
}

export interface Reaction {
  emoji: string;
  users: number[];
}

export interface ThreadSummary {
  channel: number;
  reply_count: number;
  last_reply_at: string | null;
  participants: number[];
}

export interface Message {
  id: number;
  channel: number;
  position: number;
  version: number;
  client_id: string;
  kind: "user" | "system" | "announcement";
  sender: Sender;
  text: string;
  html: string;
  timestamp: string;
  edited_at: string | null;
  deleted: boolean;
  mentions: number[];
  reactions: Reaction[];
  thread: ThreadSummary | null;
  reply_to: number | null;
}

export interface Member {
  user: Sender;
  role: Membership["role"];
}

export interface Limits {
  text_length: number;
  frame_bytes: number;
  messages_per_second: number;
  messages_burst: number;
  typing_per_second: number;
}

interface PresenceState {
  presence: Presence;
  last_seen: string | null;
}

/** What can be asked: the data of each request and of its reply. */
export interface Requests {
  ping: { data: object; reply: object };
  "list-channels": {
    data: { kind?: ChannelKind; query?: string };
    reply: { channels: Channel[] };
  };
  "create-channel": {
    data: { kind: "public" | "private"; name: string; topic?: string; members?: number[] };
    reply: { channel: Channel };
  };
  "join-channel": { data: { channel: number }; reply: { channel: Channel } };
  "leave-channel": { data: { channel: number }; reply: { channel: Channel } };
  "open-direct": { data: { users: number[] }; reply: { channel: Channel } };
  "open-thread": { data: { message: number }; reply: { channel: Channel } };
  "open-channel": {
    data: { channel: number; since?: number };
    reply: { channel: Channel; messages: Message[]; complete: boolean };
  };
  history: {
    data: { channel: number; before?: number; after?: number; around?: number; limit?: number };
    reply: { messages: Message[]; has_before: boolean; has_after: boolean };
  };
  "send-message": {
    data: { channel: number; text: string; client_id: string; reply_to?: number };
    reply: { message: Message };
  };
  "edit-message": { data: { message: number; text: string }; reply: { message: Message } };
  "delete-message": { data: { message: number }; reply: { message: Message } };
  "add-reaction": { data: { message: number; emoji: string }; reply: { message: Message } };
  "remove-reaction": { data: { message: number; emoji: string }; reply: { message: Message } };
  "mark-read": { data: { channel: number; position: number }; reply: { read_position: number } };
  typing: { data: { channel: number; active?: boolean }; reply: object };
  "set-status": {
    data: { presence?: PresenceSetting; emoji?: string; text?: string };
    reply: { user: User };
  };
  "watch-presence": {
    data: { users: number[] };
    reply: { presence: Record<string, PresenceState> };
  };
  "list-members": {
    data: { channel: number; after?: number; limit?: number };
    reply: { members: Member[]; has_after: boolean };
  };
  "list-users": { data: { query?: string; limit?: number }; reply: { users: Sender[] } };
  "add-member": { data: { channel: number; user: number }; reply: { channel: Channel } };
}

export type RequestName = keyof Requests;

interface PresenceChange extends PresenceState {
  user: number;
}

interface MemberChange {
  channel: number;
  user: Sender;
  member_count: number;
}

/** What the server tells without being asked. */
export interface Events {
  hello: {
    protocol: number;
    connection: string;
    user: User | null;
    server_time: string;
    limits: Limits;
  };
  ready: { user: User; channels: Channel[] };
  "new-message": Message;
  "message-updated": Message;
  "message-deleted": Message;
  "channel-created": Channel;
  "channel-updated": Channel;
  "user-joined": MemberChange;
  "user-left": MemberChange;
  "read-updated": { channel: number; read_position: number };
  "user-typing": { channel: number; user: Sender; active: boolean };
  "user-online": PresenceChange;
  "user-offline": PresenceChange;
  "user-away": PresenceChange;
  "going-away": { reconnect_after_ms: number };
  resync: object;
  error: ErrorBody & { event?: string };
}

export type EventName = keyof Events;

export type EventFrame = { [Name in EventName]: { event: Name; data: Events[Name] } }[EventName];

export interface ErrorBody {
  code: string;
  message: string;
  fields?: Record<string, string>;
  retry_after?: number;
  incident?: string;
}

export type ReplyFrame = { reply: number; data: object } | { reply: number; error: ErrorBody };

export type ServerFrame = EventFrame | ReplyFrame;
