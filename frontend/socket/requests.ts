/** The requests of one socket that still wait for their reply. */
import type { ReplyFrame } from "../wire-frames";
import { disconnected, RequestError, timedOut } from "./errors";

const REPLY_TIMEOUT_MS = 15_000;

interface Waiting {
  resolve: (data: object) => void;
  reject: (error: RequestError) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class WaitingRequests {
  private lastRef = 0;
  private readonly waiting = new Map<number, Waiting>();

  add(): { ref: number; reply: Promise<object> } {
    const ref = ++this.lastRef;
    const reply = new Promise<object>((resolve, reject) => {
      const timer = setTimeout(() => this.take(ref)?.reject(timedOut()), REPLY_TIMEOUT_MS);
      this.waiting.set(ref, { resolve, reject, timer });
    });
    return { ref, reply };
  }

  settle(frame: ReplyFrame): void {
    const request = this.take(frame.reply);
    if ("error" in frame) request?.reject(new RequestError(frame.error));
    else request?.resolve(frame.data);
  }

  /** The socket is gone: none of them will be answered. */
  rejectAll(): void {
    for (const ref of [...this.waiting.keys()]) this.take(ref)?.reject(disconnected());
  }

  private take(ref: number): Waiting | undefined {
    const request = this.waiting.get(ref);
    if (request) clearTimeout(request.timer);
    this.waiting.delete(ref);
    return request;
  }
}
