/** The documents of a channel beside it: their tree, or one of them open. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { ArrowLeft, Files, Plus, X } from "lucide";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import { titleOf } from "../components/names";
import { isPlainClick } from "../components/route";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import "../styles/documents.css";
import { archive } from "./archive";
import "./create";
import "./document";
import { mayChange } from "./rights";
import { treeOf } from "./tree";
import { documentOfClick, treeList } from "./tree-list";

@customElement("maru-documents")
export class DocumentsPanel extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  /** 0: none of them is open. */
  @property({ type: Number }) document = 0;
  @state() private creating = false;

  protected override willUpdate(): void {
    void this.chat.documents.know(this.conversation.id);
  }

  protected override render(): TemplateResult {
    return html`<aside class="panel documents" aria-label=${gettext("Documents")}
      @dialog-closed=${() => (this.creating = false)}>
      <header class="panel-head">
        ${this.document === 0 ? nothing : this.back()}
        <h2>${gettext("Documents")} <small>${titleOf(this.conversation, this.chat.store.myId)}</small></h2>
        ${mayChange(this.chat.store, this.conversation.id) ? this.adder() : nothing}
        <button class="button-icon" aria-label=${gettext("Close")} @click=${this.close}>${icon(X)}</button>
      </header>
      ${this.document === 0 ? html`${this.tree()} ${this.archived()} ${this.all()}` : keyed(this.document, this.open())}
      ${this.creating ? this.creator() : nothing}
    </aside>`;
  }

  private tree(): TemplateResult {
    const documents = this.chat.store.documents
      .list(this.conversation.id)
      .filter(({ archived }) => !archived);
    if (documents.length === 0)
      return html`<p class="panel-hint">
        ${gettext("No documents yet. Write one together: notes, a plan, a decision.")}
      </p>`;
    return html`<nav class="documents-list" aria-label=${gettext("Documents of the channel")}
      @click=${this.clicked}>${treeList(treeOf(documents))}</nav>`;
  }

  private archived(): TemplateResult | typeof nothing {
    const documents = this.chat.store.documents.list(this.conversation.id);
    const archived = archive(this.chat, documents);
    return archived === nothing
      ? nothing
      : html`<div class="documents-list" @click=${this.clicked}>${archived}</div>`;
  }

  private all(): TemplateResult {
    return html`<a class="document-link" href="/documents/">
      ${icon(Files)}<span class="document-link-title">${gettext("All documents")}</span>
    </a>`;
  }

  private open(): TemplateResult {
    return html`<maru-document
      .chat=${this.chat}
      .document=${this.document}
      .listed=${this.chat.store.documents.isListed(this.conversation.id)}
    ></maru-document>`;
  }

  private back(): TemplateResult {
    return html`<button class="button-icon" aria-label=${gettext("All documents of the channel")}
      title=${gettext("All documents of the channel")} @click=${() => this.ask(0)}>
      ${icon(ArrowLeft)}
    </button>`;
  }

  private adder(): TemplateResult {
    return html`<button class="button-icon" aria-label=${gettext("New document")}
      title=${gettext("New document")} @click=${() => (this.creating = true)}>${icon(Plus)}</button>`;
  }

  private creator(): TemplateResult {
    return html`<maru-create-document .chat=${this.chat} .channel=${this.conversation.id}>
    </maru-create-document>`;
  }

  private clicked(event: MouseEvent): void {
    const document = documentOfClick(event);
    if (document === 0 || !isPlainClick(event)) return;
    event.preventDefault();
    this.ask(document);
  }

  private ask(detail: number): void {
    this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail }));
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("panel-closed", { bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-documents": DocumentsPanel;
  }
}
