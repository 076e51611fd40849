/** A message away from its place: it tells where it stands, and leads there. */
import { html, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { shortMoment } from "../i18n/dates";
import { addressOf, inChannel } from "../models/place";
import type { Message } from "../wire";
import { avatar, botMark } from "./avatar";
import { body } from "./body";

/** `above` and `below` say why it is shown here. */
export function messageCard(
  message: Message,
  chat: Chat,
  parts: { above?: TemplateResult | string; below?: unknown } = {},
): TemplateResult {
  const { sender, timestamp, channel, position, deleted } = message;
  const moment = shortMoment(Date.parse(timestamp), Date.now());
  const says = deleted
    ? html`<p class="message-gone">${gettext("This message was deleted.")}</p>`
    : body(message.html, chat);
  return html`<article class="card">
    ${parts.above}
    <header class="card-head">
      ${avatar(sender)} <strong>${sender.display_name}</strong> ${botMark(sender)}
      <time datetime=${timestamp}>${moment}</time>
    </header>
    ${says}
    <footer class="card-foot">
      <a href=${addressOf(inChannel(channel, position))}>${gettext("Go to the message")}</a>
      ${parts.below}
    </footer>
  </article>`;
}
