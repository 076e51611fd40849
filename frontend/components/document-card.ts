/** A document where the talk is: its title, who is in it now, and the way in. */
import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { FileText } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import { shortMoment } from "../i18n/dates";
import type { SharedDocument } from "../wire-documents";
import { avatar } from "./avatar";
import { Live } from "./element";
import { icon } from "./icon";
import { isPlainClick } from "./route";

const FACES_SHOWN = 4;

@customElement("maru-document-card")
export class DocumentCard extends Live {
  @property({ type: Number }) channel = 0;
  @property({ type: Number }) document = 0;
  /** The message, for a document that is not open to the viewer, or not known yet. */
  @property({ attribute: false }) text!: TemplateResult;

  protected override render(): TemplateResult {
    void this.chat.documents.know(this.channel);
    const document = this.chat.store.documents.get(this.document);
    if (!document) return this.unknown();
    const faces = document.participants.slice(0, FACES_SHOWN);
    return html`<a class="document-card" href="/documents/${document.id}" @click=${this.open}>
      <span class="document-card-emblem">${icon(FileText)}</span>
      <span class="document-card-text">
        <strong>${document.title}</strong><small>${facts(document)}</small>
      </span>
      <span class="faces">${faces.map(avatar)}</span>
    </a>`;
  }

  /** As high as what will stand here. */
  private unknown(): TemplateResult {
    return html`<div class="document-card">
      <span class="document-card-emblem">${icon(FileText)}</span>
      <div class="document-card-text">${this.text}</div>
    </div>`;
  }

  private open(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    const detail = this.document;
    this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail }));
  }
}

function facts({ participants, updated_at }: SharedDocument): string {
  const [first, ...others] = participants;
  if (!first) {
    const moment = shortMoment(Date.parse(updated_at), Date.now());
    return format(gettext("Document, changed %(moment)s"), { moment });
  }
  const count = participants.length;
  if (others.length === 0)
    return format(gettext("%(person)s is in it now"), { person: first.display_name });
  return format(
    ngettext("%(count)s person is in it now", "%(count)s people are in it now", count),
    {
      count,
    },
  );
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-document-card": DocumentCard;
  }
}
