/** What has been pinned to a channel, by whom and when. */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { Pin as PinIcon, PinOff, X } from "lucide";
import { format, gettext } from "../i18n";
import { shortMoment } from "../i18n/dates";
import type { Conversation } from "../models/conversation";
import type { Pin } from "../wire";
import { Live } from "./element";
import { icon } from "./icon";
import { messageCard } from "./message-card";
import { attempt } from "./problem";

@customElement("maru-pins")
export class Pins extends Live {
  @property({ attribute: false }) conversation!: Conversation;
  @state() private pins: Pin[] | null = null;
  /** What the log says is pinned, as of the last reading. */
  private known: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("conversation")) {
      this.pins = null;
      this.known = null;
    }
    const now = this.pinnedHere();
    if (now === this.known || this.chat.connection.state.name !== "open") return;
    this.known = now;
    void attempt(this, this.load(this.conversation));
  }

  protected override render(): TemplateResult {
    return html`<aside class="panel" aria-label=${gettext("Pinned messages")}>
      <header class="panel-head">
        <h2>${gettext("Pinned messages")} <small>${this.pins?.length}</small></h2>
        <button class="button-icon" aria-label=${gettext("Close")} title=${gettext("Close")}
          @click=${this.close}>${icon(X)}</button>
      </header>
      <div class="cards">${this.cards()}</div>
    </aside>`;
  }

  private cards(): TemplateResult {
    if (this.pins === null) return html`<p class="panel-note">${gettext("Loading…")}</p>`;
    if (this.pins.length === 0)
      return html`<div class="panel-empty">
        <span class="emblem">${icon(PinIcon)}</span>
        <p>${gettext("Nothing is pinned here yet. What everybody should find again belongs here.")}</p>
      </div>`;
    return html`${repeat(
      this.pins,
      ({ message }) => message.id,
      (pin) => this.card(pin),
    )}`;
  }

  private card({ message: pinned, user, timestamp }: Pin): TemplateResult {
    const { messages } = this.conversation.log;
    const message = messages.find(({ id }) => id === pinned.id) ?? pinned;
    const moment = shortMoment(Date.parse(timestamp), Date.now());
    const person = user.display_name;
    const unpin = html`<button class="button-icon" aria-label=${gettext("Unpin")}
      title=${gettext("Unpin")} @click=${() => void attempt(this, this.unpin(message.id))}>
      ${icon(PinOff)}
    </button>`;
    return messageCard(message, this.chat, {
      above: html`<p class="card-why">
        ${icon(PinIcon)} ${format(gettext("Pinned by %(person)s, %(moment)s"), { person, moment })}
      </p>`,
      below: this.conversation.isMember && this.conversation.mayPost ? unpin : "",
    });
  }

  private pinnedHere(): string {
    const { messages } = this.conversation.log;
    return messages.flatMap(({ pinned, id }) => (pinned ? [id] : [])).join();
  }

  private async load(conversation: Conversation): Promise<void> {
    const asked = { channel: conversation.id };
    const { pins } = await this.chat.connection.request("list-pins", asked);
    if (conversation === this.conversation) this.pins = pins;
  }

  private async unpin(message: number): Promise<void> {
    await this.chat.messages.unpin(message);
    await this.load(this.conversation);
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("panel-closed", { bubbles: true }));
  }
}
