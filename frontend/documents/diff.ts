/** What changed between two texts: by lines, and inside a changed line by words. */

export type Piece = { kind: "same" | "added" | "removed"; text: string };
export type Row = { kind: Piece["kind"] | "skipped"; pieces: Piece[] };

/** Beyond this many steps the rest counts as replaced: nobody reads such a difference anyway. */
const MOST_STEPS = 400;
const LINES_AROUND = 2;

/** The shortest way from one list to the other (Myers), as runs of the same kind. */
export function compare(before: readonly string[], after: readonly string[]): Piece[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const same = (texts: readonly string[]) => texts.map((text): Piece => ({ kind: "same", text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function middle(before: readonly string[], after: readonly string[]): Piece[] {
  const trace = steps(before, after);
  if (!trace)
    return [
      ...before.map((text): Piece => ({ kind: "removed", text })),
      ...after.map((text): Piece => ({ kind: "added", text })),
    ];
  return walkBack(trace, before, after);
}

/** For each number of changes, how far one comes on each diagonal; null if it takes too many. */
function steps(before: readonly string[], after: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let changes = 0; changes <= MOST_STEPS; changes++) {
    trace.push(reach);
    reach = new Map(reach);
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = best(reach, diagonal, changes);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x++;
      reach.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return null;
}

const goesDown = (reach: Map<number, number>, diagonal: number, changes: number): boolean =>
  diagonal === -changes ||
  (diagonal !== changes && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));

const best = (reach: Map<number, number>, diagonal: number, changes: number): number =>
  goesDown(reach, diagonal, changes)
    ? (reach.get(diagonal + 1) ?? 0)
    : (reach.get(diagonal - 1) ?? 0) + 1;

/** From the end to the beginning: at each number of changes, the way that came this far. */
function walkBack(
  trace: Map<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Piece[] {
  const pieces: Piece[] = [];
  let [x, y] = [before.length, after.length];
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const reach = trace[changes] ?? new Map<number, number>();
    const down = goesDown(reach, x - y, changes);
    const diagonal = x - y + (down ? 1 : -1);
    const [fromX, fromY] =
      changes === 0 ? [0, 0] : [reach.get(diagonal) ?? 0, (reach.get(diagonal) ?? 0) - diagonal];
    while (x > fromX && y > fromY) {
      pieces.push({ kind: "same", text: before[x - 1] ?? "" });
      x--;
      y--;
    }
    if (changes === 0) break;
    if (down) pieces.push({ kind: "added", text: after[--y] ?? "" });
    else pieces.push({ kind: "removed", text: before[--x] ?? "" });
  }
  return pieces.reverse();
}

const wordsOf = (line: string): string[] => line.match(/\s+|[\p{L}\p{M}\p{N}]+|./gu) ?? [];

/** The lines of both texts, the unchanged ones only where they stand beside a change. */
export function difference(before: string, after: string): Row[] {
  const lines = compare(before.split("\n"), after.split("\n"));
  const rows: Row[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = endOfChange(lines, at);
    if (end > at) rows.push(...changed(lines.slice(at, end)));
    else rows.push({ kind: "same", pieces: lines.slice(at, at + 1) });
    at = Math.max(end, at + 1);
  }
  return withoutFar(rows);
}

function endOfChange(lines: Piece[], at: number): number {
  while (at < lines.length && lines[at]?.kind !== "same") at++;
  return at;
}

/** A line that became another one shows which words did; the rest are just gone or new. */
function changed(lines: Piece[]): Row[] {
  const removed = lines.filter(({ kind }) => kind === "removed");
  const added = lines.filter(({ kind }) => kind === "added");
  const pairs = removed.map(({ text }, at) =>
    compare(wordsOf(text), wordsOf(added[at]?.text ?? "")),
  );
  const half = (kind: Piece["kind"], pieces: Piece[]): Row => ({
    kind,
    pieces: pieces.filter((piece) => piece.kind === "same" || piece.kind === kind),
  });
  return [
    ...removed.map((_, at) => half("removed", pairs[at] ?? [])),
    ...added.map((line, at) => half("added", pairs[at] ?? [line])),
  ];
}

function withoutFar(rows: Row[]): Row[] {
  const isNear = (at: number) =>
    rows
      .slice(Math.max(0, at - LINES_AROUND), at + LINES_AROUND + 1)
      .some((row) => row.kind !== "same");
  const shown: Row[] = [];
  for (const [at, row] of rows.entries()) {
    if (isNear(at)) shown.push(row);
    else if (shown.at(-1)?.kind !== "skipped") shown.push({ kind: "skipped", pieces: [] });
  }
  return shown;
}
