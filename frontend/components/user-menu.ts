/** Oneself at the foot of the sidebar: how one appears to others, the settings, the way out. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import {
  ChevronsUpDown,
  Keyboard,
  LogOut,
  Settings,
  Shield,
  SlidersHorizontal,
  SmilePlus,
} from "lucide";
import { gettext } from "../i18n";
import { atMoment } from "../models/expiry";
import { page } from "../page";
import { forget } from "../pwa";
import type { PresenceSetting, User } from "../wire";
import { avatarWithPresence } from "./avatar";
import type { DialogName } from "./dialogs";
import { Live } from "./element";
import { icon } from "./icon";
import { attempt } from "./problem";

/** Browsers count a timer's milliseconds in 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

@customElement("maru-user-menu")
export class UserMenu extends Live {
  @query("#user-menu") private readonly menu!: HTMLElement;
  private end: ReturnType<typeof setTimeout> | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { me, people } = this.chat.store;
    if (!me) return nothing;
    return html`<section aria-label=${gettext("You")}>
      <button class="user-button" popovertarget="user-menu">
        ${avatarWithPresence(me, people.presence(me.id))}
        <span class="user-names">
          <strong>${me.display_name}</strong>
          <span>${statusLine(me) || `@${me.username}`}</span>
        </span>
        ${icon(ChevronsUpDown)}
      </button>
      <div id="user-menu" class="menu" popover>${this.statusItem(me)} ${this.presences()} ${this.links()}</div>
    </section>`;
  }

  /** A status ends by itself. */
  protected override updated(): void {
    clearTimeout(this.end);
    const left = Date.parse(this.chat.store.me?.status.expires_at ?? "") - Date.now();
    if (left > 0 && left <= LONGEST_TIMER_MS)
      this.end = setTimeout(() => this.requestUpdate(), left);
  }

  private statusItem(me: User): TemplateResult {
    return html`<div class="menu-group">
      <button class="menu-item" @click=${() => this.ask("status")}>
        ${icon(SmilePlus)}<span class="menu-text">${statusLine(me) || gettext("Set a status")}</span>
      </button>
    </div>`;
  }

  private presences(): TemplateResult {
    const mine = this.chat.store.people.presence(this.chat.store.myId);
    const choice = (setting: PresenceSetting, label: string, presence: string) => html`<button
      class="menu-item"
      aria-pressed=${mine === presence}
      @click=${() => this.setPresence(setting)}
    >
      <span class="presence" data-presence=${presence}></span>${label}
    </button>`;
    return html`<div class="menu-group" role="group" aria-label=${gettext("How others see you")}>
      ${choice("auto", gettext("Online"), "online")} ${choice("away", gettext("Away"), "away")}
      ${choice("busy", gettext("Busy"), "busy")}
    </div>`;
  }

  private links(): TemplateResult {
    const { settingsUrl, adminUrl, logoutUrl, csrfToken } = page();
    const admin = html`<a class="menu-item" href=${adminUrl}>
      ${icon(Shield)}${gettext("Administration")}
    </a>`;
    return html`<div class="menu-group">
      <button class="menu-item" @click=${() => this.ask("preferences")}>
        ${icon(SlidersHorizontal)}${gettext("Preferences")}
      </button>
      <button class="menu-item" @click=${() => this.ask("help")}>
        ${icon(Keyboard)}${gettext("Keyboard shortcuts")}
      </button>
      <a class="menu-item" href=${settingsUrl}>${icon(Settings)}${gettext("Account")}</a>
      ${adminUrl ? admin : nothing}
      <form method="post" action=${logoutUrl} @submit=${this.logOut}>
        <input type="hidden" name="csrfmiddlewaretoken" value=${csrfToken} />
        <button class="menu-item">${icon(LogOut)}${gettext("Log out")}</button>
      </form>
    </div>`;
  }

  private setPresence(presence: PresenceSetting): void {
    this.menu.hidePopover();
    void attempt(this, this.chat.setStatus({ presence }));
  }

  /** First what this browser has kept, then the session. */
  private logOut(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    void forget().then(() => form.submit());
  }

  private ask(dialog: DialogName): void {
    this.menu.hidePopover();
    this.dispatchEvent(
      new CustomEvent<DialogName>("dialog-asked", { bubbles: true, detail: dialog }),
    );
  }
}

function statusLine({ status }: User): string {
  const { emoji, text } = atMoment(status, Date.now());
  return `${emoji} ${text}`.trim();
}
