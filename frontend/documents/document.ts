/**
 * One document: its head, the text as one writes and as one reads it, and the comments beside it.
 * The editor is made once per document and never drawn by Lit.
 */
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Archive } from "lucide";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import { attempt } from "../components/problem";
import { gettext } from "../i18n";
import type { SharedDocument } from "../wire-documents";
import { downloadMarkdown, downloadPage } from "./download";
import { makeEditor, setReadOnly } from "./editor";
import { closedDocument, waitingDocument } from "./empty";
import { documentFoot } from "./foot";
import type { Ask, Mode } from "./head";
import "./head";
import { headingsIn } from "./headings";
import type { Margin } from "./margin";
import "./margin";
import "./move";
import { preview } from "./preview";
import { mayChange } from "./rights";
import { SharedText } from "./shared-text";
import "./versions";

/** What is drawn from the text follows it at this pace. */
const DRAWN_EVERY_MS = 150;
const ABOVE_HEADING_PX = 24;

@customElement("maru-document")
export class DocumentElement extends Live {
  @property({ type: Number }) document = 0;
  /** Alone on its page, not beside a channel. */
  @property({ type: Boolean }) wide = false;
  /** What is open to the viewer is known: this one, or there is none. */
  @property({ type: Boolean }) listed = false;
  @state() private mode: Mode = "write";
  @state() private text = "";
  @state() private commentsShown = false;
  /** The version that is looked at; 0: the newest. Null: none. */
  @state() private version: number | null = null;
  @state() private moving = false;
  @query(".paper") private readonly paper!: HTMLElement | null;
  @query(".preview") private readonly drawn!: HTMLElement | null;
  @query("maru-margin") private readonly margin!: Margin | null;
  private shared!: SharedText;
  private view: EditorView | null = null;
  private leave: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wentToAddress = false;
  private modeBefore: Mode = "write";

