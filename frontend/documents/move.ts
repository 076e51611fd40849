/** Moves a document under another one of its channel. */
import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Dialog } from "../components/dialog";
import { attempt } from "../components/problem";
import { format, gettext } from "../i18n";
import type { SharedDocument } from "../wire-documents";
import { parentChoice } from "./parent-choice";

@customElement("maru-move-document")
export class MoveDocumentDialog extends Dialog {
  @property({ attribute: false }) document!: SharedDocument;

  protected override heading(): string {
    return format(gettext("Move “%(title)s”"), { title: this.document.title });
  }

  protected override body(): TemplateResult {
    const documents = this.chat.store.documents.list(this.document.channel);
    return html`<form class="dialog-body" @submit=${this.move}>
      <label class="field">
        <span>${gettext("Under")}</span>
        ${parentChoice(documents, this.document)}
      </label>
      <footer class="dialog-foot">
        <button type="button" class="button quiet" @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button">${gettext("Move")}</button>
      </footer>
    </form>`;
  }

  private async move(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const chosen = new FormData(event.target as HTMLFormElement).get("parent");
    const parent = Number(chosen) || null;
    const moved = this.chat.documents.update(this.document.id, { parent });
    if (await attempt(this, moved)) this.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-move-document": MoveDocumentDialog;
  }
}
