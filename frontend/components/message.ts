/** One message: who, when, what; its reactions; and, while one points at it, what can be done with it. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Bookmark, Pin } from "lucide";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { exactTime, timeOfDay } from "../i18n/dates";
import type { ChannelNames } from "../models/channel-links";
import type { Conversation } from "../models/conversation";
import { addressOf, inChannel } from "../models/place";
import type { Message } from "../wire";
import { avatar, botMark } from "./avatar";
import { body } from "./body";
import { copy } from "./copy";
import type { OpenDialog } from "./dialogs";
import { Light } from "./element";
import { icon } from "./icon";
import { messageActions } from "./message-actions";
import type { MessageField } from "./message-field";
import "./document-card";
import "./message-field";
import { type MenuRights, messageMenu } from "./message-menu";
import { showBeside } from "./popup";
import { attempt } from "./problem";
import { quote } from "./quote";
import { reactions } from "./reactions";
import { threadSummary } from "./thread-summary";

let numbers = 0;
/** The one message whose bar is shown: where the pointer came or the focus went last. */
let pointed: MessageElement | null = null;

@customElement("maru-message")
export class MessageElement extends Light {
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) message!: Message;
  /** What it answers, if it does: undefined while that is on its way. */
  @property({ attribute: false }) quoted: Message | null | undefined = null;
  @property({ type: Boolean }) startsGroup = true;
  /** Threads do not grow on threads. */
  @property({ type: Boolean }) inThread = false;
  @property({ type: Boolean }) canWrite = true;
  @property({ type: Boolean }) saved = false;
  /** What it is drawn again for: which words in it lead to channels. */
  @property({ attribute: false }) channels: ChannelNames | null = null;
  /** Somebody was led here. */
  @property({ type: Boolean }) found = false;
  @state() private pointedAt = false;
  @state() private menuOpen = false;
  @state() private editing = false;
  @query("maru-message-field") private readonly field!: MessageField | null;
  @query(".message-menu") private readonly menu!: HTMLElement | null;
  /** The same message may stand in the channel and beside it: its number is not enough for a name. */
  private readonly number = ++numbers;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerenter", this.point);
    this.addEventListener("focusin", this.point);
    this.addEventListener("pointerleave", this.unpoint);
    this.addEventListener("focusout", this.unpoint);
  }

  protected override render(): TemplateResult {
    const { message, number } = this;
    const marks = [
      this.startsGroup ? "starts-group" : "",
      this.isForMe() ? "for-me" : "",
      this.found ? "found" : "",
    ];
    return html`<article
      class="message ${marks.join(" ")}"
      tabindex="-1"
      data-message=${message.id}
      aria-labelledby="sender-${number} says-${number}"
      aria-describedby="time-${number}"
    >
      ${this.above()} ${this.gutter()}
      <div class="message-main">
        ${this.heading()} ${this.editing && !message.deleted ? this.editor() : this.says()}
        ${reactions(message, this.chat, this.canWrite, this.react)}
        ${this.inThread ? nothing : threadSummary(message, this.chat.store.people, this.openThread)}
      </div>
      ${this.actions()}
    </article>`;
  }

  private isForMe(): boolean {
    const { mentions, broadcast } = this.message;
    return mentions.includes(this.chat.store.myId) || broadcast === "channel";
  }

  /** That it is pinned or saved, and what it answers. */
  private above(): TemplateResult | typeof nothing {
    const { message, saved } = this;
    if (message.deleted) return nothing;
    const pinned = message.pinned ? html`<span>${icon(Pin)}${gettext("Pinned")}</span>` : nothing;
    const kept = saved ? html`<span>${icon(Bookmark)}${gettext("Saved")}</span>` : nothing;
    const marks =
      message.pinned || saved ? html`<p class="message-marks">${pinned} ${kept}</p>` : nothing;
    return html`${marks} ${message.reply_to === null ? nothing : quote(this.quoted)}`;
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
    const { sender, timestamp, channel, position } = this.message;
    const at = Date.parse(timestamp);
    const time = html`<time id="time-${this.number}" datetime=${timestamp}>${timeOfDay(at)}</time>`;
    return html`<header class=${this.startsGroup ? "message-heading" : "visually-hidden"}>
      <strong id="sender-${this.number}" class="message-sender">${sender.display_name}</strong>
      ${botMark(sender)}
      <a class="message-time" href=${addressOf(inChannel(channel, position))} tabindex="-1"
        title=${exactTime(at)}>${time}</a>
    </header>`;
  }

  private says(): TemplateResult {
    const { message } = this;
    if (message.deleted)
      return html`<p id="says-${this.number}" class="message-gone">
        ${gettext("This message was deleted.")}
      </p>`;
    const text = body(message.html, this.chat);
    const { document } = message;
    return html`<div id="says-${this.number}" class="message-says">
        ${document === null ? text : this.card(document, text)}
      </div>
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
    return html`<button class="message-edited" title=${exactTime(Date.parse(editedAt))}
      @click=${() => this.tell("edits-asked")}>${gettext("(edited)")}</button>`;
  }

  private get isMine(): boolean {
    return this.message.kind === "user" && this.message.sender.id === this.chat.store.myId;
  }

  private actions(): TemplateResult | typeof nothing {
    const { message, canWrite, inThread, menuOpen } = this;
    if (!this.pointedAt || this.editing || message.deleted) return nothing;
    return html`${messageActions({
      canWrite,
      canAnswer: canWrite && (this.conversation?.mayPost ?? true),
      inThread,
      menuOpen,
      isSaved: this.saved,
      react: this.react,
      pick: (event) => void this.pick(event.currentTarget as Element),
      openThread: this.openThread,
      quote: () => this.tell("quote-asked"),
      save: () => void attempt(this, this.chat.messages.toggleSaved(message.id)),
      openMenu: () => void this.openMenu(),
    })}
    ${menuOpen ? this.moreActions() : nothing}`;
  }

  private moreActions(): TemplateResult {
    const { message } = this;
    const close = (deed: () => void) => () => {
      this.menu?.hidePopover();
      deed();
    };
    return messageMenu(message, this.rights(), {
      edit: close(() => void this.edit()),
      pin: close(() => void attempt(this, this.chat.messages.togglePin(message))),
      copyLink: close(() => void this.copy(location.origin + this.address())),
      copyText: close(() => void this.copy(message.text)),
      markUnread: close(() => this.markUnread()),
      showSeen: close(() => this.tell("seen-asked")),
      showAuthor: close(() => this.showAuthor()),
      remove: close(() => this.tell("delete-asked")),
    });
  }

  private get conversation(): Conversation | undefined {
    return this.chat.store.conversations.get(this.message.channel);
  }

  /** Whoever reads a thread writes in it, but only who follows it has a mark in it. */
  private rights(): MenuRights {
    const { conversation, canWrite } = this;
    const isThread = conversation?.channel.kind === "thread";
    const { conversations } = this.chat.store;
    const room = isThread ? conversations.get(conversation.channel.parent ?? 0) : conversation;
    const runs = this.message.kind === "user" && (room?.isManager ?? false);
    return {
      edit: this.isMine && canWrite,
      remove: canWrite && (this.isMine || runs),
      pin: canWrite && !isThread && conversation?.mayPost !== false,
      mark: canWrite && (conversation?.isMember ?? false),
    };
  }

  private showAuthor(): void {
    const detail: OpenDialog = { profile: this.message.sender.id };
    this.dispatchEvent(new CustomEvent<OpenDialog>("dialog-asked", { bubbles: true, detail }));
  }

  private address(): string {
    return addressOf(inChannel(this.message.channel, this.message.position));
  }

  private async copy(text: string): Promise<void> {
    const detail = (await copy(text)) ? gettext("Copied.") : gettext("Something went wrong.");
    this.dispatchEvent(new CustomEvent<string>("notice", { bubbles: true, detail }));
  }

  private markUnread(): void {
    const { conversation, message } = this;
    if (conversation)
      void attempt(this, this.chat.reading.markUnread(conversation, message.position));
  }

  private async openMenu(): Promise<void> {
    this.menuOpen = true;
    await this.updateComplete;
    const opener = this.querySelector("[aria-haspopup=menu]");
    if (!this.menu || !opener) return;
    this.menu.addEventListener("toggle", this.menuToggled);
    showBeside(this.menu, opener);
    this.menu.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }

  private readonly menuToggled = (event: Event): void => {
    if ((event as ToggleEvent).newState !== "closed") return;
    this.menuOpen = false;
    this.unpoint();
  };

  private editor(): TemplateResult {
    return html`<div class="message-editor" @submitted=${this.save} @cancelled=${this.stopEditing}>
      <maru-message-field .chat=${this.chat} .label=${gettext("Edit the message")}
        .conversation=${this.conversation ?? null}
      ></maru-message-field>
      <div class="message-editor-actions">
        <button class="button quiet" @click=${this.stopEditing}>${gettext("Cancel")}</button>
        <button class="button" @click=${this.save}>${gettext("Save")}</button>
      </div>
    </div>`;
  }

  async edit(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    await this.field?.updateComplete;
    if (!this.field) return;
    this.field.value = this.message.text;
    this.field.focus();
    this.scrollIntoView({ block: "nearest" });
  }

  private readonly save = async (): Promise<void> => {
    const text = this.field?.value.trim() ?? "";
    if (text === "") return this.tell("delete-asked");
    if (!this.field?.check()) return;
    const unchanged = text === this.message.text;
    if (unchanged || (await attempt(this, this.chat.messages.edit(this.message.id, text))))
      this.stopEditing();
  };

  private readonly stopEditing = (): void => {
    this.editing = false;
    this.tell("editing-ended");
  };

  private readonly react = (emoji: string): void => {
    void attempt(this, this.chat.messages.toggleReaction(this.message, emoji));
  };

  private async pick(anchor: Element): Promise<void> {
    const { pickEmoji } = await import("./emoji-picker");
    const emoji = await pickEmoji(anchor);
    if (emoji !== null) this.react(emoji);
  }

  private readonly openThread = (): void => this.tell("thread-asked");

  private readonly point = (): void => {
    if (pointed !== this) pointed?.stepBack();
    pointed = this;
    this.pointedAt = true;
    this.meetReactors();
  };

  /** Who reacts may never have spoken here. */
  private meetReactors(): void {
    const { people } = this.chat.store;
    const isStrange = this.message.reactions.some(({ users }) =>
      users.some((id) => !people.get(id)),
    );
    if (isStrange) this.chat.directory.look("", Date.now());
  }

  private readonly unpoint = (): void => {
    if (this.menuOpen || this.matches(":hover, :focus-within")) return;
    this.pointedAt = false;
    // The pointer has gone: the keyboard is where it was.
    const focused = document.activeElement?.closest("maru-message");
    if (pointed === this && focused instanceof MessageElement) focused.point();
  };

  /** Another message shows its bar. */
  private stepBack(): void {
    if (this.menuOpen) return;
    const bar = this.querySelector(".message-actions");
    // The focus must not fall from a button that goes. The message takes it, without its bar.
    if (bar?.contains(document.activeElement))
      this.querySelector<HTMLElement>("article")?.focus({ preventScroll: true });
    this.pointedAt = false;
  }

  private tell(name: string): void {
    this.dispatchEvent(new CustomEvent<Message>(name, { bubbles: true, detail: this.message }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-message": MessageElement;
  }
}
