/** Finds a channel to look at or join. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Search } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import { shortMoment } from "../i18n/dates";
import { find } from "../models/korean-search";
import type { Channel } from "../wire";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { iconOf } from "./names";
import { attempt } from "./problem";

@customElement("maru-browse-channels")
export class BrowseChannelsDialog extends Dialog {
  @state() private channels: Channel[] | null = null;
  @state() private query = "";

  private asked = false;

  /** Without a connection, once that is back. */
  protected override willUpdate(): void {
    if (this.asked || this.chat.connection.state.name !== "open") return;
    this.asked = true;
    void attempt(this, this.load());
  }

  protected override heading(): string {
    return gettext("Browse channels");
  }

  protected override body(): TemplateResult {
    return html`<div class="dialog-body">
      <label class="search-field">
        ${icon(Search)}
        <input type="search" autofocus aria-label=${gettext("Find a channel")}
          placeholder=${gettext("Find a channel")} @input=${this.search} />
      </label>
      ${this.channels === null ? this.waiting() : this.results(this.channels)}
    </div>`;
  }

  private async load(): Promise<void> {
    const { channels } = await this.chat.connection.request("list-channels", {});
    this.channels = channels
      .filter(({ kind }) => kind === "public" || kind === "private")
      .sort((a, b) => (b.last_message_at ?? "").localeCompare(a.last_message_at ?? ""));
  }

  private search(event: InputEvent): void {
    this.query = (event.target as HTMLInputElement).value;
  }

  private waiting(): TemplateResult {
    return html`<p class="dialog-note">${gettext("Loading…")}</p>`;
  }

  private results(channels: Channel[]): TemplateResult {
    const found = find(this.query, channels, ({ name, topic }) => [name, topic]);
    if (found.length === 0) return html`<p class="dialog-note">${gettext("No channel fits.")}</p>`;
    return html`<ul class="choices">
      ${found.map((channel) => this.result(channel))}
    </ul>`;
  }

  private result(found: Channel): TemplateResult {
    const channel = this.chat.store.conversations.get(found.id)?.channel ?? found;
    const people = ngettext("%(count)s member", "%(count)s members", channel.member_count);
    const joined = channel.membership !== null;
    return html`<li class="choice">
      <button class="choice-main" @click=${() => this.goTo(channel.id)}>
        ${icon(iconOf(channel))}
        <span class="choice-text">
          <strong>${channel.name}</strong>
          <small>
            ${format(people, { count: channel.member_count })} ${activity(found.last_message_at)}
            ${channel.topic ? html`· ${channel.topic}` : nothing}
          </small>
        </span>
      </button>
      ${
        joined
          ? html`<span class="choice-state">${gettext("Joined")}</span>`
          : html`<button class="button small" aria-label=${format(gettext("Join %(channel)s"), { channel: `#${channel.name}` })}
            @click=${() => void this.join(channel.id)}>${gettext("Join")}</button>`
      }
    </li>`;
  }

  private async join(channel: number): Promise<void> {
    if (await attempt(this, this.chat.join(channel))) this.goTo(channel);
  }
}

function activity(at: string | null | undefined): string {
  if (!at) return "";
  const moment = shortMoment(Date.parse(at), Date.now());
  return `· ${format(gettext("last message %(moment)s"), { moment })}`;
}
