/**
 * The comments, each beside the text it is about. Where there is no room for a margin, they are a
 * list over the text. The server says where a comment stood in the text as it knew it; from then on
 * the editor moves it along.
 */
import { EditorView } from "@codemirror/view";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { X } from "lucide";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import type { MessageField } from "../components/message-field";
import { attempt } from "../components/problem";
import { gettext } from "../i18n";
import type { DocumentComment, SharedDocument } from "../wire-documents";
import { type Anchor, anchorsOf, chooseComment, placeAnchors } from "./anchors";
import "./comment";
import { near } from "./near";
import { stack } from "./stack";

/** The comment that is being written. */
const DRAFT = -1;

@customElement("maru-margin")
export class Margin extends Live {
  @property({ attribute: false }) document!: SharedDocument;
  @property({ attribute: false }) view: EditorView | null = null;
  @property({ type: Boolean }) canWrite = false;
  @property({ type: Boolean }) hasText = false;
  @state() private chosen = 0;
  @state() private drafting = false;
  @state() private resolvedShown = false;
  @query(".note-draft maru-message-field") private readonly field!: MessageField | null;
  /** A note grows when its reply field appears, or when its words come. */
  private readonly sizes = new ResizeObserver(() => this.arrange());
  private edition: object | undefined;
  /** Once placed, a comment whose text was deleted is not placed again. */
  private readonly placed = new Set<number>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  choose(comment: number): void {
    this.chosen = comment;
    if (comment !== 0) this.tell("shown");
  }

  /** A comment on what is selected. */
  begin(): void {
    const { view } = this;
    if (!view || view.state.selection.main.empty) return;
    const { from, to } = view.state.selection.main;
    placeAnchors(view, [...this.anchorsWithout(DRAFT), { comment: DRAFT, from, to }]);
    this.drafting = true;
    this.chosen = DRAFT;
    this.tell("shown");
    void this.updateComplete.then(() => this.field?.updateComplete).then(() => this.field?.focus());
  }

  protected override render(): TemplateResult {
    const shown = this.comments.filter(({ resolved }) => this.resolvedShown || !resolved);
    return html`<aside class="margin" aria-label=${gettext("Comments")}>
      <header class="margin-head">
        <h2>${gettext("Comments")}</h2>
        <button class="button-icon" aria-label=${gettext("Close")} title=${gettext("Close")}
          @click=${() => this.tell("hidden")}>
          ${icon(X)}
        </button>
      </header>
      ${this.drafting ? this.draft() : nothing}
      ${repeat(
        shown,
        ({ id }) => id,
        (comment) => this.note(comment),
      )}
      ${shown.length === 0 && !this.drafting ? this.hint() : nothing} ${this.resolvedButton()}
    </aside>`;
  }

  protected override updated(): void {
    this.place();
    if (this.view) chooseComment(this.view, this.chosen);
    for (const note of this.querySelectorAll("[data-note]")) this.sizes.observe(note);
    this.arrange();
  }

  private get comments(): DocumentComment[] {
    return this.chat.store.documents.commentsOf(this.document.id);
  }

  private note(comment: DocumentComment): TemplateResult {
    return html`<maru-comment
      class="note"
      data-note=${comment.id}
      .chat=${this.chat}
      .comment=${comment}
      .chosen=${comment.id === this.chosen}
      .canWrite=${this.canWrite}
      @click=${() => this.look(comment.id)}
    ></maru-comment>`;
  }

  private draft(): TemplateResult {
    return html`<form class="note note-draft" data-note=${DRAFT} @submit=${this.save}
      @submitted=${this.save} @cancelled=${this.drop}>
      <maru-message-field .chat=${this.chat} .label=${gettext("Write a comment")}
        .conversation=${this.chat.store.conversations.get(this.document.channel) ?? null}
      ></maru-message-field>
      <div class="note-actions">
        <button type="button" class="button small quiet" @click=${this.drop}>${gettext("Cancel")}</button>
        <button class="button small">${gettext("Comment")}</button>
      </div>
    </form>`;
  }

