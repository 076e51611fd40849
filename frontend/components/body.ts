/** What a message says. */
import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { oneLine } from "../models/one-line";
import type { Message } from "../wire";

/** The one place where the server's HTML, which it has sanitised, is taken as it is. */
export const body = (sanitised: string, { channelNames }: Chat): TemplateResult =>
  html`<div class="message-body">${unsafeHTML(channelNames.linked(sanitised))}</div>`;

/** In one line, without its marks. */
export const inOneLine = (message: Message): string =>
  message.deleted ? gettext("This message was deleted.") : oneLine(message.text);
