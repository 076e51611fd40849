/** A tree of documents, each a link. */
import { html, nothing, type TemplateResult } from "lit";
import { FileText } from "lucide";
import { avatar } from "../components/avatar";
import { icon } from "../components/icon";
import { shortMoment } from "../i18n/dates";
import type { Branch } from "./tree";

const FACES_SHOWN = 3;

export const treeList = (branches: readonly Branch[], current = 0): TemplateResult =>
  html`<ul class="document-tree">${branches.map((branch) => branchOf(branch, current))}</ul>`;

function branchOf({ document, children }: Branch, current: number): TemplateResult {
  const { id, title, updated_at, participants } = document;
  return html`<li>
    <a class="document-link" href="/documents/${id}" data-document=${id}
      aria-current=${id === current ? "page" : nothing}>
      ${icon(FileText)}<span class="document-link-title">${title}</span>
      <span class="faces">${participants.slice(0, FACES_SHOWN).map(avatar)}</span>
      <time>${shortMoment(Date.parse(updated_at), Date.now())}</time>
    </a>
    ${children.length > 0 ? treeList(children, current) : nothing}
  </li>`;
}

/** The document of a plain click on one of these links; 0 for any other click. */
export function documentOfClick(event: MouseEvent): number {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  return Number(link?.dataset["document"] ?? 0);
}
