/** The messages of one conversation, from its beginning to what is just being sent. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ArrowDown } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import type { ChannelNames } from "../models/channel-links";
import type { Conversation } from "../models/conversation";
import { type Landing, NEWEST } from "../models/landing";
import { type Row, rows, untilMidnight } from "../models/rows";
import type { Message } from "../wire";
import { Announcements } from "./announcements";
import { beginning } from "./beginning";
import { dayRow, newRow } from "./dividers";
import "./draft";
import { Live } from "./element";
import { icon } from "./icon";
import { MessageElement } from "./message";
import { Roving } from "./roving";
import { ScrollKeeper } from "./scroll-keeper";

/** Shares of the visible height. */
const UNREAD_FROM_TOP = 0.12;
const FOUND_FROM_TOP = 0.35;
const LOAD_WITHIN_SCREENS = 1.5;
/** Beyond the first number the log is cut to the second, on the side one does not look at. */
const MOST_AT_BOTTOM = 160;
const KEPT_AT_BOTTOM = 100;
const MOST_WHILE_READING = 800;
const KEPT_WHILE_READING = 500;

/** Somebody has pressed the heading of a day. */
export interface DayAsked {
  day: number;
  anchor: Element;
}

@customElement("maru-timeline")
export class Timeline extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @query(".timeline") private readonly scroller!: HTMLElement;
  /** The position of the message that one was led to. */
  @state() private found = 0;
  private readonly keeper = new ScrollKeeper(this, () => !this.conversation.log.hasAfter);
  private readonly announcements = new Announcements(this);
  private readonly roving = new Roving(this, () => this.scroller);
  /** Until the timeline stands where it should, nothing in it counts as read. */
  private landed = false;
  private channels: ChannelNames | null = null;
  private midnight: ReturnType<typeof setTimeout> | undefined;

  /** One has just sent something: show it. */
  toNewest(): void {
    this.keeper.toBottom();
    this.requestUpdate();
    if (this.conversation.log.hasAfter) void this.chat.pages.land(this.conversation, NEWEST);
  }

  /** The last thing that one has said here, if it is still to be seen; nothing while that is still
      on its way: it would be the one before. */
  async editLast(): Promise<void> {
    const { store, pages } = this.chat;
    if (store.outbox.next(this.conversation.id)) return;
    if (this.conversation.log.hasAfter) {
      await pages.land(this.conversation, NEWEST);
      this.requestUpdate();
      await this.updateComplete;
    }
    const isMine = ({ kind, deleted, sender }: Message) =>
      kind === "user" && !deleted && sender.id === store.myId;
    const last = this.conversation.log.messages.findLast(isMine);
    const rows = this.querySelectorAll<MessageElement>("maru-message");
    // By its number: a newer form of it may not be drawn yet.
    await [...rows].find((row) => row.message.id === last?.id)?.edit();
  }

  /** Where one stands, to come back to. */
  standing(): Landing {
    const row = this.keeper.firstVisible;
    if (this.keeper.atBottom || !(row instanceof MessageElement)) return NEWEST;
    return { at: "before", position: row.message.position, edge: this.keeper.edge };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("conversation")) {
      this.keeper.toBottom();
      this.landed = false;
      this.found = 0;
    }
    this.trim();
  }

  protected override render(): TemplateResult {
    const { store } = this.chat;
    const { conversation } = this;
    const { log, channel } = conversation;
    this.channels = this.chat.channelNames.current();
    const drafts = log.hasAfter ? [] : store.outbox.in(channel.id);
    return html`<div
        class="timeline"
        role="log"
        aria-label=${gettext("Messages")}
        aria-live="off"
        aria-busy=${!log.loaded}
        @scroll=${this.scrolled}
        @focusin=${(event: FocusEvent) => this.roving.focused(event)}
        @keydown=${(event: KeyboardEvent) => this.roving.pressed(event)}
      >
        <div class="timeline-rows">
          ${log.hasBefore ? html`<p class="loading-more">${gettext("Loading…")}</p>` : nothing}
          ${log.loaded && !log.hasBefore ? beginning(conversation, store.myId) : nothing}
          ${repeat(
            rows(log.messages, drafts, store.myId, conversation.divider),
            (row) => row.key,
            (row) => this.row(row),
          )}
        </div>
      </div>
      ${this.keeper.atBottom ? nothing : this.wayDown()}
      <div class="visually-hidden" aria-live="polite">
        ${this.announcements.texts.map((text) => html`<p>${text}</p>`)}
      </div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.waitForMidnight();
  }

  protected override firstUpdated(): void {
    this.keeper.attach(this.scroller);
    addEventListener("focus", this.read);
    addEventListener("blur", this.read);
    document.addEventListener("visibilitychange", this.read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.midnight);
    removeEventListener("focus", this.read);
    removeEventListener("blur", this.read);
    document.removeEventListener("visibilitychange", this.read);
  }

  protected override updated(): void {
    const { landing, log } = this.conversation;
    if (log.loaded) this.announcements.notice(this.conversation, this.chat.store.myId);
    if (landing && log.loaded) void this.land(landing);
    this.loadNear();
    this.read();
  }

  private async land(landing: Landing): Promise<void> {
    const { conversation } = this;
    conversation.landing = null;
    const rows = [...this.querySelectorAll<MessageElement>("maru-message")];
    await Promise.all(rows.map((row) => row.updateComplete));
    if (conversation !== this.conversation) return;
    this.bring(landing, rows);
    this.landed = true;
    this.dispatchEvent(new CustomEvent("landed", { bubbles: true }));
    this.requestUpdate();
  }

  private bring(landing: Landing, rows: MessageElement[]): void {
    this.found = 0;
    if (landing.at === "newest") return this.keeper.toBottom();
    const row = rows.find(({ message }) => message.position >= landing.position);
    if (!row) return this.keeper.toBottom();
    if (landing.at === "before") return this.keeper.putBack(row, landing.edge);
    if (landing.at === "unread")
      return this.keeper.bring(this.querySelector(".day.is-new") ?? row, UNREAD_FROM_TOP);
    this.keeper.bring(row, FOUND_FROM_TOP);
    this.found = row.message.position;
    row.querySelector("article")?.focus({ preventScroll: true });
  }

  /** The days are called by other names. */
  private waitForMidnight(): void {
    clearTimeout(this.midnight);
    this.midnight = setTimeout(() => {
      this.requestUpdate();
      this.waitForMidnight();
    }, untilMidnight(Date.now()));
  }

  private row(row: Row): TemplateResult {
    if (row.type === "day") return dayRow(row.at, row.isNew, this.chooseDay);
    if (row.type === "new") return newRow();
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
      .found=${row.message.position === this.found}
      .quoted=${this.chat.quotes.of(row.message)}
      .saved=${this.chat.store.saved.has(row.message.id)}
      .channels=${this.channels}
      .inThread=${this.conversation.channel.kind === "thread"}
      .canWrite=${this.conversation.mayTakePart && !this.conversation.channel.archived}
    ></maru-message>`;
  }

  private readonly chooseDay = (event: Event, day: number): void => {
    const detail = { day, anchor: event.currentTarget as Element };
    this.dispatchEvent(new CustomEvent<DayAsked>("day-asked", { bubbles: true, detail }));
  };

  private wayDown(): TemplateResult {
    const { unread } = this.conversation;
    if (unread === 0)
      return html`<button class="way-down" aria-label=${gettext("To the newest")}
        title=${gettext("To the newest")} @click=${this.toNewest}>${icon(ArrowDown)}</button>`;
    const news = ngettext("%(count)s new message", "%(count)s new messages", unread);
    return html`<button class="way-down has-news" aria-label=${format(news, { count: unread })}
      @click=${this.toNewest}>${format(gettext("%(count)s new"), { count: unread })} ${icon(ArrowDown)}</button>`;
  }

  private scrolled(): void {
    const wasAtBottom = this.keeper.atBottom;
    this.keeper.scrolled();
    if (wasAtBottom !== this.keeper.atBottom) this.requestUpdate();
    this.loadNear();
    this.read();
  }

  private loadNear(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = clientHeight * LOAD_WITHIN_SCREENS;
    if (scrollTop < near) void this.chat.pages.older(this.conversation);
    if (scrollHeight - scrollTop - clientHeight < near)
      void this.chat.pages.newer(this.conversation);
  }

  private readonly read = (): void => {
    const { conversation } = this;
    if (!this.landed || !conversation.log.loaded) return;
    const isLooking = !document.hidden && document.hasFocus();
    if (isLooking) this.chat.reading.seen(conversation, this.lastSeen());
    conversation.noticeNews(isLooking);
  };

  private lastSeen(): number {
    if (this.keeper.atBottom) return this.conversation.channel.last_position;
    const row = this.keeper.lastVisible;
    return row instanceof MessageElement ? row.message.position : 0;
  }

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
