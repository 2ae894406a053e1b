"""Sentences of the seat page: what is on, how full, what a seat costs, what is held, why there is no sale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from babel.units import format_unit
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import best_seats, choosing, holds, seat_words
from instashow.booking import paper_words as words
from instashow.booking.house import House
from instashow.booking.tier_words import Prices


def screening(house: House) -> dict[str, Any]:
    """What is on, where and when, for the head of seat page and till."""
    about, at = house.about, house.about.starts_at.astimezone(ZoneInfo(house.about.zone))
    own = about.original_title if about.original_title != about.title else ""
    return {
        "id": house.sale.screening_id,
        "title": about.title,
        "own": own,
        "lang": about.own_language or None,
        "at": at,
        "words": line(house),
        "place": _("%(day)s, %(screen)s", day=f"{words.weekday(at)} {words.date(at)}", screen=_where(house)),
    }


def line(house: House) -> str:
    """ "Saturday 21, Sapphire 1. 77 of 418 free"."""
    at = house.about.starts_at.astimezone(ZoneInfo(house.about.zone))
    day = f"{words.weekday(at)} {at.day}"
    return str(
        _(
            "%(day)s, %(screen)s. %(free)s of %(all)s free",
            day=day,
            screen=_where(house),
            free=len(house.free),
            all=house.sale.capacity,
        )
    )


def held(house: House) -> dict[str, Any] | None:
    """The clock of what is held, and what it says as it runs down."""
    if house.held is None:
        return None
    return {"until": house.held.expires_at, "now": house.now, "words": clock_words(house)}


def keeps(house: House) -> dict[str, int]:
    """How often the seats may still be kept, and for how many minutes each time."""
    return {"left": house.held.extensions_left if house.held else 0, "minutes": int(holds.KEEP.total_seconds()) // 60}


def clock_words(house: House | None) -> dict[int, str]:
    """What is spoken when so many seconds are left; without a house where there is no button that keeps them."""
    kept = _("“Keep my seats” gives two more.") if house and house.held and house.held.extensions_left else ""
    return {
        300: str(_("Five minutes left for your seats.")),
        120: str(_("Two minutes left for your seats.")),
        60: " ".join(filter(None, [_("One minute left for your seats."), kept])),
    }


def yours(house: House) -> str:
    """What is held and for how long, without its sum."""
    return str(
        ngettext(
            "%(seats)s is yours for %(left)s.",
            "%(seats)s are yours for %(left)s.",
            len(house.mine),
            seats=seat_words.listed(house.hall, house.mine),
            left=_left(house),
        )
    )


def offered(house: House, tried: Collection[int], party: int) -> str:
    """ "E4 and E5, side by side, ₹518."; where nobody sees the places "2 places, ₹518."."""
    if house.hall.unnumbered and house.open:
        total = house.ask(usual(house)).amount * party
        return str(_("%(seats)s, %(total)s.", seats=words.places([("", "")] * party, True), total=words.money(total)))
    if not tried:
        return ""
    said = {"seats": seat_words.listed(house.hall, tried), "total": words.money(sum(map(house.price, tried)))}
    beside = len(tried) > 1 and _together(house, tried)
    return str(_("%(seats)s, side by side, %(total)s.", **said) if beside else _("%(seats)s, %(total)s.", **said))


def spoken(house: House) -> str:
    """What the live region says of what is held: its clock and its sum."""
    if not house.mine:
        return str(_("No seat is held."))
    total = words.money(sum(house.price(id) for id in house.mine))
    return " ".join([yours(house), _("Total %(total)s.", total=total)])


def sum_words(house: House, ids: Collection[int], party: int = 0) -> str:
    """ "Stalls, side by side. ₹180 each, no fee."; of an unnumbered hall "Free seating. ₹180 each, no fee."."""
    places = [house.hall.by_id[id] for id in sorted(ids)]
    prices = [house.price(place.id) for place in places]
    each = _each(prices) if prices else _each([house.ask("standard").amount] * party)
    if house.hall.unnumbered:
        said = words.with_wheelchairs(places)
        return " ".join(filter(None, [_("Free seating."), said and f"{said}.", each]))
    tiers = seat_words.every(dict.fromkeys(seat_words.part(house.hall, place) for place in places))
    beside = _("%(part)s, side by side.", part=tiers) if len(places) > 1 and _together(house, ids) else f"{tiers}."
    return f"{beside} {each}"


def usual(house: House) -> str:
    """The price class of places that nobody sees."""
    return house.hall.places[0].category if house.hall.places else "standard"


def legend(house: House) -> list[dict[str, Any]]:
    """The kinds of place there are, with what they cost."""
    places, prices = [place for place in house.hall.places if not place.blocked], Prices(house)
    kinds = {place.kind: place for place in places}
    own = {place.kind: place for place in places if not prices.back(place.kind, place.category)}
    price = {kind: words.money(prices.amounts[place.category]) for kind, place in own.items()}
    plain = next((kind for kind in ("seat", "car", "recliner") if kind in kinds), "seat")
    usual = Counter(prices.back(plain, place.category) for place in places if place.kind == plain).most_common(1)
    shape = {"kind": plain, "back": usual[0][0] if usual else 0, "strong": True}
    items = [
        {"words": _("Free")} | shape,
        {"words": _("Yours"), "state": "mine"} | shape,
        {"words": _("Taken"), "state": "taken"} | shape,
    ]
    for (kind, dearer), back in sorted(prices.backs.items(), key=lambda one: (one[0][0] != plain, one[1])):
        of = [seat_words.part(house.hall, one) for one in places if (one.kind, one.category) == (kind, dearer)]
        told = f"{seat_words.every(dict.fromkeys(of))} {words.money(prices.amounts[dearer])}"
        items.append({"words": told, "kind": kind, "back": back})
    if "recliner" in own and plain != "recliner":
        items.append({"words": _("Recliner %(price)s", price=price["recliner"]), "kind": "recliner"})
    if "love" in own:
        two = words.money(2 * prices.amounts[own["love"].category])
        items.append({"words": _("Love seat %(price)s for two", price=two), "kind": "love"})
    if "wheelchair" in kinds:
        items.append({"words": _("Wheelchair place %(price)s", price=price["wheelchair"]), "kind": "wheelchair"})
    if "companion" in kinds:
        items.append({"words": _("Companion beside it %(price)s", price=price["companion"]), "kind": "companion"})
    if any(place.restricted for place in house.hall.places):
        items.append({"words": _("Restricted view"), "kind": "seat", "view": True})
    if len(house.hall.places) > len(house.free) + len(house.others) + len(house.mine):
        items.append({"words": _("Not for sale"), "kind": plain, "state": "blocked"})
    return items


def kinds() -> dict[str, str]:
    """What stands beside a seat's number in the list, where it is not an ordinary one: as in its label (seat_words), so
    that whoever says what they see is understood."""
    return {
        "recliner": _("recliner"),
        "love": "",  # two numbers say so, and its heading
        "wheelchair": _("wheelchair place"),
        "companion": _("companion seat"),
        "car": _("car bay"),
    }


def shut(house: House) -> dict[str, Any]:
    """Why no seat can be taken: a sentence, what to know, whether its time is struck through."""
    title, at = house.about.title, house.sale.opens_at
    opens = at.astimezone(ZoneInfo(house.about.zone)) if at else None
    when = f"{words.weekday(opens)} {words.date(opens)}, {words.clock(opens)}" if opens else ""
    said = {
        "sold_out": (
            _("%(title)s is sold out.", title=title),
            _("What is only held may come back: this page shows it within five seconds."),
        ),
        "sales_closed": (
            _("The sale for %(title)s has closed.", title=title),
            _("Tickets are sold until ten minutes after the start."),
        ),
        "not_yet": (_("%(title)s is not on sale yet.", title=title), _("The sale opens on %(when)s.", when=when)),
        "stopped": (
            _("The sale for %(title)s rests.", title=title),
            _("The theatre stopped it for now. Tickets that were sold stay good."),
        ),
        "cancelled": (
            _("%(title)s will not be shown.", title=title),
            _("This screening was called off. Who had tickets was told, and gets the money back."),
        ),
    }
    strong, more = said.get(house.word.word, (_("There is no sale."), ""))
    if house.now >= house.about.ends_at and house.word.word == "sales_closed":
        strong, more = _("%(title)s is over.", title=title), _("This screening has ended.")
    return {"strong": strong, "words": more, "struck": house.word.word in ("sold_out", "cancelled")}


def _together(house: House, ids: Collection[int]) -> bool:
    """Whether they are seats of one row without a gap."""
    seating = choosing.seating_of(house.hall)
    return all(id in seating.where for id in ids) and best_seats.are_together(seating, ids)


def _left(house: House) -> str:
    """How long the seats are still held."""
    return _minutes(max(0, int((house.held.expires_at - house.now).total_seconds())) if house.held else 0)


def _minutes(seconds: int) -> str:
    """ "7 minutes 59 seconds", as the language counts them; what is nought is left out."""
    parts = [(seconds // 60, "minute"), (seconds % 60, "second")]
    said = [format_unit(n, f"duration-{unit}", locale=words.locale()) for n, unit in parts if n]
    return " ".join(said) or str(format_unit(0, "duration-second", locale=words.locale()))


def _each(prices: list[int]) -> str:
    if len(set(prices)) > 1:
        return str(_("%(prices)s, no fee.", prices=seat_words.every(_counted(prices))))
    if len(prices) == 1:
        return str(_("%(price)s, no fee.", price=words.money(prices[0])))
    return str(_("%(price)s each, no fee.", price=words.money(prices[0] if prices else 0)))


def _counted(prices: list[int]) -> list[str]:
    """ "₹324" and "4 × ₹399", the cheapest first."""
    counts = sorted(Counter(prices).items())
    return [words.money(price) if count == 1 else f"{count} × {words.money(price)}" for price, count in counts]


def _where(house: House) -> str:
    theatre, screen = house.about.theatre, house.about.screen
    return screen if theatre.casefold() in screen.casefold() else f"{theatre} {screen}"
