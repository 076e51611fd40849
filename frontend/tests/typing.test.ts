import { expect, it } from "vitest";
import { OwnTyping, TYPING_SHOWN_MS, TYPING_TOLD_EVERY_MS, Typing } from "../models/typing";
import { ALICE, BOB } from "./people";

it("shows a name for five seconds", () => {
  const typing = new Typing();
  typing.started(7, BOB, 0);
  expect(typing.in(7, TYPING_SHOWN_MS - 1)).toEqual([BOB]);
  expect(typing.in(7, TYPING_SHOWN_MS)).toEqual([]);
  expect(typing.in(8, 0)).toEqual([]);
});

it("takes the name away when the message has come", () => {
  const typing = new Typing();
  typing.started(7, BOB, 0);
  typing.stopped(7, BOB.id);
  expect(typing.in(7, 1)).toEqual([]);
});

it("knows when the next name goes", () => {
  const typing = new Typing();
  typing.started(7, ALICE, 0);
  typing.started(8, BOB, 1_000);
  expect(typing.nextEnd(0)).toBe(TYPING_SHOWN_MS);
  expect(typing.nextEnd(TYPING_SHOWN_MS)).toBe(TYPING_SHOWN_MS + 1_000);
  expect(typing.nextEnd(TYPING_SHOWN_MS + 1_000)).toBeNull();
});

it("tells of one's own typing every three seconds, and at once in another channel", () => {
  const own = new OwnTyping();
  expect(own.typed(7, 0)).toBe(true);
  expect(own.typed(7, TYPING_TOLD_EVERY_MS - 1)).toBe(false);
  expect(own.typed(8, TYPING_TOLD_EVERY_MS - 1)).toBe(true);
  expect(own.typed(8, 2 * TYPING_TOLD_EVERY_MS)).toBe(true);
});

it("says that it stopped only while somebody may believe otherwise", () => {
  const own = new OwnTyping();
  expect(own.stopped(0)).toBe(false);
  own.typed(7, 0);
  expect(own.stopped(TYPING_SHOWN_MS - 1)).toBe(true);
  expect(own.stopped(TYPING_SHOWN_MS)).toBe(false);
});
