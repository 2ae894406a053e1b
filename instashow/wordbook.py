"""The word book: which words stand where, so that they are found by word, beginning, part, or with a slip.

Three plain tables serve SQLite and PostgreSQL alike, so both give the same answers in every script; SQLite's full-text
tables and pg_trgm cut Indic words differently and know no common measure of a slip. Each word is kept once with its
grams (three neighbouring letters), so what is searched grows with the vocabulary and not with the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ForeignKey, Index, String, and_, delete, func, intersect, or_, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Model, db, insert
from instashow.spelling import grams, inner_grams, slips_allowed, whole, words

LONGEST = 64
"""Letters of a word that count."""
NEAREST = 40
"""Words of the book that are compared letter by letter with one that is not in it."""
MOST = 400
"""Words of the book that one typed word may stand for; the shortest first."""
MOST_PLACES, MOST_THINGS = 4000, 500

Texts = Mapping[str, Iterable[str]]
"""Field to its texts, such as {"title": ["Vikram Vedha"], "tag": ["Action", "Crime"]}."""


class Word(Model):
    """A word that stands somewhere, folded."""

    __tablename__ = "search_words"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"), unique=True)


class Gram(Model):
    """Three neighbouring letters of a word."""

    __tablename__ = "search_grams"
    __table_args__ = (Index("ix_search_grams_word", "word_id"),)
    gram: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("search_words.id"), primary_key=True, autoincrement=False)


class Place(Model):
    """A word stands in a field of something."""

    __tablename__ = "search_places"
    __table_args__ = (Index("ix_search_places_subject", "kind", "subject_id"),)
    word_id: Mapped[int] = mapped_column(ForeignKey("search_words.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(primary_key=True)


def enter(kind: str, texts_by_id: Mapping[int, Texts]) -> None:
    """Write what these things are found by, in place of what was written before."""
    forget(kind, texts_by_id)
    cut = {subject: _cut(texts) for subject, texts in texts_by_id.items()}
    every = {pair for pairs in cut.values() for pair in pairs}
    ids = _ids({word for word, _ in every}, {word for word, field in every if not field.endswith("=")})
    _write(
        Place,
        [
            {"word_id": ids[word], "kind": kind, "subject_id": subject, "field": field}
            for subject, pairs in cut.items()
            for word, field in sorted(pairs)
        ],
    )


def forget(kind: str, subject_ids: Iterable[int]) -> None:
    """Let these things be found no more."""
    for some in _slices(list(subject_ids)):
        db.session.execute(delete(Place).where(Place.kind == kind, Place.subject_id.in_(some)))


def clear() -> None:
    """Empty the book, before all is entered anew."""
    for table in (Place, Gram, Word):
        db.session.execute(delete(table))


def answering(typed: Iterable[str]) -> dict[int, str]:
    """Words of the book, by id, that may answer to a typed one: it, what begins with it, holds it, or is near it.

    Near are those that share the most grams. One statement.
    """
    wanted = [word[:LONGEST] for word in typed]
    return _words([_alike(word) for word in wanted] + [_nearest(word) for word in wanted if slips_allowed(word)])


def places_of(choices: Iterable[Iterable[int]], kinds: Iterable[str], *, instead: Iterable[int] = ()) -> list[Any]:
    """Where words stand, in things that hold a word of every choice, or one of `instead`.

    Rows of (word_id, kind, subject_id, field); where there are too many, those that are a text by themselves first.
    """
    wanted, kinds, instead = [sorted(choice) for choice in choices], sorted(kinds), sorted(instead)
    holding = [
        select(Place.kind, Place.subject_id).where(Place.word_id.in_(ids), Place.kind.in_(kinds)) for ids in wanted
    ]
    asked = select(Place.word_id, Place.kind, Place.subject_id, Place.field)
    asked = asked.where(Place.word_id.in_({*instead, *(one for ids in wanted for one in ids)}), Place.kind.in_(kinds))
    if len(wanted) > 1:
        both = intersect(*holding).limit(MOST_THINGS).subquery()
        inside = tuple_(Place.kind, Place.subject_id).in_(select(both.c.kind, both.c.subject_id))
        asked = asked.where(or_(inside, Place.word_id.in_(instead)) if instead else inside)
    else:
        asked = asked.order_by(Place.field.endswith("=").desc(), Place.word_id)
    return list(db.session.execute(asked.limit(MOST_PLACES)))


def places_of_any(word_ids: Iterable[int], kinds: Iterable[str]) -> list[Any]:
    """Where any of these words stands, in the same rows."""
    return places_of([word_ids], kinds)


def _words(asked: list[Any]) -> dict[int, str]:
    if not asked:
        return {}
    rows = db.session.execute(select(Word.id, Word.word).where(or_(*(Word.id.in_(ids) for ids in asked))))
    return {row.id: row.word for row in rows}


def _alike(word: str) -> Any:
    shortest = select(Word.id).where(_begins_or_holds(word)).order_by(func.length(Word.word), Word.word)
    return select(shortest.limit(MOST).subquery().c.id)


def _begins_or_holds(word: str) -> Any:
    """A beginning is a range of the words' own order; a part is found by its grams and then looked at."""
    begins = and_(Word.word >= word, Word.word < word + "\U0010ffff")
    if len(word) < 3:
        return begins if word.isascii() else or_(begins, Word.word.contains(word, autoescape=True))
    inner = sorted(inner_grams(word))
    holds = select(Gram.word_id).where(Gram.gram.in_(inner)).group_by(Gram.word_id).having(func.count() == len(inner))
    return or_(begins, and_(Word.id.in_(holds), Word.word.contains(word, autoescape=True)))


