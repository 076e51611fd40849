/** The dialogs by name. */
import { html, nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import type { Message } from "../wire";
import "./browse-channels";
import "./create-channel";
import "./delete-message";
import "./shortcuts-help";
import "./start-direct";
import "./switcher";

export type DialogName = "browse" | "create" | "direct" | "switch" | "help" | "preferences";
export type OpenDialog = DialogName | { remove: Message } | null;

export function dialog(open: OpenDialog, chat: Chat): TemplateResult | typeof nothing {
  if (open === null) return nothing;
  if (typeof open === "object")
    return html`<maru-delete-message .chat=${chat} .message=${open.remove}></maru-delete-message>`;
  switch (open) {
    case "browse":
      return html`<maru-browse-channels .chat=${chat}></maru-browse-channels>`;
    case "create":
      return html`<maru-create-channel .chat=${chat}></maru-create-channel>`;
    case "switch":
      return html`<maru-switcher .chat=${chat}></maru-switcher>`;
    case "help":
      return html`<maru-shortcuts .chat=${chat}></maru-shortcuts>`;
    case "preferences":
      return nothing;
    case "direct":
      return html`<maru-start-direct .chat=${chat}></maru-start-direct>`;
  }
}
