"""Guessing a password: always throttled, by account and by address, and never against the owner's own browser."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from flask import Flask
from limits import parse

from instashow import pace
from instashow.people import known_browsers, security
from tests import cast
from tests.browsers import Browser

AT_ONCE = 14
"""More than ten, and no more than one process has connections to the database."""


def guess(app: Flask, email: str, password: str = "not this one", address: str = "10.0.0.1") -> int:
    answer = Browser(app)
    answer.client.environ_base["REMOTE_ADDR"] = address
    said = answer.post("/login", {"email": email, "password": password})
    if said.status_code == 429:
        assert 0 < int(said.headers["Retry-After"]) <= 3600
        assert "Too many at once" in said.text
    return said.status_code


@pytest.mark.parametrize("email", ["meena@example.com", "nobody@example.com"])
def test_guessing_ends_after_ten_misses_whether_or_not_there_is_an_account(app: Flask, email: str) -> None:
    cast.customer()
    assert [guess(app, email) for _ in range(12)] == [422] * 10 + [429] * 2
    assert guess(app, email, cast.PASSWORD) == 429
    assert guess(app, "ravi@example.com") == 422


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(app: Flask) -> None:
    cast.customer()
    for _ in range(12):
        guess(app, "meena@example.com", address="10.0.0.9")
    assert guess(app, "meena@example.com", address="10.0.0.9") == 429
    assert guess(app, "meena@example.com", cast.PASSWORD) == 303


@pytest.mark.parametrize(
    ("person", "names"),
    [
        (
            {"email": "meena@bücher.example"},
            ["meena@bücher.example", "meena@xn--bcher-kva.example", " MEENA@Bücher.example"],
        ),
        ({"email": "meena@example.com", "username": "Meena.R"}, ["meena@example.com", "meena.r", "ＭEENA.R"]),
    ],
)
def test_an_account_has_one_count_by_whatever_name_it_is_guessed(
    app: Flask, person: dict[str, Any], names: list[str]
) -> None:
    cast.customer(**person)
    tries = [guess(app, names[n % 3]) for n in range(12)]
    assert tries == [422] * 10 + [429] * 2


@pytest.mark.parametrize("names", [["nobody@bücher.example", "nobody@xn--bcher-kva.example"], ["Nobody.R", "nobody.r"]])
def test_what_is_no_account_is_counted_alike(app: Flask, names: list[str]) -> None:
    assert [guess(app, names[n % 2]) for n in range(12)] == [422] * 10 + [429] * 2


def test_an_address_of_ipv6_is_a_household(app: Flask) -> None:
    cast.customer()
    tries = [guess(app, "meena@example.com", address=f"2001:db8:1:1::{n}") for n in range(12)]
    assert tries == [422] * 10 + [429] * 2
    assert guess(app, "meena@example.com", address="2001:db8:1:2::1") == 422


def test_guesses_at_once_gain_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is counted before the password is looked at: ten get so far, however they fall together."""
    assert judged_at_once(app, monkeypatch) == 10


