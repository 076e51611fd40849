/**
 * Text as the keys that type it on the standard Korean keyboard (dubeolsik). In keys, a syllable
 * that is half composed is the beginning of the whole one (횡 is 회 and the ㅇ of 회의), and a word
 * typed in the wrong layout is the word itself (dkssud is 안녕, ㅗ디ㅣㅐ is hello).
 */

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const SYLLABLES_FROM = 0xac00;
const SYLLABLES = INITIALS.length * VOWELS.length * FINALS.length;

/** The letters of the keyboard, and those that take two of its keys. Shift makes no difference. */
const KEYS: Record<string, string> = {
  ...{ ㅂ: "q", ㅈ: "w", ㄷ: "e", ㄱ: "r", ㅅ: "t", ㅛ: "y", ㅕ: "u", ㅑ: "i", ㅐ: "o", ㅔ: "p" },
  ...{ ㅁ: "a", ㄴ: "s", ㅇ: "d", ㄹ: "f", ㅎ: "g", ㅗ: "h", ㅓ: "j", ㅏ: "k", ㅣ: "l" },
  ...{ ㅋ: "z", ㅌ: "x", ㅊ: "c", ㅍ: "v", ㅠ: "b", ㅜ: "n", ㅡ: "m" },
  ...{ ㅃ: "q", ㅉ: "w", ㄸ: "e", ㄲ: "r", ㅆ: "t", ㅒ: "o", ㅖ: "p" },
  ...{ ㅘ: "hk", ㅙ: "ho", ㅚ: "hl", ㅝ: "nj", ㅞ: "np", ㅟ: "nl", ㅢ: "ml" },
  ...{ ㄳ: "rt", ㄵ: "sw", ㄶ: "sg", ㄺ: "fr", ㄻ: "fa", ㄼ: "fq", ㄽ: "ft", ㄾ: "fx" },
  ...{ ㄿ: "fv", ㅀ: "fg", ㅄ: "qt" },
};

/** One character and the keys that type it. */
export interface Unit {
  keys: string;
  kind: "syllable" | "consonant" | "vowel" | "letter" | "space";
}

const key = (letter: string | undefined): string => KEYS[letter ?? ""] ?? "";

function syllableKeys(index: number): string {
  const final = index % FINALS.length;
  const vowel = Math.floor(index / FINALS.length) % VOWELS.length;
  const initial = Math.floor(index / FINALS.length / VOWELS.length);
  return key(INITIALS[initial]) + key(VOWELS[vowel]) + key(FINALS[final]);
}

/** Two consonants that an input method has drawn together (ㄳ) are two again. */
function unitsOf(character: string): Unit[] {
  const index = character.charCodeAt(0) - SYLLABLES_FROM;
  if (index >= 0 && index < SYLLABLES) return [{ keys: syllableKeys(index), kind: "syllable" }];
  const keys = KEYS[character];
  if (keys === undefined)
    return [{ keys: character, kind: /[\p{L}\p{N}\p{S}]/u.test(character) ? "letter" : "space" }];
  if (VOWELS.includes(character)) return [{ keys, kind: "vowel" }];
  return Array.from(keys, (each) => ({ keys: each, kind: "consonant" }));
}

/** Whatever form the text is in: systems differ in how they store Hangul. */
export const units = (text: string): Unit[] =>
  Array.from(text.normalize("NFC").toLowerCase()).flatMap(unitsOf);
