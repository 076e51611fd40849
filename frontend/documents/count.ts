/** How long a text is, in what people take for words and characters, in Korean as well. */
import { language } from "../i18n";

export interface Count {
  words: number;
  characters: number;
}

/** Characters as one sees them: 각 and 👩‍👩‍👧 are one each. Spaces count, line breaks do not. */
export function count(text: string): Count {
  let words = 0;
  for (const { isWordLike } of segmenter("word").segment(text)) if (isWordLike) words++;
  let characters = 0;
  for (const { segment } of segmenter("grapheme").segment(text))
    if (segment !== "\n" && segment !== "\r\n") characters++;
  return { words, characters };
}

const segmenter = (granularity: "word" | "grapheme") =>
  new Intl.Segmenter(language(), { granularity });
