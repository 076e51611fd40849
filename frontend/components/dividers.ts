/** What divides the messages: a new day, from which one can jump to another, and where the new ones begin. */
import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import { dayHeading } from "../i18n/dates";

const newMark = () => html`<strong class="new-mark">${gettext("New")}</strong>`;

export const dayRow = (
  at: number,
  isNew: boolean,
  choose: (event: Event, day: number) => void,
): TemplateResult =>
  html`<div class="day ${isNew ? "is-new" : ""}">
    <button tabindex="-1" title=${gettext("Jump to a date")} @click=${(event: Event) => choose(event, at)}>
      ${dayHeading(at, Date.now())}
    </button>
    ${isNew ? newMark() : nothing}
  </div>`;

export const newRow = (): TemplateResult => html`<div class="day is-new">${newMark()}</div>`;
