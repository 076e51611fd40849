/** What the first message of a thread tells of the talk beneath it. */
import { html, nothing, type TemplateResult } from "lit";
import { format, gettext, ngettext } from "../i18n";
import { shortMoment } from "../i18n/dates";
import type { People } from "../models/people";
import type { Message } from "../wire";
import { avatar } from "./avatar";

const FACES_SHOWN = 3;

export function threadSummary(
  { thread }: Message,
  people: People,
  open: () => void,
): TemplateResult | typeof nothing {
  if (!thread || thread.reply_count === 0) return nothing;
  const faces = thread.participants.flatMap((id) => people.get(id) ?? []).slice(0, FACES_SHOWN);
  const replies = ngettext("%(count)s reply", "%(count)s replies", thread.reply_count);
  return html`<button class="thread-summary" @click=${open}>
    <span class="faces">${faces.map(avatar)}</span>
    <strong>${format(replies, { count: thread.reply_count })}</strong>
    ${thread.last_reply_at === null ? nothing : lastReply(thread.last_reply_at)}
  </button>`;
}

function lastReply(at: string): TemplateResult {
  const moment = shortMoment(Date.parse(at), Date.now());
  return html`<span>${format(gettext("last reply %(moment)s"), { moment })}</span>`;
}
