import { expect, it } from "vitest";
import { oneLine } from "../models/one-line";

it.each([
  ["**안녕** _everybody_", "안녕 everybody"],
  ["see [the plan](https://a.example) now", "see the plan now"],
  ["> quoted\nanswer", "quoted answer"],
  ["```python\nprint(1)\n```", "print(1)"],
  ["- one\n- two", "one two"],
  ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
  ["# Heading", "Heading"],
])("%j is %j", (markdown, line) => expect(oneLine(markdown)).toBe(line));

it("is quick with what is long", () =>
  expect(oneLine("*".repeat(20_000)).length).toBeLessThan(301));
