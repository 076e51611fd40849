/** What stands where a document would. */
import { html, type TemplateResult } from "lit";
import { FileX } from "lucide";
import { icon } from "../components/icon";
import { gettext } from "../i18n";

export const closedDocument = (): TemplateResult => html`<div class="empty">
  <span class="emblem">${icon(FileX)}</span>
  <h1>${gettext("Nothing here")}</h1>
  <p>${gettext("This document does not exist, or it is not open to you.")}</p>
  <a class="button" href="/documents/">${gettext("All documents")}</a>
</div>`;

const LINES = Array.from({ length: 7 });

export const waitingDocument = (): TemplateResult => html`<div class="waiting"
  role="status" aria-label=${gettext("Loading…")}>
  ${LINES.map(() => html`<div class="waiting-row"><b></b></div>`)}
</div>`;
