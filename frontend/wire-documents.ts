/** The types of the wire protocol that are about documents. Nothing here runs. */
import type { Sender } from "./wire";

export interface SharedDocument {
  id: number;
  channel: number;
  title: string;
  parent: number | null;
  created_by: Sender;
  created_at: string;
  updated_at: string;
  archived: boolean;
  version: number;
  /** Who is in it now. */
  participants: Sender[];
  /** Its card in the timeline. */
  message: number | null;
}

export type DocumentTemplate = "meeting" | "decision" | "retro";

/** A place in the text, in UTF-16 code units. */
export interface Place {
  index: number;
  length: number;
}

export interface Reply {
  id: number;
  user: Sender;
  text: string;
  timestamp: string;
}

export interface DocumentComment extends Reply {
  document: number;
  quote: string;
  position: Place | null;
  resolved: boolean;
  thread: number;
  replies: Reply[];
}

export interface NamedVersion {
  id: number;
  name: string;
  by: Sender;
  timestamp: string;
  version: number;
}

export interface NewDocument {
  channel: number;
  title: string;
  parent?: number;
  template?: DocumentTemplate;
  from_thread?: number;
}

interface OneDocument {
  document: SharedDocument;
}

interface OneComment {
  comment: DocumentComment;
}

export interface DocumentRequests {
  "create-document": { data: NewDocument; reply: OneDocument };
  "list-documents": {
    data: { channel?: number; archived?: boolean; before?: number };
    reply: { documents: SharedDocument[]; complete: boolean };
  };
  "update-document": {
    data: { document: number; title?: string; parent?: number | null; archived?: boolean };
    reply: OneDocument;
  };
  "join-document": { data: { document: number; text?: boolean }; reply: object };
  "leave-document": { data: { document: number }; reply: object };
  "add-comment": { data: { document: number; text: string; position: Place }; reply: OneComment };
  "reply-comment": { data: { comment: number; text: string }; reply: OneComment };
  "resolve-comment": { data: { comment: number; resolved: boolean }; reply: OneComment };
  "show-comment": { data: { thread: number }; reply: OneComment };
  "list-versions": { data: { document: number }; reply: { versions: NamedVersion[] } };
  "name-version": { data: { document: number; name: string }; reply: { version: NamedVersion } };
  "show-version": { data: { version: number }; reply: { version: NamedVersion; text: string } };
  "restore-version": { data: { version: number }; reply: OneDocument };
}

export interface DocumentEvents {
  "document-created": SharedDocument;
  "document-updated": SharedDocument;
  "document-participants": { document: number; participants: Sender[] };
  "document-data": {
    document: number;
    title: string;
    text: string;
    version: number;
    participants: Sender[];
    comments: DocumentComment[];
  };
  "new-comment": { document: number; comment: DocumentComment };
  "comment-updated": { document: number; comment: DocumentComment };
}
