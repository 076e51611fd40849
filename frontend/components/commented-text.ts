/** What the thread of a comment is about: a piece of a document, and the way to it. */
import { html, nothing, type TemplateResult } from "lit";
import { FileText } from "lucide";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import type { DocumentComment } from "../wire-documents";
import { icon } from "./icon";
import { isPlainClick } from "./route";

export function commentedText(
  chat: Chat,
  channel: number,
  { document, quote }: DocumentComment,
): TemplateResult {
  void chat.documents.know(channel);
  const title = chat.store.documents.get(document)?.title ?? gettext("Document");
  const open = (event: MouseEvent) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    event.target?.dispatchEvent(
      new CustomEvent("document-asked", { bubbles: true, detail: document }),
    );
  };
  return html`<a class="thread-root commented-text" href="/documents/${document}" @click=${open}>
    <small>${icon(FileText)}${title}</small>
    ${quote === "" ? nothing : html`<span class="commented-words">${quote}</span>`}
  </a>`;
}
