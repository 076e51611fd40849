/** One comment with its replies. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { Check, MessagesSquare, Undo2 } from "lucide";
import { avatar } from "../components/avatar";
import { Live } from "../components/element";
import { icon } from "../components/icon";
import type { MessageField } from "../components/message-field";
import "../components/message-field";
import { attempt } from "../components/problem";
import { gettext } from "../i18n";
import { exactTime, shortMoment } from "../i18n/dates";
import { addressOf, inChannel } from "../models/place";
import type { DocumentComment, Reply } from "../wire-documents";

@customElement("maru-comment")
export class CommentElement extends Live {
  @property({ attribute: false }) comment!: DocumentComment;
  @property({ type: Boolean }) chosen = false;
  @property({ type: Boolean }) canWrite = false;
  @query("maru-message-field") private readonly field!: MessageField | null;

  protected override render(): TemplateResult {
    const { comment } = this;
    return html`<article class="comment ${this.chosen ? "chosen" : ""} ${comment.resolved ? "resolved" : ""}"
      tabindex="-1">
      ${this.chosen || comment.position === null ? html`<blockquote>${comment.quote}</blockquote>` : nothing}
      ${this.said(comment, this.resolver())}
      ${comment.replies.map((reply) => this.said(reply, nothing))}
      ${this.chosen && this.canWrite ? this.form() : nothing}
      ${this.chosen ? this.threadLink() : nothing}
    </article>`;
  }

  private said(
    { user, text, timestamp }: Reply,
    tool: TemplateResult | typeof nothing,
  ): TemplateResult {
    const at = Date.parse(timestamp);
    return html`<div class="comment-said">
      ${avatar(user)}
      <div class="comment-words">
        <header>
          <strong>${user.display_name}</strong>
          <time datetime=${timestamp} title=${exactTime(at)}>${shortMoment(at, Date.now())}</time>
        </header>
        <p>${text || gettext("This message was deleted.")}</p>
      </div>
      ${tool}
    </div>`;
  }

  /** What is said here is said there too. */
  private threadLink(): TemplateResult {
    return html`<a class="comment-thread" href=${addressOf(inChannel(this.comment.thread))}>
      ${icon(MessagesSquare)}${gettext("Open as a thread")}
    </a>`;
  }

  private resolver(): TemplateResult | typeof nothing {
    if (!this.canWrite) return nothing;
    const label = this.comment.resolved ? gettext("Open again") : gettext("Resolve");
    return html`<button class="button-icon" aria-label=${label} title=${label} @click=${this.resolve}>
      ${icon(this.comment.resolved ? Undo2 : Check)}
    </button>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${this.reply} @submitted=${this.reply}>
      <maru-message-field .chat=${this.chat} .label=${gettext("Reply")}
        .conversation=${this.chat.store.conversations.get(this.comment.thread) ?? null}
      ></maru-message-field>
    </form>`;
  }

  private async reply(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.field?.value.trim() ?? "";
    if (!this.field || text === "" || this.field.isComposing) return;
    this.field.value = "";
    if (!(await attempt(this, this.chat.documents.reply(this.comment.id, text))) && this.field)
      this.field.value = text;
  }

  private resolve(event: Event): void {
    event.stopPropagation();
    const { id, resolved } = this.comment;
    void attempt(this, this.chat.documents.resolve(id, !resolved));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-comment": CommentElement;
  }
}
