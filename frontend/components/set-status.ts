/** What one says one is doing, with an emoji, and until when. */

import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { gettext } from "../i18n";
import { endOf, type Span } from "../models/expiry";
import type { Status } from "../wire";
import { Dialog } from "./dialog";
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
  @state() private status: Omit<Status, "expires_at"> = { emoji: "", text: "" };
  @state() private span: Span = "never";

  override connectedCallback(): void {
    super.connectedCallback();
    const { emoji = "", text = "" } = this.chat.store.me?.status ?? {};
    this.status = { emoji, text };
  }

  protected override heading(): string {
    return gettext("Your status");
  }

  protected override body(): TemplateResult {
    const { emoji, text } = this.status;
    return html`<form class="dialog-body" @submit=${this.save}>
      <div class="status-fields">
        <input name="emoji" maxlength="16" autocomplete="off" aria-label=${gettext("Emoji")}
          placeholder="🙂" .value=${emoji} @input=${this.typed} />
        <input name="text" maxlength="100" autocomplete="off" autofocus
          aria-label=${gettext("What are you doing?")} placeholder=${gettext("What are you doing?")}
          .value=${text} @input=${this.typed} />
      </div>
      <div class="status-suggestions" role="group" aria-label=${gettext("Suggestions")}>
        ${suggestions().map((suggestion) => this.suggestion(suggestion))}
      </div>
      <label class="field">
        <span>${gettext("Until")}</span>
        <select name="span" @change=${this.typed}>
          ${spans().map(
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

  private suggestion({ emoji, text, span }: Suggestion): TemplateResult {
    const take = () => {
      this.status = { emoji, text };
      this.span = span;
    };
    return html`<button type="button" class="button small quiet" @click=${take}>
      <span aria-hidden="true">${emoji}</span> ${text}
    </button>`;
  }

  private typed(event: Event): void {
    const { name, value } = event.target as HTMLInputElement;
    if (name === "span") this.span = value as Span;
    else this.status = { ...this.status, [name]: value };
  }

  private save(event: SubmitEvent): void {
    event.preventDefault();
    const end = endOf(this.span, Date.now());
    const expires_at = end === null ? null : new Date(end).toISOString();
    const text = this.status.text.normalize("NFC").trim();
    void this.set({ text, emoji: this.status.emoji.trim(), expires_at });
  }

  private clear(): void {
    void this.set({ text: "", emoji: "", expires_at: null });
  }

  private async set(status: Status): Promise<void> {
    if (await attempt(this, this.chat.setStatus(status))) this.close();
  }
}
