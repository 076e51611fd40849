/** The editor of a document: CodeMirror, bound to the shared text. */
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  keymap,
  placeholder,
  type ViewUpdate,
} from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import type { Chat } from "../client/chat";
import { gettext } from "../i18n";
import { anchorField, commentAt } from "./anchors";
import { commentTooltip } from "./comment-tooltip";
import { cursors } from "./cursors";
import { HeldUpdates, type Line } from "./held-updates";
import { markdown } from "./markdown";
import { mentionSource } from "./mention-source";
import type { SharedText } from "./shared-text";
import { writingKeys } from "./writing-keys";

interface Listener {
  /** The text, the selection or the size has changed. */
  updated(update: ViewUpdate): void;
  /** 0 when another text was pressed. */
  commentPressed(comment: number): void;
  /** On what is selected. */
  commentAsked(): void;
}

const writable = new Compartment();

const readOnly = (is: boolean): Extension => [
  EditorState.readOnly.of(is),
  EditorView.editable.of(!is),
];

export const setReadOnly = (view: EditorView, is: boolean): void => {
  if (view.state.readOnly !== is) view.dispatch({ effects: writable.reconfigure(readOnly(is)) });
};

export function makeEditor(
  shared: SharedText,
  chat: Chat,
  channel: number,
  listener: Listener,
): EditorView {
  const nameOf = (person: number) => chat.store.people.get(person)?.display_name;
  const comment = () => {
    listener.commentAsked();
    return true;
  };
  const view: EditorView = new EditorView({
    doc: shared.text.toString(),
    extensions: [
      // The editor puts a style element into the page.
      EditorView.cspNonce.of(styleNonce()),
      // Whatever a program has written, both sides count the same characters.
      EditorState.lineSeparator.of("\n"),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": gettext("Text of the document") }),
      writable.of(readOnly(true)),
      drawSelection(),
      dropCursor(),
      placeholder(gettext("Begin to write…")),
      markdown,
      keymap.of([
        { key: "Mod-Alt-m", run: comment },
        ...writingKeys,
        ...yUndoManagerKeymap,
        ...completionKeymap,
        ...defaultKeymap,
      ]),
      autocompletion({ override: [mentionSource(chat, channel)], icons: false }),
      yCollab(shared.text, null, { undoManager: shared.undo }),
      cursors(shared.text, shared.provider.awareness, nameOf),
      anchorField,
      commentTooltip(() => listener.commentAsked()),
      EditorView.updateListener.of((update) => listener.updated(update)),
      EditorView.domEventHandlers({
        compositionend: () => releaseSoon(),
        click: (event) => listener.commentPressed(commentAt(event)),
      }),
    ],
  });
  const held = new HeldUpdates(shared.provider, shared.text, () => composingLine(view));
  /** When the editor has taken in the end of the composition, unless the next one has begun. */
  const releaseSoon = () => {
    setTimeout(() => {
      if (!view.compositionStarted) held.release();
    });
  };
  return view;
}

function composingLine(view: EditorView): Line | null {
  return view.compositionStarted ? view.state.doc.lineAt(view.state.selection.main.head) : null;
}

function styleNonce(): string {
  return document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce ?? "";
}
