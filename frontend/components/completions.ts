/** The choices for the word under the caret, above the field. The field keeps the focus and hands over its keys. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { Hash, SquareSlash, Users } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import type { Choice, Trigger } from "../models/completion";
import type { Conversation } from "../models/conversation";
import { avatar } from "./avatar";
import { Live } from "./element";
import { icon } from "./icon";

let count = 0;

@customElement("maru-completions")
export class Completions extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @property({ attribute: false }) trigger: Trigger | null = null;
  @state() private active = 0;
  /** Where the word begins for which one has sent the choices away. */
  private dismissed = -1;
  private choices: Choice[] = [];
  readonly listId = `choices-${++count}`;

  get isOpen(): boolean {
    return this.choices.length > 0;
  }

  get activeId(): string {
    return this.isOpen ? this.optionId(this.active) : "";
  }

  /** The caret has moved, or the text has changed; also in the midst of a syllable. */
  ask(trigger: Trigger | null): void {
    if (trigger?.from !== this.dismissed) this.dismissed = -1;
    if (trigger?.query !== this.trigger?.query) this.active = 0;
    this.trigger = trigger;
  }

  dismiss(): void {
    this.dismissed = this.trigger?.from ?? -1;
    this.requestUpdate();
  }

  move(step: number): void {
    const { length } = this.choices;
    this.active = (this.active + step + length) % length;
  }

  /** The chosen one; null if what stands there is it already, or nothing is to choose. */
  chosen(): Choice | null {
    const choice = this.choices[this.active];
    const { kind, query } = this.trigger ?? {};
    return kind === "command" && choice?.insert.trim() === `/${query}` ? null : (choice ?? null);
  }

  protected override willUpdate(): void {
    this.look();
  }

  protected override render(): TemplateResult {
    const { choices } = this;
    const found = ngettext("%(count)s suggestion", "%(count)s suggestions", choices.length);
    return html`<span class="visually-hidden" role="status">
        ${this.isOpen ? format(found, { count: choices.length }) : nothing}
      </span>
      <ul class="completions" role="listbox" id=${this.listId} ?hidden=${!this.isOpen}
        aria-label=${gettext("Suggestions")}>
        ${repeat(
          choices,
          ({ insert }) => insert,
          (choice, index) => this.option(choice, index),
        )}
      </ul>`;
  }

  protected override updated(): void {
    this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    this.dispatchEvent(new CustomEvent("choices-changed", { bubbles: true }));
  }

  private look(): void {
    const { trigger } = this;
    const wanted = trigger !== null && trigger.from !== this.dismissed;
    this.choices = wanted
      ? this.chat.completing.choices(trigger, this.conversation, Date.now())
      : [];
    this.active = Math.min(this.active, Math.max(0, this.choices.length - 1));
  }

  /** Pressing it must not take the focus from the field. */
  private option(choice: Choice, index: number): TemplateResult {
    const choose = (event: Event) => {
      event.preventDefault();
      this.active = index;
      this.dispatchEvent(new CustomEvent("choice-made", { bubbles: true }));
    };
    return html`<li class="completion" role="option" id=${this.optionId(index)}
      aria-selected=${index === this.active} @pointerdown=${choose}>
      <span class="completion-picture">${picture(choice)}</span>
      <strong>${choice.name}</strong>
      <small>${choice.detail}</small>
    </li>`;
  }

  private optionId(index: number): string {
    return `${this.listId}-${index}`;
  }
}

function picture({ picture }: Choice): unknown {
  if (picture === "everybody") return icon(Users);
  if (picture === "channel") return icon(Hash);
  if (picture === "command") return icon(SquareSlash);
  return "emoji" in picture ? picture.emoji : avatar(picture.person);
}

declare global {
  interface HTMLElementTagNameMap {
    "maru-completions": Completions;
  }
}
