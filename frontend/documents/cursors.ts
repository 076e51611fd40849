/**
 * Where the others are: a caret with a name, and what they have selected. Names and colours come
 * from people whom this page knows, where it knows them; nothing of a stranger becomes a style.
 */
import { type Range, RangeSet } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import type { Awareness } from "y-protocols/awareness";
import {
  compareRelativePositions,
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex,
  type Text as SharedType,
} from "yjs";
import { HUES } from "./hues";

const LONGEST_NAME = 40;

export interface Writer {
  client: number;
  id: number;
  name: string;
}

/** Each of the others as the awareness tells, which anybody could have written. */
export function writers(awareness: Awareness): Writer[] {
  return [...awareness.getStates()]
    .filter(([client]) => client !== awareness.clientID)
    .map(([client, { user }]) => ({
      client,
      id: Number.isSafeInteger(user?.id) ? Math.abs(user.id) : client,
      name: String(user?.name ?? "").slice(0, LONGEST_NAME),
    }));
}

class Caret extends WidgetType {
  constructor(
    readonly name: string,
    readonly hue: number,
  ) {
    super();
  }

  override eq(other: Caret): boolean {
    return other.name === this.name && other.hue === this.hue;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = "caret";
    caret.dataset["hue"] = String(this.hue);
    // A character of no width and no break: the caret never wraps, and never widens the line.
    caret.append("\u2060");
    const label = document.createElement("span");
    label.className = "caret-name";
    label.textContent = this.name;
    caret.append(label);
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** The carets with no room for a name on their right. */
function tooFarRight(view: EditorView): Map<Element, boolean> {
  const { right } = view.scrollDOM.getBoundingClientRect();
  const carets = [...view.contentDOM.querySelectorAll(".caret")];
  return new Map(
    carets.map((caret) => {
      const width = caret.querySelector(".caret-name")?.clientWidth ?? 0;
      return [caret, caret.getBoundingClientRect().left + width > right];
    }),
  );
}

function turnNames(carets: Map<Element, boolean>): void {
  for (const [caret, isFar] of carets) caret.classList.toggle("turned", isFar);
}

/** `nameOf` gives the name of a person we know. */
export function cursors(
  text: SharedType,
  awareness: Awareness,
  nameOf: (person: number) => string | undefined,
) {
  return ViewPlugin.define((view) => new Cursors(view, text, awareness, nameOf), {
    decorations: (plugin) => plugin.decorations,
  });
}

class Cursors {
  decorations: DecorationSet = RangeSet.empty;

  constructor(
    private readonly view: EditorView,
    private readonly text: SharedType,
    private readonly awareness: Awareness,
    private readonly nameOf: (person: number) => string | undefined,
  ) {
    awareness.on("change", this.moved);
    this.decorations = this.draw();
  }

  update(update: ViewUpdate): void {
    if (update.selectionSet || update.docChanged || update.focusChanged) this.tell();
    this.decorations = this.draw();
    this.view.requestMeasure({ key: this, read: tooFarRight, write: turnNames });
  }

  destroy(): void {
    this.awareness.off("change", this.moved);
    this.awareness.setLocalStateField("cursor", null);
  }

  private readonly moved = ({ added, updated, removed }: Record<string, number[]>): void => {
    const clients = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
    if (clients.some((client) => client !== this.awareness.clientID)) this.view.dispatch({});
  };

  /** Told as the others' editors expect it, so that any of them shows it. */
  private tell(): void {
    const { main } = this.view.state.selection;
    const known = this.awareness.getLocalState()?.["cursor"];
    if (!this.view.hasFocus) return;
    const anchor = createRelativePositionFromTypeIndex(this.text, main.anchor);
    const head = createRelativePositionFromTypeIndex(this.text, main.head);
    const isSame =
      known &&
      compareRelativePositions(createRelativePositionFromJSON(known.anchor), anchor) &&
      compareRelativePositions(createRelativePositionFromJSON(known.head), head);
    if (!isSame) this.awareness.setLocalStateField("cursor", { anchor, head });
  }

  private draw(): DecorationSet {
    const ranges = writers(this.awareness).flatMap((writer) => this.drawOne(writer));
    return Decoration.set(ranges, true);
  }

  private drawOne({ client, id, name }: Writer): Range<Decoration>[] {
    const cursor = this.awareness.getStates().get(client)?.["cursor"];
    const anchor = this.indexOf(cursor?.anchor);
    const head = this.indexOf(cursor?.head);
    if (anchor === null || head === null) return [];
    const hue = id % HUES;
    const caret = new Caret(this.nameOf(id) ?? name, hue);
    const side = head > anchor ? -1 : 1;
    const at = Decoration.widget({ widget: caret, side }).range(head);
    if (anchor === head) return [at];
    const attributes = { "data-hue": String(hue) };
    const chosen = Decoration.mark({ class: "chosen", attributes });
    return [chosen.range(Math.min(anchor, head), Math.max(anchor, head)), at];
  }

  /** Null for what is no place in this text, or in a part that has not come yet. */
  private indexOf(position: unknown): number | null {
    const { doc } = this.text;
    if (!doc || typeof position !== "object" || position === null) return null;
    try {
      const relative = createRelativePositionFromJSON(position);
      const absolute = createAbsolutePositionFromRelativePosition(relative, doc);
      if (absolute?.type !== this.text) return null;
      return Math.min(absolute.index, this.view.state.doc.length);
    } catch {
      return null; // a stranger's nonsense
    }
  }
}
