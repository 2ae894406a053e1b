"""Whatever a form is sent with, no door breaks: it is done, or refused with a page that says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from instashow.people.models import Person
from tests import cast
from tests.browsers import Browser
from tests.platform.doors import HARD, addresses, bodies, doors, fields
from tests.ratings.went import goes, tonight

METHODS = ("PUT", "PATCH", "DELETE")


@pytest.fixture
def meena(app: Flask) -> Person:
    return cast.customer()


@pytest.fixture
def own(meena: Person) -> dict[str, str]:
    """What the addresses are open for: Meena's booking, its screening, its show and theatre."""
    booking = goes(meena, tonight(), seats=2)
    return {"reference": booking.reference, "screening_id": str(booking.screening_id), "id": "1", "token": "x"}


@pytest.mark.parametrize(("app", "somebody"), [("postgres", True), ("sqlite", False)], indirect=["app"])
def test_no_form_breaks_a_door(app: Flask, own: dict[str, str], meena: Person, somebody: bool) -> None:
    names = fields()
    assert set(names) > {"seat", "quantity", "stars", "review", "password", "total"}
    assert len(doors(app)) >= 20
    odd = []
    for door in doors(app):
        browser = Browser(app).sign_in(meena) if somebody and "password" not in door else Browser(app)
        own_address, *others = addresses(door, own)
        token = browser.token()
        odd += list(answers(browser, own_address, bodies(token, names)))
        for address in others:
            odd += list(answers(browser, address, [{"data": {"csrf_token": token}}]))
    assert odd == []


@pytest.mark.parametrize(("app", "somebody"), [("postgres", True), ("sqlite", False)], indirect=["app"])
def test_no_address_breaks_a_page(app: Flask, own: dict[str, str], meena: Person, somebody: bool) -> None:
    browser = Browser(app).sign_in(meena) if somebody else Browser(app)
    odd = []
    for door in (one for one in doors(app, "GET") if not one.endswith(".pdf")):  # these wait for their paper
        own_address, *others = addresses(door, own)
        asked = [own_address + "?" + urlencode(dict.fromkeys(fields(), word)) for word in HARD]
        odd += [told for address in (*others, *asked) for told in answers(browser, address, [{}], method="GET")]
    assert odd == []


def answers(browser: Browser, address: str, sent: Any, method: str = "POST") -> Iterator[str]:
    """What is wrong with the answers: none may be 5xx, and a refusal is a page, or a part of one, in words."""
    for words in sent:
        told = f"{address[:160]} {str(words)[-160:]}"
        try:
            answer = browser.client.open(address, method=method, **words)
        except Exception as error:
            yield f"{told}: {error!r}"
            continue
        if answer.status_code >= 500:
            yield f"{told}: {answer.status}"
        elif answer.status_code >= 400 and not ("text/html" in answer.content_type and "<h1" in answer.text):
            yield f"{told}: {answer.status} without a word: {answer.text[:80]}"


def test_another_method_is_refused_with_a_page(app: Flask, own: dict[str, str]) -> None:
    browser = Browser(app)
    token = browser.token()
    for door in doors(app):
        address = addresses(door, own)[0]
        for method in METHODS:
            answer = browser.client.open(address, method=method, headers={"X-CSRFToken": token})
            assert (answer.status_code, "<h1" in answer.text) in ((404, True), (405, True)), (address, method)
