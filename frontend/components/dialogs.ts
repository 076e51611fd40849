/** The dialogs by name. Those that are opened now and then are fetched when they are. */
import { html, nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import type { Message } from "../wire";
import "./browse-channels";
import "./create-channel";
import "./delete-message";
import { whenHere } from "./lazy";
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
  | { edits: Message }
  | { seen: Message }
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
      return whenHere(
        chat,
        "maru-shortcuts",
        () => import("./shortcuts-help"),
        () => html`<maru-shortcuts .chat=${chat}></maru-shortcuts>`,
      );
    case "preferences":
      return whenHere(
        chat,
        "maru-preferences",
        () => import("./preferences"),
        () => html`<maru-preferences .chat=${chat}></maru-preferences>`,
      );
    case "status":
      return whenHere(
        chat,
        "maru-set-status",
        () => import("./set-status"),
        () => html`<maru-set-status .chat=${chat}></maru-set-status>`,
      );
  }
}

function about(
  open: Exclude<OpenDialog, DialogName | null>,
  chat: Chat,
): TemplateResult | typeof nothing {
  if ("remove" in open)
    return html`<maru-delete-message .chat=${chat} .message=${open.remove}></maru-delete-message>`;
  if ("profile" in open)
    return whenHere(
      chat,
      "maru-profile",
      () => import("./profile"),
      () => html`<maru-profile .chat=${chat} .user=${open.profile}></maru-profile>`,
    );
  if ("edits" in open)
    return whenHere(
      chat,
      "maru-edit-history",
      () => import("./edit-history"),
      () => html`<maru-edit-history .chat=${chat} .message=${open.edits}></maru-edit-history>`,
    );
  if ("seen" in open)
    return whenHere(
      chat,
      "maru-seen-by",
      () => import("./seen-by"),
      () => html`<maru-seen-by .chat=${chat} .message=${open.seen}></maru-seen-by>`,
    );
  return whenHere(
    chat,
    "maru-membership",
    () => import("./membership"),
    () => html`<maru-membership .chat=${chat} .conversation=${open.membership}></maru-membership>`,
  );
}
