/** The page as a whole: what stands where, and what its parts ask of each other. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Writing } from "../first-look";
import type { Landing } from "../models/landing";
import { inChannel, type PanelName, type Place } from "../models/place";
import type { Message } from "../wire";
import { wearAccent } from "./accent";
import { closureBanner } from "./closure-banner";
import type { Composer } from "./composer";
import { connectionBanner } from "./connection-banner";
import { dialog, type OpenDialog } from "./dialogs";
import { documentsPanel } from "./documents-panel";
import "./house-news";
import { Live } from "./element";
import { noChannelYet, notThere, waitingRoom } from "./empty";
import { showInTab } from "./favicon";
import { listenForGestures } from "./gestures";
import { listenForShortcuts } from "./keyboard";
import { wearPreferences } from "./look";
import "./members";
import { titleOf } from "./names";
import { Navigation } from "./navigation";
import { attempt } from "./problem";
import type { Room } from "./room";
import "./room";
import { liveSpace } from "./live-space";
import { personOfClick, placeOfClick } from "./route";
import "./sidebar";
import type { ThreadPanel } from "./thread-panel";
import "./thread-panel";
import "./toast";
import { pinsPanel, view, viewName } from "./views";

const TOAST_MS = 6_000;
/** Escape closes it. */
const OPEN_MENU = "[popover]:popover-open:not([popover=manual])";

@customElement("maru-chat")
export class App extends Live {
  @state() private dialog: OpenDialog = null;
  @state() private sidebarOpen = false;
  @state() private toast = "";
  @query("maru-room") private readonly room!: Room | null;
  @query("maru-thread") private readonly threadPanel!: ThreadPanel | null;
  private readonly navigation = new Navigation(this);

  override connectedCallback(): void {
    super.connectedCallback();
    listenForGestures(this, {
      openSidebar: () => (this.sidebarOpen = true),
      closeSidebar: () => (this.sidebarOpen = false),
      closePanel: () => this.navigation.closePanel(),
    });
    listenForShortcuts({
      chat: this.chat,
      current: () => this.navigation.channel,
      go: (channel) => this.go(inChannel(channel)),
      open: (dialog) => (this.dialog = dialog),
      write: () => this.room?.composer.focus(),
    });
    // Also where nothing has the focus.
    addEventListener("keydown", this.pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.pressed);
  }

  /** One is going somewhere else. */
  moved(): void {
    this.sidebarOpen = false;
  }

  /** What was begun before the page was there goes on; null for nothing but the wish to write. */
  takeOver(writing: Writing | null): void {
    const composer = this.room?.composer;
    if (writing) composer?.writeOn(writing);
    else composer?.welcome();
  }

  /** How the room is scrolled; null without one. */
  standing(): Landing | null {
    return this.room?.standing() ?? null;
  }

  protected override render(): TemplateResult {
    const { chat, navigation } = this;
    const beside = this.beside();
    return html`<div
      class="page ${this.sidebarOpen ? "sidebar-open" : ""} ${beside === nothing ? "" : "panel-open"}"
      @click=${this.clicked}
      @channel-asked=${(event: CustomEvent<number>) => this.go(inChannel(event.detail))}
      @place-asked=${(event: CustomEvent<Place>) => this.go(event.detail)}
      @dialog-asked=${(event: CustomEvent<OpenDialog>) => (this.dialog = event.detail)}
      @delete-asked=${(event: CustomEvent<Message>) => (this.dialog = { remove: event.detail })}
      @dialog-closed=${() => (this.dialog = null)}
      @thread-asked=${(event: CustomEvent<Message>) => void this.openThread(event.detail)}
      @document-asked=${(event: CustomEvent<number>) =>
        navigation.beside(event.detail ? { document: event.detail } : { panel: "documents" })}
      @editing-ended=${(event: Event) => this.composerBeside(event)?.focus()}
      @panel-toggled=${(event: CustomEvent<PanelName>) => navigation.toggle(event.detail)}
      @quote-asked=${(event: CustomEvent<Message>) => this.quote(event.detail)}
      @edits-asked=${(event: CustomEvent<Message>) => (this.dialog = { edits: event.detail })}
      @seen-asked=${(event: CustomEvent<Message>) => (this.dialog = { seen: event.detail })}
      @notice=${(event: CustomEvent<string>) => this.say(event.detail)}
      @panel-closed=${this.closePanel}
      @sidebar-opened=${() => (this.sidebarOpen = true)}
      @sidebar-closed=${() => (this.sidebarOpen = false)}
      @problem=${(event: CustomEvent<string>) => this.say(event.detail)}
    >
      <maru-sidebar .chat=${chat} .current=${navigation.channel} .view=${navigation.place.view}
        .thread=${navigation.thread?.thread.id ?? 0}></maru-sidebar>
      <div class="scrim" @click=${() => (this.sidebarOpen = false)}></div>
      <main class="room">
        ${connectionBanner(chat.connection)} ${closureBanner(chat.store)}
        <maru-house-news .chat=${chat}></maru-house-news>
        ${this.middle()}
      </main>
      ${beside} ${dialog(this.dialog, chat)} <maru-toast .text=${this.toast}></maru-toast>
    </div>`;
  }

