/** What the wire protocol speaks of, as the server's docs/protocol.md describes it. Nothing here runs. */

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
  requests_per_second: number;
  requests_burst: number;
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

export interface PresenceState {
  presence: Presence;
  last_seen: string | null;
}
