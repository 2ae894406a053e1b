"""What a refused form says: what is kept, which field, where to go, and that the page is one with an error."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests import cast
from tests.browsers import Browser

KEPT = "The rest is kept as you wrote it"


def title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return found[1] if found else ""


def summary(page: str) -> str:
    """What the summary of errors says."""
    found = re.search(r'<div class="err" role="alert".*?</div>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split()) if found else ""


@pytest.mark.parametrize("address", ["/login", "/register", "/admin/login"])
def test_a_refused_form_with_a_password_says_that_this_one_is_not_kept(app: Flask, address: str) -> None:
    browser = Browser(app)
    assert not title(browser.get(address).text).startswith("Error:")
    page = browser.post(address, {"email": "nobody@example.com", "password": "short", "username": "a b"}).text
    assert title(page).startswith("Error: ")
    assert f"{KEPT}, but not the password." in summary(page)


def test_a_form_of_passwords_alone_keeps_nothing_and_says_so(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    page = browser.post("/me/password", {"current": "not it", "new": "short"}).text
    assert "A password is never kept: please write it again." in summary(page)
    assert "Your password now : This is not your password. New password : " in summary(page)
    assert (KEPT in page, title(page).startswith("Error: ")) == (False, True)


@pytest.mark.parametrize(
    ("address", "form", "words"),
    [
        ("/me/email", {"email": "x", "current": "no"}, "but not the password. New e-mail : "),
        ("/me/deletion", {"current": "no"}, "Your password now : This is not your password."),
        ("/me/name", {"name": "Meena", "username": "a b"}, f"{KEPT}. User name : "),
    ],
)
def test_each_part_of_my_page_names_its_fields_by_their_labels(
    app: Flask, address: str, form: dict[str, Any], words: str
) -> None:
    page = Browser(app).sign_in(cast.customer()).post(address, form).text
    assert title(page).startswith("Error: ")
    assert sorted(words.split(". ")) == sorted(part for part in words.split(". ") if part in summary(page))


def test_an_address_with_an_account_leads_to_the_way_in(app: Flask) -> None:
    cast.customer("meena@example.com")
    form = {"email": "meena@example.com", "password": "a line of a song", "next": "/theatres?city=all"}
    page = Browser(app).post("/register", form).text
    link = '<a href="/login?next=/theatres?city%3Dall">This address has an account: sign in.</a>'
    assert page.count(link) == 2, "in the summary and at the field"
    form = {"email": "<b>@example.com", "password": "a line of a song", "next": "/"}
    assert "<b>@" not in Browser(app).post("/register", form).text


def test_a_filter_that_cannot_be_is_an_error_of_its_page(app: Flask) -> None:
    cast.theatre()
    assert title(Browser(app).get("/?from=99:99").text).startswith("Error: ")
    assert title(Browser(app).get("/?from=99:99", **{"HX-Request": "true"}).text).startswith("Error: ")
    assert not title(Browser(app).get("/?from=19:00").text).startswith("Error: ")