  override connectedCallback(): void {
    super.connectedCallback();
    this.shared = new SharedText(this.document, () => this.connectionChanged());
    this.shared.text.observe(() => this.drawSoon());
    this.leave = this.chat.documents.join(this.document);
    const version = new URLSearchParams(location.search).get("version");
    if (this.wide && version !== null) this.version = Number(version);
    addEventListener("hashchange", this.toAddress);
    addEventListener("beforeunload", this.warn);
    addEventListener("beforeprint", this.printing);
    addEventListener("afterprint", this.printed);
    this.shared.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.toAddress);
    removeEventListener("beforeunload", this.warn);
    removeEventListener("beforeprint", this.printing);
    removeEventListener("afterprint", this.printed);
    clearTimeout(this.timer);
    this.leave?.();
    this.forget();
    this.shared.close();
  }

  protected override render(): TemplateResult {
    const { known } = this;
    if (this.isClosed) return closedDocument();
    if (!known) return waitingDocument();
    return html`<maru-document-head
        .chat=${this.chat}
        .document=${known}
        .mode=${this.mode}
        .sync=${this.shared.state}
        .mayChange=${mayChange(this.chat.store, known.channel)}
        .wide=${this.wide}
        .text=${this.text}
        @asked=${(event: CustomEvent<Ask>) => void this.obey(event.detail)}
      ></maru-document-head>
      ${known.archived ? this.archivedNote(known) : nothing}
      <div
        class="document-body"
        data-mode=${this.mode}
        data-comments=${this.commentsShown}
        aria-busy=${!this.shared.hasCome}
      >
        <div class="document-sheet">
          <div class="paper"></div>
          ${this.mode === "write" ? nothing : this.reading()}
          <maru-margin
            .chat=${this.chat}
            .document=${known}
            .view=${this.view}
            .canWrite=${this.canWrite}
            .hasText=${this.shared.hasCome}
            @shown=${() => (this.commentsShown = true)}
            @hidden=${() => (this.commentsShown = false)}
          ></maru-margin>
        </div>
      </div>
      ${documentFoot(this.shared.hasCome ? this.text : null, this.shared.state)}
      ${this.version === null ? nothing : this.versions(known, this.version)}
      ${this.moving ? this.mover(known) : nothing}`;
  }

  protected override updated(): void {
    this.introduce();
    if (this.isClosed) return this.forget();
    if (!this.known || !this.paper) return;
    if (!this.view) this.begin(this.known, this.paper);
    if (this.view) setReadOnly(this.view, !this.canWrite);
    if (this.shared.hasCome && !this.wentToAddress) this.toAddress();
  }

  private get known(): SharedDocument | undefined {
    return this.chat.store.documents.get(this.document);
  }

  /** The server has shut us out, or no longer tells of it. */
  private get isClosed(): boolean {
    return this.shared.state === "closed" || (!this.known && this.listed);
  }

  private get canWrite(): boolean {
    const { known } = this;
    if (!known || known.archived || !this.shared.hasCome) return false;
    return mayChange(this.chat.store, known.channel);
  }

  private reading(): TemplateResult {
    return html`<article class="preview message-body" aria-label=${gettext("Preview")}
      @click=${this.linkPressed}>${preview(this.text)}</article>`;
  }

  private versions(document: SharedDocument, version: number): TemplateResult {
    return html`<maru-versions
      .chat=${this.chat}
      .document=${document}
      .version=${version}
      .text=${this.text}
      .canWrite=${this.canWrite}
      @dialog-closed=${this.closeVersions}
    ></maru-versions>`;
  }

  private mover(document: SharedDocument): TemplateResult {
    return html`<maru-move-document .chat=${this.chat} .document=${document}
      @dialog-closed=${() => (this.moving = false)}></maru-move-document>`;
  }

  private archivedNote({ id, channel }: SharedDocument): TemplateResult {
    const restore = () => void attempt(this, this.chat.documents.update(id, { archived: false }));
    return html`<p class="document-archived" role="status">
      ${icon(Archive)}<span>${gettext("This document is in the archive: it can be read.")}</span>
      ${
        mayChange(this.chat.store, channel)
          ? html`<button class="button small quiet" @click=${restore}>
              ${gettext("Take out of the archive")}
            </button>`
          : nothing
      }
    </p>`;
  }

  private introduce(): void {
    const { me } = this.chat.store;
    const isKnown = this.shared.provider.awareness.getLocalState()?.["user"] !== undefined;
    if (me && !isKnown) this.shared.introduce(me);
  }

  private begin({ channel }: SharedDocument, paper: HTMLElement): void {
    this.view = makeEditor(this.shared, this.chat, channel, {
      updated: (update) => this.changed(update),
      commentPressed: (comment) => this.margin?.choose(comment),
      commentAsked: () => this.margin?.begin(),
    });
    paper.append(this.view.dom);
    this.requestUpdate();
  }

  private forget(): void {
    this.view?.destroy();
    this.view = null;
  }

  private changed({ docChanged, geometryChanged, selectionSet }: ViewUpdate): void {
    if (docChanged) this.drawSoon();
    if (docChanged || geometryChanged || selectionSet) this.margin?.requestUpdate();
  }

  private drawSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.text = this.shared.text.toString();
    }, DRAWN_EVERY_MS);
  }

  /** What has come is there at once. */
  private connectionChanged(): void {
    this.text = this.shared.text.toString();
    this.requestUpdate();
  }

  private async obey(ask: Ask): Promise<void> {
    if (ask === "comments") this.commentsShown = !this.commentsShown;
    else if (ask === "versions") this.version = 0;
    else if (ask === "move") this.moving = true;
    else if (ask === "markdown") downloadMarkdown(this.titleNow, this.shared.text.toString());
    else if (ask === "page") await this.takePage();
    else if (ask === "print") print();
    else if (typeof ask === "object") this.goTo(ask.slug);
    else await this.show(ask);
  }

  private get titleNow(): string {
    return this.known?.title ?? "";
  }

  private async show(mode: Mode): Promise<void> {
    this.text = this.shared.text.toString();
    this.mode = mode;
    await this.updateComplete;
    this.view?.requestMeasure();
  }

  /** What is taken away is the text as one reads it. */
  private async takePage(): Promise<void> {
    const { mode } = this;
    await this.show("read");
    if (this.drawn) downloadPage(this.titleNow, this.drawn);
    await this.show(mode);
  }

  /** However it is printed: the editor holds no more lines than a screen shows. */
  private readonly printing = (): void => {
    this.modeBefore = this.mode;
    void this.show("read");
    this.performUpdate(); // the paper does not wait
  };

  private readonly printed = (): void => void this.show(this.modeBefore);

  private goTo(slug: string): void {
    history.replaceState(history.state, "", `#${slug}`);
    this.toAddress();
  }

  /** To the heading that the address names. */
  private readonly toAddress = (): void => {
    this.wentToAddress = true;
    const slug = decodeURIComponent(location.hash.slice(1));
    if (slug === "") return;
    const heading = headingsIn(this.shared.text.toString()).find((each) => each.slug === slug);
    if (!heading) return;
    this.drawn?.querySelector(`[data-slug="${CSS.escape(slug)}"]`)?.scrollIntoView();
    if (this.mode === "read" || !this.view) return;
    this.view.dispatch({
      selection: { anchor: heading.from },
      effects: EditorView.scrollIntoView(heading.from, { y: "start", yMargin: ABOVE_HEADING_PX }),
    });
  };

  private linkPressed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const address = link?.getAttribute("href");
    if (!address?.startsWith("#")) return;
    event.preventDefault();
    this.goTo(decodeURIComponent(address.slice(1)));
  }

  private closeVersions(): void {
    this.version = null;
    if (this.wide) history.replaceState(null, "", location.pathname);
  }

  /** What was written without a connection is still only here. */
  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.shared.hasUnsent) event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-document": DocumentElement;
  }
}
