"""Contended seats: 64 buyers at once buy out halls of 250, one after another, by the plain form.

Usage: `python -m benchmarks.selling [sqlite] [postgres] [SCREENINGS]`; both databases and 40 screenings unless told.
The limit (`benchmarks/baseline.py`) sells as many on the same database, in rounds that alternate with ours. A
booking is two requests: hold, then book. The buyers' own process runs on the same cores.
"""

from __future__ import annotations

import asyncio
import secrets
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from benchmarks import running
from benchmarks.crowd import Buyer, Pair, Tally, rush
from instashow.booking.models import Booking, Ticket
from instashow.clock import now
from instashow.config import Settings
from instashow.db import db, transaction
from instashow.people import sessions, visitors
from instashow.screenings.models import Claim
from instashow.theatres.cells import DrawnRow, plan_of
from instashow.theatres.models import Place
from tests import cast

BUYERS, SCREENINGS, ROUNDS = 64, 40, 10
ROWS, SEATS = 25, 10
PRICE = 25000


@dataclass
class Stage:
    """What is on sale, and who comes: screenings for ours and for the limit, pairs of seats, people, lean keys."""

    ours: list[int]
    limits: list[int]
    pairs: list[Pair]
    emails: list[str]
    keys: list[str]


def main(words: Sequence[str]) -> None:
    """Print what was reached on each database."""
    kinds = [kind for kind in ("sqlite", "postgres") if kind in words] or ["sqlite", "postgres"]
    screenings = next((int(word) for word in words if word.isdigit()), SCREENINGS)
    for kind in kinds:
        with running.database(kind) as made:
            stage = _prepared(made, screenings)
            rounds = asyncio.run(_rounds(made, stage))
            _print(kind, rounds)
            _check(made, stage, rounds)


async def _rounds(made: Settings, stage: Stage) -> dict[str, list[Tally]]:
    """Alternating rounds of ours and the limit; each begins with one screening that does not count."""
    found: dict[str, list[Tally]] = {"ours": [], "limit": []}
    share = max(1, (len(stage.ours) - 1) // ROUNDS)
    with running.ours(made) as port:
        crowd = [Buyer(port) for _ in stage.emails]
        for buyer, email in zip(crowd, stage.emails, strict=True):
            await buyer.sign_in(email, cast.PASSWORD)
        found["warm"] = [await rush(crowd, stage.ours[:1], stage.pairs, PRICE)]
        with running.limit(running.raw_url(made)) as beside:
            lean = [Buyer(beside, {"key": key}) for key in stage.keys]
            found["warm"].append(await rush(lean, stage.limits[:1], stage.pairs, PRICE))
            for start in range(1, len(stage.ours), share):
                found["ours"].append(await rush(crowd, stage.ours[start : start + share], stage.pairs, PRICE))
                found["limit"].append(await rush(lean, stage.limits[start : start + share], stage.pairs, PRICE))
            for buyer in (*crowd, *lean):
                buyer.leave()
    return found


def _prepared(made: Settings, count: int) -> Stage:
    """One more screening each than is counted, at a fixed price, so that a buyer knows the total before."""
    with running.app_of(made).app_context():
        drawn = [DrawnRow(chr(ord("A") + row), "s" * SEATS) for row in range(ROWS)]
        where = cast.theatre("Regal", plan=plan_of(drawn), dynamic_prices=False)
        what = cast.show()
        made_ids = [cast.screening(what, where, hours=30 + 3 * n).id for n in range(2 * (count + 1))]
        people = [cast.customer(f"buyer{n}@example.com") for n in range(BUYERS)]
        keys = [secrets.token_urlsafe(32) for _ in people]
        with transaction():
            for person, key in zip(people, keys, strict=True):
                visitors.of_person(person.id, now())
                sessions.begin(person.id, key=key, browser="benchmark", now=now())
        return Stage(made_ids[::2], made_ids[1::2], _pairs(), [person.email for person in people], keys)


def _pairs() -> list[Pair]:
    places = db.session.execute(select(Place.id, Place.row, Place.number).order_by(Place.id)).all()
    seats = [(id, f"{row}{number}") for id, row, number in places]
    return list(zip(seats[::2], seats[1::2], strict=True))


def _print(kind: str, rounds: dict[str, list[Tally]]) -> None:
    print(f"{kind:9} bookings/s  median (each round)            p50 ms  p95 ms   lost")
    rates = {name: [sum(one.books.values()) / one.seconds for one in rounds[name]] for name in ("ours", "limit")}
    for name, each in rates.items():
        took = [seconds * 1000 for one in rounds[name] for seconds in one.took]
        lost = sum(one.holds[409] for one in rounds[name])
        said = " ".join(f"{rate:.0f}" for rate in each)
        quantiles = statistics.quantiles(took, n=20)
        print(
            f"  {name:8} {statistics.median(each):9.0f}  ({said:26}) {quantiles[9]:8.1f} {quantiles[18]:7.1f} {lost:6}"
        )
    ratios = [mine / theirs for mine, theirs in zip(rates["ours"], rates["limit"], strict=True)]
    print(f"  ratio {statistics.median(ratios):.0%} of the limit (target 40 %)")


def _check(made: Settings, stage: Stage, rounds: dict[str, list[Tally]]) -> None:
    """Nothing sold twice, nobody answered 5xx, every loser told; raises where one of these is not so."""
    tallies = [tally for some in rounds.values() for tally in some]
    strange = sum((tally.holds + tally.books for tally in tallies), start=type(tallies[0].holds)())
    untold, told = sum(tally.untold for tally in tallies), sum(tally.books[303] for tally in tallies)
    with running.app_of(made).app_context():
        twice = select(func.count()).where(Ticket.state == "live").group_by(Ticket.screening_id, Ticket.place_id)
        doubled = len(db.session.scalars(twice.having(func.count() > 1)).all())
        sold = db.session.scalars(select(func.count(Claim.ticket_id.distinct()))).one()
        booked = db.session.scalars(select(func.count()).select_from(Booking)).one()
    whole = (len(stage.ours) + len(stage.limits)) * ROWS * SEATS
    print(f"  {sold} of {whole} seats sold, {doubled} twice; {booked} bookings; losers not told which: {untold}")
    print(f"  answers: {', '.join(f'{status}: {count}' for status, count in sorted(strange.items()))}")
    assert (doubled, untold) == (0, 0)
    assert (told, sold, 2 * booked) == (booked, whole, whole)
    assert set(strange) <= {303, 409}, strange


if __name__ == "__main__":
    main(sys.argv[1:])
