/** A small calendar: one chooses a day, and the timeline goes there. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ChevronLeft, ChevronRight } from "lucide";
import { gettext } from "../i18n";
import { fullDay, monthName, weekdayName } from "../i18n/dates";
import {
  beginningOf,
  daysAfter,
  type Month,
  monthAfter,
  monthOf,
  weeksOf,
} from "../models/calendar";
import { dayOf } from "../models/rows";
import { Light } from "./element";
import { icon } from "./icon";

/** Sunday, in Korea as in the United States. */
const FIRST_WEEKDAY = 0;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

@customElement("maru-calendar")
export class Calendar extends Light {
  /** Where one begins to choose, in milliseconds since the epoch. */
  @property({ type: Number }) day = Date.now();
  @state() private chosen = 0;
  @state() private month: Month = monthOf(Date.now());

  override focus(): void {
    this.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("day")) this.choose(Math.min(dayOf(this.day), dayOf(Date.now())));
  }

  protected override render(): TemplateResult {
    const weeks = weeksOf(this.month, FIRST_WEEKDAY);
    const hasNext = beginningOf(monthAfter(this.month, 1)) <= Date.now();
    return html`<div class="calendar">
      <header class="calendar-head">
        ${this.turner(-1, gettext("Earlier month"), true)}
        <strong aria-live="polite">${monthName(beginningOf(this.month))}</strong>
        ${this.turner(1, gettext("Later month"), hasNext)}
      </header>
      <table role="grid" @keydown=${this.pressed}>
        <thead>
          <tr>${weeks[0]?.map((day) => html`<th scope="col">${weekdayName(day)}</th>`)}</tr>
        </thead>
        <tbody>
          ${weeks.map((week) => html`<tr>${week.map((day) => this.cell(day))}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  private turner(step: number, label: string, possible: boolean): TemplateResult {
    return html`<button class="button-icon" aria-label=${label} title=${label} ?disabled=${!possible}
      @click=${() => this.turn(step)}>
      ${icon(step < 0 ? ChevronLeft : ChevronRight)}
    </button>`;
  }

  private cell(day: number): TemplateResult {
    const today = dayOf(Date.now());
    const isOther = monthOf(day).month !== this.month.month;
    return html`<td>
      <button class="calendar-day ${isOther ? "is-other" : ""}" aria-label=${fullDay(day)}
        aria-current=${day === today ? "date" : nothing} ?disabled=${day > today}
        tabindex=${day === this.chosen ? 0 : -1} data-day=${day} @click=${() => this.tell(day)}>
        ${new Date(day).getDate()}
      </button>
    </td>`;
  }

  /** One day of what is shown can be reached by the keyboard. */
  private turn(step: number): void {
    this.choose(Math.min(beginningOf(monthAfter(this.month, step)), dayOf(Date.now())));
  }

  private choose(day: number): void {
    this.chosen = day;
    this.month = monthOf(day);
  }

  private pressed(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(Math.min(daysAfter(this.chosen, step), dayOf(Date.now())));
    void this.updateComplete.then(() => this.focus());
  }

  private tell(day: number): void {
    this.dispatchEvent(new CustomEvent<number>("day-chosen", { bubbles: true, detail: day }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-calendar": Calendar;
  }
}
