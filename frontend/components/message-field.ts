/**
 * A text field that grows, in which Enter submits, with choices for the word under the caret.
 * While a word is being composed, nothing here writes to it: its value is never bound, its height
 * follows a mirror beside it, and a choice is taken after the composition.
 */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Chat } from "../client/chat";
import type { Writing } from "../first-look";
import { closedAt, completed, triggerAt } from "../models/completion";
import type { Conversation } from "../models/conversation";
import { EnterKey, type Verdict } from "../models/enter-key";
import { charactersLeft, limitField } from "./characters-left";
import type { Completions } from "./completions";
import "./completions";
import { Light } from "./element";

@customElement("maru-message-field")
export class MessageField extends Light {
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) conversation: Conversation | null = null;
  @property() label = "";
  /** How many characters still fit, once there are few. */
  @state() private left: number | null = null;
  @query("textarea") private readonly field!: HTMLTextAreaElement;
  @query("maru-completions") private readonly completions!: Completions | null;
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

  /** The caret stands where it stood in another field, and Enter pressed there counts. */
  writeOn({ text, start, end, isSent }: Writing): void {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(start, end);
    this.changed();
    if (isSent) this.submit();
  }

  /** Whether it may be sent; says why not. */
  check(): boolean {
    return this.field.reportValidity();
  }

  get isComposing(): boolean {
    return this.enter.isComposing;
  }

  protected override render(): TemplateResult {
    return html`${this.conversation ? this.choices(this.conversation) : nothing}
    <div class="growing">
      <textarea
        rows="1"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${this.label}
        placeholder=${this.label}
        @input=${this.changed}
        @keydown=${this.pressed}
        @keyup=${this.released}
        @click=${this.look}
        @blur=${this.blurred}
        @compositionstart=${() => this.enter.compositionStarted()}
        @compositionupdate=${(event: CompositionEvent) => this.enter.compositionUpdated(event.data)}
        @compositionend=${(event: CompositionEvent) => this.obey(this.enter.compositionEnded(), event)}
      ></textarea>
    </div>
    ${charactersLeft(this.left)}`;
  }

  private choices(conversation: Conversation): TemplateResult {
    return html`<maru-completions .chat=${this.chat} .conversation=${conversation}
      @choices-changed=${this.tellChoices} @choice-made=${this.complete}></maru-completions>`;
  }

  private changed(): void {
    this.closeEmoji();
    this.mirror();
    this.look();
    this.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
  }

  private pressed(event: KeyboardEvent): void {
    const composing = this.enter.isComposing || event.isComposing;
    if (!composing && this.steersChoices(event)) return event.preventDefault();
    const { completions } = this;
    const takes = completions?.isOpen && completions.chosen() !== null;
    this.enter.aloneSends = takes || (this.chat?.store.preferences.enter_sends ?? true);
    this.obey(this.enter.keyPressed(event), event);
    if (event.key === "Escape" && !composing)
      this.dispatchEvent(new CustomEvent("cancelled", { bubbles: true }));
  }

  private released(event: KeyboardEvent): void {
    this.enter.released(event);
    const moved = ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key);
    if (moved && !this.enter.isComposing) this.look();
  }

  private blurred(): void {
    this.enter.blurred();
    this.completions?.ask(null);
  }

  private obey(verdict: Verdict, event: Event): void {
    if (verdict === "pass") return;
    event.preventDefault();
    if (verdict === "send") this.submit();
    else if (verdict === "send-later") setTimeout(() => this.submit());
  }

  /** Enter takes the choice first, if there is one to take. */
  private submit(): void {
    if (this.completions?.isOpen && this.completions.chosen()) return this.complete();
    this.completions?.ask(null);
    if (this.check()) this.dispatchEvent(new CustomEvent("submitted", { bubbles: true }));
  }

  private look(): void {
    const { value, selectionStart, selectionEnd } = this.field;
    this.completions?.ask(
      selectionStart === selectionEnd ? triggerAt(value, selectionStart) : null,
    );
  }

  private steersChoices(event: KeyboardEvent): boolean {
    const { completions } = this;
    if (!completions?.isOpen || event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") completions.move(1);
    else if (event.key === "ArrowUp") completions.move(-1);
    else if (event.key === "Tab" && !event.shiftKey) this.complete();
    else if (event.key === "Escape") completions.dismiss();
    else return false;
    event.stopPropagation();
    return true;
  }

  private complete(): void {
    const { completions, field } = this;
    const choice = completions?.chosen();
    if (!completions?.trigger || !choice || this.isComposing) return;
    const { text, caret } = completed(field.value, completions.trigger, choice);
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.changed();
    completions.ask(null);
  }

  /** Who knows the name of an emoji writes it between its colons. */
  private closeEmoji(): void {
    const { field, chat } = this;
    if (!this.conversation || this.isComposing) return;
    const trigger = closedAt(field.value, field.selectionStart);
    const choice = trigger && chat.completing.emojiCalled(trigger.query);
    if (!trigger || !choice) return;
    const { text, caret } = completed(field.value, trigger, choice);
    field.value = text;
    field.setSelectionRange(caret, caret);
  }

  /** For who hears the page: which choice Enter would take. Only attributes, never the value. */
  private tellChoices(): void {
    const { completions, field } = this;
    field.setAttribute("aria-autocomplete", "list");
    if (!completions?.isOpen) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-controls", completions.listId);
    field.setAttribute("aria-activedescendant", completions.activeId);
  }

  private mirror(): void {
    const holder = this.field.parentElement;
    if (holder) holder.dataset["text"] = this.field.value;
    this.left = limitField(this.field, this.chat?.store.limits?.text_length ?? 20_000);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-message-field": MessageField;
  }
}
