"""Tickets by the number, as the till of a hall without numbers asks for them.

A group is places that cost the same; it is called by its first place. `places-<group>` names all of them,
`count-<group>-<type>` says how many of a type, and `type-<place>` what the page had before, as for numbered halls.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import counts, price_words
from instashow.booking import paper_words as words
from instashow.booking.buying import Line
from instashow.booking.counts import Miscounted
from instashow.booking.till import Till
from instashow.people.entering import BadForm
from instashow.pricing.tariffs import Type
from instashow.web import LARGEST_ID, whole

COUNTED = re.compile(r"count-(\d{1,10})-(\d{1,10})", re.ASCII)
MOST = 50
"""Places that anybody may hold, and so groups of them."""


def types(form: Mapping[str, str]) -> dict[int, int]:
    """Place → ticket type as they are counted, evened out where only some numbers were changed.

    Raises BadForm with a sentence at the group where they do not add up.
    """
    said: dict[int, int] = {}
    every = _offered(form)
    for group, places in islice(_groups(form), MOST):
        offered = every.get(group)
        try:
            typed = {one: _number(form, group, one) for one in offered or ()}
            said |= counts.types_of(places, counts.settled(_before(form, places, offered), typed)) if offered else {}
        except (ValueError, Miscounted) as wrong:
            raise BadForm({f"count-{group}": _sentence(wrong, len(places))}) from None
    return said


def facts(seen: Till, form: Mapping[str, str], errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """The groups of a hall without numbers, as kit/strip.html prints them; after an error with what was typed."""
    if not seen.house.hall.unnumbered or seen.house.held is None:
        return []
    alike: dict[str, list[Line]] = {}
    lines = {line.place_id: line for line in seen.lines}
    for claim in sorted(seen.house.held.claims, key=lambda one: (one.held_at, one.place_id)):
        if line := lines.get(claim.place_id):
            alike.setdefault(json.dumps(claim.prices["types"], sort_keys=True), []).append(line)
    return [_group(lines, seen, form, errors) for lines in alike.values()]


def _groups(form: Mapping[str, str]) -> Iterator[tuple[int, list[int]]]:
    for name, value in form.items():
        group = whole(name.removeprefix("places-"), 1, LARGEST_ID) if name.startswith("places-") else None
        places = [whole(word, 1, LARGEST_ID) for word in value.split()[: MOST + 1]]
        if group and 0 < len(places) <= MOST:
            yield group, sorted({one for one in places if one is not None})


def _offered(form: Mapping[str, str]) -> dict[int, list[int]]:
    """The types that the form counts, by group, in its order; read once, however many fields somebody sends."""
    found: dict[int, list[int]] = {}
    for name in form:
        if (named := COUNTED.fullmatch(name)) and max(map(int, named.groups())) <= LARGEST_ID:
            group, type_id = map(int, named.groups())
            found.setdefault(group, []).append(type_id)
    return found


def _before(form: Mapping[str, str], places: list[int], offered: list[int]) -> dict[int, int]:
    """How many of each type the page had; a place that it said nothing of had the usual."""
    had = (whole(form.get(f"type-{place}"), 1, LARGEST_ID) for place in places)
    tally = Counter(one if one in offered else offered[0] for one in had)
    return {one: tally[one] for one in offered}


def _number(form: Mapping[str, str], group: int, type_id: int) -> int:
    """The number typed, one more or fewer where its button was pressed. Raises ValueError."""
    typed = whole(form[f"count-{group}-{type_id}"].strip(), 0, LARGEST_ID)
    if typed is None:
        raise ValueError
    pressed, _colon, step = form.get("update", "").partition(":")
    return max(0, typed + {"more": 1, "fewer": -1}.get(step, 0)) if pressed == f"{group}-{type_id}" else typed


def _sentence(wrong: Exception, size: int) -> str:
    if not isinstance(wrong, Miscounted):
        return str(_("How many of each? Write whole numbers from 0."))
    told = ngettext(
        "These are %(tickets)s tickets, and you hold %(num)d place.",
        "These are %(tickets)s tickets, and you hold %(num)d places.",
        size,
        tickets=wrong.tickets,
    )
    return str(told)


def _group(lines: list[Line], seen: Till, form: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    group = lines[0].place_id
    error = errors.get(f"count-{group}")
    by_type = {one.id: [line for line in lines if line.type_id == one.id] for one in seen.offered[group]}
    return {
        "id": group,
        "count": len(lines),
        "places": [(line.place_id, line.type_id) for line in lines],
        "wheelchairs": words.with_wheelchairs([seen.house.hall.by_id[line.place_id] for line in lines]),
        "error": error,
        "types": [
            _type(one, by_type[one.id], form.get(f"count-{group}-{one.id}") if error else None)
            for one in seen.offered[group]
        ],
    }


def _type(one: Type, lines: list[Line], typed: str | None) -> dict[str, Any]:
    """One type of a group: its name, how many, each one's price in lines, all together."""
    return {
        "id": one.id,
        "words": words.type_name(one.code, one.name).capitalize(),
        "typed": str(len(lines)) if typed is None else typed,
        "rows": price_words.rows(lines[0]) if lines else [],
        "each": price_words.figure(lines[0].price) if lines else "",
        "times": len(lines),
        "sum": price_words.figure(sum(line.price for line in lines)),
    }
