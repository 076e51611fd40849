/** The page's keys, wherever the focus is; a dialog keeps them to itself. */
import type { Chat } from "../client/chat";
import { attention } from "../models/attention";
import { type Shortcut, shortcutOf } from "../models/shortcuts";
import { neighbour, sections } from "../models/sidebar";
import type { DialogName } from "./dialogs";

interface Page {
  readonly chat: Chat;
  current(): number;
  go(channel: number): void;
  open(dialog: DialogName): void;
  write(): void;
}

const FIELDS = "input, textarea, select, [contenteditable]";

export function listenForShortcuts(page: Page): void {
  addEventListener("keydown", (event) => {
    const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null;
    const shortcut = shortcutOf(event, inField);
    if (!shortcut || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    obey(page, shortcut);
  });
}

function obey(page: Page, shortcut: Shortcut): void {
  switch (shortcut) {
    case "switch":
    case "preferences":
    case "help":
      return page.open(shortcut);
    case "write":
      return page.write();
    case "previous":
    case "previous-unread":
      return step(page, -1, shortcut === "previous-unread");
    case "next":
    case "next-unread":
      return step(page, 1, shortcut === "next-unread");
  }
}

function step(page: Page, by: 1 | -1, unreadOnly: boolean): void {
  const { store } = page.chat;
  const list = sections(store.channels(), store.directs()).flatMap((part) => part.conversations);
  const target = neighbour(
    list,
    page.current(),
    by,
    (conversation) => !unreadOnly || attention(conversation).count > 0,
  );
  if (target) page.go(target.id);
}
