/** The documents that were put away, and the way back. */
import { html, nothing, type TemplateResult } from "lit";
import { ArchiveRestore, FileText } from "lucide";
import type { Chat } from "../client/chat";
import { icon } from "../components/icon";
import { attempt } from "../components/problem";
import { format, gettext } from "../i18n";
import type { SharedDocument } from "../wire-documents";
import { mayChange } from "./rights";

export function archive(
  chat: Chat,
  documents: readonly SharedDocument[],
): TemplateResult | typeof nothing {
  const archived = documents.filter((document) => document.archived);
  if (archived.length === 0) return nothing;
  const count = archived.length;
  return html`<details class="documents-archive">
    <summary>${format(gettext("Archived (%(count)s)"), { count })}</summary>
    <ul class="document-tree">${archived.map((document) => row(chat, document))}</ul>
  </details>`;
}

function row(chat: Chat, { id, title, channel }: SharedDocument) {
  const label = format(gettext("Take “%(title)s” out of the archive"), { title });
  const restore = ({ target }: Event) =>
    void attempt(target as HTMLElement, chat.documents.update(id, { archived: false }));
  return html`<li class="documents-archived">
    <a class="document-link" href="/documents/${id}" data-document=${id}>
      ${icon(FileText)}<span class="document-link-title">${title}</span>
    </a>
    ${
      mayChange(chat.store, channel)
        ? html`<button class="button-icon" aria-label=${label} title=${label} @click=${restore}>
            ${icon(ArchiveRestore)}
          </button>`
        : nothing
    }
  </li>`;
}
