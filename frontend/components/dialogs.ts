/** The dialogs by name. Those that are opened now and then are fetched when they are. */
import { html, nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import type { Message } from "../wire";
import "./browse-channels";
import "./create-channel";
import "./delete-message";
import "./start-direct";
import "./switcher";

export type DialogName =
  | "browse"
  | "create"
  | "direct"
  | "switch"
  | "help"
  | "preferences"
  | "status";

export type OpenDialog =
  | DialogName
  | { remove: Message }
  | { profile: number }
  | { membership: Conversation }
  | null;

export function dialog(open: OpenDialog, chat: Chat): TemplateResult | typeof nothing {
  if (open === null) return nothing;
  if (typeof open === "object") return about(open, chat);
  switch (open) {
    case "browse":
      return html`<maru-browse-channels .chat=${chat}></maru-browse-channels>`;
    case "create":
      return html`<maru-create-channel .chat=${chat}></maru-create-channel>`;
    case "direct":
      return html`<maru-start-direct .chat=${chat}></maru-start-direct>`;
    case "switch":
      return html`<maru-switcher .chat=${chat}></maru-switcher>`;
    case "help":
      void import("./shortcuts-help");
      return html`<maru-shortcuts .chat=${chat}></maru-shortcuts>`;
    case "preferences":
      void import("./preferences");
      return html`<maru-preferences .chat=${chat}></maru-preferences>`;
    case "status":
      void import("./set-status");
      return html`<maru-set-status .chat=${chat}></maru-set-status>`;
  }
}

function about(open: Exclude<OpenDialog, DialogName | null>, chat: Chat): TemplateResult {
  if ("remove" in open)
    return html`<maru-delete-message .chat=${chat} .message=${open.remove}></maru-delete-message>`;
  if ("profile" in open) {
    void import("./profile");
    return html`<maru-profile .chat=${chat} .user=${open.profile}></maru-profile>`;
  }
  void import("./membership");
  return html`<maru-membership .chat=${chat} .conversation=${open.membership}></maru-membership>`;
}
