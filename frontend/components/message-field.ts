/**
 * A text field that grows, in which Enter submits. While a word is being composed, nothing here
 * writes to it: its value is never bound, and its height follows a mirror beside it.
 */
import { html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { EnterKey, type Verdict } from "../models/enter-key";
import { Light } from "./element";

@customElement("maru-message-field")
export class MessageField extends Light {
  @property() label = "";
  @property({ type: Number }) maxLength = 20_000;
  @query("textarea") private readonly field!: HTMLTextAreaElement;
  private readonly enter = new EnterKey();

  get value(): string {
    return this.field.value;
  }

  set value(text: string) {
    this.field.value = text;
    this.mirror();
  }

  override focus(): void {
    this.field.focus();
  }

  get isComposing(): boolean {
    return this.enter.isComposing;
  }

  protected override render(): TemplateResult {
    return html`<div class="growing">
      <textarea
        rows="1"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${this.label}
        placeholder=${this.label}
        maxlength=${this.maxLength}
        @input=${this.changed}
        @keydown=${this.pressed}
        @keyup=${(event: KeyboardEvent) => this.enter.released(event)}
        @blur=${() => this.enter.blurred()}
        @compositionstart=${() => this.enter.compositionStarted()}
        @compositionupdate=${(event: CompositionEvent) => this.enter.compositionUpdated(event.data)}
        @compositionend=${(event: CompositionEvent) => this.obey(this.enter.compositionEnded(), event)}
      ></textarea>
    </div>`;
  }

  private changed(): void {
    this.mirror();
    this.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
  }

  private pressed(event: KeyboardEvent): void {
    this.obey(this.enter.keyPressed(event), event);
    if (event.key === "Escape" && !this.enter.isComposing && !event.isComposing)
      this.dispatchEvent(new CustomEvent("cancelled", { bubbles: true }));
  }

  private obey(verdict: Verdict, event: Event): void {
    if (verdict === "pass") return;
    event.preventDefault();
    if (verdict === "send") this.submit();
    else if (verdict === "send-later") setTimeout(() => this.submit());
  }

  private submit(): void {
    this.dispatchEvent(new CustomEvent("submitted", { bubbles: true }));
  }

  private mirror(): void {
    const holder = this.field.parentElement;
    if (holder) holder.dataset["text"] = this.field.value;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-message-field": MessageField;
  }
}
