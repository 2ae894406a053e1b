"""A city comes from the shipped list or is typed new; one row, made on first use."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.db import db, transaction
from instashow.theatres import cities
from instashow.theatres.cities import Where, city_of
from instashow.theatres.models import City
from tests import cast
from tests.conftest import both_databases


@both_databases
def test_a_city_of_the_list_is_one_row_by_any_of_its_names(app: Flask) -> None:
    first = cast.city("Chennai")
    assert (first.native_name, first.region, first.country, first.zone) == (
        "சென்னை",
        "Tamil Nadu",
        "IN",
        "Asia/Kolkata",
    )
    for name, where in [
        ("  chennai ", {}),
        ("சென்னை", {}),
        ("CHENNAI", {"country": "IN"}),
        ("Chennai", {"region": "Tamil Nadu", "country": "in"}),
    ]:
        assert cast.city(name, **where).id == first.id
    assert db.session.query(City).count() == 1


@both_databases
def test_a_city_that_is_not_in_the_list_is_typed_new_once(app: Flask) -> None:
    first = cast.city("Naduvil", region="Kerala", country="IN")
    assert (first.slug, first.zone, first.native_name) == ("naduvil", "Asia/Kolkata", "")
    assert cast.city("NADUVIL").id == first.id
    assert cast.city("Naduvil", region="Kerala").id == first.id


def test_accents_and_case_do_not_make_another_city(app: Flask) -> None:
    paris, sao_paulo = cast.city("paris", country="FR"), cast.city("SAO PAULO")
    assert (paris.zone, sao_paulo.zone, sao_paulo.slug) == ("Europe/Paris", "America/Sao_Paulo", "sao-paulo")
    assert cast.city("São Paulo", region="SP", country="BR").id == sao_paulo.id


def test_two_cities_of_one_name_get_two_slugs(app: Flask) -> None:
    slugs = [cast.city("Rampur", region=region, country="IN").slug for region in ("Uttar Pradesh", "Assam", "Kerala")]
    assert slugs == ["rampur", "rampur-assam", "rampur-kerala"]
    assert cast.city("Rampur", region="Assam").slug == "rampur-assam"


def test_a_namesake_far_away_is_another_city(app: Flask) -> None:
    assert cities.find("Paris") == cities.find("Paris", Where(latitude=48.9, longitude=2.3))
    assert cities.find("Paris", Where(latitude=33.66, longitude=-95.55)) is None
    assert cast.city("Paris", latitude=33.66, longitude=-95.55, zone="America/Chicago").zone == "America/Chicago"


def test_a_name_of_another_script_makes_a_slug_of_its_own(app: Flask) -> None:
    assert cast.city("नया नगर").slug == "नया-नगर"
    assert cast.city("★").slug == "x"


def test_an_unknown_zone_or_an_empty_name_is_refused(app: Flask) -> None:
    with pytest.raises(cities.UnknownZone), transaction():
        city_of("Atlantis", Where(zone="Sea/Atlantis"))
    with pytest.raises(ValueError, match="without a name"), transaction():
        city_of("  ")
    assert db.session.query(City).count() == 0


def test_typing_offers_the_largest_cities_first(app: Flask) -> None:
    offered = [city.name for city in cities.like("che")]
    assert offered[0] == "Chennai" or "Chennai" in offered
    assert cities.like("சென்")[0].name == "Chennai"
