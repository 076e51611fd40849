/** The way into a channel's live space, whose code is fetched when somebody goes there. */
import { html, nothing, type TemplateResult } from "lit";
import { Footprints } from "lucide";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { addressOf, inSpace } from "../models/place";
import { waitingRoom } from "./empty";
import { icon } from "./icon";
import { whenHere } from "./lazy";

export const liveSpace = (chat: Chat, conversation: Conversation) =>
  whenHere(
    chat,
    "maru-space",
    () => import("../spaces/space"),
    () => html`<maru-space .chat=${chat} .conversation=${conversation}></maru-space>`,
    waitingRoom(),
  );

/** An icon alone, or in a menu with its words. */
export function spaceLink(channel: number, look: string): TemplateResult {
  const label = gettext("Live space");
  const isItem = look === "menu-item";
  return html`<a class=${look} href=${addressOf(inSpace(channel))}
    aria-label=${label} title=${isItem ? nothing : label}>${icon(Footprints)}${isItem ? label : nothing}</a>`;
}
