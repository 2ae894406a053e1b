"""The shelves beneath a day: what runs now, what was added last, what is coming soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from instashow import wording
from instashow.screenings.slots import Slot
from instashow.shows.cards import Card
from instashow.shows.views.place import Asked
from instashow.shows.views.printed import facts, minutes_in, plain

SHELF = 12
"""Shows on a shelf."""


def shelves(asked: Asked, day: date, slots: Iterable[Slot], cards: Mapping[int, Card]) -> dict[str, Any]:
    """All three; what runs now only beside today. Of the cards, those that the shelves want are among them."""
    return {
        "running": _running(asked, slots, cards) if day == asked.today else [],
        "latest": [plain(card) | {"words": facts(card)} for card in _latest(asked.today, cards)],
        "soon": [plain(card) | {"words": _comes(card)} for card in _coming(asked.today, cards)],
    }


def _running(asked: Asked, slots: Iterable[Slot], cards: Mapping[int, Card]) -> list[dict[str, Any]]:
    """Started, not ended; each show once, by its latest start."""
    running = {slot.show_id: slot for slot in slots if slot.runs(asked.now) and slot.show_id in cards}
    latest = sorted(running.values(), key=lambda slot: (slot.starts_at, slot.id), reverse=True)[:SHELF]
    return [
        plain(cards[slot.show_id])
        | {"words": _("%(minutes)s in, at %(theatre)s", minutes=minutes_in(slot, asked.now), theatre=slot.theatre)}
        for slot in latest
    ]


def _latest(today: date, cards: Mapping[int, Card]) -> list[Card]:
    latest = [card for card in cards.values() if card.is_latest(today)]
    return sorted(latest, key=lambda card: (card.added_at, card.id), reverse=True)[:SHELF]


def _coming(today: date, cards: Mapping[int, Card]) -> list[Card]:
    coming = [card for card in cards.values() if card.comes_after(today)]
    return sorted(coming, key=lambda card: (card.release_date or today, card.id))[:SHELF]


def _comes(card: Card) -> str:
    return wording.day_words(card.release_date) if card.release_date else ""
