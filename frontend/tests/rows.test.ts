import { expect, it } from "vitest";
import type { Draft } from "../models/outbox";
import { dayOf, GROUP_WITHIN_MS, type Row, rows, untilMidnight } from "../models/rows";
import type { Message } from "../wire";
import { ALICE, message } from "./people";

const NOON = new Date(2026, 10, 22, 12).getTime();
const DAY_MS = 86_400_000;

const at = (time: number, position: number, changes: Partial<Message> = {}) =>
  message(position, { timestamp: new Date(time).toISOString(), ...changes });

const shape = (list: Row[]) =>
  list
    .map((row) => ("startsGroup" in row ? (row.startsGroup ? "first" : "next") : row.type))
    .join(" ");

const draft = (clientId: string, writtenAt: number): Draft => ({
  clientId,
  channel: 7,
  text: "on its way",
  replyTo: null,
  writtenAt,
  failure: null,
});

it("groups one sender's messages within five minutes", () => {
  const list = [at(NOON, 1), at(NOON + 60_000, 2), at(NOON + 60_000 + GROUP_WITHIN_MS, 3)];
  expect(shape(rows(list, [], ALICE.id))).toBe("day first next first");
});

it("begins a group with another sender", () => {
  const list = [at(NOON, 1), at(NOON, 2, { sender: ALICE }), at(NOON, 3)];
  expect(shape(rows(list, [], ALICE.id))).toBe("day first first first");
});

it("divides days in the viewer's zone, and groups do not cross midnight", () => {
  const midnight = dayOf(NOON) + DAY_MS;
  const list = [at(midnight - 1_000, 1), at(midnight + 1_000, 2)];
  expect(shape(rows(list, [], ALICE.id))).toBe("day first day first");
});

it("makes one heading for a day though clocks disagree", () => {
  const list = [at(NOON, 1), at(NOON + DAY_MS, 2), at(NOON, 3)];
  const keys = rows(list, [], ALICE.id).map((row) => row.key);
  expect(new Set(keys).size).toBe(keys.length);
});

it("leaves out what was deleted, unless people still talk about it", () => {
  const thread = { channel: 9, reply_count: 2, last_reply_at: null, participants: [] };
  const list = [at(NOON, 1, { deleted: true }), at(NOON, 2, { deleted: true, thread })];
  expect(shape(rows(list, [], ALICE.id))).toBe("day first");
});

it("puts drafts last, grouped with one's own messages", () => {
  const list = [at(NOON, 1, { sender: ALICE })];
  const result = rows(list, [draft("client-2", NOON + 1_000)], ALICE.id);
  expect(result.map((row) => row.type)).toEqual(["day", "message", "draft"]);
  expect(shape(result)).toBe("day first next");
});

it("shows a message and not also the draft that it was", () => {
  const list = [at(NOON, 1, { sender: ALICE, client_id: "same" })];
  const result = rows(list, [draft("same", NOON)], ALICE.id);
  expect(result.map((row) => row.type)).toEqual(["day", "message"]);
  const before = rows([], [draft("same", NOON)], ALICE.id);
  expect(result.at(-1)?.key).toBe(before.at(-1)?.key);
});

it("marks where the new ones begin, and begins a group there", () => {
  const list = [at(NOON, 1), at(NOON + 1_000, 2), at(NOON + 2_000, 3)];
  expect(shape(rows(list, [], ALICE.id, 2))).toBe("day first new first next");
});

it("lets the first new message of a day have its mark at the day", () => {
  const list = [at(NOON, 1), at(NOON + DAY_MS, 2)];
  const result = rows(list, [], ALICE.id, 2);
  expect(shape(result)).toBe("day first day first");
  expect(result.map((row) => row.type === "day" && row.isNew)).toEqual([false, false, true, false]);
});

it("marks nothing as new where the first new one is further up, or is gone", () => {
  const list = [at(NOON, 5), at(NOON, 6, { deleted: true })];
  expect(shape(rows(list, [], ALICE.id, 3))).toBe("day first");
  expect(shape(rows(list, [], ALICE.id, 6))).toBe("day first");
  expect(shape(rows([], [], ALICE.id, 1))).toBe("");
});

it("knows how long the day still is", () => {
  expect(untilMidnight(NOON)).toBe(DAY_MS / 2);
});
