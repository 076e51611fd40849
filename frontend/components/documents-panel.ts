/** The documents beside a channel. */
import { html, type nothing, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import { waitingRoom } from "./empty";
import { whenHere } from "./lazy";

export const documentsPanel = (
  chat: Chat,
  conversation: Conversation,
  document: number,
): TemplateResult | typeof nothing =>
  whenHere(
    chat,
    "maru-documents",
    () => import("../documents/panel"),
    () => html`<maru-documents
      .chat=${chat}
      .conversation=${conversation}
      .document=${document}
    ></maru-documents>`,
    html`<aside class="panel">${waitingRoom()}</aside>`,
  );
