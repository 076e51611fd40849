/** The console's socket: opens again after a while, matches replies, and says what it cannot do. */
import { waitBeforeTry } from "../socket/backoff";
import { disconnected } from "../socket/errors";
import { WaitingRequests } from "../socket/requests";
import type { ReplyFrame } from "../wire-frames";
import type { AdminEvent } from "./wire";

const FIRST_FINAL_CLOSE_CODE = 4500;

export interface LineListener {
  received(event: AdminEvent): void;
  changed(isOpen: boolean): void;
  /** The server will not have us: not of the staff, or no longer logged in. */
  refused(): void;
}

export class Line {
  private socket: WebSocket | null = null;
  private readonly requests = new WaitingRequests();
  private failedTries = 0;

  constructor(
    private readonly url: string,
    private readonly listener: LineListener,
  ) {}

  open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onmessage = (message: MessageEvent<string>) => this.receive(JSON.parse(message.data));
    socket.onclose = (event) => this.lost(event.code);
  }

  async request(event: string, data: object): Promise<object> {
    if (this.socket?.readyState !== WebSocket.OPEN) throw disconnected();
    const { ref, reply } = this.requests.add();
    this.socket.send(JSON.stringify({ event, ref, data }));
    return reply;
  }

  private receive(frame: AdminEvent | ReplyFrame): void {
    if ("reply" in frame) return this.requests.settle(frame);
    if (frame.event === "dashboard-data") {
      this.failedTries = 0;
      this.listener.changed(true);
    }
    this.listener.received(frame);
  }

  private lost(code: number): void {
    this.requests.rejectAll();
    this.listener.changed(false);
    if (code >= FIRST_FINAL_CLOSE_CODE) return this.listener.refused();
    setTimeout(() => this.open(), waitBeforeTry(this.failedTries++, Math.random()));
  }
}
