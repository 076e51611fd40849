/** The way around: channels, direct conversations, oneself. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { Compass, Ellipsis, Plus, Search, X } from "lucide";
import { format, gettext } from "../i18n";
import { attention } from "../models/attention";
import type { Conversation } from "../models/conversation";
import type { View } from "../models/place";
import { type Section, sections } from "../models/sidebar";
import { avatarWithPresence } from "./avatar";
import { countBadge } from "./badge";
import type { DialogName, OpenDialog } from "./dialogs";
import { Live } from "./element";
import { icon } from "./icon";
import { logo } from "./logo";
import { draftMark, mutedMark } from "./marks";
import { iconOf, nameOf } from "./names";
import { places } from "./places";
import "./user-menu";
import type { UserMenu } from "./user-menu";

@customElement("maru-sidebar")
export class Sidebar extends Live {
  @property({ type: Number }) current = 0;
  /** The thread that stands beside the room; 0 for none. */
  @property({ type: Number }) thread = 0;
  @property() view: View = "front";
  @query("maru-user-menu") private readonly foot!: UserMenu;

  protected override render(): TemplateResult {
    const { store } = this.chat;
    return html`<nav class="sidebar" aria-label=${gettext("Channels")}>
        <header class="sidebar-head">
          ${logo(store.house)}
          <button
            class="button-icon only-narrow"
            aria-label=${gettext("Close the sidebar")}
            title=${gettext("Close the sidebar")}
            @click=${() => this.dispatchEvent(new CustomEvent("sidebar-closed", { bubbles: true }))}
          >
            ${icon(X)}
          </button>
        </header>
        <button class="sidebar-search" aria-keyshortcuts="Control+K" @click=${() => this.ask("switch")}>
          ${icon(Search)} <span>${gettext("Go to…")}</span> <kbd aria-hidden="true">${switchKeys()}</kbd>
        </button>
        <div class="sidebar-lists">
          ${places(store, this.view, this.thread)}
          ${sections(store.channels(), store.directs()).map((section) => this.section(section))}
        </div>
      </nav>
      <maru-user-menu .chat=${this.chat}></maru-user-menu>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { store } = this.chat;
    const partners = store.directs().flatMap((direct) => direct.others(store.myId));
    this.chat.watching.watch(
      "sidebar",
      partners.map((person) => person.id),
    );
    if (changed.has("current")) void this.showCurrent();
  }

  private async showCurrent(): Promise<void> {
    await this.foot.updateComplete; // it takes its room from the lists
    this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  private section(section: Section): TemplateResult {
    return html`<section class="sidebar-section">
      <header>
        <h2>${headingOf(section)}</h2>
        ${this.openers(section)}
      </header>
      <ul>
        ${repeat(
          section.conversations,
          (conversation) => conversation.id,
          (conversation) => this.link(conversation),
        )}
      </ul>
    </section>`;
  }

  private openers({ kind }: Section): TemplateResult[] {
    if (kind === "channels")
      return [
        this.opener("browse", gettext("Browse channels"), Compass),
        this.opener("create", gettext("Create a channel"), Plus),
      ];
    return kind === "directs" ? [this.opener("direct", gettext("Start a conversation"), Plus)] : [];
  }

  private opener(name: DialogName, label: string, node: typeof Plus): TemplateResult {
    return html`<button class="button-icon" aria-label=${label} title=${label}
      @click=${() => this.ask(name)}>
      ${icon(node)}
    </button>`;
  }

  private ask(dialog: DialogName): void {
    this.dispatchEvent(
      new CustomEvent<DialogName>("dialog-asked", { bubbles: true, detail: dialog }),
    );
  }

  private arrange(conversation: Conversation, event: Event): void {
    event.preventDefault();
    const detail = { membership: conversation };
    this.dispatchEvent(new CustomEvent<OpenDialog>("dialog-asked", { bubbles: true, detail }));
  }

  private link(conversation: Conversation): TemplateResult {
    const { id, channel } = conversation;
    const { isUnread, count, mentions, countsAll } = attention(conversation);
    const quiet = channel.membership?.muted ? "muted" : "";
    const name = nameOf(conversation, this.chat.store.myId);
    const settings = format(gettext("Settings of %(channel)s"), { channel: name });
    const isWritten = conversation.draft.trim() !== "" && id !== this.current;
    return html`<li class="sidebar-item" @contextmenu=${(event: Event) => this.arrange(conversation, event)}>
      <a
        class="sidebar-link ${isUnread ? "unread" : ""} ${quiet}"
        href="/c/${id}"
        aria-current=${id === this.current ? "page" : nothing}
      >
        ${this.emblem(conversation)}
        <span class="sidebar-name">${name}</span>
        ${isWritten ? draftMark() : nothing} ${channel.membership?.muted ? mutedMark() : nothing}
        ${countBadge(count, mentions, countsAll)}
      </a>
      <button class="button-icon sidebar-more" @click=${(event: Event) => this.arrange(conversation, event)}
        aria-label=${settings} title=${settings}>
        ${icon(Ellipsis)}
      </button>
    </li>`;
  }

  private emblem(conversation: Conversation): TemplateResult {
    const { store } = this.chat;
    const [person, another] = conversation.others(store.myId);
    if (conversation.channel.kind !== "direct" || !person || another)
      return html`${icon(iconOf(conversation.channel))}`;
    return avatarWithPresence(person, store.people.presence(person.id));
  }
}

function headingOf({ kind, name }: Section): string {
  if (kind === "own") return name;
  if (kind === "starred") return gettext("Starred");
  return kind === "channels" ? gettext("Channels") : gettext("Direct messages");
}

const switchKeys = () => (navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K");
