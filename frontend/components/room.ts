/** One conversation in the middle of the page: its heading, its messages, the place to write. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import {
  Ellipsis,
  FileText,
  type IconNode,
  LogOut,
  Megaphone,
  Pin,
  SlidersHorizontal,
  Users,
} from "lucide";
import { format, gettext, ngettext } from "../i18n";
import { attention } from "../models/attention";
import type { Conversation } from "../models/conversation";
import type { Landing } from "../models/landing";
import type { PanelName } from "../models/place";
import { avatarWithPresence } from "./avatar";
import type { Composer } from "./composer";
import "./composer";
import { composerPressed } from "./composer-keys";
import type { OpenDialog } from "./dialogs";
import { Live } from "./element";
import { icon } from "./icon";
import type { JumpToDate } from "./jump-to-date";
import "./jump-to-date";
import { spaceLink } from "./live-space";
import { iconOf, nameOf, titleOf } from "./names";
import { attempt } from "./problem";
import { replyBanner } from "./quote";
import { sidebarOpener } from "./sidebar-opener";
import type { DayAsked, Timeline } from "./timeline";
import "./timeline";
import { typingLine } from "./typing-line";

/** To what belongs to the room: beside it, or instead of it. */
interface Way {
  label: string;
  node: IconNode;
  go: () => void;
  isOpen?: boolean;
}

@customElement("maru-room")
export class Room extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  /** What stands beside the room. */
  @property() panel: PanelName | null = null;
  @query("maru-timeline") private readonly timeline!: Timeline;
  @query("maru-composer") readonly composer!: Composer;
  @query("maru-jump-to-date") private readonly calendar!: JumpToDate;
  @query("#room-menu") private readonly menu!: HTMLElement;

  /** How far one has scrolled, to come back to. */
  standing(): Landing {
    return this.timeline.standing();
  }

  /** One has had enough of what is new here. */
  settle(): void {
    this.chat.reading.settle(this.conversation);
    this.timeline.toNewest();
  }

  protected override render(): TemplateResult {
    const { chat, conversation } = this;
    return html`${this.head()}
      <maru-timeline .chat=${chat} .conversation=${conversation}
        @day-asked=${this.chooseDay}></maru-timeline>
      ${typingLine(chat.store, conversation.id)}
      ${replyBanner(conversation, this.forgetReply)}
      <maru-composer .chat=${chat} .conversation=${conversation}
        @sent=${() => this.timeline.toNewest()} @keydown=${this.pressed}></maru-composer>`;
  }

  private readonly chooseDay = ({ detail }: CustomEvent<DayAsked>): void =>
    void this.calendar.open(detail.day, detail.anchor);

  private readonly forgetReply = (): void => {
    this.chat.drafts.answer(this.conversation, null);
    this.composer.focus();
  };

  private readonly pressed = (event: KeyboardEvent): void =>
    composerPressed(event, this.conversation, this.timeline, this.forgetReply);

  private head(): TemplateResult {
    const { channel } = this.conversation;
    return html`<header class="room-head">
      ${sidebarOpener(this.newsElsewhere())}
      <div class="room-title">
        <div class="room-name">${this.emblem()}<h1>${nameOf(this.conversation, this.chat.store.myId)}</h1></div>
        ${channel.topic ? html`<p class="room-topic" title=${channel.topic}>${channel.topic}</p>` : nothing}
      </div>
      <maru-jump-to-date .chat=${this.chat} .conversation=${this.conversation}></maru-jump-to-date>
      ${this.ways().map((way) => this.wayButton(way))}
      ${spaceLink(this.conversation.id, "button-icon only-wide")} ${this.membersButton()} ${this.menuOf()}
    </header>`;
  }

  private newsElsewhere(): boolean {
    return this.chat.store.totalUnread() > attention(this.conversation).count;
  }

  private emblem(): TemplateResult {
    const { store } = this.chat;
    const [person, another] = this.conversation.others(store.myId);
    if (this.conversation.channel.kind !== "direct" || !person || another)
      return html`${icon(iconOf(this.conversation.channel))}`;
    return avatarWithPresence(person, store.people.presence(person.id));
  }

  /** On a phone these stand in the menu. */
  private ways(): Way[] {
    const documents = () =>
      this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail: 0 }));
    const isOpen = this.panel === "pins";
    return [
      { label: gettext("Pinned messages"), node: Pin, go: () => this.toggle("pins"), isOpen },
      { label: gettext("Documents"), node: FileText, go: documents },
    ];
  }

  private wayButton({ label, node, go, isOpen }: Way): TemplateResult {
    return html`<button class="button-icon only-wide" aria-label=${label} title=${label}
      aria-expanded=${isOpen ?? nothing} @click=${go}>${icon(node)}</button>`;
  }

  private toggle(panel: PanelName): void {
    this.dispatchEvent(
      new CustomEvent<PanelName>("panel-toggled", { bubbles: true, detail: panel }),
    );
  }

  private membersButton(): TemplateResult {
    const count = this.conversation.channel.member_count;
    const label = format(ngettext("%(count)s member", "%(count)s members", count), { count });
    return html`<button class="button-icon with-text" title=${label}
      aria-expanded=${this.panel === "members"} @click=${() => this.toggle("members")}>
      ${icon(Users)}<span aria-hidden="true">${count}</span><span class="visually-hidden">${label}</span>
    </button>`;
  }

  private menuOf(): TemplateResult {
    const { isMember, isManager, channel, id } = this.conversation;
    const canLeave = isMember && (channel.kind === "public" || channel.kind === "private");
    return html`<button class="button-icon ${isMember ? "" : "only-narrow"}" popovertarget="room-menu"
        aria-label=${gettext("More")} title=${gettext("More")}>${icon(Ellipsis)}</button>
      <div id="room-menu" class="menu" popover @click=${() => this.menu.hidePopover()}>
        <div class="only-narrow-group">
          ${this.ways().map(
            ({ label, node, go }) =>
              html`<button class="menu-item" @click=${go}>${icon(node)}${label}</button>`,
          )}
          ${spaceLink(id, "menu-item")}
        </div>
        ${isMember ? this.settings() : nothing}
        ${isManager && !channel.archived ? this.posting() : nothing}
        ${
          canLeave
            ? html`<button class="menu-item" @click=${this.leave}>
                ${icon(LogOut)}${gettext("Leave the channel")}
              </button>`
            : nothing
        }
      </div>`;
  }

  /** Who writes here: everybody, or those who run the channel. */
  private posting(): TemplateResult {
    const isOpen = this.conversation.channel.posting === "everyone";
    const change = () =>
      void attempt(
        this,
        this.chat.setPosting(this.conversation.id, isOpen ? "owners" : "everyone"),
      );
    return html`<button class="menu-item" @click=${change}>
      ${icon(Megaphone)}${isOpen ? gettext("Let only owners write") : gettext("Let everybody write")}
    </button>`;
  }

  /** What the sidebar's right mouse button opens: a finger has none. */
  private settings(): TemplateResult {
    const channel = titleOf(this.conversation, this.chat.store.myId);
    const detail: OpenDialog = { membership: this.conversation };
    const open = () =>
      this.dispatchEvent(new CustomEvent<OpenDialog>("dialog-asked", { bubbles: true, detail }));
    return html`<button class="menu-item" @click=${open}>
      ${icon(SlidersHorizontal)}${format(gettext("Settings of %(channel)s"), { channel })}
    </button>`;
  }

  private leave(): void {
    void attempt(this, this.chat.leave(this.conversation.id));
  }
}
