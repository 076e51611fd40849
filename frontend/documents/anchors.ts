/** The texts that comments are about: marked, and moved along while the text around them changes. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Line } from "./held-updates";

export interface Anchor extends Line {
  comment: number;
}

const setAnchors = StateEffect.define<Anchor[]>();
const setChosen = StateEffect.define<number>();

interface Anchors {
  chosen: number;
  marks: DecorationSet;
}

const mark = (comment: number, chosen: boolean) =>
  Decoration.mark({
    class: chosen ? "commented chosen-comment" : "commented",
    attributes: { "data-comment": String(comment) },
    comment,
  });

const draw = (anchors: Anchor[], chosen: number): DecorationSet =>
  Decoration.set(
    anchors
      .filter(({ from, to }) => from < to)
      .map(({ comment, from, to }) => mark(comment, comment === chosen).range(from, to)),
    true,
  );

function anchorsIn(marks: DecorationSet): Anchor[] {
  const anchors: Anchor[] = [];
  marks.between(0, Number.MAX_SAFE_INTEGER, (from, to, { spec }) => {
    anchors.push({ comment: spec["comment"], from, to });
  });
  return anchors;
}

const field = StateField.define<Anchors>({
  create: () => ({ chosen: 0, marks: Decoration.none }),
  update({ chosen, marks }, transaction) {
    let moved = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setChosen)) chosen = effect.value;
      if (effect.is(setAnchors)) moved = draw(effect.value, chosen);
      else if (effect.is(setChosen)) moved = draw(anchorsIn(moved), chosen);
    }
    return { chosen, marks: moved };
  },
  provide: (self) => EditorView.decorations.from(self, ({ marks }) => marks),
});

export const anchorField: Extension = field;

/** Where each comment stands now; those whose text is gone are missing. */
export const anchorsOf = (view: EditorView): Anchor[] => anchorsIn(view.state.field(field).marks);

export const placeAnchors = (view: EditorView, anchors: Anchor[]): void =>
  view.dispatch({ effects: setAnchors.of(anchors) });

export function chooseComment(view: EditorView, comment: number): void {
  if (view.state.field(field).chosen !== comment) view.dispatch({ effects: setChosen.of(comment) });
}

/** The comment on the text that was pressed; 0 for none. */
export function commentAt(event: Event): number {
  const target = event.target instanceof Element ? event.target : null;
  return Number(target?.closest<HTMLElement>("[data-comment]")?.dataset["comment"] ?? 0);
}
