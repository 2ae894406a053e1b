"""What the till says: the facts of its templates, from the sale as it stands."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from instashow.booking import paper_words as words
from instashow.booking import price_words, seat_words
from instashow.booking.house import House
from instashow.booking.refusals import Refusal
from instashow.booking.till import Till
from instashow.booking.views import counted, hall_words, overview
from instashow.once import KeyReused
from instashow.web import DAYS

CHILDREN = ("child",)


def facts(seen: Till, form: Mapping[str, str], errors: dict[str, str], said: str) -> dict[str, Any]:
    """All that checkout.html and its part need; `form` is what was typed, kept after an error."""
    house = seen.house
    return {
        "screening": hall_words.screening(house),
        "page_day": DAYS[house.about.day.weekday()],
        "back": url_for(".choose", screening_id=house.sale.screening_id),
        "hold_url": url_for(".hold", screening_id=house.sale.screening_id),
        "keep_url": url_for(".keep", screening_id=house.sale.screening_id),
        "overview": overview.paths(house),
        **clock(house),
        "lines": [] if house.hall.unnumbered else [_line(seen, line) for line in seen.lines],
        "groups": counted.facts(seen, form, errors),
        "many_types": any(len(some) > 1 for some in seen.offered.values()),
        "total": _total(seen),
        "key": form.get("key") if errors else secrets.token_urlsafe(18),
        "warning": _warning(seen),
        "errors": errors,
        "labels": _labels(errors),
        "said": said,
        "spoken": _spoken(seen) if "update" in form and not (errors or said) else "",
        "form": form,
        "policy_words": policy(house),
    }


def clock(house: House, *, kept: bool = False) -> dict[str, Any]:
    """The till's clock, and how often the seats may still be kept; said aloud where they just were."""
    said = {"held": hall_words.held(house), "keeps": hall_words.keeps(house), "several": len(house.mine) > 1}
    return {**said, "held_words": _held_words(house), "spoken": hall_words.yours(house) if kept else ""}


def nothing(house: House | None, said: str, *, ran_out: bool) -> dict[str, Any]:
    """Nothing is held any more: what happened, what is safe, where to go."""
    return {
        "headline": _("Your time was up") if ran_out else _("No seats held"),
        "said": said or (_("You hold no seats here.") if house else _("You hold no seats at the moment.")),
        "screening": hall_words.screening(house) if house else None,
        "page_day": DAYS[house.about.day.weekday()] if house else None,
        "seats_url": url_for(".choose", screening_id=house.sale.screening_id) if house else None,
    }


def changed(seen: Till, by_them: bool) -> str:
    """What is still held is not what the page said; or, `by_them`, only the tickets chosen cost something else."""
    facts = {"seats": seat_words.listed(seen.house.hall, seen.house.mine), "total": words.money(seen.total)}
    if not by_them:
        return str(_("What you saw has changed, so nothing was booked. Yours now: %(seats)s for %(total)s.", **facts))
    return str(
        ngettext(
            "With this ticket %(seats)s costs %(total)s. Nothing is booked yet: press again.",
            "With these tickets %(seats)s cost %(total)s. Nothing is booked yet: press again.",
            len(seen.lines),
            **facts,
        )
    )


def refused(refusal: Exception) -> str:
    """Why nothing was booked."""
    if isinstance(refusal, KeyReused):
        return str(_("This page was used once already. Nothing was booked twice; look at it once more."))
    told = {"screening_cancelled": _("This screening does not take place. Nothing was booked.")}
    code = refusal.code if isinstance(refusal, Refusal) else ""
    return str(told.get(code, _("That did not work. Nothing was booked.")))


def nothing_left(ran_out: bool) -> str:
    """Nothing is held any more: the clock ran out, or the seats were let go or booked in another tab."""
    if ran_out:
        return str(_("Your time was up, and the seats went back to the hall. Nothing was booked, nothing is to pay."))
    return str(_("You hold no seats here any more. Nothing was booked, nothing is to pay."))


def policy(house: House) -> str:
    """ "Cancel a ticket and you get back three quarters until 6:15 pm on 21 November and half until …"."""
    at = house.about.starts_at.astimezone(ZoneInfo(house.about.zone))
    now = house.now.astimezone(ZoneInfo(house.about.zone))
    steps = sorted((tuple(step) for step in house.sale.refunds), reverse=True)
    said = [(at - timedelta(minutes=early), part) for early, part in steps if at - timedelta(minutes=early) > now]
    if not said:
        return str(_("So close to the start nothing comes back for a ticket that you cancel."))
    parts = [
        _(
            "%(share)s until %(time)s on %(date)s",
            time=words.clock(until),
            date=words.date(until),
            share=words.share(part),
        )
        for until, part in said
    ]
    return str(_("Cancel a ticket and you get back %(steps)s; after that, nothing.", steps=seat_words.every(parts)))


def _labels(errors: Mapping[str, str]) -> dict[str, str]:
    """What the fields are called that are wrong."""
    named = {"email": _("E-mail"), "password": _("Password")}
    return {one: str(named.get(one, _("Tickets"))) for one in errors}


def _line(seen: Till, line: Any) -> dict[str, Any]:
    house, types = seen.house, seen.offered[line.place_id]
    place = house.hall.by_id[line.place_id]
    said = [(one.id, words.type_name(one.code, one.name).capitalize()) for one in types]
    said = said if len(said) > 1 else [(one.id, seat_words.ticket(line)) for one in types]
    return {
        "seat": seat_words.name(place),
        "types": said,
        "type": line.type_id,
        "place_id": line.place_id,
        "rows": price_words.rows(line),
        "sum": price_words.figure(line.price),
    }


def _total(seen: Till) -> dict[str, Any]:
    parts = [f"{one['name']} {words.rate(one['rate'])}: {words.money(one['amount'])}" for one in seen.tax]
    tax = _("In it, %(taxes)s.", taxes=seat_words.every(parts)) if parts else ""
    small = " ".join(filter(None, [str(_("No fee.")), str(tax)])).replace(" %", "\u00a0%")
    return {"words": _("To pay"), "small": small, "figure": words.money(seen.total), "amount": seen.total}


def _spoken(seen: Till) -> str:
    """What the live region says after another ticket was chosen."""
    return str(_("To pay %(total)s.", total=words.money(seen.total)))


def _held_words(house: House) -> str:
    return str(
        ngettext(
            "At 0:00 it goes back to the hall. No charge.",
            "At 0:00 they go back to the hall. No charge.",
            len(house.mine),
        )
    )


def _warning(seen: Till) -> dict[str, Any] | None:
    """The certificate once more, and louder where a child is among them."""
    certificate = seen.house.about.certificate.strip()
    children = [line.place_id for line in seen.lines if line.type_code in CHILDREN]
    if not certificate or certificate == "U":
        return None
    strong = ""
    if children:
        named = seat_words.listed(seen.house.hall, children)
        strong = ngettext("%(seats)s is for a child.", "%(seats)s are for children.", len(children), seats=named)
    return {"figure": certificate, "strong": str(strong), "words": _certificate(certificate)}


def _certificate(certificate: str) -> str:
    if certificate == "A":
        return str(_("This film is for adults, from 18. The door will ask for a proof of age."))
    if certificate == "S":
        return str(_("This film is for doctors and scientists only. The door will ask."))
    if certificate.startswith("UA"):
        age = certificate.removeprefix("UA").strip() or _("12")
        return str(
            _("Under %(age)s, this film wants a parent in the next seat. The door will ask.", age=age.rstrip("+"))
        )
    return str(_("The door may ask for a proof of age."))
