/** How much waits: quietly for what is unread, in the accent for what is meant for oneself. */
import { html, nothing, type TemplateResult } from "lit";
import { format, ngettext } from "../i18n";

const MOST_COUNTED = 99;

const shortened = (count: number) => (count > MOST_COUNTED ? `${MOST_COUNTED}+` : `${count}`);

/** `countsAll`: not only what is meant for oneself is unread here. */
export function countBadge(
  unread: number,
  mentions: number,
  countsAll = true,
): TemplateResult | typeof nothing {
  if (countsAll && unread > 0 && mentions >= unread) return unreadBadge(unread, "");
  if (mentions > 0)
    return badge(ngettext("%(count)s mention", "%(count)s mentions", mentions), mentions, "");
  if (unread > 0) return unreadBadge(unread, "quiet");
  return nothing;
}

const unreadBadge = (unread: number, look: string): TemplateResult =>
  badge(ngettext("%(count)s unread", "%(count)s unread", unread), unread, look);

function badge(text: string, count: number, look: string): TemplateResult {
  const label = format(text, { count });
  return html`<span class="badge ${look}" title=${label}
    ><span aria-hidden="true">${shortened(count)}</span><span class="visually-hidden">${label}</span></span
  >`;
}
