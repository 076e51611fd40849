// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { initials } from "../components/avatar";
import { composerLabel, titleOf } from "../components/names";
import { typingText } from "../components/typing-line";
import { Conversation } from "../models/conversation";
import { ALICE, BOB, channel } from "./people";

it("names the composer after where it sends", () => {
  expect(composerLabel(new Conversation(channel()), ALICE.id)).toBe("Message #general");
  const direct = new Conversation(channel({ kind: "direct", name: "", members: [ALICE, BOB] }));
  expect(composerLabel(direct, ALICE.id)).toBe("Message Bob");
  expect(titleOf(direct, BOB.id)).toBe("Alice");
});

it("draws initials as friends would call one", () => {
  expect(initials("김철수")).toBe("철수");
  expect(initials("하루")).toBe("하루");
  expect(initials("Dana Mary Whitfield")).toBe("DW");
  expect(initials("까치 (빌드 알림)")).toBe("까치");
  expect(initials("bob")).toBe("B");
  expect(initials("🙂")).toBe("?");
});

it("says who is typing", () => {
  expect(typingText(["Bob"])).toBe("Bob is typing…");
  expect(typingText(["Bob", "Alice"])).toBe("Bob and Alice are typing…");
  expect(typingText(["a", "b", "c", "d"])).toBe("Several people are typing…");
});
