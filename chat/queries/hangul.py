"""What somebody types of a Korean name, as a pattern of the names that begin so: by initial
consonants (ㄱㅊㅅ), with the last syllable half composed (김ㅊ, 김처), on the wrong layout (rlacj).
The browser code finds in the same way (models/korean-search.ts) whom it has heard of; in a large
house it has to ask for the others. Of what was typed only Korean letters come into the pattern."""

import re

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
SYLLABLES_FROM = 0xAC00
SYLLABLES_WITH_VOWEL = len(FINALS)
SYLLABLES_WITH_INITIAL = len(VOWELS) * SYLLABLES_WITH_VOWEL

# The letters of the keyboard; with Shift some are doubled.
KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
) | dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
PAIRS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ", "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
APART = {together: pair for pair, together in PAIRS.items()}
PAIRED = "|".join(PAIRS)
# A consonant before a vowel begins the next syllable.
SYLLABLE = re.compile(
    rf"([{INITIALS}])({PAIRED}|[{VOWELS}])((?:{PAIRED}|[{FINALS.strip()}])(?![{VOWELS}]))?"
)


def beginning(typed: str) -> str | None:
    """A regular expression; None for what begins no Korean name."""
    letters = "".join(KEYS.get(key) or KEYS.get(key.lower(), key) for key in typed)
    text = SYLLABLE.sub(_together, letters)
    if not text or not all(letter in INITIALS or _is_syllable(letter) for letter in text):
        return None
    return f"^{''.join(map(_begun, text[:-1]))}{_half(text[-1])}"


def _is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def _together(letters: re.Match[str]) -> str:
    initial, vowel, final = (PAIRS.get(each or "", each) for each in letters.groups())
    if vowel not in VOWELS or (final or " ") not in FINALS:
        return letters[0]
    place = INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)
    return chr(SYLLABLES_FROM + place * SYLLABLES_WITH_VOWEL + FINALS.index(final or " "))


def _begun(character: str) -> str:
    """A consonant is that of any syllable that begins with it."""
    if character not in INITIALS:
        return character
    first = SYLLABLES_FROM + INITIALS.index(character) * SYLLABLES_WITH_INITIAL
    return f"[{character}{chr(first)}-{chr(first + SYLLABLES_WITH_INITIAL - 1)}]"


def _half(character: str) -> str:
    """The last one may be on its way to another: 처 to 철, 김 to 기마."""
    if not _is_syllable(character):
        return _begun(character)
    final = (ord(character) - SYLLABLES_FROM) % SYLLABLES_WITH_VOWEL
    if final == 0:
        return f"[{character}-{chr(ord(character) + SYLLABLES_WITH_VOWEL - 1)}]"
    pair = APART.get(FINALS[final], f" {FINALS[final]}")
    without = chr(ord(character) - final + FINALS.index(pair[0]))
    return f"({character}|{without}{_begun(pair[1])})"
