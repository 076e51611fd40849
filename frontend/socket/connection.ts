/**
 * The one socket of a tab: opens it, opens it again, notices when it has gone silent, and matches
 * replies with requests. What the frames mean is not its business.
 */
import type { EventFrame, RequestName, Requests, ServerFrame } from "../wire-frames";
import { waitBeforeTry } from "./backoff";
import { disconnected } from "./errors";
import { WaitingRequests } from "./requests";

/** After this long without a frame we ask; the server's own pings are invisible to a script. */
const SILENCE_BEFORE_PING_MS = 25_000;
const SILENCE_BEFORE_CLOSE_MS = 40_000;
const HEARTBEAT_MS = 5_000;
const CLOSE_SILENT = 4002;
const FIRST_FINAL_CLOSE_CODE = 4500;

export type ConnectionState =
  | { name: "connecting" }
  | { name: "open" }
  | { name: "waiting"; until: number }
  | { name: "ended"; code: number };

export interface ConnectionListener {
  received(frame: EventFrame): void;
  connectionChanged(state: ConnectionState): void;
}

export class Connection {
  state: ConnectionState = { name: "connecting" };
  private socket: WebSocket | null = null;
  private readonly requests = new WaitingRequests();
  /** Asked for while the socket opens: what a page drew before that can be used at once. */
  private early: string[] = [];
  private failedTries = 0;
  private lastFrameAt = 0;
  private wait: number | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heart: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly url: string,
    private readonly listener: ConnectionListener,
  ) {}

  open(): void {
    clearTimeout(this.retry);
    this.wait = null;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.lastFrameAt = Date.now();
    this.heart = setInterval(() => this.checkSilence(), HEARTBEAT_MS);
    socket.onopen = () => {
      for (const frame of this.early.splice(0)) socket.send(frame);
    };
    socket.onmessage = (message: MessageEvent<string>) => this.receive(JSON.parse(message.data));
    socket.onclose = (event) => this.lost(socket, event.code);
    this.change({ name: "connecting" });
  }

  /** Tries at once instead of at the end of the wait: the network is back, or somebody looks. */
  hurry(): void {
    if (this.state.name === "waiting") this.open();
    else if (this.state.name === "open") this.checkSilence();
  }

  /** The server knows us and its first state has been taken in. */
  settled(): void {
    this.failedTries = 0;
    this.change({ name: "open" });
  }

  async request<Name extends RequestName>(
    event: Name,
    data: Requests[Name]["data"],
  ): Promise<Requests[Name]["reply"]> {
    const { socket } = this;
    if (!socket || socket.readyState > WebSocket.OPEN) throw disconnected();
    const { ref, reply } = this.requests.add();
    const frame = JSON.stringify({ event, ref, data });
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    else this.early.push(frame);
    return reply;
  }

  /** For volatile things: nobody answers, and nothing is lost when it is not sent. */
  tell<Name extends RequestName>(event: Name, data: Requests[Name]["data"]): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({ event, data }));
  }

  private receive(frame: ServerFrame): void {
    this.lastFrameAt = Date.now();
    if ("reply" in frame) return this.requests.settle(frame);
    if (frame.event === "going-away") this.wait = frame.data.reconnect_after_ms;
    this.listener.received(frame);
  }

  private checkSilence(): void {
    const silence = Date.now() - this.lastFrameAt;
    if (silence > SILENCE_BEFORE_CLOSE_MS) this.abandon();
    else if (silence > SILENCE_BEFORE_PING_MS) this.request("ping", {}).catch(() => undefined);
  }

  /** A dead network never delivers a close frame: do not wait for one. */
  private abandon(): void {
    const socket = this.socket;
    socket?.close(CLOSE_SILENT);
    if (socket) this.lost(socket, CLOSE_SILENT);
  }

  private lost(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.early = [];
    clearInterval(this.heart);
    this.requests.rejectAll();
    if (code >= FIRST_FINAL_CLOSE_CODE) return this.change({ name: "ended", code });
    const wait = this.wait ?? waitBeforeTry(this.failedTries++, Math.random());
    this.retry = setTimeout(() => this.open(), wait);
    this.change({ name: "waiting", until: Date.now() + wait });
  }

  private change(state: ConnectionState): void {
    this.state = state;
    this.listener.connectionChanged(state);
  }
}
