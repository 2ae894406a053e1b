"""Search over shows and theatres: by any word, its beginning, a part of it, or with slips of the finger, in any script.

Every typed word must be found; where no thing has them all, those that have most. A title counts more than a tag or a
city, a whole word more than a beginning, a beginning more than a part, and all of them more than a slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from instashow import wordbook
from instashow.shows import listing as shows
from instashow.spelling import slips, slips_allowed, whole, words
from instashow.theatres import listing as theatres

MOST_WORDS = 8
"""Of what was typed; the rest is left out."""
WEIGHT = {"title": 4.0, "own": 4.0, "title=": 3.0, "own=": 3.0, "city": 2.0, "tag": 2.0, "place": 1.5}
SAME, BEGINS, HOLDS, SLIPPED = 8.0, 5.0, 2.0, 1.0


@dataclass(frozen=True)
class Hit:
    """A show or theatre that was found: by which words of the book, standing in which of its fields."""

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
        """The shows, or the theatres."""
        return [hit for hit in self.hits if hit.kind == kind]


def find(typed: str, *, kinds: Iterable[str] = (shows.KIND, theatres.KIND), at_most: int = 200) -> Found:
    """What is found by the typed words; nothing for an empty text. At most four statements, whatever is typed."""
    asked = list(dict.fromkeys(words(typed)))[:MOST_WORDS]
    if not asked:
        return Found()
    together = whole(typed) if len(asked) > 1 else ""
    book = wordbook.standing_for([*asked, *([together] if together else [])])
    hits = _hits(asked, together, {one: _graded(one, book) for one in (*asked, together)}, kinds)
    if not hits or not _complete(hits, asked):
        near = book | wordbook.near([*asked, *([together] if together else [])])
        forgiving = _hits(
            asked, together, {one: _graded(one, near) | _forgiven(one, near) for one in (*asked, together)}, kinds
        )
        hits = _better(hits, forgiving)
    ranked = sorted(hits.values(), key=lambda one: (-one.hit.score, one.hit.kind, one.hit.id))
    found = [one.hit for one in ranked[:at_most]]
    return Found(found, bool(found) and all(hit.slipped for hit in found))


def rebuild() -> None:
    """Write the whole word book anew: after an import, the demo, or a restore."""
    wordbook.clear()
    theatres.enter()
    shows.enter()


@dataclass(frozen=True)
class _Counted:
    hit: Hit
    covered: int


Grades = Mapping[str, float]


def _graded(typed: str, book: Mapping[int, str]) -> dict[str, float]:
    """How well words of the book answer to a typed one."""
    if not typed:
        return {}
    grade = {word: _grade(typed, word) for word in book.values()}
    return {word: worth for word, worth in grade.items() if worth}


def _grade(typed: str, word: str) -> float:
    if word == typed:
        return SAME
    if word.startswith(typed):
        return BEGINS + len(typed) / len(word)
    return HOLDS + len(typed) / len(word) if typed in word else 0


def _forgiven(typed: str, book: Mapping[int, str]) -> dict[str, float]:
    """Words that are a few slips away, or whose beginning is (while still typing)."""
    most = slips_allowed(typed)
    found = {}
    for word in book.values():
        if _grade(typed, word) or not most:
            continue
        away = slips(typed, word, most)
        begun = slips(typed, word[: len(typed)], max(1, most - 1)) if away is None and len(typed) > 4 else None
        if away is not None:
            found[word] = SLIPPED - 0.1 * away
        elif begun is not None:
            found[word] = SLIPPED - 0.1 * begun - 0.4
    return found


def _hits(
    asked: list[str], together: str, grades: Mapping[str, Grades], kinds: Iterable[str]
) -> dict[tuple[str, int], _Counted]:
    """Everything that stands where the graded words stand, with its score and how many typed words it answers."""
    ids = {word for grade in grades.values() for word in grade}
    if not ids:
        return {}
    by_subject = defaultdict[tuple[str, int], list[tuple[str, str]]](list)
    for word, kind, subject, where in wordbook.places_named(ids, kinds):
        by_subject[kind, subject].append((word, where))
    counted = {key: _count(key, spots, asked, together, grades) for key, spots in by_subject.items()}
    most = max((one.covered for one in counted.values()), default=0)
    return {key: one for key, one in counted.items() if one.covered == most}


def _count(
    key: tuple[str, int], spots: list[tuple[str, str]], asked: list[str], together: str, grades: Mapping[str, Grades]
) -> _Counted:
    best = {typed: _best(grades[typed], spots) for typed in (*asked, together) if grades.get(typed)}
    answered = {typed: one for typed, one in best.items() if one}
    covered = len(asked) if together in answered and together else sum(typed in answered for typed in asked)
    score = sum(one[0] for one in answered.values())
    weakest = [one[1] for typed, one in answered.items() if typed in asked or len(answered) == 1]
    return _Counted(
        Hit(
            key[0],
            key[1],
            round(score, 3),
            tuple(dict.fromkeys(one[2] for one in answered.values())),
            frozenset(one[3].rstrip("=") for one in answered.values()),
            slipped=bool(weakest) and min(weakest) <= SLIPPED,
        ),
        covered,
    )


def _best(grade: Grades, spots: list[tuple[str, str]]) -> tuple[float, float, str, str] | None:
    """The best place for one typed word: (score, grade, word, field)."""
    return max(
        ((grade[word] * WEIGHT.get(where, 1.0), grade[word], word, where) for word, where in spots if word in grade),
        default=None,
    )


def _complete(hits: Mapping[tuple[str, int], _Counted], asked: list[str]) -> bool:
    return any(one.covered >= len(asked) for one in hits.values())


def _better(
    plain: dict[tuple[str, int], _Counted], forgiving: dict[tuple[str, int], _Counted]
) -> dict[tuple[str, int], _Counted]:
    most = max((one.covered for one in plain.values()), default=0)
    return forgiving if max((one.covered for one in forgiving.values()), default=0) > most else plain or forgiving
