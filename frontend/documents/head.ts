/** The head of a document: its title, who is in it, how one looks at it, and what else can be done. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import {
  Archive,
  ArchiveRestore,
  BookOpen,
  Columns2,
  Ellipsis,
  FileCode,
  FileDown,
  FolderTree,
  History,
  type IconNode,
  Link,
  ListTree,
  Maximize2,
  MessageSquareText,
  PenLine,
  Printer,
  TextCursorInput,
} from "lucide";
import { avatar } from "../components/avatar";
import { limitField } from "../components/characters-left";
import { copy } from "../components/copy";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import { attempt } from "../components/problem";
import { format, gettext, list, ngettext } from "../i18n";
import type { SharedDocument } from "../wire-documents";
import { headingsIn } from "./headings";
import type { SyncState } from "./shared-text";

const TITLE_LENGTH = 200;

export type Mode = "write" | "both" | "read";
export type Ask =
  | Mode
  | "comments"
  | "versions"
  | "move"
  | "markdown"
  | "page"
  | "print"
  | { slug: string };

const FACES_SHOWN = 5;

@customElement("maru-document-head")
export class DocumentHead extends Live {
  @property({ attribute: false }) document!: SharedDocument;
  @property() mode: Mode = "write";
  @property() sync: SyncState = "connecting";
  @property() text = "";
  /** May change what it is called and where it stands. */
  @property({ type: Boolean }) mayChange = false;
  @property({ type: Boolean }) wide = false;
  @state() private outline = false;
  @query(".document-title") private readonly field!: HTMLInputElement;
  @query("#document-menu") private readonly menu!: HTMLElement;
  @query("#document-outline") private readonly headings!: HTMLElement;

  protected override render(): TemplateResult {
    return html`<header class="document-head">
      <input
        class="document-title"
        aria-label=${gettext("Title")}
        autocomplete="off"
        .value=${this.document.title}
        ?readonly=${!this.mayChange || this.document.archived}
        @input=${this.limit}
        @change=${this.rename}
        @keydown=${this.pressed}
      />
      <div class="document-tools">
        ${this.people()} ${this.modes()} ${this.commentsButton()}
        ${this.opener("document-outline", gettext("Outline"), ListTree)}
        ${this.opener("document-menu", gettext("More"), Ellipsis)}
      </div>
      <div id="document-outline" class="menu document-outline" popover @beforetoggle=${this.opened}>
        ${this.outline ? this.contents() : nothing}
      </div>
      <div id="document-menu" class="menu" popover @click=${() => this.menu.hidePopover()}>
        ${this.things()}
      </div>
    </header>`;
  }

  private people(): TemplateResult {
    const { participants } = this.document;
    const names = list(participants.map((person) => person.display_name));
    const label = format(gettext("In it now: %(names)s"), { names });
    const more = participants.length - FACES_SHOWN;
    if (participants.length === 0) return html``;
    return html`<span class="faces document-people" role="img" aria-label=${label} title=${label}>
      ${participants.slice(0, FACES_SHOWN).map(avatar)}
      ${more > 0 ? html`<small>+${more}</small>` : nothing}
    </span>`;
  }

  private modes(): TemplateResult {
    const choice = (mode: Mode, label: string, node: IconNode) =>
      html`<button class="segment ${mode}" aria-pressed=${this.mode === mode} aria-label=${label}
        title=${label} @click=${() => this.ask(mode)}>${icon(node)}</button>`;
    return html`<div class="segments" role="group" aria-label=${gettext("View")}>
      ${choice("write", gettext("Write"), PenLine)}
      ${choice("both", gettext("Write and read"), Columns2)}
      ${choice("read", gettext("Read"), BookOpen)}
    </div>`;
  }

  private commentsButton(): TemplateResult {
    const comments = this.chat.store.documents.commentsOf(this.document.id);
    const count = comments.filter(({ resolved }) => !resolved).length;
    const label = format(ngettext("%(count)s comment", "%(count)s comments", count), { count });
    return html`<button class="button-icon with-text" title=${label} @click=${() => this.ask("comments")}>
      ${icon(MessageSquareText)}<span aria-hidden="true">${count}</span><span class="visually-hidden">${label}</span>
    </button>`;
  }

  private opener(menu: string, label: string, node: IconNode): TemplateResult {
    return html`<button class="button-icon" popovertarget=${menu} aria-label=${label}
      title=${label}>${icon(node)}</button>`;
  }

  private contents(): TemplateResult {
    const headings = headingsIn(this.text);
    if (headings.length === 0)
      return html`<p class="menu-note">${gettext("Lines that begin with # become headings.")}</p>`;
    const label = (title: string) => format(gettext("Copy the link to “%(title)s”"), { title });
    return html`${headings.map(
      ({ level, title, slug }) =>
        html`<div class="outline-row">
          <button class="menu-item" data-level=${level} @click=${() => this.choose(slug)}>
            ${title}
          </button>
          <button class="button-icon" aria-label=${label(title)} title=${label(title)}
            @click=${() => void this.copyLink(`#${encodeURIComponent(slug)}`)}>${icon(Link)}</button>
        </div>`,
    )}`;
  }

  private things(): TemplateResult {
    const { id, archived } = this.document;
    const item = (label: string, node: IconNode, act: () => void) =>
      html`<button class="menu-item" @click=${act}>${icon(node)}${label}</button>`;
    const wide = html`<a class="menu-item" href="/documents/${id}"
      >${icon(Maximize2)}${gettext("Open on a page of its own")}</a
    >`;
    const archive = archived
      ? item(gettext("Take out of the archive"), ArchiveRestore, () => this.archive(false))
      : item(gettext("Archive the document"), Archive, () => this.archive(true));
    return html`<div class="menu-group">
        ${this.wide ? nothing : wide}
        ${item(gettext("Copy the link"), Link, () => void this.copyLink())}
        ${item(gettext("Versions"), History, () => this.ask("versions"))}
      </div>
      ${
        this.mayChange && !archived
          ? html`<div class="menu-group">
              ${item(gettext("Rename"), TextCursorInput, () => this.beginRenaming())}
              ${item(gettext("Move…"), FolderTree, () => this.ask("move"))}
            </div>`
          : nothing
      }
      <div class="menu-group">
        ${item(gettext("Download as Markdown"), FileDown, () => this.ask("markdown"))}
        ${item(gettext("Download as a web page"), FileCode, () => this.ask("page"))}
        ${item(gettext("Print or save as PDF"), Printer, () => this.ask("print"))}
      </div>
      ${this.mayChange ? html`<div class="menu-group">${archive}</div>` : nothing}`;
  }

  private opened(event: ToggleEvent): void {
    this.outline = event.newState === "open";
  }

  private choose(slug: string): void {
    this.headings.hidePopover();
    this.ask({ slug });
  }

  private ask(detail: Ask): void {
    this.dispatchEvent(new CustomEvent<Ask>("asked", { detail }));
  }

  private async copyLink(hash = ""): Promise<void> {
    const address = `${location.origin}/documents/${this.document.id}${hash}`;
    const isDone = await copy(address);
    const detail = isDone ? gettext("The link is copied.") : gettext("Something went wrong.");
    this.dispatchEvent(new CustomEvent<string>("notice", { bubbles: true, detail }));
  }

  /** The menu gives the focus back when it goes: so it goes first. */
  private beginRenaming(): void {
    this.menu.hidePopover();
    this.field.select();
  }

  private archive(archived: boolean): void {
    void attempt(this, this.chat.documents.update(this.document.id, { archived }));
  }

  private limit({ target }: Event): void {
    limitField(target as HTMLInputElement, TITLE_LENGTH);
  }

  private rename(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (!field.reportValidity()) return;
    const title = field.value.trim();
    if (title === "") field.value = this.document.title;
    else if (title !== this.document.title)
      void attempt(this, this.chat.documents.update(this.document.id, { title }));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.isComposing) (event.target as HTMLElement).blur();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-document-head": DocumentHead;
  }
}
