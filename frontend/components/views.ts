/** The views and panels that come when they are first opened. */
import { html, type nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { View } from "../models/place";
import { waitingRoom } from "./empty";
import { whenHere } from "./lazy";

type Drawn = TemplateResult | typeof nothing;

export function view(name: "threads" | "saved", chat: Chat): Drawn {
  if (name === "threads")
    return whenHere(
      chat,
      "maru-threads",
      () => import("./threads-inbox"),
      () => html`<maru-threads .chat=${chat}></maru-threads>`,
      waitingRoom(),
    );
  return whenHere(
    chat,
    "maru-saved",
    () => import("./saved"),
    () => html`<maru-saved .chat=${chat}></maru-saved>`,
    waitingRoom(),
  );
}

export function viewName(name: View): string {
  if (name === "threads") return gettext("Threads");
  return name === "saved" ? gettext("Saved messages") : "";
}

export const pinsPanel = (chat: Chat, conversation: Conversation): Drawn =>
  whenHere(
    chat,
    "maru-pins",
    () => import("./pins"),
    () => html`<maru-pins .chat=${chat} .conversation=${conversation}></maru-pins>`,
  );
