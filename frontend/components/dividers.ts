/** What divides the messages: a new day, and where the new ones begin. */
import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import { dayHeading } from "../i18n/dates";

const newMark = () => html`<strong class="new-mark">${gettext("New")}</strong>`;

export const dayRow = (at: number, isNew: boolean): TemplateResult =>
  html`<div class="day ${isNew ? "is-new" : ""}" role="separator">
    <span>${dayHeading(at, Date.now())}</span> ${isNew ? newMark() : nothing}
  </div>`;

export const newRow = (): TemplateResult =>
  html`<div class="day is-new" role="separator">${newMark()}</div>`;
