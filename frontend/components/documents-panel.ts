/** The documents beside a channel. Their code is fetched when they are first looked at. */
import { html, type TemplateResult } from "lit";
import type { Chat } from "../client/chat";
import type { Conversation } from "../models/conversation";
import { waitingRoom } from "./empty";

let isHere = false;

async function fetch(chat: Chat): Promise<void> {
  await import("../documents/panel");
  isHere = true;
  chat.store.changed();
}

export function documentsPanel(
  chat: Chat,
  conversation: Conversation,
  document: number,
): TemplateResult {
  if (isHere)
    return html`<maru-documents
      .chat=${chat}
      .conversation=${conversation}
      .document=${document}
    ></maru-documents>`;
  void fetch(chat);
  return html`<aside class="panel">${waitingRoom()}</aside>`;
}
