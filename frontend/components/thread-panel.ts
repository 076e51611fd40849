/** A thread beside its channel: the message that began it, the replies, and a place to reply. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { X } from "lucide";
import { gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import type { Message } from "../wire";
import type { Composer } from "./composer";
import { Live } from "./element";
import { icon } from "./icon";
import { titleOf } from "./names";
import type { Timeline } from "./timeline";
import { typingLine } from "./typing-line";

@customElement("maru-thread")
export class ThreadPanel extends Live {
  @property({ attribute: false }) thread!: Conversation;
  @property({ attribute: false }) parent!: Conversation;
  @property({ attribute: false }) root!: Message;
  @query("maru-timeline") private readonly timeline!: Timeline;
  @query("maru-composer") readonly composer!: Composer;

  protected override render(): TemplateResult {
    const { chat, thread } = this;
    return html`<aside class="panel thread" aria-label=${gettext("Thread")}>
      <header class="panel-head">
        <h2>${gettext("Thread")} <small>${titleOf(this.parent, chat.store.myId)}</small></h2>
        <button class="button-icon" aria-label=${gettext("Close")} @click=${this.close}>
          ${icon(X)}
        </button>
      </header>
      <div class="thread-root">
        <maru-message .chat=${chat} .message=${this.newestRoot()} .inThread=${true}
          .canWrite=${this.parent.isMember}></maru-message>
      </div>
      <maru-timeline .chat=${chat} .conversation=${thread}></maru-timeline>
      ${thread.isMember ? typingLine(chat.store, thread.id) : nothing}
      <maru-composer .chat=${chat} .conversation=${thread}
        @sent=${() => this.timeline.toNewest()}></maru-composer>
    </aside>`;
  }

  /** As the channel has it now: it may have been edited or reacted to. */
  private newestRoot(): Message {
    const { messages } = this.parent.log;
    return messages.find((message) => message.id === this.root.id) ?? this.root;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("panel-closed", { bubbles: true }));
  }
}
