"""Home leads to the other cities: to all of them, and where there are many to those with most theatres."""

from __future__ import annotations

import re

from flask import Flask

from tests import cast
from tests.browsers import Browser

MOST = 25


def towns(app: Flask) -> list[str]:
    text = Browser(app).get("/?city=chennai").text
    return re.findall(r'city=([a-z0-9-]+)"', text[text.index('id="elsewhere"') :])


def test_of_few_cities_all_others_are_named(app: Flask) -> None:
    for name in ("Chennai", "Mumbai", "Agra"):
        cast.theatre(f"Regal {name}", town=name)
    assert towns(app) == ["agra", "mumbai"]


def test_of_many_cities_those_with_most_theatres_are_named(app: Flask) -> None:
    cast.theatre("Regal", town="Chennai")
    for number in range(MOST + 5):
        cast.theatre(f"Regal {number}", town=f"Town {number:02}")
    cast.theatre("Minerva", town="Town 29")
    found = towns(app)
    assert MOST - 1 <= len(found) <= MOST
    assert found == sorted(found)
    assert found[-1] == "town-29"