  protected override updated(): void {
    const { store } = this.chat;
    const unread = store.totalUnread();
    const { room } = this.navigation;
    const here = room ? titleOf(room, store.myId) : viewName(this.navigation.place.view);
    const name = here ? `${here} · ` : "";
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${name}${store.house.name}`;
    showInTab(unread, store.totalMentions(), store.house.accent);
    wearPreferences(store.preferences);
    wearAccent(store.house.accent);
  }

  private middle(): TemplateResult | typeof nothing {
    const { room, missing, place } = this.navigation;
    if (place.view === "threads" || place.view === "saved") return view(place.view, this.chat);
    if (missing || this.isClosedToMe()) return notThere();
    if (room && place.space) return liveSpace(this.chat, room);
    if (room)
      return html`<maru-room
        .chat=${this.chat}
        .conversation=${room}
        .panel=${place.panel}
      ></maru-room>`;
    const nothingToShow = this.chat.store.me !== null && place.view === "front";
    return nothingToShow ? noChannelYet() : waitingRoom();
  }

  /** One has left, or was put out. */
  private isClosedToMe(): boolean {
    const { channel, log } = this.navigation.room ?? {};
    return log?.loaded === true && channel?.membership === null && channel.kind !== "public";
  }

  private beside(): TemplateResult | typeof nothing {
    const { chat } = this;
    const { room, thread, place } = this.navigation;
    if (!room) return nothing;
    if (thread)
      return html`<maru-thread
        .chat=${chat}
        .thread=${thread.thread}
        .parent=${room}
        .root=${thread.root}
        .comment=${thread.comment}
      ></maru-thread>`;
    if (place.panel === "documents" || place.document !== null)
      return documentsPanel(chat, room, place.document ?? 0);
    if (place.panel === "members")
      return html`<maru-members .chat=${chat} .conversation=${room}></maru-members>`;
    if (place.panel === "pins") return pinsPanel(chat, room);
    return nothing;
  }

  private go(place: Place): void {
    if (place.channel === this.navigation.channel) this.room?.composer.welcome();
    this.navigation.go(place);
  }

  /** One answers in the conversation where the message stands. */
  private quote(message: Message): void {
    const { room, thread } = this.navigation;
    const conversation = this.chat.store.conversations.get(message.channel);
    if (!conversation) return;
    this.chat.drafts.answer(conversation, message);
    const isInThread = conversation === thread?.thread;
    if (isInThread || conversation === room)
      (isInThread ? this.threadPanel : this.room)?.composer.focus();
  }

  /** Where one writes what belongs to a message: in its thread, or in the room. */
  private composerBeside({ target }: Event): Composer | undefined {
    const isInThread = target instanceof Element && target.closest("maru-thread");
    return (isInThread ? this.threadPanel : this.room)?.composer;
  }

  private closePanel(): void {
    this.navigation.closePanel();
    this.room?.composer.welcome();
  }

  /** Who reads one does not follow it for that; who begins one does. */
  private async openThread(root: Message): Promise<void> {
    if (root.thread) return this.go(inChannel(root.thread.channel));
    const open = async () => this.go(inChannel((await this.chat.openThread(root.id)).id));
    await attempt(this, open());
  }

  private clicked(event: MouseEvent): void {
    const person = personOfClick(event);
    if (person !== 0) this.dialog = { profile: person };
    const place = placeOfClick(event);
    if (!place) return;
    event.preventDefault();
    this.go(place);
  }

  /** Escape leaves what is new, or what stands beside the room; a dialog, a menu or an editor takes
      it first. */
  private readonly pressed = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || this.dialog)
      return;
    if (target.closest(".message-editor") || this.querySelector(OPEN_MENU)) return;
    if (this.sidebarOpen) this.sidebarOpen = false;
    else if (target.closest(".panel")) this.closePanel();
    else this.room?.settle();
  };

  private say(text: string): void {
    this.toast = text;
    setTimeout(() => {
      if (this.toast === text) this.toast = "";
    }, TOAST_MS);
  }
}
