/** The frames of the wire protocol: what can be asked, and what the server tells. Nothing here runs. */

import type { SpaceEvents, SpaceRequests } from "./spaces/wire";
import type {
  Announcement,
  Channel,
  ChannelKind,
  Command,
  Edit,
  House,
  Limits,
  Member,
  Membership,
  Message,
  Pin,
  Preferences,
  PresenceSetting,
  PresenceState,
  Profile,
  Saved,
  SavedDraft,
  Sender,
  ThreadEntry,
  User,
} from "./wire";
import type { DocumentEvents, DocumentRequests } from "./wire-documents";

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
