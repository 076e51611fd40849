/** What a message answers: a line above it that leads there; and above the composer, what one is about to answer. */
import { html, nothing, type TemplateResult } from "lit";
import { CornerUpLeft, X } from "lucide";
import { format, gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { addressOf, inChannel } from "../models/place";
import type { Message } from "../wire";
import { avatar } from "./avatar";
import { inOneLine } from "./body";
import { icon } from "./icon";

/** Undefined while it is fetched; null for what one may not see any more. */
export function quote(quoted: Message | null | undefined): TemplateResult {
  if (quoted === undefined)
    return html`<div class="quote" aria-hidden="true">${icon(CornerUpLeft)}</div>`;
  if (quoted === null)
    return html`<div class="quote">
      ${icon(CornerUpLeft)}<span>${gettext("This message was deleted.")}</span>
    </div>`;
  const { sender, channel, position } = quoted;
  return html`<a class="quote" href=${addressOf(inChannel(channel, position))}
    title=${gettext("Go to the message")}>
    ${icon(CornerUpLeft)} ${avatar(sender)}
    <span class="visually-hidden">${gettext("In reply to")}</span>
    <strong>${sender.display_name}</strong> <span>${inOneLine(quoted)}</span>
  </a>`;
}

export function replyBanner(
  { replyTo }: Conversation,
  cancel: () => void,
): TemplateResult | typeof nothing {
  if (replyTo === null) return nothing;
  const text = format(gettext("Replying to %(person)s"), { person: replyTo.sender.display_name });
  return html`<div class="reply-banner" role="status">
    ${icon(CornerUpLeft)}
    <strong>${text}</strong> <span>${inOneLine(replyTo)}</span>
    <button class="button-icon" aria-label=${gettext("Do not reply")} title=${gettext("Do not reply")}
      @click=${cancel}>${icon(X)}</button>
  </div>`;
}
