"""How words are compared, in any script: folded, cut into words, into grams, and told apart by slips of the finger."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

SILENT = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0640"))
"""Joiners, soft hyphens and the Arabic stretch: inside a word, but no part of it."""
ALIKE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "’": "'"})
"""Latin letters that no decomposition makes plain."""

UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
"""As Unicode begins the names of their letters."""


def fold(text: str) -> str:
    """A text as it is compared: NFKC, without case, accents of Latin, Greek and Cyrillic letters, and joiners.

    Vowel signs and other marks of Indic, Arabic, Hebrew and Thai letters stay: they are other words without them.
    """
    plain = unicodedata.normalize("NFKD", text.translate(SILENT)).casefold()
    kept = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFKC", kept).translate(ALIKE)


def words(text: str) -> list[str]:
    """The words of a text, folded: runs of letters with their marks, and digits. "K.G.F" is three."""
    return "".join(sign if _in_word(sign) else " " for sign in fold(text)).split()


def whole(text: str) -> str:
    """All of a text's words as one, so that "spiderman" and "Spider-Man" meet."""
    return "".join(words(text))


def grams(word: str) -> set[str]:
    """Every three neighbours of a word that stands between blanks: "  k", " ka", "kal" … as PostgreSQL's pg_trgm."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def inner_grams(part: str) -> set[str]:
    """Every three neighbours inside a part of a word."""
    return {part[at : at + 3] for at in range(len(part) - 2)}


def weight(word: str) -> int:
    """How much a word tells, in letters: a vowel sign or another mark that stays tells half as much as a letter.

    "कबा" is two letters and no more of a word than "ab".
    """
    signs = sum(unicodedata.category(sign) in ("Mn", "Mc") for sign in word)
    return len(word) - signs + signs // 2


def unspaced(word: str) -> bool:
    """Whether it is of a script that sets no blanks between words, so that a word may stand inside another."""
    return any(unicodedata.name(sign, "").startswith(UNSPACED) for sign in word)


def slips_allowed(word: str) -> int:
    """How many slips of the finger a word of this weight may have."""
    tells = weight(word)
    return 0 if tells < 3 else 1 if tells < 5 else 2 if tells < 9 else 3


def slips(typed: str, meant: str, most: int) -> int | None:
    """Letters left out, put in, changed or swapped with their neighbour; None for more than `most`.

    The optimal string alignment distance (Damerau 1964).
    """
    if abs(len(typed) - len(meant)) > most:
        return None
    before, row = list[int](), list(range(len(meant) + 1))
    for i, one in enumerate(typed, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == meant[j - 2] and typed[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def marks(text: str, found: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words or beginnings stand in a text as it is written: pairs (from, to), none overlapping."""
    spots = sorted({spot for word in found if word for spot in _spots(text, word)})
    kept: list[tuple[int, int]] = []
    for start, end in spots:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _spots(text: str, word: str) -> Iterator[tuple[int, int]]:
    folded, origin = "", list[int]()
    for at, sign in enumerate(text):
        part = _folded(sign)
        folded += part
        origin += [at] * len(part)
    at = folded.find(word)
    while at >= 0:
        end = origin[at + len(word) - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Mc"):  # a letter keeps its signs
            end += 1
        yield origin[at], end
        at = folded.find(word, at + len(word))


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    return fold(sign)


@lru_cache(maxsize=4096)
def _in_word(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LN" or category in ("Mn", "Mc", "Co")
