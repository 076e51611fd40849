/** Asks once more before something is gone. */
import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { gettext } from "../i18n";
import type { Message } from "../wire";
import { Dialog } from "./dialog";
import { attempt } from "./problem";

@customElement("maru-delete-message")
export class DeleteMessageDialog extends Dialog {
  @property({ attribute: false }) message!: Message;

  protected override heading(): string {
    return gettext("Delete this message?");
  }

  protected override body(): TemplateResult {
    return html`<div class="dialog-body">
      <blockquote class="dialog-quote">${this.message.text}</blockquote>
      <p>${gettext("It disappears for everybody, and cannot be brought back.")}</p>
      <footer class="dialog-foot">
        <button class="button quiet" autofocus @click=${this.close}>${gettext("Cancel")}</button>
        <button class="button danger" @click=${this.confirm}>${gettext("Delete")}</button>
      </footer>
    </div>`;
  }

  private async confirm(): Promise<void> {
    if (await attempt(this, this.chat.messages.remove(this.message.id))) this.close();
  }
}
