/** Which key does what, wherever one is on the page. */

export type Shortcut =
  | "switch"
  | "previous"
  | "next"
  | "previous-unread"
  | "next-unread"
  | "preferences"
  | "write"
  | "help";

export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

/** In a field, what types a character is not ours. Letters go by their place: on a Korean layout
 * the key of K is ㅏ. */
export function shortcutOf(press: Press, inField: boolean): Shortcut | null {
  const { key, code, altKey, shiftKey } = press;
  const command = press.ctrlKey || press.metaKey;
  if (press.isComposing) return null;
  if (command && !altKey && !shiftKey && code === "KeyK") return "switch";
  if (command && !altKey && !shiftKey && key === ",") return "preferences";
  if (command && !altKey && key === "/") return "help";
  if (altKey && !command && key === "ArrowUp") return shiftKey ? "previous-unread" : "previous";
  if (altKey && !command && key === "ArrowDown") return shiftKey ? "next-unread" : "next";
  if (inField || command || altKey) return null;
  if (key === "?") return "help";
  return key === "c" || code === "KeyC" ? "write" : null;
}
