/**
 * What one is about to name while writing: `@김` a person, `#gen` a channel, `:smi` an emoji, `/to`
 * a command; and the text after a choice. Who and what can be chosen is found elsewhere.
 */
import type { Sender } from "../wire";
import { find } from "./korean-search";

export type Kind = "person" | "channel" | "emoji" | "command";

/** The word under the caret that asks for choices: `from` is where its sign stands. */
export interface Trigger {
  kind: Kind;
  query: string;
  from: number;
  to: number;
}

export interface Choice {
  /** What comes into the text instead of the word. */
  insert: string;
  name: string;
  detail: string;
  /** Everything that it is found by. */
  names: readonly string[];
  picture: { person: Sender } | { emoji: string } | "everybody" | "channel" | "command";
}

export const MOST_CHOICES = 8;
const LONGEST_QUERY = 40;

/** A sign counts where a word begins. Korean writes on after a name without a space, so a mention
 * may also begin right behind Hangul; `:` after a digit is a time of day. */
const SIGNS: readonly [Kind, RegExp][] = [
  ["person", /(?<![A-Za-z0-9_.@-])@([^\s@]*)$/u],
  ["channel", /(?<![\p{L}\p{N}_&#/])#([^\s#]*)$/u],
  ["emoji", /(?<![\p{L}\p{N}:/]):([\p{Script=Hangul}][^\s:]*|[\p{L}\p{N}_+-]{2,})$/u],
  ["command", /^\/([^\s/]*)$/u],
];

export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret);
  for (const [kind, sign] of SIGNS) {
    const found = sign.exec(before);
    const query = found?.[1] ?? "";
    if (found && query.length <= LONGEST_QUERY)
      return { kind, query, from: found.index, to: caret };
  }
  return null;
}

const CLOSED_EMOJI = /(?<![\p{L}\p{N}:/]):([\p{L}\p{N}_+-]+):$/u;

/** `:tada:`, whose second colon has just been typed. */
export function closedAt(text: string, caret: number): Trigger | null {
  const found = CLOSED_EMOJI.exec(text.slice(0, caret));
  return found && { kind: "emoji", query: found[1] ?? "", from: found.index, to: caret };
}

/** The best few for what is typed so far. */
export const chosenFrom = (choices: readonly Choice[], query: string): Choice[] =>
  find(query, choices, ({ names }) => names).slice(0, MOST_CHOICES);

/** The text once the choice stands in it, and where the caret goes. */
export function completed(
  text: string,
  { from, to }: Trigger,
  { insert }: Choice,
): { text: string; caret: number } {
  const rest = text.slice(to);
  const doubled = insert.endsWith(" ") && rest.startsWith(" ");
  return {
    text: text.slice(0, from) + insert + (doubled ? rest.slice(1) : rest),
    caret: from + insert.length,
  };
}

const COMMAND = /^\/([a-z가-힣][\w가-힣-]*)(?:\s+(.*))?$/su;

/** `/topic Lunch at noon`, as its name and the rest; null for any other text. */
export function commandIn(text: string): { name: string; rest: string } | null {
  const found = COMMAND.exec(text.normalize("NFC").trimEnd());
  return found ? { name: found[1] ?? "", rest: found[2]?.trim() ?? "" } : null;
}
