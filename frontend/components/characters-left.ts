/**
 * How many characters still fit into the field before it, once there are few. What is too long
 * stays in the field, and its form says so.
 */
import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { format, gettext, ngettext } from "../i18n";
import { room } from "../models/graphemes";
import { Light } from "./element";

export function charactersLeft(left: number | null): TemplateResult {
  return html`<small class="characters-left ${left !== null && left < 0 ? "too-many" : ""}"
    role="status">${left === null ? "" : told(left)}</small>`;
}

function told(left: number): string {
  if (left < 0) {
    const many = ngettext("%(count)s character too many", "%(count)s characters too many", -left);
    return format(many, { count: -left });
  }
  return format(ngettext("%(count)s character left", "%(count)s characters left", left), {
    count: left,
  });
}

/** Its form is not sent while it is too long. */
export function limitField(
  field: HTMLInputElement | HTMLTextAreaElement,
  limit: number,
): number | null {
  const left = room(field.value, limit);
  const isTooLong = left !== null && left < 0;
  field.setCustomValidity(isTooLong ? gettext("This is too long.") : "");
  field.ariaInvalid = isTooLong ? "true" : null;
  return left;
}

@customElement("maru-characters-left")
export class CharactersLeft extends Light {
  @property({ type: Number }) limit = 0;
  @state() private left: number | null = null;
  private listening: AbortController | undefined;

  /** A click too: what a button has put into the field is counted before the form is looked at. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.listening = new AbortController();
    const options = { capture: true, signal: this.listening.signal };
    for (const event of ["input", "click"])
      this.parentElement?.addEventListener(event, this.count, options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.listening?.abort();
  }

  protected override render(): TemplateResult {
    return charactersLeft(this.left);
  }

  private readonly count = (): void => {
    const before = this.previousElementSibling;
    const field = before instanceof HTMLInputElement ? before : before?.querySelector("input");
    if (field) this.left = limitField(field, this.limit);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-characters-left": CharactersLeft;
  }
}
