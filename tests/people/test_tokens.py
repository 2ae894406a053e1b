"""Tokens for programs: issued once, named, ended, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import accounts, caller, security, tokens
from instashow.people.models import Person
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases


def issue(person: Person, *scopes: str) -> str:
    with transaction():
        return security.issue_token(person.id, name="my script", scopes=scopes or ("read",), at=now())


def who(app: Flask, token: str, path: str = "/api/v1/me") -> int | None:
    with app.app_context(), app.test_request_context(path, headers={"Authorization": f"Bearer {token}"}):
        someone = caller.me()
        return someone.id if someone else None


@both_databases
def test_a_token_speaks_for_who_issued_it_until_it_is_revoked(app: Flask) -> None:
    meena, ravi = cast.customer(), cast.customer("ravi@example.com")
    token = issue(meena)
    assert who(app, token) == meena.id
    row = tokens.of(meena.id, now())[0]
    assert (row.name, row.scopes, token in row.key) == ("my script", ["read"], False)
    with transaction():
        assert not tokens.revoke(ravi.id, row.id, now=now())
    assert who(app, token) == meena.id
    with transaction():
        assert tokens.revoke(meena.id, row.id, now=now())
        assert not tokens.revoke(meena.id, row.id, now=now())
    assert who(app, token) is None
    assert tokens.of(meena.id, now()) == []


@both_databases
def test_a_token_ends_by_itself(app: Flask) -> None:
    meena = cast.customer()
    token = issue(meena)
    assert tokens.bearer(token, now()) is not None
    assert tokens.bearer(token, now() + tokens.LASTS + timedelta(seconds=1)) is None


def test_only_our_own_tokens_are_believed_and_only_at_the_api(app: Flask) -> None:
    meena = cast.customer()
    token = issue(meena)
    assert who(app, token, "/me") is None
    for bad in (token[:-2], token + "x", "é", "", "null", "a" * 5000):
        assert who(app, bad) is None
    signed_but_unknown = str(meena.get_auth_token())
    assert who(app, signed_but_unknown) is None
    with transaction():
        tokens.issue(meena.id, token="unsigned", name="x", scopes=("read",), now=now(), expires_at=now() + tokens.LASTS)
    assert tokens.bearer("unsigned", now()) is not None
    assert who(app, "unsigned") is None


def test_two_tokens_of_one_moment_differ(app: Flask) -> None:
    meena = cast.customer()
    assert issue(meena) != issue(meena)


def test_the_api_never_looks_at_the_cookie(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    cookie = browser.client.get_cookie("instashow")
    assert cookie is not None
    for path, signed_in in (("/me", True), ("/api/v1/me", False)):
        headers = {"Cookie": f"instashow={cookie.value}"}
        with app.app_context(), app.test_request_context(path, headers=headers):
            assert (caller.me() is not None) is signed_in


@both_databases
def test_a_new_address_leaves_tokens_and_sessions_as_they_are_listed(app: Flask) -> None:
    meena = cast.customer()
    token, browser, stamp = issue(meena), Browser(app).sign_in(meena), meena.fs_uniquifier
    with transaction():
        accounts.change_email(meena.id, old=meena.email, new="new@example.com", now=now())
    db.session.rollback()
    assert not accounts.stands(meena.id, stamp), "links that went to the old address are dead"
    assert [row.name for row in tokens.of(meena.id, now())] == ["my script"]
    assert who(app, token) == meena.id
    assert browser.signed_in


@both_databases
def test_a_new_password_ends_tokens_too(app: Flask) -> None:
    meena = cast.customer()
    token = issue(meena)
    assert who(app, token) == meena.id
    with transaction():
        accounts.change_password(meena.id, security.hashed("another one"), stamp=meena.fs_uniquifier, now=now())
    db.session.rollback()
    assert who(app, token) is None
    assert tokens.of(meena.id, now()) == []


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_a_new_password_waits_for_a_token_that_is_being_issued(app: Flask) -> None:
    """So that it ends that one too; SQLite has one writer at a time."""
    meena = cast.customer()
    changing = text("SELECT id FROM people WHERE id = :id FOR NO KEY UPDATE NOWAIT")
    with transaction():
        security.issue_token(meena.id, name="my script", scopes=("read",), at=now())
        with pytest.raises(OperationalError, match="could not obtain lock"), db.engine.connect() as other:
            other.execute(changing, {"id": meena.id})
    with db.engine.connect() as other:
        assert other.execute(changing, {"id": meena.id}).scalar() == meena.id


@pytest.mark.parametrize("scopes", [(), ("everything",), ("read", "root")])
def test_a_scope_that_there_is_not_is_refused(app: Flask, scopes: tuple[str, ...]) -> None:
    meena = cast.customer()
    with pytest.raises(tokens.BadScope), transaction():
        security.issue_token(meena.id, name="x", scopes=scopes, at=now())


def test_a_tokens_use_is_noted_now_and_then(app: Flask) -> None:
    meena = cast.customer()
    issue(meena)
    row = tokens.of(meena.id, now())[0]
    first = now()
    with transaction():
        tokens.used(row.id, first)
        tokens.used(row.id, first + timedelta(minutes=1))
    db.session.refresh(row)
    assert row.used_at == first
    with transaction():
        tokens.used(row.id, first + timedelta(minutes=6))
    db.session.refresh(row)
    assert row.used_at == first + timedelta(minutes=6)
