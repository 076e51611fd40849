/** One conversation in the middle of the page: its heading, its messages, the place to write. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { Ellipsis, FileText, LogOut, Users } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { Landing } from "../models/landing";
import { avatarWithPresence } from "./avatar";
import type { Composer } from "./composer";
import "./composer";
import { Live } from "./element";
import { icon } from "./icon";
import { spaceLink } from "./live-space";
import { iconOf, nameOf } from "./names";
import { attempt } from "./problem";
import { sidebarOpener } from "./sidebar-opener";
import type { Timeline } from "./timeline";
import "./timeline";
import { typingLine } from "./typing-line";

@customElement("maru-room")
export class Room extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @property({ type: Boolean }) membersShown = false;
  @query("maru-timeline") private readonly timeline!: Timeline;
  @query("maru-composer") readonly composer!: Composer;
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
      <maru-timeline .chat=${chat} .conversation=${conversation}></maru-timeline>
      ${typingLine(chat.store, conversation.id)}
      <maru-composer .chat=${chat} .conversation=${conversation}
        @sent=${() => this.timeline.toNewest()}></maru-composer>`;
  }

  private head(): TemplateResult {
    const { channel } = this.conversation;
    return html`<header class="room-head">
      ${sidebarOpener(this.newsElsewhere())}
      <div class="room-title">
        <div class="room-name">${this.emblem()}<h1>${nameOf(this.conversation, this.chat.store.myId)}</h1></div>
        ${channel.topic ? html`<p class="room-topic" title=${channel.topic}>${channel.topic}</p>` : nothing}
      </div>
      ${this.documentsButton()} ${spaceLink(this.conversation.id)} ${this.membersButton()} ${this.conversation.isMember ? this.menuOf() : nothing}
    </header>`;
  }

  private newsElsewhere(): boolean {
    return this.chat.store.totalUnread() > this.conversation.unread;
  }

  private emblem(): TemplateResult {
    const { store } = this.chat;
    const [person, another] = this.conversation.others(store.myId);
    if (this.conversation.channel.kind !== "direct" || !person || another)
      return html`${icon(iconOf(this.conversation.channel))}`;
    return avatarWithPresence(person, store.people.presence(person.id));
  }

  private documentsButton(): TemplateResult {
    const ask = () =>
      this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail: 0 }));
    return html`<button class="button-icon" aria-label=${gettext("Documents")}
      title=${gettext("Documents")} @click=${ask}>${icon(FileText)}</button>`;
  }

  private membersButton(): TemplateResult {
    const count = this.conversation.channel.member_count;
    const label = format(ngettext("%(count)s member", "%(count)s members", count), { count });
    const toggle = () => this.dispatchEvent(new CustomEvent("members-toggled", { bubbles: true }));
    return html`<button class="button-icon with-text" aria-label=${label} title=${label}
      aria-expanded=${this.membersShown} @click=${toggle}>
      ${icon(Users)}<span>${count}</span>
    </button>`;
  }

  private menuOf(): TemplateResult | typeof nothing {
    const { kind } = this.conversation.channel;
    if (kind !== "public" && kind !== "private") return nothing;
    return html`<button class="button-icon" popovertarget="room-menu"
        aria-label=${gettext("More")} title=${gettext("More")}>${icon(Ellipsis)}</button>
      <div id="room-menu" class="menu" popover>
        <button class="menu-item" @click=${this.leave}>
          ${icon(LogOut)}${gettext("Leave the channel")}
        </button>
      </div>`;
  }

  private leave(): void {
    this.menu.hidePopover();
    void attempt(this, this.chat.leave(this.conversation.id));
  }
}
