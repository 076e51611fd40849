/** The page as a whole: which conversation is open, what stands beside it, and where that is in the address. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Conversation } from "../models/conversation";
import { RequestError } from "../socket/errors";
import type { Message } from "../wire";
import { connectionBanner } from "./connection-banner";
import { type DialogName, dialog, type OpenDialog } from "./dialogs";
import { Live } from "./element";
import { noChannelYet, notThere, waitingRoom } from "./empty";
import "./members";
import { titleOf } from "./names";
import { attempt } from "./problem";
import type { Room } from "./room";
import "./room";
import { addressOf, channelIn, channelOfClick, lastChannel, rememberLast } from "./route";
import "./sidebar";
import "./thread-panel";
import "./toast";

type Panel = null | "members" | { thread: Conversation; root: Message };

const TOAST_MS = 6_000;

@customElement("maru-chat")
export class App extends Live {
  @state() private channel = 0;
  @state() private conversation: Conversation | null = null;
  @state() private missing = false;
  @state() private panel: Panel = null;
  @state() private dialog: OpenDialog = null;
  @state() private sidebarOpen = false;
  @state() private toast = "";
  @query("maru-room") private readonly room!: Room | null;
  /** What is being fetched, so that it is asked for once. */
  private opening = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.channel = channelIn(location.pathname);
    addEventListener("popstate", () => void this.show(channelIn(location.pathname)));
  }

  protected override willUpdate(): void {
    const { store, connection } = this.chat;
    if (!store.me || connection.state.name !== "open") return;
    if (this.channel === 0) this.enter();
    else if (!this.conversation?.log.loaded && !this.missing && this.opening === 0)
      void this.show(this.channel);
  }

  protected override render(): TemplateResult {
    const { chat } = this;
    return html`<div
      class="page ${this.sidebarOpen ? "sidebar-open" : ""} ${this.panel ? "panel-open" : ""}"
      @click=${this.clicked}
      @keydown=${this.pressed}
      @channel-asked=${(event: CustomEvent<number>) => this.go(event.detail)}
      @dialog-asked=${(event: CustomEvent<DialogName>) => (this.dialog = event.detail)}
      @delete-asked=${(event: CustomEvent<Message>) => (this.dialog = { remove: event.detail })}
      @dialog-closed=${() => (this.dialog = null)}
      @thread-asked=${(event: CustomEvent<Message>) => void this.openThread(event.detail)}
      @editing-ended=${() => this.room?.composer.focus()}
      @members-toggled=${() => (this.panel = this.panel === "members" ? null : "members")}
      @panel-closed=${() => (this.panel = null)}
      @sidebar-opened=${() => (this.sidebarOpen = true)}
      @sidebar-closed=${() => (this.sidebarOpen = false)}
      @problem=${(event: CustomEvent<string>) => this.say(event.detail)}
    >
      <maru-sidebar .chat=${chat} .current=${this.channel}></maru-sidebar>
      <div class="scrim" @click=${() => (this.sidebarOpen = false)}></div>
      <main class="room">${connectionBanner(chat.connection)} ${this.middle()}</main>
      ${this.beside()} ${dialog(this.dialog, chat)} <maru-toast .text=${this.toast}></maru-toast>
    </div>`;
  }

  protected override updated(): void {
    const unread = this.chat.store.totalUnread();
    const name = this.conversation ? `${titleOf(this.conversation, this.chat.store.myId)} · ` : "";
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${name}Maru`;
  }

  private middle(): TemplateResult {
    if (this.missing || this.isClosedToMe()) return notThere();
    if (this.conversation)
      return html`<maru-room
        .chat=${this.chat}
        .conversation=${this.conversation}
        .membersShown=${this.panel === "members"}
      ></maru-room>`;
    const nothingToShow = this.chat.store.me !== null && this.channel === 0;
    return nothingToShow ? noChannelYet() : waitingRoom();
  }

  /** One has left, or was put out. */
  private isClosedToMe(): boolean {
    const { channel, log } = this.conversation ?? {};
    return log?.loaded === true && channel?.membership === null && channel.kind !== "public";
  }

  private beside(): TemplateResult | typeof nothing {
    const { chat, panel, conversation } = this;
    if (!panel || !conversation) return nothing;
    if (panel === "members")
      return html`<maru-members .chat=${chat} .conversation=${conversation}></maru-members>`;
    return html`<maru-thread
      .chat=${chat}
      .thread=${panel.thread}
      .parent=${conversation}
      .root=${panel.root}
    ></maru-thread>`;
  }

  /** Through the front door: to where one was last, or to the oldest channel. */
  private enter(): void {
    const { store } = this.chat;
    const last = store.conversations.get(lastChannel());
    const [oldest] = [...store.channels(), ...store.directs()].sort((a, b) => a.id - b.id);
    const first = last?.isMember ? last : oldest;
    if (!first) return;
    history.replaceState(null, "", addressOf(first.id));
    void this.show(first.id);
  }

  private go(channel: number): void {
    if (channel === this.channel) this.room?.composer.welcome();
    else history.pushState(null, "", addressOf(channel));
    void this.show(channel);
  }

  private async show(channel: number): Promise<void> {
    this.sidebarOpen = false;
    if (channel !== this.channel) this.panel = this.panel === "members" ? "members" : null;
    this.channel = channel;
    this.missing = false;
    this.conversation = this.chat.store.conversations.get(channel) ?? null;
    this.opening = channel;
    await this.fetch(channel);
    if (this.opening === channel) this.opening = 0;
  }

  private async fetch(channel: number): Promise<void> {
    try {
      const conversation = await this.chat.pages.open(channel);
      if (channel !== this.channel) return;
      this.conversation = conversation;
      rememberLast(channel);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (channel === this.channel) this.missing = !error.isUncertain;
    }
  }

  private async openThread(root: Message): Promise<void> {
    const open = async () => {
      const { id } = await this.chat.openThread(root.id);
      this.panel = { thread: await this.chat.pages.open(id), root };
    };
    await attempt(this, open());
  }

  private clicked(event: MouseEvent): void {
    const channel = channelOfClick(event);
    if (channel === 0) return;
    event.preventDefault();
    this.go(channel);
  }

  /** Escape leaves what stands beside the room; a dialog, a menu or an editor takes it first. */
  private pressed(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key !== "Escape" || event.isComposing || this.dialog) return;
    if (target.closest(".message-editor, .menu")) return;
    if (this.sidebarOpen) this.sidebarOpen = false;
    else if (target.closest(".panel")) this.panel = null;
  }

  private say(text: string): void {
    this.toast = text;
    setTimeout(() => {
      if (this.toast === text) this.toast = "";
    }, TOAST_MS);
  }
}
