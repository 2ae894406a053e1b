"""The bar on every page of whoever holds seats: of what, how many, how long, and the way on to the till."""

from __future__ import annotations

from typing import Any

from flask import after_this_request, g, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from instashow import pages, web
from instashow.booking import holds, under_way
from instashow.booking.under_way import UnderWay
from instashow.booking.views import bp, hall_words, till_facts
from instashow.clock import now
from instashow.people import caller
from instashow.web import DAYS, LARGEST_ID, whole


@bp.get("/checkout/under-way")
def under_way_now() -> str:
    """The bar by itself, asked for when its clock has run out: what is so then."""
    asked = whole(request.args.get("screening"), 1, LARGEST_ID)
    return render_template("booking/_under_way.html", lapsed=_lapsed(asked))


def facts() -> dict[str, Any] | None:
    """What the bar says of the hold that ends first; None where nothing is held. Asked once a request."""
    if "under_way" not in g:
        found = _all()
        g.under_way = _facts(found) if found else None
        if found:
            after_this_request(_for_them_alone)
    said: dict[str, Any] | None = g.under_way
    return said


def _all() -> list[UnderWay]:
    """A stranger who never held anything costs no question."""
    visitor_id = caller.visitor_if_any() if caller.me() or "visitor" in session else None
    return under_way.under_way(visitor_id, now()) if visitor_id else []


def _facts(found: list[UnderWay]) -> dict[str, Any]:
    first, more = found[0], len(found) - 1
    others = ngettext("and %(num)d other screening", "and %(num)d other screenings", more) if more else ""
    return {
        "words": _words(first),
        "others": others,
        "day": DAYS[first.day.weekday()],
        "held": {"until": first.until, "now": now(), "words": hall_words.clock_words(None)},
        "let_go": _("Let it go") if first.places == 1 else _("Let them go"),
        "sure": _("They go back to the hall at once.") if first.places > 1 else _("It goes back to the hall at once."),
        "pay_url": url_for("booking.checkout", screening=first.screening_id),
        "hold_url": url_for("booking.hold", screening_id=first.screening_id),
        "over_url": url_for("booking.under_way_now", screening=first.screening_id),
        "here": _here(),
    }


def _words(one: UnderWay) -> str:
    if one.seats:
        return str(ngettext("%(num)d seat for %(title)s", "%(num)d seats for %(title)s", one.places, title=one.title))
    return str(ngettext("%(num)d place for %(title)s", "%(num)d places for %(title)s", one.places, title=one.title))


def _lapsed(screening_id: int | None) -> dict[str, Any] | None:
    """That seats have lapsed; None where they were let go or booked, which was said then, or are others' by now."""
    visitor_id = caller.visitor_if_any()
    if facts() or screening_id is None or visitor_id is None or not holds.ran_out(visitor_id, screening_id, now()):
        return None
    return {"words": till_facts.nothing_left(True), "url": url_for("booking.choose", screening_id=screening_id)}


def _here() -> str:
    """The page to come back to, once the seats were let go."""
    return request.full_path.rstrip("?") if request.method == "GET" and not web.wants_part() else ""


def _for_them_alone(answer: Response) -> Response:
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer


bp.app_context_processor(lambda: {"under_way": facts})
bp.record_once(lambda state: pages.not_kept_for(state.app, lambda: facts() is not None))
