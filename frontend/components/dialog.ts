/** What all dialogs share: the browser's own modal dialog, with a heading and a way out. */

import { html, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";
import { X } from "lucide";
import { gettext } from "../i18n";
import { Live } from "./element";
import { icon } from "./icon";

export abstract class Dialog extends Live {
  @query("dialog") private readonly dialog!: HTMLDialogElement;
  @query("#dialog-heading") private readonly headline!: HTMLElement;

  protected abstract heading(): string;
  protected abstract body(): TemplateResult;

  protected override render(): TemplateResult {
    return html`<dialog
      class="dialog"
      aria-labelledby="dialog-heading"
      @close=${() => this.dispatchEvent(new CustomEvent("dialog-closed", { bubbles: true }))}
      @pointerdown=${this.closeFromOutside}
    >
      <div class="dialog-sheet">
        <header class="dialog-head">
          <h2 id="dialog-heading" tabindex="-1">${this.heading()}</h2>
          <button class="button-icon" aria-label=${gettext("Close")} title=${gettext("Close")}
          @click=${this.close}>
            ${icon(X)}
          </button>
        </header>
        ${this.body()}
      </div>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    // Where no field asks for the focus, the browser would give it to the way out.
    if (document.activeElement?.closest(".dialog-head")) this.headline.focus();
  }

  protected close(): void {
    this.dialog.close();
  }

  /** Closes, which gives the focus back, and goes to a channel, which takes it. */
  protected goTo(channel: number): void {
    this.close();
    this.dispatchEvent(
      new CustomEvent<number>("channel-asked", { bubbles: true, detail: channel }),
    );
  }

  private closeFromOutside(event: PointerEvent): void {
    if (event.target === this.dialog) this.close();
  }
}
