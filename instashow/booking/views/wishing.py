"""What a visitor asks for on the seat page: how many, where, which; read strictly where it changes something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from instashow.web import LARGEST_ID, whole

MOST = 50
"""The largest party a theatre may allow."""


class BadWish(Exception):
    """What was asked for is no seat and no number; says why in words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Wish:
    """What the page is to show: a party's size, its wheelchairs, the how-manieth best block, the plain list."""

    party: int | None = None
    accessible: int = 0
    nth: int | None = None
    listed: bool = False
    over: bool = False
    """The visitor's clock has just run out."""

    def args(self, **other: Any) -> dict[str, Any]:
        """The same in an address, where it differs from the usual."""
        said = {"party": self.party, "accessible": self.accessible, "list": int(self.listed), **other}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Asked:
    """Places to hold, or so many of the best; places to let go, or all."""

    seats: frozenset[int] = frozenset()
    quantity: int | None = None
    accessible: int = 0
    beside: int | None = None
    """How many the page said are held already; so many together with `quantity`, however often that is sent."""
    release: frozenset[int] = frozenset()
    all: bool = False

    @property
    def wanted(self) -> bool:
        """Whether anything is to be held."""
        return bool(self.seats) or self.quantity is not None


def wish_of(words: Mapping[str, str]) -> Wish:
    """Read leniently: what makes no sense shows the usual page."""
    party = whole(words.get("party"), 1, MOST)
    return Wish(
        party=party,
        accessible=min(whole(words.get("accessible"), 0, MOST) or 0, party or 2),
        nth=whole(words.get("next"), 0, 999),
        listed=words.get("list") == "1",
        over=words.get("over") == "1",
    )


def asked_of(form: MultiDict[str, str], address: Mapping[str, str] | None = None) -> Asked:
    """Read strictly; `address` are the words of the address it was sent to. Raises BadWish."""
    release = form.getlist("release")
    quantity = None
    if "quantity" in form:
        quantity = whole(form["quantity"].strip(), 1, 10**6)
        if quantity is None:
            raise BadWish(_("How many places? Write a whole number from 1."))
    asked = Asked(
        seats=_ids(form.getlist("seat")),
        quantity=quantity,
        accessible=_accessible(form, quantity),
        beside=whole((address or {}).get("beside"), 0, MOST),
        release=_ids([one for one in release if one != "all"]),
        all="all" in release,
    )
    if not (asked.wanted or asked.release or asked.all):
        raise BadWish(_("No seat was chosen."))
    return asked


def _accessible(form: MultiDict[str, str], quantity: int | None) -> int:
    typed = (form.get("accessible") or "0").strip()
    found = whole(typed, 0, quantity or MOST)
    if found is None:
        raise BadWish(_("As many wheelchair places as people at most."))
    return found


def _ids(typed: list[str]) -> frozenset[int]:
    """Place ids; one button may name two, as a love seat's does."""
    words = [word for one in typed for word in one.split()]
    if any(not one.strip() for one in typed) or len(words) > 2 * MOST:
        raise BadWish(_("That is no seat of this hall."))
    ids = [whole(word, 1, LARGEST_ID) for word in words]
    if None in ids:
        raise BadWish(_("That is no seat of this hall."))
    return frozenset(id for id in ids if id is not None)
