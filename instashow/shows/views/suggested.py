"""What is offered under the search field while one types: a few cities, shows and theatres, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext, ngettext

from instashow import wording
from instashow.cache import cached
from instashow.screenings import filters
from instashow.shows import cards as printing
from instashow.shows import search
from instashow.shows.search import Found, Hit
from instashow.shows.views.place import show_url
from instashow.shows.views.printed import facts
from instashow.theatres import theatres, towns

MOST = {"city": 2, "show": 5, "theatre": 3}
"""Of each kind; more is on the page of what was found."""


def context() -> dict[str, Any]:
    """What shows/_suggestions.html prints for the words that this request carries."""
    typed = " ".join(request.args.get("q", "").split())
    found = search.find(typed) if 0 < len(typed) <= filters.LONGEST else Found()
    chosen = {kind: found.of(kind)[:most] for kind, most in MOST.items()}
    lines = {"city": _cities(chosen["city"]), "show": _shows(chosen["show"]), "theatre": _theatres(chosen["theatre"])}
    offered = [line for kind in _best_first(found) for line in lines[kind]]
    return {
        "typed": typed,
        "suggestions": offered,
        "every": url_for("shows.home", q=typed),
        "said": _said(len(offered)) if typed else "",
    }


def _said(offered: int) -> str:
    return str(ngettext("%(num)d suggestion", "%(num)d suggestions", offered) if offered else gettext("No suggestions"))


def _best_first(found: Found) -> list[str]:
    """The kind of the best hit leads; the others follow as they are named above."""
    return list(dict.fromkeys([*(hit.kind for hit in found.hits[:1]), *MOST]))


def _cities(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    every = {town.id: town for town in cached("programme", "towns", towns.towns)} if hits else {}
    return [
        _line(
            url_for("shows.home", city=every[hit.id].slug),
            wording.city(every[hit.id].name, every[hit.id].native_name),
            hit,
            ngettext("City, %(num)d theatre", "City, %(num)d theatres", every[hit.id].theatres),
        )
        for hit in hits
        if hit.id in every
    ]


def _shows(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    cards = printing.of(hit.id for hit in hits)
    known = [(cards[hit.id], hit) for hit in hits if hit.id in cards]
    return [
        _line(
            show_url(card), card.title, hit, facts(card), own=card.original_title, lang=next(iter(card.languages), None)
        )
        for card, hit in known
    ]


def _theatres(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    named = theatres.named([hit.id for hit in hits])
    known = [(named[hit.id], hit) for hit in hits if hit.id in named]
    return [
        _line(
            url_for("theatres.theatre", id=wording.slugged(one.id, one.name)),
            one.name,
            hit,
            ", ".join(dict.fromkeys(word for word in (one.place, wording.city(one.city)) if word)),
        )
        for one, hit in known
    ]


def _line(url: str, name: str, hit: Hit, words: str, *, own: str = "", lang: str | None = None) -> dict[str, Any]:
    return {
        "url": url,
        "name": wording.marked(name, hit.words),
        "words": words,
        "own": wording.marked(own, hit.words) if own and own != name else "",
        "lang": lang,
    }
