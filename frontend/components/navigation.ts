/**
 * Where one is: the place in the address, the room and the thread that stand there, and the way
 * back. Each entry of the browser's history remembers how its room was scrolled.
 */
import type { ReactiveController } from "lit";
import type { Conversation } from "../models/conversation";
import type { Landing } from "../models/landing";
import { addressOf, inChannel, inView, type PanelName, type Place, placeIn } from "../models/place";
import { RequestError } from "../socket/errors";
import type { Message } from "../wire";
import type { DocumentComment } from "../wire-documents";
import type { App } from "./app";
import { lastChannel, rememberLast } from "./route";

/** A thread begins with a message of its channel, or is a comment on a document. */
export interface OpenThread {
  thread: Conversation;
  root: Message | null;
  comment: DocumentComment | null;
}

interface Left {
  room: number;
  landing: Landing | null;
}

export class Navigation implements ReactiveController {
  place: Place = placeIn(location) ?? inView("front");
  /** What stands in the middle; null while it is fetched, and in a view without one. */
  room: Conversation | null = null;
  thread: OpenThread | null = null;
  missing = false;
  /** Counts the moves: an answer that belongs to an earlier one comes too late. */
  private move = 0;
  private opening = false;
  private hasArrived = false;
  private entry: number = history.state?.entry ?? 0;
  private readonly left = new Map<number, Left>();

  constructor(private readonly app: App) {
    app.addController(this);
  }

  hostConnected(): void {
    addEventListener("popstate", this.wentBack);
  }

  hostDisconnected(): void {
    removeEventListener("popstate", this.wentBack);
  }

  /** Before each drawing: what could not be shown without a connection is tried again. */
  hostUpdate(): void {
    const { store, connection } = this.app.chat;
    if (!store.me || this.opening) return;
    if (connection.state.name !== "open" && !this.isKept()) return;
    if (this.place.view === "front") this.enter();
    else if (!this.hasArrived && !this.missing) void this.show(this.place);
  }

  /** Without a connection, what this browser has kept is better than nothing. */
  private isKept(): boolean {
    if (this.room) return false;
    const { conversations } = this.app.chat.store;
    const isFront = this.place.view === "front";
    const room = isFront ? this.behindTheDoor() : conversations.get(this.place.channel);
    return room?.log.loaded ?? false;
  }

  go(place: Place): void {
    const isPlain =
      place.view === "channel" && place.message === null && place.panel === null && !place.space;
    const next: Place =
      isPlain && this.place.panel === "members" ? { ...place, panel: "members" } : place;
    if (addressOf(next) !== addressOf(this.place)) this.push(next);
    void this.show(next);
  }

  /** Opens or closes what stands beside the room. */
  beside(beside: Partial<Pick<Place, "panel" | "document">>): void {
    const room = this.room?.id ?? this.place.channel;
    const place = { ...inChannel(room), ...beside };
    this.push(place);
    void this.show(place);
  }

  toggle(panel: PanelName): void {
    this.beside(this.place.panel === panel ? {} : { panel });
  }

  /** What stands beside the room goes. */
  closePanel(): void {
    if (this.thread || this.place.panel || this.place.document !== null) this.beside({});
  }

  /** The channel that the sidebar shows as the one where one is. */
  get channel(): number {
    return this.place.view === "channel" ? (this.room?.id ?? this.place.channel) : 0;
  }

  private push(place: Place): void {
    this.remember();
    this.entry = Date.now();
    history.pushState({ entry: this.entry }, "", addressOf(place));
  }

  private readonly wentBack = (): void => {
    this.remember();
    this.entry = history.state?.entry ?? 0;
    const left = this.left.get(this.entry);
    void this.show(placeIn(location) ?? inView("front"), left ?? null);
  };

  private remember(): void {
    if (this.room) this.left.set(this.entry, { room: this.room.id, landing: this.app.standing() });
  }

  /** Where one was last, or the oldest channel. */
  private behindTheDoor(): Conversation | undefined {
    const { store } = this.app.chat;
    const last = store.conversations.get(lastChannel());
    const [oldest] = [...store.channels(), ...store.directs()].sort((a, b) => a.id - b.id);
    return last?.isMember ? last : oldest;
  }

  private enter(): void {
    const first = this.behindTheDoor();
    if (!first) return;
    history.replaceState(history.state, "", addressOf(inChannel(first.id)));
    void this.show(inChannel(first.id));
  }

  private async show(place: Place, left: Left | null = null): Promise<void> {
    const move = ++this.move;
    // Who only closes a thread keeps the room as it is.
    const isTurn = left?.room !== this.room?.id || (place.message ?? this.place.message) !== null;
    this.place = place;
    this.missing = false;
    this.hasArrived = place.view !== "channel";
    this.app.moved();
    this.opening = !this.hasArrived;
    if (this.hasArrived) return this.stand(null, null);
    try {
      await this.arrive(place, isTurn ? left : null, move);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (move === this.move) this.missing = !error.isUncertain;
    }
    if (move === this.move) this.opening = false;
    this.app.requestUpdate();
  }

  private async arrive(place: Place, left: Left | null, move: number): Promise<void> {
    const known = this.app.chat.store.conversations.get(place.channel);
    const landing: Landing | null =
      place.message === null ? null : { at: "message", position: place.message };
    const opening = this.open(place.channel, left?.room === place.channel ? left.landing : landing);
    if (known && known.channel.kind !== "thread") this.stand(known, null);
    const opened = await opening;
    const thread = opened.channel.kind === "thread" ? await this.threadOf(opened, left) : null;
    if (move !== this.move) return;
    this.hasArrived = true;
    if (thread) this.stand(thread.room, thread);
    else this.stand(opened, null);
  }

  /** Who is there already stays where they stand, unless something in it is asked for. */
  private async open(channel: number, landing: Landing | null): Promise<Conversation> {
    const { pages, store } = this.app.chat;
    const known = store.conversations.get(channel);
    const isHere = known?.log.loaded && (known === this.room || known === this.thread?.thread);
    if (!known || !isHere) return pages.open(channel, landing);
    if (landing) await pages.land(known, landing);
    return known;
  }

  private async threadOf(thread: Conversation, left: Left | null) {
    const parent = thread.channel.parent ?? 0;
    const room = await this.open(parent, left?.room === parent ? left.landing : null);
    if (thread.channel.root_message === null)
      return {
        room,
        thread,
        root: null,
        comment: await this.app.chat.documents.commentOf(thread.id),
      };
    return { room, thread, root: await this.rootOf(thread, room), comment: null };
  }

  private async rootOf({ channel }: Conversation, { log }: Conversation): Promise<Message> {
    const message = channel.root_message ?? 0;
    const held = log.messages.find(({ id }) => id === message);
    if (held) return held;
    return (await this.app.chat.connection.request("show-message", { message })).message;
  }

  private stand(room: Conversation | null, thread: OpenThread | null): void {
    this.room = room;
    this.thread = thread;
    this.app.chat.preview.of([room, thread?.thread].flatMap((each) => each ?? []));
    if (room?.log.loaded) {
      rememberLast(room.id);
      this.app.chat.store.visit(room.id);
    }
    this.app.requestUpdate();
  }
}
