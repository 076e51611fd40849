/** What is done with documents, other than writing in them. */
import type { Store } from "../models/store";
import type { Connection } from "../socket/connection";
import type {
  DocumentComment,
  DocumentRequests,
  NamedVersion,
  NewDocument,
  Place,
  SharedDocument,
} from "../wire-documents";
import type { EventFrame } from "../wire-frames";

type Changes = Omit<DocumentRequests["update-document"]["data"], "document">;

export class Documents {
  /** The channels whose documents are known, each asked for once. */
  private readonly listed = new Set<number>();
  private readonly joined = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly connection: Connection,
  ) {}

  /** After each log-in: what was missed is asked for again. */
  again(): void {
    this.listed.clear();
    for (const document of this.joined) void this.ask(document);
  }

  receive(frame: EventFrame): void {
    const { documents } = this.store;
    switch (frame.event) {
      case "document-created":
      case "document-updated":
        return documents.learn(frame.data);
      case "document-participants":
        return documents.setParticipants(frame.data.document, frame.data.participants);
      case "document-data":
        return documents.opened(frame.data);
      case "new-comment":
      case "comment-updated":
        return documents.comment(frame.data.document, frame.data.comment);
    }
  }

  /** Those of a channel, once: a card or a list wants to show them. */
  async know(channel: number): Promise<void> {
    if (this.listed.has(channel)) return;
    this.listed.add(channel);
    await this.list(channel).catch(() => this.listed.delete(channel));
  }

  /** The archived ones too. */
  async list(channel?: number): Promise<SharedDocument[]> {
    const asked = channel === undefined ? {} : { channel };
    const lists = await Promise.all(
      [false, true].map((archived) => this.all({ ...asked, archived })),
    );
    const documents = lists.flat();
    this.store.documents.keepOnly(documents, channel);
    this.store.changed();
    return documents;
  }

  /** Page after page. */
  private async all(asked: { channel?: number; archived: boolean }): Promise<SharedDocument[]> {
    const found: SharedDocument[] = [];
    for (let before: number | undefined; ; before = found.at(-1)?.id) {
      const place = before === undefined ? {} : { before };
      const page = await this.connection.request("list-documents", { ...asked, ...place });
      found.push(...page.documents);
      if (page.complete) return found;
    }
  }

  async create(document: NewDocument): Promise<SharedDocument> {
    return this.learn((await this.connection.request("create-document", document)).document);
  }

  async update(document: number, changes: Changes): Promise<void> {
    const asked = { document, ...changes };
    this.learn((await this.connection.request("update-document", asked)).document);
  }

  /** From now on its comments come; returns how to leave. */
  join(document: number): () => void {
    this.joined.add(document);
    void this.ask(document);
    return () => {
      this.joined.delete(document);
      this.connection.tell("leave-document", { document });
    };
  }

  async comment(document: number, text: string, position: Place): Promise<DocumentComment> {
    const asked = { document, text, position };
    return this.take((await this.connection.request("add-comment", asked)).comment);
  }

  async reply(comment: number, text: string): Promise<void> {
    this.take((await this.connection.request("reply-comment", { comment, text })).comment);
  }

  async resolve(comment: number, resolved: boolean): Promise<void> {
    this.take((await this.connection.request("resolve-comment", { comment, resolved })).comment);
  }

  /** The comment that a thread is. */
  async commentOf(thread: number): Promise<DocumentComment> {
    return (await this.connection.request("show-comment", { thread })).comment;
  }

  async versions(document: number): Promise<NamedVersion[]> {
    return (await this.connection.request("list-versions", { document })).versions;
  }

  async nameVersion(document: number, name: string): Promise<NamedVersion> {
    return (await this.connection.request("name-version", { document, name })).version;
  }

  async version(version: number): Promise<{ version: NamedVersion; text: string }> {
    return this.connection.request("show-version", { version });
  }

  async restore(version: number): Promise<void> {
    this.learn((await this.connection.request("restore-version", { version })).document);
  }

  private async ask(document: number): Promise<void> {
    // Lost with the connection, it is asked for again after the next log-in.
    const asked = { document, text: false };
    await this.connection.request("join-document", asked).catch(() => undefined);
  }

  private take(comment: DocumentComment): DocumentComment {
    this.store.documents.comment(comment.document, comment);
    this.store.changed();
    return comment;
  }

  private learn(document: SharedDocument): SharedDocument {
    this.store.documents.learn(document);
    this.store.changed();
    return document;
  }
}
