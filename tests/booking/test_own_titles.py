"""A film is named in its own script wherever its seats are chosen and paid."""

from __future__ import annotations

from flask import Flask

from tests import cast
from tests.browsers import Browser

OWN = '<p class="own" lang="ta">கடல்</p>'


def test_plan_list_and_till_name_a_film_in_its_own_script(app: Flask) -> None:
    screening = cast.screening(cast.show("Kadal", original_title="கடல்", languages=["ta"]), language="hi")
    guest = Browser(app)
    assert OWN in guest.get(f"/screenings/{screening.id}").text
    assert OWN in guest.get(f"/screenings/{screening.id}?list=1").text
    assert guest.post(f"/screenings/{screening.id}/holds", {"quantity": "2"}).status_code == 303
    assert OWN in guest.get(f"/checkout?screening={screening.id}").text


def test_a_film_without_another_title_is_named_once(app: Flask) -> None:
    screening = cast.screening(cast.show("Kadal", original_title="Kadal", languages=["ta"]))
    page = Browser(app).get(f"/screenings/{screening.id}").text
    assert "<h1>Kadal</h1>" in page
    assert 'class="own"' not in page
