import { describe, expect, it } from "vitest";
import { EnterKey, type KeyPress } from "../models/enter-key";

const enter = (changes: Partial<KeyPress> = {}): KeyPress => ({
  key: "Enter",
  code: "Enter",
  keyCode: 13,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  ...changes,
});

/** As Chrome on Windows names a key that an input method has taken. */
const composingEnter = enter({ key: "Process", keyCode: 229, isComposing: true });
const safariEnter = enter({ keyCode: 229 });

function compose(text: string): EnterKey {
  const key = new EnterKey();
  key.compositionStarted();
  key.compositionUpdated(text);
  return key;
}

describe("Enter without a composition", () => {
  it("breaks the line where one has asked for it, and Ctrl+Enter sends", () => {
    const key = new EnterKey();
    expect(key.keyPressed(enter({ ctrlKey: true }))).toBe("send");
    key.aloneSends = false;
    expect(key.keyPressed(enter())).toBe("pass");
    expect(key.keyPressed(enter({ ctrlKey: true }))).toBe("send");
    expect(key.keyPressed(enter({ metaKey: true }))).toBe("send");
  });

  it("sends", () => expect(new EnterKey().keyPressed(enter())).toBe("send"));

  it("breaks the line with Shift", () =>
    expect(new EnterKey().keyPressed(enter({ shiftKey: true }))).toBe("pass"));

  it("leaves other keys alone", () =>
    expect(new EnterKey().keyPressed(enter({ key: "a", code: "KeyA" }))).toBe("pass"));
});

describe("Enter in Hangul", () => {
  it("never sends by itself, but once the composition has ended", () => {
    const key = compose("녕");
    expect(key.keyPressed(composingEnter)).toBe("pass");
    expect(key.compositionEnded()).toBe("send-later");
  });

  it("swallows the Enter that follows, and only that one", () => {
    const key = compose("녕");
    key.keyPressed(composingEnter);
    key.compositionEnded();
    expect(key.keyPressed(enter())).toBe("swallow");
    key.released(enter());
    expect(key.keyPressed(enter())).toBe("send");
  });

  it("is not swallowed when another key came between", () => {
    const key = compose("녕");
    key.keyPressed(composingEnter);
    key.compositionEnded();
    key.keyPressed(enter({ key: "a", code: "KeyA" }));
    expect(key.keyPressed(enter())).toBe("send");
  });

  it("counts also when the browser ends the composition first", () => {
    const key = compose("녕");
    expect(key.compositionEnded()).toBe("pass");
    expect(key.keyPressed(safariEnter)).toBe("send-later");
    expect(key.keyPressed(enter())).toBe("swallow");
  });

  it("works for a lone consonant", () => {
    const key = compose("ㅋ");
    key.keyPressed(composingEnter);
    expect(key.compositionEnded()).toBe("send-later");
  });

  it("is remembered for its own composition only", () => {
    const key = compose("안");
    key.keyPressed(composingEnter);
    key.compositionEnded();
    key.compositionStarted();
    key.compositionUpdated("녕");
    expect(key.compositionEnded()).toBe("pass");
  });

  it("with Shift only breaks the line", () => {
    const key = compose("녕");
    key.keyPressed({ ...composingEnter, shiftKey: true });
    expect(key.compositionEnded()).toBe("pass");
  });
});

describe("Enter in Japanese and Chinese", () => {
  for (const text of ["にほん", "日本", "ni hao"])
    it(`only commits ${text}`, () => {
      const key = compose(text);
      expect(key.keyPressed(composingEnter)).toBe("pass");
      expect(key.compositionEnded()).toBe("pass");
      key.released(composingEnter);
      expect(key.keyPressed(enter())).toBe("send");
    });

  it("only commits where the browser ends the composition first", () => {
    const key = compose("日本");
    key.compositionEnded();
    expect(key.keyPressed(safariEnter)).toBe("pass");
  });
});
