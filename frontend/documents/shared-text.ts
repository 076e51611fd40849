/**
 * The shared text of one document: the same everywhere through the standard y-websocket protocol,
 * written in while offline and merged on return, with an undo that takes back only one's own.
 */
import { WebsocketProvider } from "y-websocket";
import { Doc, UndoManager } from "yjs";
import type { Sender } from "../wire";
import { colorOf } from "./hues";

const FIRST_FINAL_CLOSE_CODE = 4500;
const TRY_AGAIN_WITHIN_MS = 5_000;

export type SyncState = "connecting" | "synced" | "offline" | "closed";

export class SharedText {
  readonly doc = new Doc();
  readonly text = this.doc.getText("text");
  readonly undo = new UndoManager(this.text);
  readonly provider: WebsocketProvider;
  state: SyncState = "connecting";
  /** Something was written that the server may not have. */
  hasUnsent = false;
  private wasSynced = false;

  constructor(
    document: number,
    private readonly changed: () => void,
  ) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.provider = new WebsocketProvider(
      `${scheme}://${location.host}/ws/documents`,
      `${document}`,
      this.doc,
      {
        connect: false,
        // Tabs talk through the server only: it decides who may read.
        disableBc: true,
        maxBackoffTime: TRY_AGAIN_WITHIN_MS,
        shouldReconnect: ({ code }) => code < FIRST_FINAL_CLOSE_CODE,
      },
    );
    this.doc.on("update", (_update, origin) => {
      if (origin !== this.provider && this.state !== "synced") this.hasUnsent = true;
    });
    this.provider.on("sync", (synced) => this.change(synced ? "synced" : "offline"));
    this.provider.on("status", ({ status }) => {
      if (status === "disconnected") this.change("offline");
    });
    this.provider.on("closed", () => this.change("closed"));
    addEventListener("online", this.hurry);
    addEventListener("offline", this.cut);
  }

  open(): void {
    this.provider.connect();
  }

  /** There is a text to show: it has come once. */
  get hasCome(): boolean {
    return this.wasSynced;
  }

  /** How the others see us: also those with another program, which take the colours from here. */
  introduce({ id, display_name }: Sender): void {
    const user = { id, name: display_name, ...colorOf(id) };
    this.provider.awareness.setLocalStateField("user", user);
  }

  close(): void {
    removeEventListener("online", this.hurry);
    removeEventListener("offline", this.cut);
    this.provider.destroy();
    this.undo.destroy();
    this.doc.destroy();
  }

  /** The network is back: a socket from before may be dead without knowing it. */
  private readonly hurry = (): void => {
    if (this.state === "closed") return;
    this.provider.disconnect();
    this.provider.connect();
  };

  /** The browser knows before the socket does. */
  private readonly cut = (): void => {
    if (this.state !== "closed") this.change("offline");
  };

  private change(state: SyncState): void {
    if (this.state === "closed" || this.state === state) return;
    this.state = state;
    if (state === "synced") {
      this.wasSynced = true;
      this.hasUnsent = false;
    }
    this.changed();
  }
}
