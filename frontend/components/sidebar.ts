/** The way around: channels, direct conversations, oneself. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { Compass, Plus, X } from "lucide";
import { gettext } from "../i18n";
import { attention } from "../models/attention";
import type { Conversation } from "../models/conversation";
import { avatarWithPresence } from "./avatar";
import { countBadge } from "./badge";
import type { DialogName } from "./dialogs";
import { Live } from "./element";
import { icon } from "./icon";
import { logo } from "./logo";
import { iconOf, nameOf } from "./names";
import "./user-menu";

@customElement("maru-sidebar")
export class Sidebar extends Live {
  @property({ type: Number }) current = 0;

  protected override render(): TemplateResult {
    const { store } = this.chat;
    return html`<nav class="sidebar" aria-label=${gettext("Channels")}>
        <header class="sidebar-head">
          ${logo()}
          <button
            class="button-icon only-narrow"
            aria-label=${gettext("Close the sidebar")}
            @click=${() => this.dispatchEvent(new CustomEvent("sidebar-closed", { bubbles: true }))}
          >
            ${icon(X)}
          </button>
        </header>
        <div class="sidebar-lists">
          ${this.section(gettext("Channels"), store.channels(), [
            this.opener("browse", gettext("Browse channels"), Compass),
            this.opener("create", gettext("Create a channel"), Plus),
          ])}
          ${this.section(gettext("Direct messages"), store.directs(), [
            this.opener("direct", gettext("Start a conversation"), Plus),
          ])}
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
    if (changed.has("current"))
      this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  private section(
    heading: string,
    conversations: Conversation[],
    openers: TemplateResult[],
  ): TemplateResult {
    return html`<section class="sidebar-section">
      <header>
        <h2>${heading}</h2>
        ${openers}
      </header>
      <ul>
        ${repeat(
          conversations,
          (conversation) => conversation.id,
          (conversation) => this.link(conversation),
        )}
      </ul>
    </section>`;
  }

  private opener(name: DialogName, label: string, node: typeof Plus): TemplateResult {
    const open = () =>
      this.dispatchEvent(
        new CustomEvent<DialogName>("dialog-asked", { bubbles: true, detail: name }),
      );
    return html`<button class="button-icon" aria-label=${label} title=${label} @click=${open}>
      ${icon(node)}
    </button>`;
  }

  private link(conversation: Conversation): TemplateResult {
    const { id, channel } = conversation;
    const { isUnread, count, mentions } = attention(conversation);
    const quiet = channel.membership?.muted ? "muted" : "";
    return html`<li>
      <a
        class="sidebar-link ${isUnread ? "unread" : ""} ${quiet}"
        href="/c/${id}"
        aria-current=${id === this.current ? "page" : nothing}
      >
        ${this.emblem(conversation)}
        <span class="sidebar-name">${nameOf(conversation, this.chat.store.myId)}</span>
        ${countBadge(count, mentions)}
      </a>
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
