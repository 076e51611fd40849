/** The button in a room's heading that opens the calendar. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { CalendarDays } from "lucide";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { Light } from "./element";
import { icon } from "./icon";
import { showBeside } from "./popup";
import { attempt } from "./problem";

@customElement("maru-jump-to-date")
export class JumpToDate extends Light {
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) conversation!: Conversation;
  @state() private day: number | null = null;
  @query(".calendar-popup") private readonly popup!: HTMLElement;
  @query("button") private readonly button!: HTMLElement;

  /** From a day on; from a button somewhere else, too. */
  async open(day: number, anchor: Element = this.button): Promise<void> {
    await import("./calendar");
    this.day = day;
    await this.updateComplete;
    showBeside(this.popup, anchor);
    const calendar = this.querySelector("maru-calendar");
    await calendar?.updateComplete;
    calendar?.focus();
  }

  protected override render(): TemplateResult {
    const label = gettext("Jump to a date");
    return html`<button class="button-icon" aria-label=${label} title=${label}
        aria-haspopup="dialog" @click=${() => void this.open(Date.now())}>
        ${icon(CalendarDays)}
      </button>
      <div class="menu calendar-popup" popover role="dialog" aria-label=${label}
        @day-chosen=${(event: CustomEvent<number>) => this.jump(event.detail)}>
        ${this.day === null ? nothing : html`<maru-calendar .day=${this.day}></maru-calendar>`}
      </div>`;
  }

  private jump(day: number): void {
    this.popup.hidePopover();
    void attempt(this, this.chat.pages.toMoment(this.conversation, day));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-jump-to-date": JumpToDate;
  }
}
