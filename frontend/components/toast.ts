/** One sentence that appears at the foot of the page and goes by itself. */
import { html, type TemplateResult } from "lit";

/** Always in the page, so that a screen reader notices when it fills. */
export const toast = (text: string): TemplateResult =>
  html`<div class="toast" role="alert" ?data-shown=${text !== ""}>${text}</div>`;
