/** What one says one is doing, with an emoji, and until when. */

import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { SmilePlus } from "lucide";
import { format, gettext } from "../i18n";
import { untilMoment } from "../i18n/dates";
import { atMoment, endOf, type Span } from "../models/expiry";
import type { Status } from "../wire";
import "./characters-left";
import { Dialog } from "./dialog";
import { icon } from "./icon";
import { attempt } from "./problem";

interface Suggestion {
  emoji: string;
  text: string;
  span: Span;
}

const suggestions = (): Suggestion[] => [
  { emoji: "📅", text: gettext("In a meeting"), span: "1h" },
  { emoji: "🍚", text: gettext("At lunch"), span: "1h" },
  { emoji: "🎧", text: gettext("Focusing"), span: "4h" },
  { emoji: "🏠", text: gettext("Working from home"), span: "today" },
  { emoji: "🤒", text: gettext("Out sick"), span: "today" },
  { emoji: "🌴", text: gettext("On holiday"), span: "week" },
];

const spans = (): [Span, string][] => [
  ["never", gettext("Until I change it")],
  ["30m", gettext("30 minutes")],
  ["1h", gettext("1 hour")],
  ["4h", gettext("4 hours")],
  ["today", gettext("Today")],
  ["week", gettext("This week")],
];

@customElement("maru-set-status")
export class SetStatusDialog extends Dialog {
  @state() private status: Status = { emoji: "", text: "", expires_at: null };
  @state() private span: Span = "never";

  override connectedCallback(): void {
    super.connectedCallback();
    const { me } = this.chat.store;
    if (me) this.status = atMoment(me.status, Date.now());
    if (this.status.expires_at !== null) this.span = "kept";
  }

  protected override heading(): string {
    return gettext("Your status");
  }

  protected override body(): TemplateResult {
    const { emoji, text } = this.status;
    const label = emoji
      ? format(gettext("Emoji: %(emoji)s"), { emoji })
      : gettext("Choose an emoji");
    return html`<form class="dialog-body" @submit=${this.save}>
      <div class="status-fields">
        <button type="button" class="status-emoji" aria-label=${label} title=${label}
          aria-haspopup="dialog" @click=${this.pick}>${emoji || icon(SmilePlus)}</button>
        <input name="text" autocomplete="off" autofocus
          aria-label=${gettext("What are you doing?")} placeholder=${gettext("What are you doing?")}
          .value=${text} @input=${this.typed} />
      </div>
      <maru-characters-left limit="100"></maru-characters-left>
      <div class="status-suggestions" role="group" aria-label=${gettext("Suggestions")}>
        ${suggestions().map((suggestion) => this.suggestion(suggestion))}
      </div>
      <label class="field">
        <span>${gettext("Until")}</span>
        <select name="span" @change=${this.typed}>
          ${this.spans().map(
            ([span, label]) =>
              html`<option value=${span} .selected=${span === this.span}>${label}</option>`,
          )}
        </select>
      </label>
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.clear}>${gettext("Clear")}</button>
        <button class="button">${gettext("Save")}</button>
      </footer>
    </form>`;
  }

  /** Who mends a word does not mean that it shall now stay for ever. */
  private spans(): [Span, string][] {
    const { expires_at } = this.status;
    if (expires_at === null) return spans();
    return [["kept", untilMoment(Date.parse(expires_at), Date.now())], ...spans()];
  }

  private suggestion({ emoji, text, span }: Suggestion): TemplateResult {
    const take = () => {
      this.status = { ...this.status, emoji, text };
      this.span = span;
    };
    return html`<button type="button" class="button small quiet" @click=${take}>
      <span aria-hidden="true">${emoji}</span> ${text}
    </button>`;
  }

  private typed(event: Event): void {
    const { name, value } = event.target as HTMLInputElement;
    if (name === "span") this.span = value as Span;
    else if (name === "text") this.status = { ...this.status, text: value };
  }

  private save(event: SubmitEvent): void {
    event.preventDefault();
    const text = this.status.text.normalize("NFC").trim();
    void this.set({ text, emoji: this.status.emoji.trim(), expires_at: this.expiry() });
  }

  private expiry(): string | null {
    if (this.span === "kept") return this.status.expires_at;
    const end = endOf(this.span, Date.now());
    return end === null ? null : new Date(end).toISOString();
  }

  private async pick(event: Event): Promise<void> {
    const anchor = event.currentTarget as Element;
    const { pickEmoji } = await import("./emoji-picker");
    const emoji = await pickEmoji(anchor);
    if (emoji !== null) this.status = { ...this.status, emoji };
  }

  private clear(): void {
    void this.set({ text: "", emoji: "", expires_at: null });
  }

  private async set(status: Status): Promise<void> {
    if (await attempt(this, this.chat.setStatus(status))) this.close();
  }
}
