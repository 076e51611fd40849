/** Who is in the channel, those who are here first. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { X } from "lucide";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { Member, Presence } from "../wire";
import { avatarWithPresence, botMark } from "./avatar";
import { Live } from "./element";
import { icon } from "./icon";
import { attempt } from "./problem";

const PAGE = 500;
const ORDER: Presence[] = ["online", "busy", "away", "offline"];

@customElement("maru-members")
export class Members extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @state() private members: Member[] | null = null;
  @state() private hasMore = false;
  private countWhenLoaded: number | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("conversation")) {
      this.members = null;
      this.countWhenLoaded = null;
    }
    const count = this.conversation.channel.member_count;
    if (count === this.countWhenLoaded || this.chat.connection.state.name !== "open") return;
    this.countWhenLoaded = count;
    void attempt(this, this.load(this.conversation));
  }

  protected override render(): TemplateResult {
    return html`<aside class="panel" aria-label=${gettext("Members")}>
      <header class="panel-head">
        <h2>${gettext("Members")} <small>${this.conversation.channel.member_count}</small></h2>
        <button class="button-icon" aria-label=${gettext("Close")} title=${gettext("Close")}
          @click=${this.close}>
          ${icon(X)}
        </button>
      </header>
      ${this.members === null ? html`<p class="panel-note">${gettext("Loading…")}</p>` : nothing}
      <ul class="people">
        ${this.sorted().map((member) => this.member(member))}
        ${this.hasMore ? html`<li>${this.moreButton()}</li>` : nothing}
      </ul>
    </aside>`;
  }

  private moreButton(): TemplateResult {
    const last = Math.max(...(this.members ?? []).map(({ user }) => user.id));
    return html`<button class="button quiet small"
      @click=${() => void attempt(this, this.load(this.conversation, last))}>
      ${gettext("Show more")}
    </button>`;
  }

  /** `after`: the greatest user id of those who are listed already. */
  private async load(conversation: Conversation, after = 0): Promise<void> {
    const asked = { channel: conversation.id, limit: PAGE, ...(after > 0 ? { after } : {}) };
    const page = await this.chat.connection.request("list-members", asked);
    if (conversation !== this.conversation) return;
    const members = [...((after > 0 && this.members) || []), ...page.members];
    this.members = members;
    this.hasMore = page.has_after;
    const people = members.map((member) => member.user);
    this.chat.store.people.meet(...people);
    this.chat.watching.watch(
      "members",
      people.map((person) => person.id),
    );
  }

  private sorted(): Member[] {
    const rank = ({ user }: Member) => ORDER.indexOf(this.chat.store.people.presence(user.id));
    return [...(this.members ?? [])].sort(
      (a, b) => rank(a) - rank(b) || a.user.display_name.localeCompare(b.user.display_name),
    );
  }

  private member({ user, role }: Member): TemplateResult {
    const { store } = this.chat;
    const isMe = user.id === store.myId;
    const presence = store.people.presence(user.id);
    return html`<li>
      <button class="person" data-presence=${presence}
        data-profile=${user.id}>
        ${avatarWithPresence(user, presence)}
        <span class="person-names">
          <strong>${user.display_name}${isMe ? html` <small>${gettext("(you)")}</small>` : nothing}</strong>
          <small>@${user.username}</small>
        </span>
        ${botMark(user)} ${role === "owner" ? html`<span class="mark">${gettext("Owner")}</span>` : nothing}
      </button>
    </li>`;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("panel-closed", { bubbles: true }));
  }
}
