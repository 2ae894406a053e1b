"""Search over shows, theatres and cities: by any word, its beginning, a part of it, or with slips, in any script.

Every typed word must be found; where no thing has them all, those that have most. A title counts more than a tag or a
city, a whole word more than a beginning, a beginning more than a part, and all of them more than a slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from instashow import wordbook
from instashow.shows import listing as shows
from instashow.spelling import slips, slips_allowed, unspaced, weight, whole, words
from instashow.theatres import listing as theatres

KINDS = (shows.KIND, theatres.KIND, theatres.CITY)
MOST_WORDS = 8
"""Of what was typed; the rest is left out."""
WEIGHT = {"title": 4.0, "own": 4.0, "title=": 3.0, "own=": 3.0, "city": 2.0, "tag": 2.0, "place": 1.5}
SHORT = 2
"""The weight of a word that tells little, in letters."""
SAME, BEGINS, HOLDS, SLIPPED = 8.0, 5.0, 2.0, 1.0


@dataclass(frozen=True)
class Hit:
    """A show, theatre or city that was found: by which words (as typed, or as meant), in which of its fields."""

    kind: str
    id: int
    score: float
    words: tuple[str, ...]
    fields: frozenset[str]
    slipped: bool
    """Only found by forgiving a slip of the finger."""


@dataclass(frozen=True)
class Found:
    """What a search found, best first. `slipped`: nothing is called as typed, these are nearest to it."""

    hits: list[Hit] = field(default_factory=list)
    slipped: bool = False

    def of(self, kind: str) -> list[Hit]:
        """The shows, the theatres, or the cities."""
        return [hit for hit in self.hits if hit.kind == kind]


def find(typed: str, *, kinds: Iterable[str] = KINDS, at_most: int = 200) -> Found:
    """What is found by the typed words; nothing for an empty text. At most four statements, whatever is typed."""
    asked = tuple(dict.fromkeys(words(typed)))[:MOST_WORDS]
    if not asked:
        return Found()
    counted = _counted(_Asked(asked, whole(typed) if len(asked) > 1 else "", tuple(kinds)))
    ranked = sorted(counted, key=lambda one: (-one.hit.score, one.hit.kind, one.hit.id))
    hits = [one.hit for one in ranked[:at_most]]
    return Found(hits, bool(hits) and all(hit.slipped for hit in hits))


def rebuild() -> None:
    """Write the whole word book anew: after an import, the demo, or a restore."""
    wordbook.clear()
    theatres.enter()
    shows.enter()


@dataclass(frozen=True)
class _Asked:
    """The typed words, all of them as one, and what is looked for."""

    words: tuple[str, ...]
    together: str
    kinds: tuple[str, ...]

    @property
    def tried(self) -> tuple[str, ...]:
        return (*self.words, self.together) if self.together else self.words


@dataclass(frozen=True)
class _Counted:
    hit: Hit
    covered: int


Grades = Mapping[str, float]


def _counted(asked: _Asked) -> list[_Counted]:
    """First as typed; then with slips forgiven; then whatever answers most of the words, at last with slips too."""
    book = wordbook.answering(asked.tried)
    grades = {one: _graded(one, book) for one in asked.tried}
    if hits := _holding_all(asked, book, grades):
        return hits
    exact = grades
    grades = {one: grade if SAME in grade.values() else grade | _forgiven(one, book) for one, grade in grades.items()}
    if hits := _holding_all(asked, book, grades) or _holding_most(asked, book, exact):
        return hits
    return [one for one in _holding_most(asked, book, grades) if one.covered * 2 > len(asked.words)]


def _holding_all(asked: _Asked, book: Mapping[int, str], grades: Mapping[str, Grades]) -> list[_Counted]:
    choices = [[one for one, word in book.items() if word in grades[typed]] for typed in asked.words]
    instead = [one for one, word in book.items() if word in grades.get(asked.together, ())]
    if not all(choices):
        choices = [instead] if instead else []
    if not choices:
        return []
    counted = _count_all(wordbook.places_of(choices, asked.kinds, instead=instead), asked, book, grades)
    return [one for one in counted if one.covered >= len(asked.words)]


def _holding_most(asked: _Asked, book: Mapping[int, str], grades: Mapping[str, Grades]) -> list[_Counted]:
    """One or two letters alone would answer to anything: beside longer words they do not count here."""
    telling = {one: grade for one, grade in grades.items() if weight(one) > SHORT} or grades
    asked = replace(asked, words=tuple(one for one in asked.words if one in telling))
    every = [one for one, word in book.items() if any(word in grade for grade in telling.values())]
    counted = _count_all(wordbook.places_of_any(every, asked.kinds) if every else [], asked, book, telling)
    most = max((one.covered for one in counted), default=0)
    return [one for one in counted if one.covered == most]


def _count_all(
    rows: Iterable[Any], asked: _Asked, book: Mapping[int, str], grades: Mapping[str, Grades]
) -> list[_Counted]:
    """Everything that stands where the words stand, with its score and how many typed words it answers."""
    by_subject = defaultdict[tuple[str, int], list[tuple[str, str]]](list)
    for word_id, kind, subject, where in rows:
        by_subject[kind, subject].append((book[word_id], where))
    return [_count(key, spots, asked, grades) for key, spots in by_subject.items()]


def _graded(typed: str, book: Mapping[int, str]) -> dict[str, float]:
    """How well words of the book answer to a typed one; of a short one the middles of words only where none begins so,
    for one or two letters stand in the middle of anything."""
    if not typed:
        return {}
    grade = {word: worth for word in book.values() if (worth := _grade(typed, word))}
    if weight(typed) > SHORT or unspaced(typed) or max(grade.values(), default=0) < BEGINS:
        return grade
    return {word: worth for word, worth in grade.items() if worth >= BEGINS}


def _grade(typed: str, word: str) -> float:
    if word == typed:
        return SAME
    if word.startswith(typed):
        return BEGINS + len(typed) / len(word)
    return HOLDS + len(typed) / len(word) if typed in word else 0


def _forgiven(typed: str, book: Mapping[int, str]) -> dict[str, float]:
    """Words that are a few slips away, or whose beginning is (while still typing)."""
    most, long = slips_allowed(typed), weight(typed) > 4
    found = {}
    for word in book.values():
        if _grade(typed, word) or not most:
            continue
        away = slips(typed, word, most)
        begun = slips(typed, word[: len(typed)], max(1, most - 1)) if away is None and long else None
        if away is not None:
            found[word] = SLIPPED - 0.1 * away
        elif begun is not None:
            found[word] = SLIPPED - 0.1 * begun - 0.4
    return found


def _count(key: tuple[str, int], spots: list[tuple[str, str]], asked: _Asked, grades: Mapping[str, Grades]) -> _Counted:
    best = {typed: _best(grades[typed], spots) for typed in asked.tried}
    answered = {typed: one for typed, one in best.items() if one}
    covered = len(asked.words) if asked.together in answered else sum(typed in answered for typed in asked.words)
    deciding = [one[1] for typed, one in answered.items() if typed in asked.words] or [
        one[1] for one in answered.values()
    ]
    hit = Hit(
        *key,
        score=round(sum(one[0] for one in answered.values()), 3),
        words=tuple(dict.fromkeys(typed if typed in one[2] else one[2] for typed, one in answered.items())),
        fields=frozenset(one[3].rstrip("=") for one in answered.values()),
        slipped=min(deciding) <= SLIPPED,
    )
    return _Counted(hit, covered)


def _best(grade: Grades, spots: list[tuple[str, str]]) -> tuple[float, float, str, str] | None:
    """The best place for one typed word: (score, grade, word, field)."""
    return max(
        ((grade[word] * WEIGHT.get(where, 1.0), grade[word], word, where) for word, where in spots if word in grade),
        default=None,
    )
