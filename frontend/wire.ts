/** The types of the wire protocol, as the server's docs/protocol.md describes them. Nothing here runs. */

import type { SpaceEvents, SpaceRequests } from "./spaces/wire";
import type { DocumentEvents, DocumentRequests } from "./wire-documents";

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

export interface Status {
  emoji: string;
  text: string;
  /** An expired status comes empty. */
  expires_at: string | null;
}

export interface User extends Sender {
  status: Status;
  presence: Presence;
  last_seen: string | null;
}

export interface Membership {
  role: "owner" | "admin" | "member" | "guest";
  read_position: number;
  notify: "all" | "mentions" | "none";
  muted: boolean;
  starred: boolean;
  /** The user's own heading in the sidebar; empty for none. */
  section: string;
  /** Unread messages that mention the user, or everybody. */
  mention_count: number;
}

export interface Channel {
  id: number;
  kind: ChannelKind;
  name: string;
  topic: string;
  archived: boolean;
  /** Where owners (and admins) write, the others reply in threads. */
  posting: "everyone" | "owners";
  parent: number | null;
  root_message: number | null;
  version: number;
  last_position: number;
  member_count: number;
  membership: Membership | null;
  /** The people of a direct conversation; null for the other kinds. */
  members: Sender[] | null;
  last_message_at: string | null;
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
  pinned: boolean;
  /** The document whose card it is. */
  document: number | null;
  broadcast: "channel" | "here" | null;
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

export interface Preferences {
  theme: "auto" | "light" | "dark";
  density: "cozy" | "compact";
  enter_sends: boolean;
  clock: "auto" | "12" | "24";
  /** Empty: as the browser asks for. */
  language: "" | "en" | "ko";
  share_reading: boolean;
  reduced_motion: boolean;
  contrast: "auto" | "high";
}

/** No event: what the page itself carries. */
export interface FirstLook {
  user: User;
  house: House;
  preferences: Preferences;
  channels: Channel[];
  drafts: SavedDraft[];
  saved: number[];
  channel: Channel;
  messages: Message[];
  has_before: boolean;
  has_after: boolean;
}

export interface House {
  name: string;
  /** Empty for our own mark. */
  logo_url: string;
  /** `#rrggbb`; empty for ours. */
  accent: string;
}

export interface SavedDraft {
  channel: number;
  text: string;
  reply_to: number | null;
  updated_at: string;
}

export interface Pin {
  message: Message;
  user: Sender;
  timestamp: string;
}

export interface Edit {
  text: string;
  html: string;
  timestamp: string;
}

export interface Saved {
  id: number;
  message: Message;
  channel: Channel;
  timestamp: string;
}

export interface ThreadEntry {
  channel: Channel;
  root: Message;
  parent: Channel;
  /** The newest, oldest first. */
  replies: Message[];
}

export interface Command {
  name: string;
  arguments: string;
  description: string;
}

export interface Announcement {
  id: number;
  title: string;
  /** Sanitised; may be empty. */
  html: string;
  level: "info" | "warning" | "critical";
  /** One has to confirm it; otherwise to have seen it is enough. */
  requires_acknowledgement: boolean;
  timestamp: string;
}

export interface Profile {
  user: User;
  time_zone: string;
  title: string;
  joined_at: string;
  shared_channels: number[];
}

interface PresenceState {
  presence: Presence;
  last_seen: string | null;
}

/** What can be asked: the data of each request and of its reply. */
export interface Requests extends DocumentRequests, SpaceRequests {
  ping: { data: object; reply: object };
  "list-channels": {
    data: { kind?: ChannelKind; query?: string };
    reply: { channels: Channel[] };
  };
  "create-channel": {
    data: { kind: "public" | "private"; name: string; topic?: string; members?: number[] };
    reply: { channel: Channel };
  };
  "update-channel": {
    data: { channel: number; posting: Channel["posting"] };
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
    data: {
      channel: number;
      before?: number;
      after?: number;
      around?: number;
      /** Around the first message at or after this time. */
      at?: string;
      limit?: number;
    };
    reply: { messages: Message[]; has_before: boolean; has_after: boolean };
  };
  "send-message": {
    data: { channel: number; text: string; client_id: string; reply_to?: number };
    reply: { message: Message };
  };
  "show-message": { data: { message: number }; reply: { message: Message } };
  "edit-message": { data: { message: number; text: string }; reply: { message: Message } };
  "delete-message": { data: { message: number }; reply: { message: Message } };
  "add-reaction": { data: { message: number; emoji: string }; reply: { message: Message } };
  "remove-reaction": { data: { message: number; emoji: string }; reply: { message: Message } };
  "mark-read": {
    data: { channel: number; position: number; force?: boolean };
    reply: { read_position: number; mention_count?: number };
  };
  typing: { data: { channel: number; active?: boolean }; reply: object };
  "set-status": {
    data: {
      presence?: PresenceSetting;
      emoji?: string;
      text?: string;
      expires_at?: string | null;
    };
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
  "update-membership": {
    data: { channel: number } & Partial<
      Pick<Membership, "notify" | "muted" | "starred" | "section">
    >;
    reply: { channel: Channel };
  };
  "pin-message": { data: { message: number }; reply: { message: Message } };
  "unpin-message": { data: { message: number }; reply: { message: Message } };
  "list-pins": { data: { channel: number }; reply: { pins: Pin[] } };
  "list-edits": { data: { message: number }; reply: { edits: Edit[] } };
  "save-message": { data: { message: number }; reply: object };
  "unsave-message": { data: { message: number }; reply: object };
  "list-saved": { data: { before?: number; limit?: number }; reply: { saved: Saved[] } };
  "list-threads": {
    data: { before?: string; unread?: boolean; limit?: number };
    reply: { threads: ThreadEntry[]; complete: boolean };
  };
  "list-seen": { data: { message: number }; reply: { users: Sender[]; count: number } };
  "save-draft": { data: { channel: number; text: string; reply_to?: number }; reply: object };
  "acknowledge-announcement": { data: { announcement: number }; reply: object };
  "set-preferences": { data: Partial<Preferences>; reply: { preferences: Preferences } };
  "show-user": { data: { user: number }; reply: Profile };
  "list-commands": { data: object; reply: { commands: Command[] } };
  "run-command": {
    data: { channel: number; name: string; arguments: string; client_id: string };
    reply: { message?: Message | null; notice?: string | null; channel?: number | null };
  };
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
export interface Events extends DocumentEvents, SpaceEvents {
  hello: {
    protocol: number;
    connection: string;
    user: User | null;
    server_time: string;
    limits: Limits;
    house: House;
  };
  ready: {
    user: User;
    channels: Channel[];
    preferences: Preferences;
    drafts: SavedDraft[];
    announcements: Announcement[];
    /** The newest saved messages. */
    saved: number[];
  };
  "new-message": Message;
  "message-updated": Message;
  "message-deleted": Message;
  "channel-created": Channel;
  "channel-updated": Channel;
  "user-joined": MemberChange;
  "user-left": MemberChange;
  "read-updated": { channel: number; read_position: number; mention_count?: number };
  "user-typing": { channel: number; user: Sender; active: boolean };
  "user-online": PresenceChange;
  "user-offline": PresenceChange;
  "user-away": PresenceChange;
  "user-updated": { user: User };
  "house-updated": House;
  "important-announcement": Announcement;
  "announcement-acknowledged": { announcement: number };
  "announcement-over": { announcement: number };
  "preferences-updated": { preferences: Preferences };
  "draft-updated": SavedDraft;
  "saved-updated": { message: number; saved: boolean };
  "going-away": { reconnect_after_ms: number };
  "maintenance-updated": { starts_at: string | null; message: string };
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