  private hint(): TemplateResult {
    return html`<p class="margin-hint">${gettext("Select a text to comment on it.")}</p>`;
  }

  private resolvedButton(): TemplateResult | typeof nothing {
    if (!this.comments.some(({ resolved }) => resolved)) return nothing;
    const label = this.resolvedShown
      ? gettext("Hide what is resolved")
      : gettext("Show what is resolved");
    return html`<button class="margin-resolved"
      @click=${() => (this.resolvedShown = !this.resolvedShown)}>${label}</button>`;
  }

  /** Goes to the text that a comment is about. */
  private look(comment: number): void {
    if (this.chosen === comment) return;
    this.chosen = comment;
    const anchor = this.view && anchorsOf(this.view).find((each) => each.comment === comment);
    if (anchor) this.view?.dispatch({ effects: EditorView.scrollIntoView(anchor.from) });
  }

  private readonly save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = this.field?.value.trim() ?? "";
    const anchor = this.view && anchorsOf(this.view).find(({ comment }) => comment === DRAFT);
    if (text === "" || !anchor || this.field?.isComposing) return;
    const place = { index: anchor.from, length: anchor.to - anchor.from };
    const made = this.chat.documents.comment(this.document.id, text, place);
    if (!(await attempt(this, made))) return;
    this.drop();
    this.chosen = (await made).id;
  };

  private readonly drop = (): void => {
    this.drafting = false;
    this.chosen = 0;
    if (this.view) placeAnchors(this.view, this.anchorsWithout(DRAFT));
    this.view?.focus();
  };

  private anchorsWithout(comment: number): Anchor[] {
    return this.view ? anchorsOf(this.view).filter((anchor) => anchor.comment !== comment) : [];
  }

  /** Marks the texts of the comments that are open, those that came since the last time included. */
  private place(): void {
    const { view } = this;
    const edition = this.chat.store.documents.edition(this.document.id);
    if (!view || !this.hasText || !edition) return;
    const isNew = edition !== this.edition;
    this.edition = edition;
    if (isNew) this.placed.clear();
    const known = new Map(anchorsOf(view).map((anchor) => [anchor.comment, anchor]));
    const anchors = this.comments
      .filter(({ resolved }) => !resolved)
      .flatMap((comment) => {
        const anchor = known.get(comment.id);
        if (anchor && !isNew) return anchor;
        if (this.placed.has(comment.id)) return [];
        return anchorIn(view.state.doc.toString(), comment);
      });
    const draft = known.get(DRAFT);
    const isSame =
      anchors.length === known.size - (draft ? 1 : 0) &&
      anchors.every(({ comment }) => known.has(comment));
    for (const { comment } of anchors) this.placed.add(comment);
    if (isNew || !isSame) placeAnchors(view, draft ? [...anchors, draft] : anchors);
  }

  /** Each note beside its text. The style sheet decides whether there is a margin to stand in. */
  private arrange(): void {
    const { view } = this;
    if (!view) return;
    const anchors = new Map(anchorsOf(view).map((anchor) => [anchor.comment, anchor]));
    const elements = [...this.querySelectorAll<HTMLElement>("[data-note]")];
    const end = view.contentHeight;
    const notes = elements.map((element) => {
      const id = Number(element.dataset["note"]);
      const anchor = anchors.get(id);
      const at = anchor ? view.lineBlockAt(anchor.from).top : end;
      return { id, at, height: element.offsetHeight };
    });
    const tops = stack(notes, this.chosen);
    for (const element of elements)
      element.style.setProperty("--top", `${tops.get(Number(element.dataset["note"])) ?? 0}px`);
  }

  private tell(name: "shown" | "hidden"): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}

const anchorIn = (text: string, { id, quote, position }: DocumentComment): Anchor[] =>
  position ? [{ comment: id, ...near(text, quote, position) }] : [];

declare global {
  interface HTMLElementTagNameMap {
    "maru-margin": Margin;
  }
}
