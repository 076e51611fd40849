/** Small signs beside a name in the sidebar. */
import { html, type TemplateResult } from "lit";
import { BellOff, type IconNode, Pencil } from "lucide";
import { gettext } from "../i18n";
import { icon } from "./icon";

const mark = (node: IconNode, text: string): TemplateResult =>
  html`<span class="sidebar-mark" title=${text}>${icon(node)}<span class="visually-hidden">${text}</span></span>`;

export const draftMark = (): TemplateResult => mark(Pencil, gettext("Draft"));
export const mutedMark = (): TemplateResult => mark(BellOff, gettext("Muted"));
