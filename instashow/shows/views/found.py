"""The page of what a search found: shows with their next times, theatres, and why each is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import web, wording
from instashow.batches import cut
from instashow.misread import sentences
from instashow.pages import Made
from instashow.screenings import houses as full
from instashow.screenings import slots as reading
from instashow.screenings import spots as theatres_found
from instashow.screenings import whats_on
from instashow.screenings.slots import Slot
from instashow.screenings.spots import Spot
from instashow.screenings.whats_on import Listing
from instashow.shows import cards as printing
from instashow.shows import search
from instashow.shows.cards import Card
from instashow.shows.search import Found, Hit
from instashow.shows.views import home, sifting
from instashow.shows.views.place import Asked, here, part, rated
from instashow.shows.views.printed import first_times, line
from instashow.theatres.towns import Town

MOST_SHOWS, MOST_THEATRES = 48, 24
"""At once; more theatres are on their own page."""


def page(asked: Asked) -> Made:
    """With words and neither city nor day all shows and theatres are searched, else those of that city and day."""
    found = search.find(asked.wanted.q) if asked.wanted.q else Found()
    day = asked.wanted.day or asked.today
    shows, theatres = {hit.id for hit in found.of("show")}, {hit.id for hit in found.of("theatre")}
    offered = [slot for slot in home.slots_of(asked, day) if slot.day == day and slot.offered(asked.now)]
    everywhere = not (asked.wanted.city or asked.wanted.day or asked.wanted.narrows)
    rest = shows - {slot.show_id for slot in offered} if everywhere else set()
    wanted = shows | {slot.show_id for slot in offered if slot.theatre_id in theatres}
    cards, later = printing.beside(wanted, reading.next_day(rest, asked.now))
    listing = whats_on.narrow(offered, cards, asked.wanted, rated=rated, shows=shows, theatres=theatres)
    playing = whats_on.ahead(whats_on.by_show(listing.slots), asked.now)
    hits = found.of("show") if everywhere else _playing(found, playing)
    batch = cut([hit for hit in hits if hit.id in cards], MOST_SHOWS, part())
    spots, towns = _spots(found, asked, everywhere), _towns(found, asked, everywhere)
    context = {
        "here": "search",
        "q": asked.wanted.q or request.args.get("q", ""),
        "errors": sentences(asked.errors),
        "city": asked.town,
        "page_day": wording.stock(day),
        "narrow": sifting.form(asked, listing, cards, day=day),
        "batch": batch,
        "more": here(page=batch.next),
        "first": None if web.wants_part() else here(),
        "shows": _lines(batch.things, cards, playing, later, asked),
        "times_of": _times_of(asked, day) if playing else None,
        "towns": [_town(town, hit) for town, hit in towns],
        "theatres": [_theatre(spot, hit) for spot, hit in spots[:MOST_THEATRES]],
        "theatre_count": len(spots),
        "theatres_url": url_for("theatres.index", q=asked.wanted.q, city="all"),
        "meant": _meant(found, cards, spots, towns) if found.slipped else None,
        "counted": _counted(batch.total, len(spots)) if web.wants_part() and batch.number == 1 else None,
        "tabs": _tabs(len(towns), batch.total, len(spots)),
        "empty": _nothing(asked, listing, everywhere=everywhere),
    }
    template = "shows/_found.html" if web.wants_part() else "shows/search.html"
    return Made(render_template(template, **context), 422 if asked.errors else 200, wording.next_minute(asked.now))


def _playing(found: Found, playing: Mapping[int, list[Slot]]) -> list[Hit]:
    """What plays and was found, or plays where was found."""
    by_id = {hit.id: hit for hit in found.of("show")}
    beside = [Hit("show", show, 0, (), frozenset(), slipped=False) for show in playing if show not in by_id]
    return [by_id[show] for show in by_id if show in playing] + beside


def _lines(
    hits: Sequence[Hit],
    cards: Mapping[int, Card],
    playing: Mapping[int, list[Slot]],
    later: Mapping[int, date],
    asked: Asked,
) -> list[dict[str, Any]]:
    shown = [slot for hit in hits for slot in first_times(playing.get(hit.id, ()))]
    houses = full.words(shown, asked.now)
    return [
        line(
            cards[hit.id],
            playing.get(hit.id, []),
            houses,
            asked.now,
            title_html=wording.marked(wording.unbroken(cards[hit.id].title), hit.words),
            because=_because(cards[hit.id], hit),
            **_own(cards[hit.id], hit),
            **({"more": _later(cards[hit.id], later.get(hit.id), asked.today)} if hit.id not in playing else {}),
        )
        for hit in hits
    ]


def _times_of(asked: Asked, day: date) -> str | None:
    """Whose times stand at the shows: the city is nowhere else on the page."""
    return str(_("Times: %(city)s, %(day)s", city=asked.town.name, day=wording.day_words(day))) if asked.town else None


def _because(card: Card, hit: Hit) -> Any:
    """Why it is there, where the titles do not show it."""
    if "tag" in hit.fields:
        return wording.marked(", ".join(wording.tag(name) for _key, name in card.tags), hit.words)
    return None


def _own(card: Card, hit: Hit) -> dict[str, Any]:
    """Its own title with what was searched, where it was found by that."""
    if "own" not in hit.fields or card.original_title == card.title:
        return {}
    return {"own": wording.marked(wording.unbroken(card.original_title), hit.words)}


def _later(card: Card, day: date | None, today: date) -> str:
    if day is not None:
        return str(_("Next on %(day)s", day=wording.day_words(day)))
    if card.release_date and card.release_date > today:
        return str(_("Comes on %(day)s", day=wording.day_words(card.release_date)))
    return str(_("Not on this fortnight"))


def _spots(found: Found, asked: Asked, everywhere: bool) -> list[tuple[Spot, Hit]]:
    by_id = {hit.id: hit for hit in found.of("theatre")}
    if asked.wanted.narrows and not everywhere:
        return []
    zones, town = {town.zone for town in asked.towns}, asked.town.id if asked.town else None
    spots = theatres_found.those(by_id, zones=zones, now=asked.now)
    found_there = [(spots[id], hit) for id, hit in by_id.items() if id in spots and spots[id].city_id == town]
    return found_there + [(spots[id], hit) for id, hit in by_id.items() if _elsewhere(spots.get(id), town, everywhere)]


def _elsewhere(spot: Spot | None, town: int | None, everywhere: bool) -> bool:
    """Other cities' theatres stand behind those of the city that is shown, and only where everything is searched."""
    return everywhere and spot is not None and spot.city_id != town


