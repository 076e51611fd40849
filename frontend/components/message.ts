/** One message: who, when, what; its reactions; and, while one points at it, what can be done with it. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { exactTime, timeOfDay } from "../i18n/dates";
import { documentIn } from "../models/documents";
import type { Message } from "../wire";
import { avatar, botMark } from "./avatar";
import { Light } from "./element";
import { messageActions } from "./message-actions";
import type { MessageField } from "./message-field";
import "./document-card";
import "./message-field";
import { attempt } from "./problem";
import { reactions } from "./reactions";
import { threadSummary } from "./thread-summary";

@customElement("maru-message")
export class MessageElement extends Light {
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) message!: Message;
  @property({ type: Boolean }) startsGroup = true;
  /** Threads do not grow on threads. */
  @property({ type: Boolean }) inThread = false;
  @property({ type: Boolean }) canWrite = true;
  /** Somebody was led here. */
  @property({ type: Boolean }) found = false;
  @state() private pointedAt = false;
  @state() private picking = false;
  @state() private editing = false;
  @query("maru-message-field") private readonly field!: MessageField | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerenter", this.point);
    this.addEventListener("focusin", this.point);
    this.addEventListener("pointerleave", this.unpoint);
    this.addEventListener("focusout", this.unpoint);
  }

  protected override render(): TemplateResult {
    const { message } = this;
    return html`<article
      class="message ${this.startsGroup ? "starts-group" : ""} ${this.isForMe() ? "for-me" : ""} ${this.found ? "found" : ""}"
      tabindex="-1"
      data-message=${message.id}
    >
      ${this.gutter()}
      <div class="message-main">
        ${this.heading()} ${this.editing ? this.editor() : this.body()}
        ${reactions(message, this.chat, this.canWrite, this.react)}
        ${this.inThread ? nothing : threadSummary(message, this.chat.store.people, this.openThread)}
      </div>
      ${this.actions()}
    </article>`;
  }

  private isForMe(): boolean {
    return this.message.mentions.includes(this.chat.store.myId);
  }

  private gutter(): TemplateResult {
    if (this.startsGroup)
      return html`<div class="message-gutter">${avatar(this.message.sender)}</div>`;
    const at = Date.parse(this.message.timestamp);
    return html`<div class="message-gutter" aria-hidden="true">
      <time class="gutter-time">${timeOfDay(at)}</time>
    </div>`;
  }

  private heading(): TemplateResult {
    const { sender, timestamp } = this.message;
    const at = Date.parse(timestamp);
    const time = html`<time datetime=${timestamp} title=${exactTime(at)}>${timeOfDay(at)}</time>`;
    return html`<header class=${this.startsGroup ? "message-heading" : "visually-hidden"}>
      <strong class="message-sender">${sender.display_name}</strong> ${botMark(sender)} ${time}
    </header>`;
  }

  private body(): TemplateResult {
    const { message } = this;
    if (message.deleted)
      return html`<p class="message-gone">${gettext("This message was deleted.")}</p>`;
    // The one place where the server's HTML, which it has sanitised, is taken as it is.
    const text = html`<div class="message-body">${unsafeHTML(message.html)}</div>`;
    const document = documentIn(message.text);
    return html`${document === 0 ? text : this.card(document, text)}
      ${message.edited_at === null ? nothing : this.editedMark(message.edited_at)}`;
  }

  private card(document: number, text: TemplateResult): TemplateResult {
    return html`<maru-document-card
      .chat=${this.chat}
      .channel=${this.message.channel}
      .document=${document}
      .text=${text}
    ></maru-document-card>`;
  }

  private editedMark(editedAt: string): TemplateResult {
    return html`<span class="message-edited" title=${exactTime(Date.parse(editedAt))}
      >${gettext("(edited)")}</span
    >`;
  }

  private actions(): TemplateResult | typeof nothing {
    const { message, chat, picking, inThread } = this;
    if (!this.pointedAt || this.editing || message.deleted || !this.canWrite) return nothing;
    return messageActions({
      isMine: message.sender.id === chat.store.myId,
      picking,
      inThread,
      pick: () => (this.picking = !picking),
      react: this.react,
      openThread: this.openThread,
      edit: () => void this.edit(),
      remove: () => this.tell("delete-asked"),
    });
  }

  private editor(): TemplateResult {
    return html`<div class="message-editor" @submitted=${this.save} @cancelled=${this.stopEditing}>
      <maru-message-field .label=${gettext("Edit the message")}></maru-message-field>
      <div class="message-editor-actions">
        <button class="button quiet" @click=${this.stopEditing}>${gettext("Cancel")}</button>
        <button class="button" @click=${this.save}>${gettext("Save")}</button>
      </div>
    </div>`;
  }

  private async edit(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    await this.field?.updateComplete;
    if (!this.field) return;
    this.field.value = this.message.text;
    this.field.focus();
  }

  private readonly save = async (): Promise<void> => {
    const text = this.field?.value.trim() ?? "";
    if (text === "") return this.tell("delete-asked");
    const unchanged = text === this.message.text;
    if (unchanged || (await attempt(this, this.chat.messages.edit(this.message.id, text))))
      this.stopEditing();
  };

  private readonly stopEditing = (): void => {
    this.editing = false;
    this.tell("editing-ended");
  };

  private readonly react = (emoji: string): void => {
    this.picking = false;
    void attempt(this, this.chat.messages.toggleReaction(this.message, emoji));
  };

  private readonly openThread = (): void => this.tell("thread-asked");

  private readonly point = (): void => {
    this.pointedAt = true;
  };

  private readonly unpoint = (): void => {
    if (this.matches(":hover, :focus-within")) return;
    this.pointedAt = false;
    this.picking = false;
  };

  private tell(name: string): void {
    this.dispatchEvent(new CustomEvent<Message>(name, { bubbles: true, detail: this.message }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-message": MessageElement;
  }
}
