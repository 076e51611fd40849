/** One sentence that appears at the foot of the page, above any dialog, and goes by itself. */
import { html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { Light } from "./element";

@customElement("maru-toast")
export class Toast extends Light {
  @property() text = "";
  @query(".toast") private readonly box!: HTMLElement;

  protected override render(): TemplateResult {
    return html`<div class="toast" role="alert" popover="manual">${this.text}</div>`;
  }

  /** Hidden first: what is shown last lies on top. */
  protected override updated(): void {
    this.box.hidePopover();
    if (this.text !== "") this.box.showPopover();
  }
}