def _towns(found: Found, asked: Asked, everywhere: bool) -> list[tuple[Town, Hit]]:
    """Only where none is chosen yet."""
    every = {town.id: town for town in asked.towns} if everywhere else {}
    return [(every[hit.id], hit) for hit in found.of("city") if hit.id in every]


def _town(town: Town, hit: Hit) -> dict[str, Any]:
    own = town.native_name if town.native_name != town.name else ""
    return {
        "url": url_for("shows.home", city=town.slug),
        "figure": town.theatres,
        "name_html": wording.marked(" ".join(one for one in (town.name, own) if one), hit.words),
        "words": wording.dotted(
            ngettext("%(num)d theatre", "%(num)d theatres", town.theatres), _("What is on in %(city)s", city=town.name)
        ),
    }


def _theatre(spot: Spot, hit: Hit) -> dict[str, Any]:
    where = ", ".join(dict.fromkeys(one for one in (spot.place, wording.city(spot.city)) if one))
    come = wording.to_come(spot.shows, spot.next_day)
    return {
        "url": url_for("theatres.theatre", id=wording.slugged(spot.id, spot.name)),
        "figure": spot.shows,
        "name_html": wording.marked(spot.name, hit.words),
        "words": wording.marked(wording.dotted(where, come), hit.words),
    }


def _meant(
    found: Found, cards: Mapping[int, Card], spots: Sequence[tuple[Spot, Hit]], towns: Sequence[tuple[Town, Hit]]
) -> dict[str, Any] | None:
    best = found.hits[0]
    names = [card.title for card in cards.values() if (best.kind, best.id) == ("show", card.id)]
    names += [spot.name for spot, hit in spots if hit == best] + [town.name for town, hit in towns if hit == best]
    return {"words": names[0], "url": here(q=names[0]), "say": None} if names else None


def _counted(shows: int, theatres: int) -> str:
    """What is said aloud of a list that was narrowed."""
    return wording.dotted(
        ngettext("%(num)d show", "%(num)d shows", shows),
        ngettext("%(num)d theatre", "%(num)d theatres", theatres) if theatres else "",
    )


def _tabs(towns: int, shows: int, theatres: int) -> list[dict[str, Any]]:
    words = (
        (_("All"), "#found", towns + shows + theatres),
        (_("Cities"), "#found-cities", towns),
        (_("Shows"), "#found-shows", shows),
        (_("Theatres"), "#found-theatres", theatres),
    )
    return [
        {"words": name, "url": url, "count": count, "current": url == "#found"} for name, url, count in words if count
    ]


def _nothing(asked: Asked, listing: Listing, *, everywhere: bool) -> dict[str, Any]:
    ways = [(_("What is on tonight"), url_for("shows.home")), (_("All theatres"), url_for("theatres.index"))]
    if not everywhere:
        return {
            "figure": "0",
            "sentence": _("Nothing fits all of that."),
            "words": None,
            "ways": [
                *sifting.one_less(listing.counts),
                (_("Search everywhere"), url_for("shows.home", q=asked.wanted.q)),
                *ways,
            ],
        }
    return {
        "figure": "0",
        "sentence": _("Nothing is called that, nor nearly."),
        "words": _("A part of a title, a tag or a place is enough, in any script."),
        "ways": ways,
    }
