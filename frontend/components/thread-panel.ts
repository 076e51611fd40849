/** A thread beside its channel: the message that began it, the replies, and a place to reply. */

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { Bell, BellOff, FilePlus2, X } from "lucide";
import { format, gettext } from "../i18n";
import type { Conversation } from "../models/conversation";
import { titleFrom } from "../models/documents";
import type { Message } from "../wire";
import type { DocumentComment } from "../wire-documents";
import { commentedText } from "./commented-text";
import type { Composer } from "./composer";
import { composerPressed } from "./composer-keys";
import { Live } from "./element";
import { icon } from "./icon";
import { titleOf } from "./names";
import { attempt } from "./problem";
import { replyBanner } from "./quote";
import type { Timeline } from "./timeline";
import { typingLine } from "./typing-line";

@customElement("maru-thread")
export class ThreadPanel extends Live {
  @property({ attribute: false }) thread!: Conversation;
  @property({ attribute: false }) parent!: Conversation;
  @property({ attribute: false }) root: Message | null = null;
  /** In the place of a root: the thread is a comment on a document. */
  @property({ attribute: false }) comment: DocumentComment | null = null;
  @query("maru-timeline") private readonly timeline!: Timeline;
  @query("maru-composer") readonly composer!: Composer;

  protected override render(): TemplateResult {
    const { chat, thread } = this;
    return html`<aside class="panel thread" aria-label=${gettext("Thread")}>
      <header class="panel-head">
        <h2>${gettext("Thread")} <small>${titleOf(this.parent, chat.store.myId)}</small></h2>
        ${this.root && this.parent.isMember && this.parent.mayPost ? this.documentMaker(this.root) : nothing}
        ${this.followButton()}
        <button class="button-icon" aria-label=${gettext("Close")} title=${gettext("Close")}
          @click=${this.close}>
          ${icon(X)}
        </button>
      </header>
      ${this.root ? this.beginning(this.root) : nothing}
      ${this.comment ? commentedText(chat, this.parent.id, this.comment) : nothing}
      <maru-timeline .chat=${chat} .conversation=${thread}></maru-timeline>
      ${thread.isMember ? typingLine(chat.store, thread.id) : nothing}
      ${replyBanner(thread, this.forgetReply)}
      <maru-composer .chat=${chat} .conversation=${thread}
        @sent=${() => this.timeline.toNewest()} @keydown=${this.pressed}></maru-composer>
      ${this.root && this.parent.isMember && this.parent.mayPost ? this.alsoSend(this.root) : nothing}
    </aside>`;
  }

  private beginning(root: Message): TemplateResult {
    const { chat } = this;
    return html`<div class="thread-root">
      <maru-message .chat=${chat} .message=${this.newest(root)} .inThread=${true}
        .saved=${chat.store.saved.has(root.id)}
        .channels=${chat.channelNames.current()}
        .canWrite=${this.parent.isMember}></maru-message>
    </div>`;
  }

  /** As the channel has it now: it may have been edited or reacted to. */
  private newest(root: Message): Message {
    return this.parent.log.messages.find((message) => message.id === root.id) ?? root;
  }

  private documentMaker(root: Message): TemplateResult {
    const label = gettext("Make a document of this thread");
    return html`<button class="button-icon" aria-label=${label} title=${label}
      @click=${() => void attempt(this, this.makeDocument(root))}>${icon(FilePlus2)}</button>`;
  }

  private async makeDocument(root: Message): Promise<void> {
    const { id: from_thread } = this.thread;
    const title = titleFrom(root.text) || gettext("Thread");
    const asked = { channel: this.parent.id, title, from_thread };
    const { id } = await this.chat.documents.create(asked);
    this.dispatchEvent(new CustomEvent<number>("document-asked", { bubbles: true, detail: id }));
  }

  private followButton(): TemplateResult {
    const { isMember } = this.thread;
    const label = isMember ? gettext("Stop following the thread") : gettext("Follow the thread");
    return html`<button class="button-icon" aria-label=${label} title=${label}
      aria-pressed=${isMember} @click=${this.follow}>${icon(isMember ? Bell : BellOff)}</button>`;
  }

  private alsoSend(root: Message): TemplateResult {
    const channel = titleOf(this.parent, this.chat.store.myId);
    return html`<label class="also-send">
      <input type="checkbox" .checked=${live(this.thread.alsoTo !== null)} @change=${(event: Event) => this.choose(event, root)} />
      <span>${format(gettext("Also send to %(channel)s"), { channel })}</span>
    </label>`;
  }

  private choose(event: Event, root: Message): void {
    const { checked } = event.target as HTMLInputElement;
    this.thread.alsoTo = checked ? this.newest(root) : null;
    this.composer.focus();
  }

  private follow(): void {
    const { chat, thread } = this;
    void attempt(this, thread.isMember ? chat.leave(thread.id) : chat.join(thread.id));
  }

  private readonly forgetReply = (): void => {
    this.chat.drafts.answer(this.thread, null);
    this.composer.focus();
  };

  private readonly pressed = (event: KeyboardEvent): void =>
    composerPressed(event, this.thread, this.timeline, this.forgetReply);

  private close(): void {
    this.dispatchEvent(new CustomEvent("panel-closed", { bubbles: true }));
  }
}