def test_looking_before_counting_would_judge_them_all(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: each asks whether it is one too many, and counts itself after all have asked."""
    asked = threading.Barrier(AT_ONCE)

    def look_and_count(limit: str, *whose: str) -> None:
        if not pace._counted(lambda counts: counts.test(parse(limit), *whose)):
            pace.refuse(limit, *whose)
        asked.wait(60)
        pace.over(limit, *whose)

    monkeypatch.setattr(pace, "spend", look_and_count)
    assert judged_at_once(app, monkeypatch) == AT_ONCE


def judged_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of the wrong passwords that come at one moment are looked at."""
    cast.customer()
    browsers, together, judged = [Browser(app) for _ in range(AT_ONCE)], threading.Barrier(AT_ONCE), []
    forms = [{"email": "meena@example.com", "password": "not this one", "csrf_token": one.token()} for one in browsers]
    fits = security._fits
    monkeypatch.setattr(security, "_fits", lambda *words: judged.append(words) or fits(*words))

    def one(n: int) -> None:
        together.wait(60)
        browsers[n].client.post("/login", data=forms[n])

    threads = [threading.Thread(target=one, args=(n,)) for n in range(AT_ONCE)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return len(judged)


def test_a_browser_that_signed_in_before_is_not_locked_out_by_strangers(app: Flask) -> None:
    """Neither by guesses from everywhere nor by a guesser behind the same address."""
    meena = cast.customer()
    own = Browser(app).sign_in(meena)
    own.post("/logout")
    for n in range(101):
        guess(app, meena.email, address=f"10.1.{n // 9}.1")
    for n in range(101):
        guess(app, f"p{n}@example.com")
    assert guess(app, meena.email, cast.PASSWORD, address="10.9.9.9") == 429
    own.client.environ_base["REMOTE_ADDR"] = "10.0.0.1"
    assert own.post("/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 303


def test_a_known_browser_guesses_ten_times_as_well(app: Flask) -> None:
    meena = cast.customer()
    own = Browser(app).sign_in(meena)
    own.post("/logout")
    form = {"email": meena.email, "password": "not this one"}
    assert [own.post("/login", form).status_code for _ in range(11)] == [422] * 10 + [429]
    assert guess(app, meena.email, cast.PASSWORD) == 303


def test_a_browser_is_known_to_its_own_account_only(app: Flask) -> None:
    meena, ravi = cast.customer(), cast.customer("ravi@example.com")
    browser = Browser(app).sign_in(ravi)
    browser.post("/logout")
    for n in range(100):
        guess(app, meena.email, address=f"10.1.{n // 9}.1")
    assert browser.post("/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 429
    assert browser.post("/login", {"email": ravi.email, "password": cast.PASSWORD}).status_code == 303


def test_a_cookie_made_at_home_makes_no_browser_known(app: Flask) -> None:
    meena = cast.customer()
    Browser(app).sign_in(meena)
    forged = Browser(app)
    forged.client.set_cookie(known_browsers.COOKIE, f"{'A' * 22}.{'0' * 32}.{'0' * 32}", path="/login")
    for n in range(100):
        guess(app, meena.email, address=f"10.1.{n // 9}.1")
    assert forged.post("/login", {"email": meena.email, "password": cast.PASSWORD}).status_code == 429


def test_the_seal_of_nobody_stands_for_no_account(app: Flask) -> None:
    meena = cast.customer()
    with app.test_request_context("/login"):
        known_browsers.note(meena.id)
        answer = app.process_response(app.make_response(""))
    own, nobody, seal = re.search(r"=([^;]+)", answer.headers["Set-Cookie"])[1].split(".")
    for seals, whose, counted_by in ((seal, meena.id, own), (nobody, meena.id, None), (nobody, 0, None)):
        cookie = f"{known_browsers.COOKIE}={own}.{nobody}.{seals}"
        with app.test_request_context("/login", headers={"Cookie": cookie}):
            assert known_browsers.mark(whose) == counted_by


def test_the_cookie_goes_to_the_sign_in_doors_only_and_names_nobody(app: Flask) -> None:
    meena = cast.customer()
    browser = Browser(app)
    answer = browser.post("/login", {"email": meena.email, "password": cast.PASSWORD})
    sent = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(known_browsers.COOKIE)]
    assert {line.split("Path=")[1].split(";")[0] for line in sent} == {"/login", "/admin/login", "/checkout"}
    assert all("HttpOnly" in line and "SameSite=Lax" in line and "meena" not in line for line in sent)
    assert browser.client.get_cookie(known_browsers.COOKIE, path="/") is None


def test_the_owners_return_forgives_their_misses(app: Flask) -> None:
    cast.customer()
    for _ in range(9):
        guess(app, "meena@example.com")
    assert guess(app, "meena@example.com", cast.PASSWORD) == 303
    assert [guess(app, "meena@example.com") for _ in range(9)] == [422] * 9


def test_one_account_is_guessed_from_many_addresses_only_so_often(app: Flask) -> None:
    cast.customer()
    tries = [guess(app, "meena@example.com", address=f"10.1.{n // 9}.1") for n in range(101)]
    assert tries == [422] * 100 + [429]


def test_many_sign_ins_from_one_address_are_fine(app: Flask) -> None:
    cast.customer()
    assert {guess(app, "meena@example.com", cast.PASSWORD) for _ in range(40)} == {303}


def test_guesses_at_the_password_now_count_too(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    form = {"current": "not this one", "new": "another line entirely"}
    assert [browser.post("/me/password", form).status_code for _ in range(11)] == [422] * 10 + [429]
