/** Which word asks for choices, which it gets, and what becomes of the text. */
import { expect, it } from "vitest";
import {
  type Choice,
  chosenFrom,
  closedAt,
  commandIn,
  completed,
  triggerAt,
} from "../models/completion";

const at = (text: string) => triggerAt(text, text.length);
const choice = (insert: string, ...names: string[]): Choice => ({
  insert,
  name: names[0] ?? "",
  detail: "",
  names,
  picture: "channel",
});

it.each([
  ["@", "person", ""],
  ["hello @al", "person", "al"],
  ["(@al", "person", "al"],
  ["안녕@김ㅊ", "person", "김ㅊ"],
  ["see #gen", "channel", "gen"],
  ["#", "channel", ""],
  [":smi", "emoji", "smi"],
  ["so :웃", "emoji", "웃"],
  [":ㅇ", "emoji", "ㅇ"],
  ["/to", "command", "to"],
  ["/", "command", ""],
])("%s asks for a %s", (text, kind, query) =>
  expect(at(text)).toMatchObject({ kind, query, to: text.length }),
);

it.each([
  "alice@example.org",
  "12:30",
  "http://x",
  ":s",
  ": smile",
  "@al said",
  "a/b",
  "no /topic",
  "c#",
  "##",
])("%s asks for nothing", (text) => expect(at(text)).toBeNull());

it("knows an emoji by its two colons", () => {
  expect(closedAt("so :tada:", 9)).toEqual({ kind: "emoji", query: "tada", from: 3, to: 9 });
  expect(closedAt(":+1:", 4)?.query).toBe("+1");
  for (const text of ["12:30:", "a:b:", "http://x:", "::", ": :", ":ta da:"])
    expect(closedAt(text, text.length)).toBeNull();
});

it("looks at the word under the caret alone", () => {
  expect(triggerAt("@al and @bob", 3)).toMatchObject({ query: "al", from: 0, to: 3 });
});

it("finds in Korean by initials and in the wrong layout", () => {
  const people = [choice("@김철수", "김철수", "chulsoo"), choice("@bob ", "Bob", "bob")];
  for (const typed of ["ㄱㅊ", "김ㅊ", "rla", "chul", "초ㅕ"])
    expect(chosenFrom(people, typed)[0]?.insert).toBe("@김철수");
});

it("replaces the word and keeps the rest", () => {
  const text = "ask @al about it";
  const trigger = triggerAt(text, 7);
  if (!trigger) throw new Error("no trigger");
  expect(completed(text, trigger, choice("@alice "))).toEqual({
    text: "ask @alice about it",
    caret: 11,
  });
});

it("knows a command and its arguments", () => {
  expect(commandIn("/topic  Lunch at\nnoon ")).toEqual({ name: "topic", rest: "Lunch at\nnoon" });
  expect(commandIn("/주제 점심")).toEqual({ name: "주제", rest: "점심" });
  expect(commandIn("/shrug")).toEqual({ name: "shrug", rest: "" });
  for (const text of ["/usr/bin is full", "// no", " a /topic", "/", "/ topic"])
    expect(commandIn(text)).toBeNull();
});
