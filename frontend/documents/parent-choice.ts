/** Under which other document of its channel a document stands. */
import { html, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import type { SharedDocument } from "../wire-documents";
import { type Spot, spotsFor, treeOf } from "./tree";

const INDENT = "\u2003";

export function parentChoice(
  documents: readonly SharedDocument[],
  moved?: SharedDocument,
): TemplateResult {
  const current = documents.filter(({ archived }) => !archived);
  const option = ({ document: { id, title }, depth }: Spot) =>
    html`<option value=${id} ?selected=${id === moved?.parent}>${INDENT.repeat(depth)}${title}</option>`;
  return html`<select name="parent">
    <option value="">${gettext("No other document")}</option>
    ${spotsFor(moved?.id ?? 0, treeOf(current)).map(option)}
  </select>`;
}
