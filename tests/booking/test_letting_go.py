"""Letting one seat go: where it would be left alone beside what is kept, the theatre's rule holds as when choosing."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.pricing import usual
from instashow.screenings.models import Screening
from tests import cast
from tests.booking.buyers import choose, holds_url, page
from tests.booking.sales import hall_of_rows, seats
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.theatres.plans import hall


def ids_of(show: Screening, names: str) -> dict[str, int]:
    return dict(zip(names.split(), seats(show, *names.split()), strict=True))


def mine(text: str) -> list[str]:
    """The seats that the page says are ours, by name."""
    return re.findall(r'aria-label="Row (\w+), seat (\w+)[^"]*, yours', text)


@both_databases
def test_the_middle_one_is_not_left_alone(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssssss"), Browser(app)
    choose(ravi, show, "A4", "A5", "A6")
    ids = ids_of(show, "A4 A5 A6")
    answer = ravi.post(holds_url(show), {"release": str(ids["A5"])})
    assert answer.status_code == 409
    assert "That would leave A5 alone." in answer.text
    assert [("release", str(ids[one])) for one in ("A4", "A6")] == re.findall(
        r'name="(release)" value="(\d+)">Let A\d go instead', answer.text
    )
    assert len(mine(page(ravi, show))) == 3
    assert ravi.post(holds_url(show), {"release": str(ids["A6"])}).status_code == 303
    assert mine(page(ravi, show)) == [("A", "4"), ("A", "5")]
    assert ravi.post(holds_url(show), {"release": "all"}).status_code == 303
    assert mine(page(ravi, show)) == []


@pytest.mark.parametrize(("rule", "statuses"), [("off", [303, 303]), ("aisle", [409, 303]), ("strict", [409, 409])])
def test_each_theatre_has_its_own_rule(app: Flask, rule: str, statuses: list[int]) -> None:
    with transaction():
        usual.lay_down(now())
    show = cast.screening(where=cast.theatre(plan=hall("ssssssssss"), lone_seats=rule))
    ravi = Browser(app)
    choose(ravi, show, "A1", "A2", "A3")
    ids = ids_of(show, "A1 A2")
    answers = [ravi.post(holds_url(show), {"release": str(ids[one])}) for one in ("A2", "A1")]
    assert [one.status_code for one in answers] == statuses


def test_in_exchange_for_others_it_may_go(app: Flask) -> None:
    show, ravi = hall_of_rows("ssssssssss"), Browser(app)
    choose(ravi, show, "A4", "A5", "A6")
    ids = ids_of(show, "A8 A9")
    form = {"release": "all", "seat": f"{ids['A8']} {ids['A9']}"}
    assert ravi.post(holds_url(show), form).status_code == 303
    assert mine(page(ravi, show)) == [("A", "8"), ("A", "9")]
