"""What is said of letters that no font draws right, and of words that would change places."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from handouts.diagnostics import Diagnostic, Span
from handouts.typeset.direction import mixes_digits
from handouts.typeset.fonts import FontSet
from handouts.typeset.scripts import needs_shaping

RULE = "letter-without-glyph"
MOVED = "digits-would-move"
RULES = frozenset({RULE, MOVED})

FAMILIES = (
    ("HIRAGANA", "Noto Sans JP"),
    ("KATAKANA", "Noto Sans JP"),
    ("HANGUL", "Noto Sans KR"),
    ("CJK", "Noto Sans SC, TC or JP"),
    ("GEORGIAN", "Noto Sans Georgian"),
    ("ARMENIAN", "Noto Sans Armenian"),
    ("ETHIOPIC", "Noto Sans Ethiopic"),
    ("CHEROKEE", "Noto Sans Cherokee"),
    ("TIFINAGH", "Noto Sans Tifinagh"),
)
"""A family under an open licence for each script, by the first word of its characters' Unicode names."""

PICTURES = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cc"})
"""Categories of characters that no name needs: pictures, lone modifiers, and what is not a character."""


MOST_NAMED = 3
"""Letters, and signs, that a message names."""


def find_letter_faults(
    fonts: FontSet, words: str, span: Span, tell: Callable[[Sequence[str]], str]
) -> list[Diagnostic]:
    """Return what keeps words, line by line, from being printed right; ``tell`` says which letters are meant."""
    if fonts.is_common(words):
        return []
    lines = words.split("\n")
    remedies: dict[str, dict[str, None]] = {}
    for line in lines:
        for letter in fonts.missing(line):
            remedies.setdefault(find_remedy(letter), {})[letter] = None
    faults = [
        Diagnostic(RULE, f"no font draws {tell(tuple(letters))}", span, hint=remedy)
        for remedy, letters in remedies.items()
    ]
    if any(map(mixes_digits, lines)):
        message = "words that are read from right to left stand with digits, which would change places"
        hint = "write the words in Latin letters, or the numbers in words"
        faults.append(Diagnostic(MOVED, message, span, hint=hint))
    return faults


def spell_letters(letters: Sequence[str]) -> str:
    """Return the codes and names of letters."""
    more = f" and {len(letters) - MOST_NAMED} more" if len(letters) > MOST_NAMED else ""
    return ", ".join(name_letter(letter) for letter in letters[:MOST_NAMED]) + more


def tell_letters(letters: Sequence[str]) -> str:
    """Return how many letters of which scripts there are, never which: they would spell the name."""
    signs = [letter for letter in letters if unicodedata.category(letter)[0] not in "LMN"]
    told = [name_letter(sign) for sign in signs[:MOST_NAMED]]
    if len(signs) > MOST_NAMED:
        told.append(f"{len(signs) - MOST_NAMED} more")
    if len(signs) < len(letters):
        names = (unicodedata.name(letter, "?").split()[0] for letter in letters if letter not in signs)
        many = len(letters) - len(signs)
        told.append(f"{many} letter{'' if many == 1 else 's'} of it ({', '.join(sorted(set(names)))})")
    return ", ".join(told)


def name_letter(letter: str) -> str:
    """Return the code and the name of a character in Unicode."""
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}{f' ({name.lower()})' if name else ''}"


def find_remedy(letter: str) -> str:
    """Return what helps against a character that cannot be printed."""
    if unicodedata.category(letter) in PICTURES:
        return "leave it out: it is no letter"
    if needs_shaping(letter):
        return "no font here shapes its script: write it in Latin letters"
    name = unicodedata.name(letter, "")
    family = next((family for start, family in FAMILIES if name.startswith(start)), "one that has it")
    return f"put a TrueType family, such as {family}, into a folder and name it as 'fonts:' in the clinic's profile"
