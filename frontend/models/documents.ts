/**
 * The documents this tab has heard of, who is in each of them now, and the comments of those that
 * it has open. Their texts are Yjs's business.
 */
import type { Sender } from "../wire";
import type { DocumentComment, DocumentEvents, SharedDocument } from "../wire-documents";

const LONGEST_TITLE = 80;

/** A title for what is made of a text: its first line, without the marks of markdown. */
export const titleFrom = (text: string): string =>
  (text.trim().split("\n")[0] ?? "")
    .replace(/^(?:#{1,6}|>|[-*+])\s+|[*_~`]/g, "")
    .slice(0, LONGEST_TITLE)
    .trim();

export class Documents {
  /** The channels of which all are known; 0 for all that are open to the viewer. */
  private readonly listed = new Set<number>();
  private readonly known = new Map<number, SharedDocument>();
  private readonly comments = new Map<number, Map<number, DocumentComment>>();

  get(id: number): SharedDocument | undefined {
    return this.known.get(id);
  }

  /** Of a channel, or all; by title. */
  list(channel?: number): SharedDocument[] {
    return [...this.known.values()]
      .filter((document) => channel === undefined || document.channel === channel)
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  learn(...documents: SharedDocument[]): void {
    for (const document of documents) this.known.set(document.id, document);
  }

  isListed(channel = 0): boolean {
    return this.listed.has(channel);
  }

  /** What the server no longer lists is no longer open to us. */
  keepOnly(documents: SharedDocument[], channel?: number): void {
    for (const { id } of this.list(channel)) this.known.delete(id);
    this.learn(...documents);
    this.listed.add(channel ?? 0);
  }

  setParticipants(id: number, participants: Sender[]): void {
    const document = this.known.get(id);
    if (document) this.known.set(id, { ...document, participants });
  }

  opened({ document, comments, participants }: DocumentEvents["document-data"]): void {
    this.setParticipants(document, participants);
    this.comments.set(document, new Map(comments.map((comment) => [comment.id, comment])));
  }

  /** Another object whenever the server has told all comments with their places anew. */
  edition(document: number): object | undefined {
    return this.comments.get(document);
  }

  comment(document: number, comment: DocumentComment): void {
    this.comments.get(document)?.set(comment.id, comment);
  }

  /** In the order in which they were made. */
  commentsOf(document: number): DocumentComment[] {
    return [...(this.comments.get(document)?.values() ?? [])].sort((a, b) => a.id - b.id);
  }
}
