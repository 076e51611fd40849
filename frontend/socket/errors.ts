/** Why a request did not succeed. */
import type { ErrorBody } from "../wire-frames";

/** The server's answer was an error, or (`disconnected`, `timeout`) no answer came. */
export class RequestError extends Error {
  readonly code: string;
  readonly fields: Record<string, string>;
  readonly retryAfterMs: number | null;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = "RequestError";
    this.code = body.code;
    this.fields = body.fields ?? {};
    this.retryAfterMs = body.retry_after === undefined ? null : body.retry_after * 1000;
  }

  /** Whether the request may still be carried out, so that asking again is the answer. */
  get isUncertain(): boolean {
    return this.code === "disconnected" || this.code === "timeout";
  }
}

export const disconnected = () =>
  new RequestError({ code: "disconnected", message: "The connection was lost." });

export const timedOut = () =>
  new RequestError({ code: "timeout", message: "The server did not answer." });
