/** Where one writes: the field, what is sent with Enter, and what stands there for who may not. */

import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { SendHorizontal } from "lucide";
import type { Writing } from "../first-look";
import { format, gettext } from "../i18n";
import { commandIn } from "../models/completion";
import type { Conversation } from "../models/conversation";
import { Live } from "./element";
import { icon } from "./icon";
import type { MessageField } from "./message-field";
import "./message-field";
import { composerLabel, titleOf } from "./names";
import { attempt } from "./problem";

@customElement("maru-composer")
export class Composer extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @query("maru-message-field") private readonly field!: MessageField | null;

  override focus(): void {
    this.field?.focus();
  }

  /** Ready to write in, except where the focus would open a keyboard on the screen, and while
      somebody still writes in the first look. */
  welcome(): void {
    if (document.activeElement?.closest(".first-look")) return;
    if (matchMedia("(hover: hover)").matches) this.focus();
  }

  /** One has begun in the first look. */
  writeOn(writing: Writing): void {
    this.field?.writeOn(writing);
  }

  protected override render(): TemplateResult {
    const { channel } = this.conversation;
    if (channel.archived)
      return html`<p class="composer-note">${gettext("This channel is archived.")}</p>`;
    if (!this.conversation.isMember && channel.kind === "public") return this.invitation();
    if (!this.conversation.mayPost)
      return html`<p class="composer-note">${gettext("Only owners write here. Others react, and reply in threads.")}</p>`;
    return this.form();
  }

  protected override async updated(changed: PropertyValues<this>): Promise<void> {
    if (!this.field) return;
    if (!changed.has("conversation")) return this.follow(this.field);
    await this.field.updateComplete;
    this.field.value = this.conversation.draft;
    this.welcome();
  }

  /** One has written on another device. */
  private follow(field: MessageField): void {
    if (!field.hasUpdated || field.isComposing || field.value === this.conversation.draft) return;
    field.value = this.conversation.draft;
  }

  private form(): TemplateResult {
    return html`<form
      class="composer"
      @submit=${this.send}
      @submitted=${this.send}
      @typed=${this.typed}
    >
      <maru-message-field
        .chat=${this.chat}
        .conversation=${this.conversation}
        .label=${composerLabel(this.conversation, this.chat.store.myId)}
      ></maru-message-field>
      <button class="button-icon send" aria-label=${gettext("Send")} title=${gettext("Send")}>
        ${icon(SendHorizontal)}
      </button>
    </form>`;
  }

  private invitation(): TemplateResult {
    const title = titleOf(this.conversation, this.chat.store.myId);
    return html`<div class="composer-note">
      <span>${format(gettext("You are looking at %(channel)s."), { channel: title })}</span>
      <button class="button" @click=${this.join}>${gettext("Join the channel")}</button>
    </div>`;
  }

  private join(): void {
    void attempt(this, this.chat.join(this.conversation.id));
  }

  private typed(): void {
    const text = this.field?.value ?? "";
    this.chat.drafts.write(this.conversation, text);
    if (text.trim() === "") this.chat.typing.stopped(this.conversation.id);
    else this.chat.typing.typed(this.conversation.id);
  }

  private send(event: Event): void {
    event.preventDefault();
    const text = this.field?.value ?? "";
    if (!this.field || this.field.isComposing || text.trim() === "") return;
    const command = commandIn(text);
    if (command) return void this.run(command.name, command.rest);
    this.chat.sending.send(this.conversation.id, text);
    this.empty();
    this.dispatchEvent(new CustomEvent("sent", { bubbles: true }));
  }

  private empty(): void {
    this.chat.typing.sent();
    this.chat.drafts.write(this.conversation, "");
    if (!this.field) return;
    this.field.value = "";
    this.field.focus();
  }

  /** The text stays until the server has done it. */
  private async run(name: string, rest: string): Promise<void> {
    await attempt(this, this.order(name, rest));
  }

  private async order(name: string, rest: string): Promise<void> {
    const { commands } = this.chat;
    if (!(await commands.has(name))) return this.say(unknownCommand(name));
    const result = await commands.run(this.conversation.id, name, rest);
    this.empty();
    if (result.notice) this.say(result.notice);
    if (result.channel)
      this.dispatchEvent(
        new CustomEvent<number>("channel-asked", { bubbles: true, detail: result.channel }),
      );
    const document = result.message?.document;
    if (document)
      this.dispatchEvent(
        new CustomEvent<number>("document-asked", { bubbles: true, detail: document }),
      );
  }

  private say(text: string): void {
    this.dispatchEvent(new CustomEvent<string>("problem", { bubbles: true, detail: text }));
  }
}

const unknownCommand = (name: string): string =>
  format(gettext("There is no command /%(name)s. Begin with a space to send it as a message."), {
    name,
  });

declare global {
  interface HTMLElementTagNameMap {
    "maru-composer": Composer;
  }
}
