/** Where one can go with a few letters: what waits first, then where one was. */
import { expect, it } from "vitest";
import { Conversation } from "../models/conversation";
import { destinations } from "../models/destinations";
import type { Channel } from "../wire";
import { ALICE, BOB, channel } from "./people";

const membership = (changes: object) => ({ ...channel().membership, ...changes }) as never;

const conversation = (id: number, name: string, unread = 0, changes: Partial<Channel> = {}) =>
  new Conversation(channel({ id, name, last_position: unread, ...changes }));

const BOBS = conversation(4, "", 0, { kind: "direct", members: [ALICE, BOB] });
const known = {
  conversations: [
    conversation(1, "general"),
    conversation(2, "주간-회의", 3),
    conversation(3, "design", 2, { membership: membership({ mention_count: 1 }) }),
    BOBS,
  ],
  channels: [channel({ id: 9, name: "회고", membership: null })],
  people: [ALICE, BOB, { ...BOB, id: 3, username: "김철수", display_name: "김철수" }],
  visited: [1, 4],
  me: ALICE.id,
};

const keys = (typed: string) => destinations(typed, known).map(({ key }) => key);

it("lists what waits, then where one was, then the rest; not where one is", () => {
  expect(keys("")).toEqual(["c3", "c2", "c4", "c9", "p3"]);
});

it("finds in Korean however it is typed", () => {
  for (const typed of ["ㅎㅇ", "회의", "ghldml"]) expect(keys(typed)[0]).toBe("c2");
  for (const typed of ["ㄱㅊㅅ", "rlacjf"]) expect(keys(typed)).toEqual(["p3"]);
});

it("finds channels that one has not joined, and where one is", () => {
  expect(keys("회고")).toEqual(["c9"]);
  expect(keys("general")).toEqual(["c1"]);
});

it("offers a person once, as the conversation that there is", () => {
  expect(keys("bob")).toEqual(["c4"]);
});
