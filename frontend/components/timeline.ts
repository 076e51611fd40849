/** The messages of one conversation, from its beginning to what is just being sent. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ArrowDown } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import { dayHeading } from "../i18n/dates";
import type { Conversation } from "../models/conversation";
import { type Row, rows } from "../models/rows";
import { beginning } from "./beginning";
import "./draft";
import { Live } from "./element";
import { icon } from "./icon";
import "./message";
import { moveFocus } from "./roving";
import { ScrollKeeper } from "./scroll-keeper";

const LOAD_WITHIN_SCREENS = 1.5;
/** Beyond the first number the log is cut to the second, on the side one does not look at. */
const MOST_AT_BOTTOM = 250;
const KEPT_AT_BOTTOM = 150;
const MOST_WHILE_READING = 1_200;
const KEPT_WHILE_READING = 800;

@customElement("maru-timeline")
export class Timeline extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @query(".timeline") private readonly scroller!: HTMLElement;
  private readonly keeper = new ScrollKeeper(this);

  /** One has just sent something: show it. */
  toNewest(): void {
    this.keeper.toBottom();
    this.requestUpdate();
    if (this.conversation.log.hasAfter) void this.chat.pages.toNewest(this.conversation);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("conversation")) this.keeper.toBottom();
    this.trim();
  }

  protected override render(): TemplateResult {
    const { store } = this.chat;
    const { conversation } = this;
    const { log, channel } = conversation;
    const drafts = log.hasAfter ? [] : store.outbox.in(channel.id);
    return html`<div
        class="timeline"
        role="log"
        aria-label=${gettext("Messages")}
        aria-busy=${!log.loaded}
        tabindex="0"
        @scroll=${this.scrolled}
        @keydown=${moveFocus}
      >
        <div class="timeline-rows">
          ${log.hasBefore ? html`<p class="loading-more">${gettext("Loading…")}</p>` : nothing}
          ${log.loaded && !log.hasBefore ? beginning(conversation, store.myId) : nothing}
          ${repeat(
            rows(log.messages, drafts, store.myId),
            (row) => row.key,
            (row) => this.row(row),
          )}
        </div>
      </div>
      ${this.keeper.atBottom ? nothing : this.wayDown()}`;
  }

  protected override firstUpdated(): void {
    this.keeper.attach(this.scroller);
    addEventListener("focus", this.read);
    document.addEventListener("visibilitychange", this.read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("focus", this.read);
    document.removeEventListener("visibilitychange", this.read);
  }

  protected override updated(): void {
    this.loadNear();
    this.read();
  }

  private row(row: Row): TemplateResult {
    if (row.type === "day")
      return html`<div class="day" role="separator"><span>${dayHeading(row.at, Date.now())}</span></div>`;
    if (row.type === "draft")
      return html`<maru-draft
        .chat=${this.chat}
        .draft=${row.draft}
        .startsGroup=${row.startsGroup}
      ></maru-draft>`;
    return html`<maru-message
      .chat=${this.chat}
      .message=${row.message}
      .startsGroup=${row.startsGroup}
      .inThread=${this.conversation.channel.kind === "thread"}
      .canWrite=${this.conversation.isMember && !this.conversation.channel.archived}
    ></maru-message>`;
  }

  private wayDown(): TemplateResult {
    const { unread } = this.conversation;
    const news = ngettext("%(count)s new message", "%(count)s new messages", unread);
    const label = unread > 0 ? format(news, { count: unread }) : gettext("To the newest");
    return html`<button class="way-down" @click=${this.toNewest}>${label} ${icon(ArrowDown)}</button>`;
  }

  private scrolled(): void {
    const wasAtBottom = this.keeper.atBottom;
    this.keeper.scrolled();
    if (wasAtBottom !== this.keeper.atBottom) this.requestUpdate();
    this.loadNear();
  }

  private loadNear(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = clientHeight * LOAD_WITHIN_SCREENS;
    if (scrollTop < near) void this.chat.pages.older(this.conversation);
    if (scrollHeight - scrollTop - clientHeight < near)
      void this.chat.pages.newer(this.conversation);
  }

  private readonly read = (): void => {
    const { keeper, conversation } = this;
    const sees = keeper.atBottom && !document.hidden && document.hasFocus();
    if (sees && conversation.log.loaded && !conversation.log.hasAfter)
      this.chat.reading.seen(conversation);
  };

  private trim(): void {
    const { log } = this.conversation;
    if (this.keeper.atBottom && log.messages.length > MOST_AT_BOTTOM)
      log.keepNewest(KEPT_AT_BOTTOM);
    if (this.keeper.atBottom || log.messages.length <= MOST_WHILE_READING) return;
    const visible = this.keeper.firstVisible;
    const index = visible ? [...(visible.parentElement?.children ?? [])].indexOf(visible) : 0;
    if (index < log.messages.length / 2) log.keepOldest(KEPT_WHILE_READING);
    else log.keepNewest(KEPT_WHILE_READING);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-timeline": Timeline;
  }
}
