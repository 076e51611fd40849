/** What one has saved for later, the newest first. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { Bookmark, BookmarkX } from "lucide";
import { gettext } from "../i18n";
import { Conversation } from "../models/conversation";
import type { Channel, Saved } from "../wire";
import { Live } from "./element";
import { icon } from "./icon";
import { messageCard } from "./message-card";
import { titleOf } from "./names";
import { attempt } from "./problem";
import { viewHead } from "./view-head";

const PAGE = 30;

@customElement("maru-saved")
export class SavedView extends Live {
  @state() private saved: Saved[] | null = null;
  @state() private complete = false;
  private asked = false;

  /** Whoever comes by its address is here before the connection is. */
  protected override willUpdate(): void {
    if (this.asked || this.chat.connection.state.name !== "open") return;
    this.asked = true;
    void attempt(this, this.more());
  }

  protected override render(): TemplateResult {
    return html`${viewHead(Bookmark, gettext("Saved messages"), gettext("Only you see this list."))}
      <div class="view" role="region" aria-label=${gettext("Saved messages")} tabindex="0">
        <div class="view-column cards">${this.cards()}</div>
      </div>`;
  }

  private cards(): TemplateResult {
    if (this.saved === null) return html`<p class="panel-note">${gettext("Loading…")}</p>`;
    const saved = this.saved.filter(({ message }) => this.chat.store.saved.has(message.id));
    if (saved.length === 0 && this.complete)
      return html`<div class="panel-empty">
        <span class="emblem">${icon(Bookmark)}</span>
        <p>${gettext("Nothing saved yet. The bookmark beside a message keeps it here.")}</p>
      </div>`;
    return html`${repeat(
      saved,
      ({ id }) => id,
      (each) => this.card(each),
    )}
    ${
      this.complete
        ? nothing
        : html`<button class="button quiet" @click=${() => void attempt(this, this.more())}>
            ${gettext("Show more")}
          </button>`
    }`;
  }

  private card({ message, channel }: Saved): TemplateResult {
    const { store, messages } = this.chat;
    const forget = () => void attempt(this, messages.toggleSaved(message.id));
    return messageCard(message, this.chat, {
      above: html`<p class="card-why">${titleOf(this.conversationOf(channel), store.myId)}</p>`,
      below: html`<button class="button-icon" aria-label=${gettext("Remove from the saved ones")}
        title=${gettext("Remove from the saved ones")} @click=${forget}>${icon(BookmarkX)}</button>`,
    });
  }

  private conversationOf(channel: Channel): Conversation {
    return this.chat.store.conversations.get(channel.id) ?? new Conversation(channel);
  }

  private async more(): Promise<void> {
    const last = this.saved?.at(-1)?.id;
    const asked = last === undefined ? { limit: PAGE } : { limit: PAGE, before: last };
    const { saved } = await this.chat.connection.request("list-saved", asked);
    for (const { message } of saved) this.chat.store.saved.add(message.id);
    this.saved = [...(this.saved ?? []), ...saved];
    this.complete = saved.length < PAGE;
  }
}