def _nearest(word: str) -> Any:
    """Ranked by the share of the typed word's grams."""
    asked = grams(word)
    alike = select(Gram.word_id).where(Gram.gram.in_(sorted(asked))).group_by(Gram.word_id)
    alike = alike.having(func.count() * 5 >= len(asked)).order_by(func.count().desc(), Gram.word_id).limit(NEAREST)
    return select(alike.subquery().c.word_id)


def _cut(texts: Texts) -> set[tuple[str, str]]:
    """Every word with its field; each text also as one word, in a field of its own kind ("title" and "title=").

    Those have no grams: they are found whole or by their beginning.
    """
    cut = set()
    for field, lines in texts.items():
        for line in lines:
            cut |= {(word[:LONGEST], field) for word in words(line)}
            cut |= {(together[:LONGEST], f"{field}=") for together in (whole(line),) if together}
    return cut


def _ids(wanted: set[str], with_grams: set[str]) -> dict[str, int]:
    have = _known(wanted)
    fresh = sorted(wanted - have.keys())
    for some in _slices(fresh):
        db.session.execute(insert(Word).on_conflict_do_nothing(), [{"word": word} for word in some])
    ids = have | _known(fresh)
    new = sorted(with_grams & (set(fresh) | _without_grams(ids, have.keys() & with_grams)))
    _write(Gram, [{"gram": gram, "word_id": ids[word]} for word in new for gram in sorted(grams(word))])
    return ids


def _without_grams(ids: Mapping[str, int], known: Iterable[str]) -> set[str]:
    """Words that so far stood for a whole text only."""
    by_id = {ids[word]: word for word in known}
    bare = set(by_id)
    for some in _slices(sorted(by_id)):
        bare -= set(db.session.scalars(select(Gram.word_id).where(Gram.word_id.in_(some)).distinct()))
    return {by_id[one] for one in bare}


def _known(wanted: Iterable[str]) -> dict[str, int]:
    found = dict[str, int]()
    for some in _slices(list(wanted)):
        rows = db.session.execute(select(Word.word, Word.id).where(Word.word.in_(some)))
        found |= {row.word: row.id for row in rows}
    return found


def _write(table: type[Model], rows: list[dict[str, Any]]) -> None:
    for some in _slices(rows, 5000):
        db.session.execute(insert(table).on_conflict_do_nothing(), some)


def _slices(things: list[Any], size: int = 500) -> list[list[Any]]:
    return [things[start : start + size] for start in range(0, len(things), size)]
