"""Processes are killed again and again while people buy and give back: nothing is sold twice, half done or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from instashow.db import db, transaction
from tests.jobs.conftest import fresh_database
from tests.platform import crashing
from tests.platform.running import command
from tests.platform.rush import Ledger, differences, rush, verdict
from tests.servers import postgres_url, redis_url

pytestmark = pytest.mark.races
KILLS = ("web", "letter", "all", "worker")
BETWEEN = 3
"""Bookings from one kill to the next; `python -m benchmarks.crash` goes on for longer."""


@pytest.mark.parametrize("where", ["sqlite", "postgres and redis"])
def test_a_house_that_is_killed_again_and_again_keeps_its_word(tmp_path: Path, run_folder: Path, where: str) -> None:
    with crashing.house(tmp_path, **beside(run_folder) if where != "sqlite" else {}) as house:
        ledger = rush(house, KILLS, between=BETWEEN)
        assert verdict(house, ledger) == {}
        assert ledger.answers["booked"] == len(ledger.booked) == BETWEEN * len(KILLS)
        assert ledger.answers["lost"] > 0
        done = command(tmp_path, "doctor", **house.said)
        assert (done.returncode, done.stderr) == (0, "")
        with house.app.app_context():
            break_on_purpose(house, ledger)


def beside(run_folder: Path) -> dict[str, str]:
    """The settings of a database of its own, and of a Redis that nobody else counts in."""
    redis = redis_url(run_folder).rsplit("/", 1)[0] + "/13"
    return {"DATABASE_URL": fresh_database(postgres_url(run_folder)), "REDIS_URL": redis}


def break_on_purpose(house: crashing.House, ledger: Ledger) -> None:
    """The control: each way in which the house could have failed is seen."""
    with transaction():
        db.session.execute(text("UPDATE deliveries SET state = 'waiting' WHERE id = (SELECT max(id) FROM deliveries)"))
        db.session.execute(text("DELETE FROM claims WHERE ticket_id = (SELECT max(ticket_id) FROM claims)"))
    _, places = ledger.booked.popitem()
    ledger.booked["TOLDONLY"] = places
    house.office.ids.clear()
    assert set(differences(house, ledger)) >= {
        "a letter is not sent",
        "a live ticket has no seat",
        "a list does not know what is free",
        "a letter that counts as sent never came",
        "an answered booking is not there",
        "a booking is there that nobody was told of",
    }
