/**
 * How long a text is to whoever reads it: 한, é and 👩‍👩‍👧 are one character each. The server counts the
 * same way, in the composed form that it stores.
 */
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One character in one unit, as long as another such follows: the segmenter takes 5 µs for each. */
const SIMPLE = /[ -~가-힣](?=[ -~가-힣]|$)/g;

export function graphemes(text: string): number {
  const composed = text.normalize("NFC");
  const rest = composed.replace(SIMPLE, "");
  let count = composed.length - rest.length;
  for (const _ of segmenter.segment(rest)) count++;
  return count;
}

/** The last tenth of what fits, and never more than so many characters, are counted down. */
const MOST_COUNTED_DOWN = 200;

/** What the server stores for each character at most, and what it reads of one frame. */
const CODE_POINTS_PER_GRAPHEME = 4;
const MOST_BYTES = 63 * 1024;
const BYTES_PER_UNIT = 3;

/** How many characters still fit, negative when it is too long; null while there is plenty of room. */
export function room(text: string, limit: number): number | null {
  const near = Math.min(Math.ceil(limit / 10), MOST_COUNTED_DOWN);
  // No character is shorter than one unit of the string: most texts need not be counted.
  if (text.length < limit - near) return null;
  if (text.length > MOST_BYTES) return limit - text.length;
  const left = Math.min(limit - graphemes(text), roomForCodePoints(text, limit), roomInFrame(text));
  return left > near ? null : left;
}

export const fits = (text: string, limit: number): boolean => (room(text, limit) ?? 0) >= 0;

const roomForCodePoints = (text: string, limit: number): number =>
  Math.floor(limit - [...text.normalize("NFC")].length / CODE_POINTS_PER_GRAPHEME);

/** As it is written in JSON. */
function roomInFrame(text: string): number {
  if (text.length * BYTES_PER_UNIT < MOST_BYTES) return Number.POSITIVE_INFINITY;
  const bytes = new TextEncoder().encode(JSON.stringify(text)).length;
  return Math.floor((MOST_BYTES - bytes) / BYTES_PER_UNIT);
}
