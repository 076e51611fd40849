/** A person's card: who they are, whether they are here, what time it is there, where one meets. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { MessageCircle } from "lucide";
import { format, gettext } from "../i18n";
import { dayInFull, timeIn, untilMoment } from "../i18n/dates";
import { atMoment } from "../models/expiry";
import type { Profile, User } from "../wire";
import { avatarWithPresence, botMark } from "./avatar";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { titleOf } from "./names";
import { attempt } from "./problem";

const CHANNELS_SHOWN = 8;

@customElement("maru-profile")
export class ProfileDialog extends Dialog {
  @property({ type: Number }) user = 0;
  @state() private profile: Profile | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const load = async () => {
      this.profile = await this.chat.personal.profile(this.user);
    };
    void attempt(this, load()).then((found) => found || this.close());
    this.chat.watching.watch("profile", [this.user]);
  }

  protected override heading(): string {
    return gettext("Profile");
  }

  protected override body(): TemplateResult {
    const { profile } = this;
    if (!profile) return html`<p class="dialog-note" role="status">${gettext("Loading…")}</p>`;
    const { user, title, time_zone, joined_at } = profile;
    const { people, myId } = this.chat.store;
    return html`<div class="dialog-body profile">
      <div class="profile-head">
        ${avatarWithPresence(user, people.presence(user.id))}
        <div>
          <h3>${user.display_name} ${botMark(user)}</h3>
          <p>@${user.username}${title ? ` · ${title}` : ""}</p>
        </div>
      </div>
      ${this.status(user)}
      <dl>
        ${time_zone ? this.fact(gettext("Local time"), timeIn(time_zone, Date.now())) : nothing}
        ${this.fact(gettext("Here since"), dayInFull(Date.parse(joined_at)))}
      </dl>
      ${this.shared(profile)}
      <footer class="dialog-foot">
        <button class="button" @click=${() => void this.talk()}>
          ${icon(MessageCircle)} ${user.id === myId ? gettext("Write to yourself") : gettext("Send a message")}
        </button>
      </footer>
    </div>`;
  }

  private status({ status }: User): TemplateResult | typeof nothing {
    const { emoji, text, expires_at } = atMoment(status, Date.now());
    if (!emoji && !text) return nothing;
    const end =
      expires_at && html`<small>${untilMoment(Date.parse(expires_at), Date.now())}</small>`;
    return html`<p class="profile-status"><span>${emoji} ${text}</span> ${end}</p>`;
  }

  private fact(name: string, value: string): TemplateResult {
    return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  }

  private shared({ shared_channels, user }: Profile): TemplateResult | typeof nothing {
    const { conversations, myId } = this.chat.store;
    const known = shared_channels.flatMap((id) => conversations.get(id) ?? []);
    if (known.length === 0 || user.id === myId) return nothing;
    const more = known.length - CHANNELS_SHOWN;
    return html`<section>
      <h4>${gettext("You meet in")}</h4>
      <p class="profile-channels">
        ${known.slice(0, CHANNELS_SHOWN).map(
          (conversation) =>
            html`<button class="button small quiet" @click=${() => this.goTo(conversation.id)}>
                ${titleOf(conversation, myId)}
              </button>`,
        )}
        ${more > 0 ? format(gettext("and %(count)s more"), { count: more }) : nothing}
      </p>
    </section>`;
  }

  private async talk(): Promise<void> {
    const open = async () => this.goTo((await this.chat.openDirect([this.user])).id);
    await attempt(this, open());
  }
}
