"""People who buy while the house is killed, what they were told, and whether the books keep every word of it.

They press again, word for word, whenever an answer is lost, as people do; so each press counts once.
"""

from __future__ import annotations

import queue
import random
import secrets
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from sqlalchemy import select

from instashow.booking.models import Booking, Ticket
from instashow.db import db
from tests import cast
from tests.booking import agreement
from tests.platform.crashing import PATIENCE, House, calm_down
from tests.platform.running import Browser

PRICE = 25000
BUYERS = 6


@dataclass
class Ledger:
    """What people were told: each booking's reference with its seats, what they gave back, what was odd."""

    booked: dict[str, tuple[int, int]] = field(default_factory=dict)
    given_back: dict[str, set[int]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    turns: queue.Queue[bool] = field(default_factory=queue.Queue)
    _told: threading.Condition = field(default_factory=threading.Condition)

    def note(self, what: str) -> None:
        """One more answer of a kind: booked, lost, gone …"""
        with self._told:
            self.answers[what] += 1
            self._told.notify_all()

    def wait_for(self, bookings: int) -> None:
        """Until so many bookings were answered. Raises TimeoutError."""
        with self._told:
            if not self._told.wait_for(lambda: self.answers["booked"] >= bookings or self.odd, PATIENCE):
                raise TimeoutError(dict(self.answers))


class Buyer(threading.Thread):
    """Somebody at a browser who takes turns: buys two seats, and now and then gives some back."""

    def __init__(self, house: House, ledger: Ledger, email: str, seed: int) -> None:
        super().__init__(name=email, daemon=True)
        self.house, self.ledger, self.browser, self.dice = house, ledger, Browser(), random.Random(seed)
        self.mine: list[str] = []
        self._ask("/login")
        assert self._ask("/login", email=email, password=cast.PASSWORD)[0] == 303
        self._ask("/me")

    def run(self) -> None:
        try:
            while self.ledger.turns.get(timeout=PATIENCE):
                self._turn()
        except Exception as error:
            self.ledger.odd.append(f"{self.name}: {error!r}")

    def _turn(self) -> None:
        """Until something is bought; whoever has bought as much as one may gives back first."""
        while True:
            screening, pairs = self.dice.choice([*self.house.halls.items()])
            pair, key = self.dice.choice(pairs), secrets.token_urlsafe(18)
            status, _ = self._ask(f"/screenings/{screening}/holds", seat=[str(seat) for seat in pair])
            self._expect(status, (303, 409), "hold")
            if status == 303 and self.dice.random() < 0.1:
                self._expect(self._ask(f"/screenings/{screening}/holds", release="all")[0], (303,), "release")
            elif status == 303:
                self._book(screening, pair, key)
                break
            self.ledger.note("gone")
            if self.mine and self.dice.random() < 0.5:
                self._give_back()
        if self.mine and self.dice.random() < 0.4:
            self._give_back()

    def _book(self, screening: int, pair: tuple[int, int], key: str) -> None:
        status, to = self._ask("/checkout", screening=str(screening), key=key, total=str(2 * PRICE))
        self._expect(status, (303,), "book")
        reference = to.rpartition("/")[2]
        if reference in self.ledger.booked:
            self.ledger.odd.append(f"{reference} was given to two")
        self.ledger.booked[reference] = pair
        self.mine.append(reference)
        self.ledger.note("booked")

    def _give_back(self) -> None:
        reference = self.mine.pop(self.dice.randrange(len(self.mine)))
        places = self.ledger.booked[reference][: self.dice.choice((1, 2))]
        words = {"seat": [str(place) for place in places], "key": secrets.token_urlsafe(12)}
        self._expect(self._ask(f"/bookings/{reference}/cancellation", **words)[0], (303,), "give back")
        self.ledger.given_back[reference] = set(places)
        self.ledger.note("given back")

    def _ask(self, path: str, **form: Any) -> tuple[int, str]:
        """Status and where it leads; asked again, word for word, whenever the answer is lost."""
        while self.house.open.wait(PATIENCE):
            self.house.asked += 1
            try:
                return self.browser.ask(self.house.running, path, **form)[:2]
            except (OSError, HTTPException):
                self.ledger.note("lost")
        raise TimeoutError(path)

    def _expect(self, status: int, fine: Sequence[int], act: str) -> None:
        if status not in fine:
            self.ledger.odd.append(f"{act} was answered {status}")


def rush(on: House, kills: Sequence[str], *, between: int = 6, seed: int = 1, ledger: Ledger | None = None) -> Ledger:
    """People buy, and after every few bookings comes the next of the `kills`, while other requests are under way."""
    ledger = ledger or Ledger()
    people = _people(on, ledger, seed)
    already = ledger.answers["booked"]
    for person in people:
        person.start()
    for n, what in enumerate(kills, start=1):
        _turns(ledger, True, between)
        ledger.wait_for(already + n * between - between // 2)
        on.kill(what)
    _turns(ledger, False, len(people))
    for person in people:
        person.join(PATIENCE)
    ledger.odd += [f"{person.name} still waits" for person in people if person.is_alive()]
    return ledger


def _people(on: House, ledger: Ledger, seed: int) -> list[Buyer]:
    with on.app.app_context():
        emails = [cast.customer(f"buyer{n}.{seed}@example.com").email for n in range(BUYERS)]
        db.session.rollback()
    return [Buyer(on, ledger, email, seed + n) for n, email in enumerate(emails)]


def _turns(ledger: Ledger, going_on: bool, times: int) -> None:
    for _ in range(times):
        ledger.turns.put(going_on)


def verdict(on: House, ledger: Ledger) -> dict[str, list[Any]]:
    """What is not true once all is quiet, in words: nothing, it is hoped."""
    with on.app.app_context():
        calm_down(on, agreement.loose_ends)
        return differences(on, ledger)


def differences(on: House, ledger: Ledger) -> dict[str, list[Any]]:
    """What is not true now."""
    found = {**agreement.halves(), **agreement.loose_ends(), **broken_words(ledger), "odd answers": ledger.odd}
    received = {id.strip("<>").partition("@")[0] for id in on.office.ids}
    found["a letter that counts as sent never came"] = sorted(agreement.sent_keys() - received)
    return {words: rows for words, rows in found.items() if rows}


def broken_words(ledger: Ledger) -> dict[str, list[Any]]:
    """Where the database differs from what people were told."""
    seats = select(Booking.reference, Ticket.place_id, Ticket.state).join(Ticket, Ticket.booking_id == Booking.id)
    rows = {(reference, place): state for reference, place, state in db.session.execute(seats)}
    db.session.rollback()
    told = {
        (reference, place): "cancelled" if place in ledger.given_back.get(reference, ()) else "live"
        for reference, places in ledger.booked.items()
        for place in places
    }
    return {
        "an answered booking is not there": [one for one in told if one not in rows],
        "a booking is there that nobody was told of": [one for one in rows if one not in told],
        "a seat is not in the state that was told": [one for one in told if rows.get(one, told[one]) != told[one]],
    }
