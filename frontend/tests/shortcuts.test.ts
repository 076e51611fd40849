/** Keys that work everywhere, and letters that stay with who writes. */
import { expect, it } from "vitest";
import { type Press, shortcutOf } from "../models/shortcuts";

const press = (changes: Partial<Press>): Press => ({
  key: "",
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...changes,
});

it.each([
  [{ key: "k", code: "KeyK", ctrlKey: true }, "switch"],
  [{ key: "ㅏ", code: "KeyK", metaKey: true }, "switch"],
  [{ key: "ArrowUp", altKey: true }, "previous"],
  [{ key: "ArrowDown", altKey: true }, "next"],
  [{ key: "ArrowUp", altKey: true, shiftKey: true }, "previous-unread"],
  [{ key: "ArrowDown", altKey: true, shiftKey: true }, "next-unread"],
  [{ key: ",", ctrlKey: true }, "preferences"],
  [{ key: "/", ctrlKey: true }, "help"],
  [{ key: "?", shiftKey: true }, "help"],
  [{ key: "ㅊ", code: "KeyC" }, "write"],
])("%o is %s", (changes, shortcut) => expect(shortcutOf(press(changes), false)).toBe(shortcut));

it("leaves letters to a field, and everything to a composition", () => {
  expect(shortcutOf(press({ key: "?" }), true)).toBeNull();
  expect(shortcutOf(press({ key: "c", code: "KeyC" }), true)).toBeNull();
  expect(shortcutOf(press({ code: "KeyK", ctrlKey: true }), true)).toBe("switch");
  expect(shortcutOf(press({ code: "KeyK", ctrlKey: true, isComposing: true }), true)).toBeNull();
  expect(shortcutOf(press({ key: "c", code: "KeyC", ctrlKey: true }), false)).toBeNull();
});
