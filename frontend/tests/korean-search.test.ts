/** Finding by what somebody types, in whatever layout and however far composed. */
import { expect, it } from "vitest";
import { find, score } from "../models/korean-search";

const finds = (typed: string, name: string) => score(typed, name) > 0;

it.each([
  ["gen", "general"],
  ["GEN", "General"],
  ["gnrl", "general"],
  ["hike", "weekend-hikes"],
  ["회의", "주간 회의"],
  ["ㅎㅇ", "회의"],
  ["ㅎㅇ", "주간 회의"],
  ["ㅈㄱㅎㅇ", "주간 회의"],
  ["회ㅇ", "회의"],
  ["ㅎ의", "회의"],
  ["ㄳ", "감사"],
  ["ㄱㅅ", "감사합니다"],
  ["dkssud", "안녕"],
  ["dkssudgktpdy", "안녕하세요"],
  ["DKSSUD", "안녕"],
  ["ㅗ디ㅣㅐ", "hello"],
  ["ㅎ둗", "general"],
  ["김철", "김철수"],
  ["ㄱㅊㅅ", "김철수"],
  ["rlacjftn", "김철수"],
  ["안녕".normalize("NFD"), "안녕"],
  ["안녕", "안녕".normalize("NFD")],
  ["까", "까치"],
  ["", "anything"],
])("%s finds %s", (typed, name) => expect(finds(typed, name)).toBe(true));

it.each([
  ["xyz", "general"],
  ["회사", "회의"],
  ["ㅎㅅ", "회의"],
  ["lareneg", "general"],
  ["한", "학교"],
  ["의회", "회의"],
])("%s does not find %s", (typed, name) => expect(finds(typed, name)).toBe(false));

it("finds at every step of a composition", () => {
  for (const typed of ["ㅎ", "호", "회", "횡", "회으", "회의"])
    expect(finds(typed, "회의")).toBe(true);
  for (const typed of ["ㅇ", "아", "안", "안ㄴ", "안녀", "안녕"])
    expect(finds(typed, "안녕하세요")).toBe(true);
  for (const typed of ["ㄱ", "가", "값"]) expect(finds(typed, "값이")).toBe(true);
});

it("puts the best first", () => {
  const names = ["regeneration", "gorgeous-nature", "the general", "general-help", "general"];
  expect(find("general", names, (name) => [name])).toEqual([
    "general",
    "general-help",
    "the general",
  ]);
  expect(find("gen", names, (name) => [name])[0]).toBe("general-help");
});

it("prefers what was typed to the same keys in the other layout", () => {
  expect(find("to", ["새소식", "tools"], (name) => [name])).toEqual(["tools", "새소식"]);
});

it("looks at every name of a thing", () => {
  const people = [
    ["김철수", "chulsoo"],
    ["Bob", "bob"],
  ];
  expect(find("chul", people, (names) => names)).toEqual([people[0]]);
});
