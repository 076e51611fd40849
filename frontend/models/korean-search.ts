/**
 * The one way in which this page finds things by what somebody types: by a part of the name, by
 * its letters in order (gnrl → general), by initial consonants (ㅎㅇ → 회의), in the wrong layout
 * (dkssud → 안녕), and at every step of a composition.
 */
import { type Unit, units } from "./hangul";

/** How good a find is. A name as it was typed comes before the same keys in another layout. */
const WHOLE = 100;
const BEGINNING = 90;
const WORD_BEGINNING = 75;
const INSIDE = 50;
const INITIALS_LOSE = 10;
const HALF_COMPOSED_LOSES = 5;
const LAYOUT_LOSES = 15;
const SCATTERED = 30;
/** Letters in order count only if they stand this close together, per letter typed. */
const SPREAD = 4;
/** Beyond this a text is no name but a description, in which everything is somewhere. */
const LONGEST_NAME = 60;

interface Prepared {
  text: string;
  units: Unit[];
  keys: string;
  /** Where in `keys` each unit begins. */
  starts: number[];
}

const MOST_REMEMBERED = 10_000;
const remembered = new Map<string, Prepared>();

function prepared(text: string): Prepared {
  const known = remembered.get(text);
  if (known) return known;
  const starts: number[] = [];
  let keys = "";
  const parts = units(text);
  for (const unit of parts) {
    starts.push(keys.length);
    keys += unit.keys;
  }
  const made = { text: text.normalize("NFC").toLowerCase(), units: parts, keys, starts };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, made);
  return made;
}

const beginsWord = (text: Prepared, index: number): boolean =>
  index === 0 || text.units[index - 1]?.kind === "space";

function placeScore(text: Prepared, index: number): number {
  if (index === 0) return BEGINNING;
  return beginsWord(text, index) ? WORD_BEGINNING : INSIDE;
}

/** The same keys one after the other, from the beginning of a character on. */
function inOnePiece(query: Prepared, text: Prepared): number {
  if (query.keys === text.keys) return WHOLE;
  if (!text.keys.includes(query.keys)) return 0;
  const found = text.starts
    .map((start, index) => (text.keys.startsWith(query.keys, start) ? index : -1))
    .filter((index) => index >= 0);
  return Math.max(0, ...found.map((index) => placeScore(text, index)));
}

function fits(wanted: Unit, unit: Unit | undefined): boolean {
  if (!unit) return false;
  if (wanted.kind === "consonant" && unit.kind === "syllable")
    return unit.keys.startsWith(wanted.keys);
  return wanted.keys === unit.keys;
}

/** Initial consonants, also among whole syllables; spaces in the name are not typed. */
function byInitials(query: Prepared, text: Prepared): number {
  if (!query.units.some(({ kind }) => kind === "consonant")) return 0;
  const scores = text.units.map((_, from) => {
    let at = from;
    for (const [index, wanted] of query.units.entries()) {
      while (index > 0 && text.units[at]?.kind === "space" && wanted.kind !== "space") at++;
      const isLast = index === query.units.length - 1;
      const begun = isLast && text.units[at]?.keys.startsWith(wanted.keys);
      if (!begun && !fits(wanted, text.units[at])) return 0;
      at++;
    }
    return placeScore(text, from) - INITIALS_LOSE;
  });
  return Math.max(0, ...scores);
}

/** All of it in order, with others between. */
function scattered(query: Prepared, text: Prepared): number {
  if (query.units.length < 2 || text.units.length > LONGEST_NAME) return 0;
  const scores = text.units.map((_, from) => {
    if (!beginsWord(text, from) || !query.units[0] || !fits(query.units[0], text.units[from]))
      return 0;
    let at = from;
    for (const wanted of query.units.slice(1)) {
      const next = text.units.findIndex((unit, index) => index > at && fits(wanted, unit));
      if (next < 0) return 0;
      at = next;
    }
    const spread = (at - from + 1) / query.units.length;
    return spread > SPREAD ? 0 : SCATTERED - spread;
  });
  return Math.max(0, ...scores);
}

/** How well `typed` finds `name`; 0 if it does not. Nothing typed finds everything. */
export function score(typed: string, name: string): number {
  const query = prepared(typed.trim());
  if (query.units.length === 0) return 1;
  const text = prepared(name);
  const whole = inOnePiece(query, text);
  if (whole > 0) return whole - distance(query, text);
  return byInitials(query, text) || scattered(query, text);
}

const hasHangul = ({ units }: Prepared): boolean =>
  units.some(({ kind }) => kind !== "letter" && kind !== "space");

/** The same keys may type something else: in the other layout, or letters of two syllables in one. */
function distance(query: Prepared, text: Prepared): number {
  if (text.text.includes(query.text)) return 0;
  return hasHangul(query) && hasHangul(text) ? HALF_COMPOSED_LOSES : LAYOUT_LOSES;
}

/** Those that `typed` finds, the best first; among equals, in the order given. */
export function find<T>(
  typed: string,
  things: readonly T[],
  namesOf: (thing: T) => readonly string[],
): T[] {
  return things
    .map((thing) => ({
      thing,
      points: Math.max(0, ...namesOf(thing).map((name) => score(typed, name))),
    }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ thing }) => thing);
}
