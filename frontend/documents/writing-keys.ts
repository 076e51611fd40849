/** What the keys do beyond moving and deleting: lists go on, and words become strong. */
import { EditorSelection, type StateCommand } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";

const ITEM = /^(\s*(?:>\s?)*)([-*+]|(\d{1,8})([.)]))(\s+)(\[[ xX]\]\s+)?/;

/** How the line after this one begins; null where no list goes on. */
export function nextItem(line: string): { begin: string; isEmpty: boolean } | null {
  const item = ITEM.exec(line);
  if (!item) return null;
  const [whole, indent = "", mark = "", number, sign = "", space = " ", box] = item;
  const next = number === undefined ? mark : `${Number(number) + 1}${sign}`;
  const begin = `${indent}${next}${space}${box ? "[ ] " : ""}`;
  return { begin, isEmpty: line.slice(whole.length).trim() === "" };
}

/** Enter at the end of an item begins the next one; in an empty item it ends the list. */
const continueList: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const next = nextItem(line.text.slice(0, main.head - line.from));
  if (!main.empty || !next) return false;
  const changes = next.isEmpty
    ? { from: line.from, to: line.to }
    : { from: main.head, insert: `\n${next.begin}` };
  const at = next.isEmpty ? line.from : main.head + 1 + next.begin.length;
  const selection = EditorSelection.cursor(at);
  dispatch(state.update({ changes, selection, scrollIntoView: true, userEvent: "input" }));
  return true;
};

/** Puts the mark on both sides of what is selected, or takes it away. */
const wrap =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const change = state.changeByRange(({ from, to }) => {
      const before = state.sliceDoc(from - mark.length, from);
      const after = state.sliceDoc(to, to + mark.length);
      if (before === mark && after === mark)
        return {
          changes: [
            { from: from - mark.length, to: from },
            { from: to, to: to + mark.length },
          ],
          range: EditorSelection.range(from - mark.length, to - mark.length),
        };
      return {
        changes: [
          { from, insert: mark },
          { from: to, insert: mark },
        ],
        range: EditorSelection.range(from + mark.length, to + mark.length),
      };
    });
    dispatch(state.update(change, { userEvent: "input", scrollIntoView: true }));
    return true;
  };

export const writingKeys: KeyBinding[] = [
  { key: "Enter", run: continueList },
  { key: "Mod-b", run: wrap("**") },
  { key: "Mod-i", run: wrap("*") },
  { key: "Mod-e", run: wrap("`") },
];
