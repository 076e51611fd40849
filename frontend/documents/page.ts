/** The documents on a page of their own: all that one may see, or one of them with its neighbours. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { ArrowLeft, FileText, Plus, Search } from "lucide";
import { wearAccent } from "../components/accent";
import { connectionBanner } from "../components/connection-banner";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import { logo } from "../components/logo";
import { wearPreferences } from "../components/look";
import { titleOf } from "../components/names";
import { isPlainClick } from "../components/route";
import "../components/toast";
import { gettext } from "../i18n";
import { find } from "../models/korean-search";
import { addressOf, inChannel } from "../models/place";
import type { SharedDocument } from "../wire-documents";
import { archive } from "./archive";
import "./create";
import "./document";
import { treeOf } from "./tree";
import { documentOfClick, treeList } from "./tree-list";

const PATH = /^\/documents\/(\d+)\/?$/;
const TOAST_MS = 6_000;

@customElement("maru-documents-page")
export class DocumentsPage extends Live {
  @state() private document = 0;
  @state() private typed = "";
  @state() private creating = false;
  @state() private toast = "";
  private wasOpen = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.read();
    addEventListener("popstate", () => this.read());
  }

  protected override willUpdate(): void {
    const isOpen = this.chat.connection.state.name === "open";
    if (isOpen && !this.wasOpen) void this.chat.documents.list().catch(() => undefined);
    this.wasOpen = isOpen;
  }

  protected override render(): TemplateResult {
    return html`<div class="documents-page"
      @click=${this.clicked}
      @document-asked=${(event: CustomEvent<number>) => this.go(event.detail)}
      @dialog-closed=${() => (this.creating = false)}
      @notice=${(event: CustomEvent<string>) => this.say(event.detail)}
      @problem=${(event: CustomEvent<string>) => this.say(event.detail)}>
      ${this.beside()}
      <main>
        ${this.document === 0 ? connectionBanner(this.chat.connection) : nothing}
        ${this.document === 0 ? this.all() : keyed(this.document, this.one())}
      </main>
      ${this.creating ? html`<maru-create-document .chat=${this.chat}></maru-create-document>` : nothing}
      <maru-toast .text=${this.toast}></maru-toast>
    </div>`;
  }

  protected override updated(): void {
    const { house, preferences } = this.chat.store;
    document.title = `${this.open?.title ?? gettext("Documents")} · ${house.name}`;
    wearPreferences(preferences);
    wearAccent(house.accent);
  }

  private get open(): SharedDocument | undefined {
    return this.chat.store.documents.get(this.document);
  }

  /** The way back, and the documents of the same channel. */
  private beside(): TemplateResult {
    const { open } = this;
    return html`<nav class="documents-beside" aria-label=${gettext("Documents")}>
      <header>
        <a class="logo-link" href="/">${logo(this.chat.store.house)}</a>
      </header>
      <a class="document-link" href=${open ? addressOf({ ...inChannel(open.channel), document: open.id }) : "/"}>
        ${icon(ArrowLeft)}<span class="document-link-title">${open ? this.nameOf(open.channel) : gettext("Back to the chat")}</span>
      </a>
      <a class="document-link" href="/documents/" data-document="0"
        aria-current=${this.document === 0 ? "page" : nothing}>
        ${icon(FileText)}<span class="document-link-title">${gettext("All documents")}</span>
      </a>
      ${open ? this.neighbours(open) : nothing}
    </nav>`;
  }

  private neighbours({ channel, id }: SharedDocument): TemplateResult {
    return html`<h2>${this.nameOf(channel)}</h2>
      ${treeList(treeOf(this.current(channel)), id)}`;
  }

  private one(): TemplateResult {
    return html`<maru-document
      .chat=${this.chat}
      .document=${this.document}
      .wide=${true}
      .listed=${this.chat.store.documents.isListed()}
    ></maru-document>`;
  }

  private all(): TemplateResult {
    return html`<div class="documents-all">
      <header>
        <h1>${gettext("Documents")}</h1>
        <button class="button" @click=${() => (this.creating = true)}>
          ${icon(Plus)} ${gettext("New document")}
        </button>
      </header>
      <label class="search-field">
        ${icon(Search)}
        <input type="search" aria-label=${gettext("Find a document")}
          placeholder=${gettext("Find a document")}
          @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)} />
      </label>
      ${this.typed.trim() === "" ? this.byChannel() : this.found()}
      ${archive(this.chat, this.chat.store.documents.list())}
    </div>`;
  }

  private byChannel(): TemplateResult {
    const channels = [...new Set(this.current().map(({ channel }) => channel))];
    const named = channels
      .map((id) => ({ id, name: this.nameOf(id) }))
      .sort((a, b) => a.name.localeCompare(b.name));
    if (named.length === 0 && this.chat.store.documents.isListed())
      return html`<p class="panel-hint">
        ${gettext("No documents yet. Write one together: notes, a plan, a decision.")}
      </p>`;
    return html`${named.map(
      ({ id, name }) =>
        html`<section>
          <h2><a href=${addressOf(inChannel(id))}>${name}</a></h2>
          ${treeList(treeOf(this.current(id)))}
        </section>`,
    )}`;
  }

  private found(): TemplateResult {
    const documents = find(this.typed, this.current(), ({ title }) => [title]);
    if (documents.length === 0)
      return html`<p class="panel-hint">${gettext("No document fits.")}</p>`;
    return treeList(documents.map((document) => ({ document, children: [] })));
  }

  private current(channel?: number): SharedDocument[] {
    return this.chat.store.documents.list(channel).filter(({ archived }) => !archived);
  }

  private nameOf(channel: number): string {
    const conversation = this.chat.store.conversations.get(channel);
    return conversation ? titleOf(conversation, this.chat.store.myId) : gettext("Open channels");
  }

  private read(): void {
    this.document = Number(PATH.exec(location.pathname)?.[1] ?? 0);
  }

  private clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("[data-document]") : null;
    if (!link || !isPlainClick(event)) return;
    event.preventDefault();
    this.go(documentOfClick(event));
  }

  private go(document: number): void {
    if (document !== this.document)
      history.pushState(null, "", document === 0 ? "/documents/" : `/documents/${document}`);
    this.document = document;
  }

  private say(text: string): void {
    this.toast = text;
    setTimeout(() => {
      if (this.toast === text) this.toast = "";
    }, TOAST_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-documents-page": DocumentsPage;
  }
}
