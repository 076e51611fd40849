/** All emoji that can be drawn here, with their names in English and Korean, fetched from our own
    server at the first use. */
import english from "emoji-picker-element-data/en/emojibase/data.json?url";
import korean from "emoji-picker-element-data/ko/cldr-native/data.json?url";
import { newestDrawn } from "./emoji-font";

interface Entry {
  emoji: string;
  annotation: string;
  tags: string[];
  shortcodes: string[];
  group: number;
  version: number;
}

export interface Emoji {
  emoji: string;
  shortcodes: readonly string[];
  english: string;
  korean: string;
  /** Words that it is also found by, in both languages. */
  words: readonly string[];
  /** Emojibase's number of the kind of thing that it shows. */
  group: number;
}

let loading: Promise<Emoji[]> | undefined;

const fetchEntries = async (url: string): Promise<Entry[]> => (await fetch(url)).json();

async function load(): Promise<Emoji[]> {
  const [ours, theirs] = await Promise.all([english, korean].map(fetchEntries));
  const inKorean = new Map(theirs?.map((entry) => [entry.emoji, entry]));
  const newest = newestDrawn();
  const drawable = (ours ?? []).filter(({ version }) => version <= newest);
  return drawable.map((entry) => {
    const other = inKorean.get(entry.emoji);
    return {
      emoji: entry.emoji,
      shortcodes: entry.shortcodes,
      english: entry.annotation,
      korean: other?.annotation ?? "",
      group: entry.group,
      words: [entry.shortcodes, entry.tags, other?.tags ?? []].map((words) => words.join(" ")),
    };
  });
}

export async function allEmoji(): Promise<Emoji[]> {
  loading ??= load();
  try {
    return await loading;
  } catch (error) {
    loading = undefined; // Offline: the next one who asks tries again.
    throw error;
  }
}
