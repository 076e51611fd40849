/** The threads that one follows, those with the latest reply first, each with what is unread in it. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { BellOff, MessagesSquare } from "lucide";
import { format, gettext, ngettext } from "../i18n";
import { Conversation } from "../models/conversation";
import { oneLine } from "../models/one-line";
import { addressOf, inChannel } from "../models/place";
import type { ThreadEntry } from "../wire";
import { Live } from "./element";
import { icon } from "./icon";
import { draftMark } from "./marks";
import { messageCard } from "./message-card";
import { titleOf } from "./names";
import { attempt } from "./problem";
import { viewHead } from "./view-head";

const PAGE = 20;
/** Lively threads are read again no more often than this. */
const READ_AGAIN_AFTER_MS = 400;

/** Between what began the thread and the newest replies. */
function earlier(count: number): TemplateResult | typeof nothing {
  if (count <= 0) return nothing;
  const text = ngettext("%(count)s more reply", "%(count)s more replies", count);
  return html`<p class="thread-card-earlier">${format(text, { count })}</p>`;
}

/** What one has begun to answer. */
function draftOf({ draft }: Conversation): TemplateResult | typeof nothing {
  if (draft.trim() === "") return nothing;
  return html`<p class="card-why">${draftMark()} <span>${oneLine(draft)}</span></p>`;
}

@customElement("maru-threads")
export class ThreadsInbox extends Live {
  @state() private threads: ThreadEntry[] | null = null;
  @state() private complete = false;
  @state() private onlyUnread = false;
  private asked = false;
  /** How far the threads had come when the list was read. */
  private known = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.known = this.heads();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    // Whoever comes by its address is here before the connection is.
    if (!this.asked && this.chat.connection.state.name === "open") {
      this.asked = true;
      void attempt(this, this.readAgain());
    }
    const heads = this.heads();
    if (heads === this.known) return;
    this.known = heads;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void attempt(this, this.readAgain()), READ_AGAIN_AFTER_MS);
  }

  protected override render(): TemplateResult {
    const note = gettext("The threads that you write in or follow");
    return html`${viewHead(MessagesSquare, gettext("Threads"), note)}
      <div class="view" role="region" aria-label=${gettext("Threads")} tabindex="0">
        <div class="view-column cards">
          <label class="check view-filter">
            <input type="checkbox" .checked=${this.onlyUnread} @change=${this.filter} />
            <span>${gettext("Only unread ones")}</span>
          </label>
          ${this.cards()}
        </div>
      </div>`;
  }

  private cards(): TemplateResult {
    if (this.threads === null) return html`<p class="panel-note">${gettext("Loading…")}</p>`;
    if (this.threads.length === 0) return this.empty();
    return html`${repeat(
      this.threads,
      ({ channel }) => channel.id,
      (entry) => this.card(entry),
    )}
    ${
      this.complete
        ? nothing
        : html`<button class="button quiet" @click=${() => void attempt(this, this.more())}>
            ${gettext("Show more")}
          </button>`
    }`;
  }

  private empty(): TemplateResult {
    const text = this.onlyUnread
      ? gettext("You have read everything.")
      : gettext("No threads yet. Reply to a message in a thread, and it appears here.");
    return html`<div class="panel-empty">
      <span class="emblem">${icon(MessagesSquare)}</span>
      <p>${text}</p>
    </div>`;
  }

  private card({ channel, root, parent, replies }: ThreadEntry): TemplateResult {
    const { store } = this.chat;
    const thread = store.conversations.get(channel.id) ?? new Conversation(channel);
    const unread = ngettext("%(count)s unread", "%(count)s unread", thread.unread);
    // A comment on a document is itself the first message of its thread.
    const beginnings = root.channel === channel.id ? 1 : 0;
    const where = titleOf(
      store.conversations.get(parent.id) ?? new Conversation(parent),
      store.myId,
    );
    return html`<article class="thread-card" aria-label=${format(gettext("Thread in %(channel)s"), { channel: where })}>
      <header class="card-why">
        <a href=${addressOf(inChannel(parent.id))}>${where}</a>
        ${
          thread.unread > 0
            ? html`<span class="badge">${format(unread, { count: thread.unread })}</span>`
            : nothing
        }
        <button class="button-icon" aria-label=${gettext("Stop following the thread")}
          title=${gettext("Stop following the thread")}
          @click=${() => void attempt(this, this.unfollow(channel.id))}>${icon(BellOff)}</button>
      </header>
      ${messageCard(root, this.chat)}
      <div class="thread-card-replies">
        ${earlier(channel.last_position - beginnings - replies.length)}
        ${replies.map((reply) => messageCard(reply, this.chat))}
      </div>
      ${draftOf(thread)}
      <a class="thread-card-open" href=${addressOf(inChannel(channel.id))}>${gettext("Open the thread and reply")}</a>
    </article>`;
  }

  private heads(): string {
    const threads = [...this.chat.store.conversations.values()];
    return threads
      .filter(({ channel, isMember }) => channel.kind === "thread" && isMember)
      .map(({ channel }) => `${channel.id}:${channel.last_position}`)
      .join();
  }

  private async unfollow(thread: number): Promise<void> {
    await this.chat.leave(thread);
    this.threads = this.threads?.filter(({ channel }) => channel.id !== thread) ?? null;
  }

  private filter(event: Event): void {
    this.onlyUnread = (event.target as HTMLInputElement).checked;
    void attempt(this, this.readAgain());
  }

  private async readAgain(): Promise<void> {
    const asked = { unread: this.onlyUnread, limit: Math.max(PAGE, this.threads?.length ?? 0) };
    const { threads, complete } = await this.chat.connection.request("list-threads", asked);
    this.take(threads, complete);
  }

  private async more(): Promise<void> {
    const last = this.threads?.at(-1)?.channel.last_message_at;
    if (!last) return;
    const asked = { unread: this.onlyUnread, limit: PAGE, before: last };
    const { threads, complete } = await this.chat.connection.request("list-threads", asked);
    this.take([...(this.threads ?? []), ...threads], complete);
  }

  private take(threads: ThreadEntry[], complete: boolean): void {
    const { store } = this.chat;
    for (const { channel, root, replies } of threads) {
      store.learn(channel);
      store.people.meet(root.sender, ...replies.map(({ sender }) => sender));
    }
    this.threads = threads;
    this.complete = complete;
    this.known = this.heads();
  }
}
