/** Notes in a margin: each beside its text, none over another. */

export interface Note {
  id: number;
  /** Where its text stands, and how high it is, in pixels. */
  at: number;
  height: number;
}

const GAP_PX = 10;

/** Where each note begins. The chosen one stands exactly beside its text; the others make room. */
export function stack(notes: readonly Note[], chosen: number): Map<number, number> {
  const sorted = [...notes].sort((a, b) => a.at - b.at || a.id - b.id);
  const fixed = Math.max(
    0,
    sorted.findIndex(({ id }) => id === chosen),
  );
  const tops = new Map<number, number>();
  let floor = Number.NEGATIVE_INFINITY;
  for (const { id, at, height } of sorted.slice(fixed)) {
    tops.set(id, Math.max(at, floor));
    floor = Math.max(at, floor) + height + GAP_PX;
  }
  let ceiling = sorted[fixed]?.at ?? 0;
  for (const { id, at, height } of sorted.slice(0, fixed).reverse()) {
    ceiling = Math.min(at, ceiling - height - GAP_PX);
    tops.set(id, ceiling);
  }
  return tops;
}
