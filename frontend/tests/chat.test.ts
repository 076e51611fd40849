/** The whole session against a server played by the test: catching up, sending, reading. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Chat } from "../client/chat";
import { ALICE, BOB, channel, message, run } from "./people";

interface Sent {
  event: string;
  ref: number;
  data: Record<string, unknown>;
}

class Server {
  static readonly OPEN = 1;
  static sockets: Server[] = [];
  readyState = Server.OPEN;
  sent: Sent[] = [];
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    Server.sockets.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {}

  tell(event: string, data: object): void {
    this.onmessage?.({ data: JSON.stringify({ event, data }) });
  }

  asked(event: string): Sent[] {
    return this.sent.filter((frame) => frame.event === event);
  }

  async answer(event: string, body: object): Promise<void> {
    const frame = this.asked(event).at(-1);
    if (!frame) throw new Error(`${event} was not asked`);
    this.onmessage?.({ data: JSON.stringify({ reply: frame.ref, ...body }) });
    await vi.advanceTimersByTimeAsync(0);
  }
}

const newest = () => Server.sockets.at(-1) as Server;
const ME = { ...ALICE, status: { emoji: "", text: "" }, presence: "online", last_seen: null };
const ready = (changes = {}) =>
  newest().tell("ready", { user: ME, channels: [channel(changes)], saved: [] });

let chat: Chat;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Server);
  Server.sockets = [];
  chat = new Chat("ws://house/ws/chat/", vi.fn());
  chat.connection.open();
  ready({ version: 2, last_position: 2 });
  const opened = chat.pages.open(7);
  const page = { channel: channel({ version: 2, last_position: 2 }), messages: run(1, 2) };
  await newest().answer("open-channel", { data: { ...page, complete: true } });
  await opened;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const HELLO = { user: ME, limits: { text_length: 100 } };

const conversation = () => {
  const found = chat.store.conversations.get(7);
  if (!found) throw new Error("channel 7 is not known");
  return found;
};

const reconnect = async (changes: object) => {
  newest().onclose?.({ code: 1006 });
  await vi.advanceTimersByTimeAsync(0);
  chat.connection.hurry();
  ready(changes);
};

it("asks for a missing version after 200 ms", async () => {
  newest().tell("new-message", message(4));
  await vi.advanceTimersByTimeAsync(199);
  expect(newest().asked("open-channel")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(newest().asked("open-channel").at(-1)?.data).toEqual({ channel: 7, since: 2 });
});

it("does not ask when the missing one comes late", async () => {
  newest().tell("new-message", message(4));
  await vi.advanceTimersByTimeAsync(100);
  newest().tell("new-message", message(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(newest().asked("open-channel")).toHaveLength(1);
});

it("catches up after a reconnect", async () => {
  await reconnect({ version: 4, last_position: 4 });
  expect(newest().asked("open-channel")[0]?.data).toEqual({ channel: 7, since: 2 });
  const missed = { channel: channel({ version: 4, last_position: 4 }), messages: run(3, 4) };
  await newest().answer("open-channel", { data: { ...missed, complete: true } });
  expect(conversation().log.messages.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
});

it("starts over when it has missed too much", async () => {
  await reconnect({ version: 9_000, last_position: 9_000 });
  const now = channel({ version: 9_000, last_position: 9_000 });
  await newest().answer("open-channel", { data: { channel: now, messages: [], complete: false } });
  const page = { channel: now, messages: run(8_951, 9_000), complete: false };
  await newest().answer("open-channel", { data: page });
  expect(conversation().log.messages[0]?.position).toBe(8_951);
  expect(conversation().log.version).toBe(9_000);
});

it("forgets the channels that it was put out of while away", () => {
  newest().onclose?.({ code: 1006 });
  chat.connection.hurry();
  newest().tell("ready", { user: ME, channels: [], saved: [] });
  expect(chat.store.channels()).toEqual([]);
});

it("sends again with the same client_id after a lost connection", async () => {
  chat.sending.send(7, "hello");
  const first = newest().asked("send-message")[0];
  await reconnect({ version: 2, last_position: 2 });
  await vi.advanceTimersByTimeAsync(0);
  expect(newest().asked("send-message")[0]?.data).toEqual(first?.data);
  const stored = message(3, { sender: ALICE, client_id: String(first?.data["client_id"]) });
  await newest().answer("send-message", { data: { message: stored } });
  expect(chat.store.outbox.in(7)).toEqual([]);
  expect(conversation().log.messages.at(-1)?.position).toBe(3);
});

it("shows a refused message as failed and sends the next one", async () => {
  chat.sending.send(7, "one");
  chat.sending.send(7, "two");
  expect(newest().asked("send-message")).toHaveLength(1);
  await newest().answer("send-message", { error: { code: "forbidden", message: "" } });
  expect(chat.store.outbox.in(7).map(({ failure }) => failure)).toEqual(["forbidden", null]);
  expect(newest().asked("send-message").at(-1)?.data["text"]).toBe("two");
});

it("waits as long as the server asks before it sends on", async () => {
  chat.sending.send(7, "one");
  const error = { code: "rate-limited", message: "", retry_after: 2 };
  await newest().answer("send-message", { error });
  await vi.advanceTimersByTimeAsync(1_999);
  expect(newest().asked("send-message")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(newest().asked("send-message")).toHaveLength(2);
});

it("tells how far one has read, once for many messages", async () => {
  newest().tell("new-message", message(3));
  chat.reading.seen(conversation(), conversation().channel.last_position);
  newest().tell("new-message", message(4));
  chat.reading.seen(conversation(), conversation().channel.last_position);
  await vi.advanceTimersByTimeAsync(500);
  expect(
    newest()
      .asked("mark-read")
      .map(({ data }) => data),
  ).toEqual([{ channel: 7, position: 4 }]);
  expect(conversation().unread).toBe(0);
});

it("tells at once what it was about to tell when the page goes away", async () => {
  newest().tell("new-message", message(3));
  chat.reading.seen(conversation(), 3);
  chat.reading.tellNow();
  await vi.advanceTimersByTimeAsync(500);
  expect(newest().asked("mark-read")).toHaveLength(1);
});

it("brings back what one answers in a draft, and a draft in a thread that it has not seen yet", async () => {
  const drafts = [
    { channel: 7, text: "so", reply_to: 1_002, updated_at: "" },
    { channel: 9, text: "in the thread", reply_to: null, updated_at: "" },
  ];
  const known = channel({ version: 2, last_position: 2 });
  newest().tell("hello", HELLO);
  newest().tell("ready", { user: ME, channels: [known], saved: [], drafts });
  await newest().answer("show-message", { data: { message: message(2) } });
  expect(conversation()).toMatchObject({ draft: "so", replyTo: { id: 1_002 } });
  expect(chat.store.learn(channel({ id: 9, kind: "thread" })).draft).toBe("in the thread");
  chat.drafts.answer(conversation(), null);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(newest().asked("save-draft").at(-1)?.data).toEqual({ channel: 7, text: "so" });
});

it("keeps a draft that the server could not get, whatever the server has", async () => {
  newest().tell("hello", HELLO);
  newest().onclose?.({ code: 1006 });
  chat.drafts.write(conversation(), "written offline");
  const unheard = chat.drafts.unheard();
  expect(unheard).toEqual([7]);
  chat.drafts.restore(unheard);
  chat.connection.hurry();
  ready({ version: 2, last_position: 2 });
  expect(conversation().draft).toBe("written offline");
  expect(newest().asked("save-draft").at(-1)?.data["text"]).toBe("written offline");
  expect(chat.drafts.unheard()).toEqual([]);
});

it("saves a draft once one rests, also when the clock is set back meanwhile", async () => {
  newest().tell("hello", HELLO);
  chat.drafts.write(conversation(), "half a thought");
  vi.setSystemTime(Date.now() - 5_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(newest().asked("save-draft").at(-1)?.data["text"]).toBe("half a thought");
  await newest().answer("save-draft", { data: {} });
  chat.drafts.saveNow();
  expect(newest().asked("save-draft")).toHaveLength(1);
  chat.drafts.write(conversation(), "");
  expect(newest().asked("save-draft").at(-1)?.data["text"]).toBe("");
});

it("counts a thread with something new, and who is called in it", () => {
  const own = channel().membership;
  const called = own && { ...own, mention_count: 1 };
  chat.store.learn(channel({ id: 9, kind: "thread", last_position: 4, membership: called }));
  chat.reading.settle(conversation());
  expect([chat.store.totalUnread(), chat.store.totalMentions()]).toEqual([1, 1]);
  expect(chat.store.hasThreadDraft(0)).toBe(false);
  chat.drafts.write(chat.store.learn(channel({ id: 9, kind: "thread" })), "half");
  expect([chat.store.hasThreadDraft(0), chat.store.hasThreadDraft(9)]).toEqual([true, false]);
});

it("clears what was read on another device", () => {
  newest().tell("new-message", message(3));
  newest().tell("read-updated", { channel: 7, read_position: 3 });
  expect(conversation().unread).toBe(0);
});

it("takes a typist's name away with the message", () => {
  newest().tell("user-typing", { channel: 7, user: BOB, active: true });
  expect(chat.store.typing.in(7, Date.now())).toEqual([BOB]);
  newest().tell("new-message", message(3));
  expect(chat.store.typing.in(7, Date.now())).toEqual([]);
});

it("asks what a channel is that it gets a message from for the first time", async () => {
  newest().tell("new-message", message(1, { channel: 8 }));
  expect(newest().asked("open-channel").at(-1)?.data).toEqual({ channel: 8 });
  const found = channel({ id: 8, version: 1, last_position: 1 });
  await newest().answer("open-channel", { data: { channel: found, messages: [], complete: true } });
  expect(chat.store.conversations.get(8)?.unread).toBe(1);
});

it("opens at the newest while what was left off at is not here and cannot be asked for", async () => {
  const { log } = conversation();
  conversation().update(channel({ version: 9, last_position: 9 }));
  conversation().setReadPosition(4);
  log.jumped(run(8, 9), true, false);
  newest().readyState = 3;
  await chat.pages.open(7);
  expect(conversation().landing).toEqual({ at: "newest" });
  expect(log.messages).toHaveLength(2);
});

it("asks to log in when the session is over", () => {
  const ended = vi.fn();
  const other = new Chat("ws://house/ws/chat/", ended);
  other.connection.open();
  newest().onclose?.({ code: 4503 });
  expect(ended).toHaveBeenCalledOnce();
});
