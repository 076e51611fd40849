import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { waitBeforeTry } from "../socket/backoff";
import { Connection, type ConnectionListener } from "../socket/connection";
import type { RequestError } from "../socket/errors";
import type { EventFrame } from "../wire-frames";

/** A socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: { event: string; ref?: number }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  deliver(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const newest = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};

let received: EventFrame[];

function connect(): Connection {
  const listener: ConnectionListener = {
    received: (frame) => received.push(frame),
    connectionChanged: () => undefined,
  };
  const connection = new Connection("ws://house/ws/chat/", listener);
  connection.open();
  newest().accept();
  connection.settled();
  return connection;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: RequestError) => error.code,
  );

beforeEach(() => {
  received = [];
  FakeSocket.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("requests", () => {
  it("get the reply with their own ref", async () => {
    const connection = connect();
    const first = connection.request("mark-read", { channel: 1, position: 1 });
    const second = connection.request("mark-read", { channel: 1, position: 2 });
    const [one, two] = newest().sent;
    newest().deliver({ reply: two?.ref, data: { read_position: 2 } });
    newest().deliver({ reply: one?.ref, data: { read_position: 1 } });
    expect(await second).toEqual({ read_position: 2 });
    expect(await first).toEqual({ read_position: 1 });
  });

  it("fail with the server's error", async () => {
    const connection = connect();
    const reply = connection.request("join-channel", { channel: 1 });
    const error = { code: "rate-limited", message: "slow down", retry_after: 1.5 };
    newest().deliver({ reply: newest().sent[0]?.ref, error });
    await expect(reply).rejects.toMatchObject({ code: "rate-limited", retryAfterMs: 1_500 });
  });

  it("fail when the connection is lost, and when nobody answers", async () => {
    const connection = connect();
    const lost = codeOf(connection.request("ping", {}));
    newest().drop(1006);
    expect(await lost).toBe("disconnected");
    expect(await codeOf(connection.request("ping", {}))).toBe("disconnected");
    connection.open();
    newest().accept();
    const unanswered = codeOf(connection.request("ping", {}));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await unanswered).toBe("timeout");
  });

  it("wait while the socket opens, and fail when it does not", async () => {
    const connection = connect();
    newest().drop(1006);
    connection.hurry();
    const failed = codeOf(connection.request("mark-read", { channel: 1, position: 1 }));
    newest().drop(1006);
    expect(await failed).toBe("disconnected");
    connection.hurry();
    const reply = connection.request("mark-read", { channel: 1, position: 2 });
    expect(newest().sent).toEqual([]);
    newest().accept();
    const [asked, ...others] = newest().sent;
    newest().deliver({ reply: asked?.ref, data: { read_position: 2 } });
    expect(await reply).toEqual({ read_position: 2 });
    expect(others).toEqual([]);
  });
});

describe("the connection", () => {
  it("passes events on and keeps replies to itself", () => {
    connect();
    newest().deliver({ event: "resync", data: {} });
    newest().deliver({ reply: 99, data: {} });
    expect(received).toEqual([{ event: "resync", data: {} }]);
  });

  it.each([1006, 1001, 4000, 4001, 4499])("comes back after %i", async (code) => {
    connect();
    newest().drop(code);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
  });

  it.each([4500, 4501, 4503, 4504, 4505])("stays away after %i", async (code) => {
    const connection = connect();
    newest().drop(code);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(connection.state).toEqual({ name: "ended", code });
  });

  it("comes back when a closing server told it to", async () => {
    const connection = connect();
    newest().deliver({ event: "going-away", data: { reconnect_after_ms: 7_000 } });
    newest().drop(4000);
    expect(connection.state.name).toBe("waiting");
    await vi.advanceTimersByTimeAsync(6_999);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("asks when it hears nothing, and gives up on a socket that stays silent", async () => {
    connect();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(newest().sent[0]?.event).toBe("ping");
    await vi.advanceTimersByTimeAsync(15_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("does not wait when somebody is in a hurry", () => {
    const connection = connect();
    newest().drop(1006);
    connection.hurry();
    expect(FakeSocket.all).toHaveLength(2);
  });
});

it("waits longer after each failure, by chance within a half, and never beyond 30 s", () => {
  expect(waitBeforeTry(0, 0)).toBe(250);
  expect(waitBeforeTry(0, 1)).toBe(500);
  expect(waitBeforeTry(3, 0)).toBe(2_000);
  expect(waitBeforeTry(50, 1)).toBe(30_000);
});
