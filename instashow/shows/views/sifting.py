"""The filters of the programme as links with counts, and as a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow import web, wording
from instashow.misread import sentences
from instashow.screenings.filters import SORTS, Wanted
from instashow.screenings.slots import FORTNIGHT
from instashow.screenings.whats_on import Counts, Listing
from instashow.shows.cards import Card
from instashow.shows.views.place import Asked, here

QUICK = 4
"""Languages and kinds in the short row."""
STARS = ("3", "3.5", "4", "4.5")
EVENING = (19, 21)


def quick(asked: Asked, listing: Listing, cards: Mapping[int, Card]) -> list[list[dict[str, Any]]]:
    """The short row: when, which language, which kind."""
    wanted, counts = asked.wanted, listing.counts
    typed = request.args.get("from", "")
    times = [_word(_("Any time"), here(from_=None, to=None), not typed)]
    times += [
        _word(_("After %(hour)s", hour=wording.hour(hour)), here(from_=f"{hour}:00", to=None), typed == f"{hour}:00", n)
        for hour in EVENING
        if (n := counts.hours[hour]) and (asked.wanted.day or asked.today, hour) > (asked.today, asked.local.hour)
    ]
    spoken = [_word(_("Every language"), here(language=None), not wanted.language)]
    spoken += [
        _word(wording.language(code), here(language=code), wanted.language == code, n)
        for code, n in counts.languages.most_common(QUICK)
    ]
    kinds = [_word(_("Every kind"), here(tag=None), not wanted.tags)]
    names = tag_names(cards)
    kinds += [
        _word(wording.tag(names[key]), here(tag=names[key]), key in wanted.tags, n)
        for key, n in counts.tags.most_common(QUICK)
        if key in names
    ]
    return [times, spoken, kinds]


def form(asked: Asked, listing: Listing, cards: Mapping[int, Card], *, day: date | None) -> dict[str, Any]:
    """The whole form, as typed, each wrong field with its sentence."""
    hidden: dict[str, Any] = {"q": asked.wanted.q, "day": day.isoformat() if day and asked.wanted.day else ""}
    total = listing.counts.total
    return {
        "groups": [group for group in _groups(asked, listing, cards) if _useful(group)],
        "chosen": _chosen(asked),
        "ends": ngettext("Show %(num)d show", "Show %(num)d shows", total),
        "clear": url_for("shows.home", **{name: value for name, value in hidden.items() if value}),
        "hidden": hidden,
        "open": web.wants_part() or bool(asked.errors),
        "set": sum(1 for name in FIELDS if getattr(asked.wanted, name) != getattr(Wanted(), name)),
    }


def nothing_on(asked: Asked, counts: Counts) -> dict[str, Any]:
    """What to say where nothing is left, and which one filter to give up for something."""
    day = asked.wanted.day or asked.today
    said, over = wording.dated(day, asked.today), day < asked.today
    ways = [(_("What is on today"), here(day=None))] if day != asked.today else []
    ways += one_less(counts) if not over else []
    ways += [(_("Clear the filters"), here(**dict.fromkeys(FILTERS)))] if asked.wanted.narrows and not over else []
    if over:
        sentence = _("%(day)s is over.", day=said)
    elif asked.wanted.narrows:
        sentence = _("Nothing fits all of that on %(day)s.", day=said)
    elif day >= asked.today + timedelta(days=FORTNIGHT):
        sentence = _("Nothing is on sale for %(day)s yet.", day=said)
    else:
        sentence = _("Nothing is on sale for %(day)s.", day=said)
    ways += [(_("All theatres"), url_for("theatres.index"))]
    words = _("Tickets that you bought are under Tickets.") if over else None
    return {"figure": str(day.day), "sentence": sentence, "words": words, "ways": ways}


FIELDS = ("from_minute", "to_minute", "tags", "min_rating", "language", "format", "theatre", "max_price", "accessible")
FILTERS = ("from_", "to", "tag", "min_rating", "language", "format", "theatre", "max_price", "accessible")


def one_less(counts: Counts) -> list[tuple[str, str]]:
    """A way without each filter that stands alone between the visitor and a show, the most shows first."""
    names = {
        "from": _("Any time"),
        "language": _("Every language"),
        "tag": _("Every kind"),
        "format": _("Every format"),
        "theatre": _("Every theatre"),
        "max_price": _("Any price"),
        "min_rating": _("Any rating"),
        "accessible": _("Any place"),
    }
    found = sorted(((n, name) for name, n in counts.without.items() if n), key=lambda one: (-one[0], one[1]))
    shows = {name: ngettext("%(num)d show", "%(num)d shows", n) for n, name in found}
    gone: dict[str, dict[str, Any]] = {"from": {"from_": None, "to": None}}
    return [(f"{names[name]}: {shows[name]}", here(**gone.get(name, {name: None}))) for _n, name in found[:3]]


def tag_names(cards: Mapping[int, Card]) -> dict[str, str]:
    """Tags by key, as written."""
    return {key: name for card in cards.values() for key, name in card.tags}


def _groups(asked: Asked, listing: Listing, cards: Mapping[int, Card]) -> list[dict[str, Any]]:
    wanted, counts, typed = asked.wanted, listing.counts, request.args
    wrong = _absent(asked, counts) | sentences(asked.errors)
    towns = [(town.slug, town.name) for town in asked.towns]
    city = asked.town.slug if asked.town else ""
    if wanted.q and not (wanted.city or wanted.day):
        towns, city = [("", _("Every city")), *towns], ""
    spoken, formats = _listed(counts.languages, wording.language), _listed(counts.formats, str)
    stars = [(step, _("%(n)s and up", n=step), None) for step in STARS]
    wheels = [("", _("Any"), None), ("1", _("Free ones"), counts.accessible)]
    return [
        _group("select", "city", _("City"), towns, city, wrong),
        _hours(wrong),
        _group("radio", "language", _("Language"), _any(spoken), wanted.language, wrong),
        _kinds(asked, counts, tag_names(cards), wrong),
        _group("radio", "format", _("Format"), _any(formats), wanted.format, wrong),
        _group("select", "theatre", _("Theatre"), _theatres(listing), wanted.theatre or "", wrong),
        _group("radio", "min_rating", _("Rating, of 5"), _any(stars), typed.get("min_rating", ""), wrong),
        _group("number", "max_price", _("Highest price"), [], typed.get("max_price", ""), wrong)
        | {"min": 0, "step": "any"},
        _group("radio", "accessible", _("Wheelchair places"), wheels, "1" if wanted.accessible else "", wrong),
        _group("select", "sort", _("Order"), list(zip(SORTS, _sorts(), strict=True)), wanted.sort, wrong),
    ]


def _absent(asked: Asked, counts: Counts) -> dict[str, str]:
    """What may well be asked for, but is not to be had that day."""
    language, format = asked.wanted.language, asked.wanted.format.casefold()
    said = _("There is none of it on this day.")
    missing = {"language": language and language not in counts.languages}
    missing["format"] = format and format not in {one.casefold() for one in counts.formats}
    return {name: str(said) for name, gone in missing.items() if gone}


def _hours(wrong: Mapping[str, str]) -> dict[str, Any]:
    fields = [
        (name, label, "time", request.args.get(name, ""), wrong.get(name))
        for name, label in (("from", _("From")), ("to", _("To")))
    ]
    return {"kind": "span", "legend": _("When"), "fields": fields, "error": wrong.get("from") or wrong.get("to")}


def _kinds(asked: Asked, counts: Counts, names: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    choices = [(names.get(key, key), wording.tag(names.get(key, key)), n) for key, n in counts.tags.most_common(16)]
    chosen = [names.get(key, key) for key in asked.wanted.tags] or request.args.getlist("tag")
    return _group("checks", "tag", _("Kind"), choices, "", wrong) | {"chosen": chosen}


def _theatres(listing: Listing) -> list[tuple[Any, str]]:
    names = {slot.theatre_id: slot.theatre for slot in listing.slots}
    counted = [(id, f"{names[id]} ({n})") for id, n in listing.counts.theatres.items() if id in names]
    return [("", _("Every theatre")), *sorted(counted, key=lambda one: one[1].casefold())]


def _useful(group: Mapping[str, Any]) -> bool:
    """Whether there is something to choose, or to mend."""
    few = {"radio": 2, "checks": 1}.get(group["kind"], 0)
    chosen = group.get("value") or group.get("chosen")
    return bool(group.get("error") or chosen) or len(group.get("choices", ())) >= few


def _group(
    kind: str, name: str, legend: str, choices: list[Any], value: Any, wrong: Mapping[str, str]
) -> dict[str, Any]:
    return {"kind": kind, "name": name, "legend": legend, "choices": choices, "value": value, "error": wrong.get(name)}


def _listed(counts: Any, name: Any) -> list[tuple[str, str, int]]:
    return [(code, name(code), n) for code, n in counts.most_common(12) if code]


def _any(choices: list[Any]) -> list[Any]:
    return [("", _("Any"), None), *choices]


def _sorts() -> tuple[str, ...]:
    return _("Next start"), _("Title"), _("Rating"), _("Lowest price"), _("Latest added")


def _chosen(asked: Asked) -> str:
    everywhere = asked.wanted.q and not (asked.wanted.city or asked.wanted.day)
    town = asked.town.name if asked.town and not everywhere else ""
    return ", ".join(one for one in (town, narrowed_to(asked)) if one)


def titled(asked: Asked, title: str) -> str:
    """A page's title, what it is narrowed to first: pages of one day are told apart by it."""
    words = ", ".join(one for one in (_from(request.args.get("from", "")), narrowed_to(asked), title) if one)
    return words[:1].upper() + words[1:]


def _from(typed: str) -> str:
    """ "After 7 pm"."""
    hour, _colon, minute = typed.partition(":")
    known = hour in {str(one) for one in EVENING} and minute == "00"
    return str(_("After %(hour)s", hour=wording.hour(int(hour)))) if known else ""


def narrowed_to(asked: Asked) -> str:
    """ "Tamil, Drama, IMAX"."""
    wanted = asked.wanted
    words = [wording.language(wanted.language) if wanted.language else ""]
    words += [*map(wording.tag, wanted.tags), wanted.format, _("wheelchair places") if wanted.accessible else ""]
    if wanted.max_price is not None:
        words.append(_("up to %(price)s", price=wording.money(wanted.max_price)))
    return ", ".join(word for word in words if word)


def _word(words: str, url: str, current: bool, count: int | None = None) -> dict[str, Any]:
    return {"words": words, "url": url, "current": current, "count": count}
