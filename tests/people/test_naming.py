"""What people type about themselves."""

from __future__ import annotations

import re
import unicodedata

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from instashow.people import naming
from instashow.people.naming import BadWord
from tests.browsers import Browser


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Meena@Example.COM ", "Meena@example.com"),
        ("meena@xn--bcher-kva.example", "meena@bücher.example"),
        ("ÉLAN@example.com", "élan@example.com"),
        ("மீனா@உதாரணம்.இந்தியா", "மீனா@உதாரணம்.இந்தியா"),
    ],
)
def test_an_address_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert naming.email(typed) == kept


@pytest.mark.parametrize("typed", ["a", "a@", "@b.c", "a b@c.de", "a@b@c.de", "a@b..de", "a@-b.de", "a@b", "<a@b.de>"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadWord) as refused:
        naming.email(typed)
    assert refused.value.code == "not_email"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Meena", "ＭＥＥＮＡ"), ("straße", "STRASSE"), ("ﬁlm", "FILM"), ("क्\u200dष", "क्ष"), ("é", "e\u0301")],
)
def test_user_names_that_read_alike_are_one(one: str, other: str) -> None:
    assert naming.username_key(one) == naming.username_key(other)


@pytest.mark.parametrize("typed", ["a b", "a@b", "a\u202eb", "🎟", "a\u200b", "<b>", "\u200d", "a/b"])
def test_what_is_no_user_name_is_refused(typed: str) -> None:
    with pytest.raises(BadWord) as refused:
        naming.username(typed)
    assert refused.value.code == "characters"


@given(st.text(max_size=80))
def test_every_text_is_kept_or_refused(typed: str) -> None:
    """Nothing but BadWord comes out, and what is kept is kept the same again."""
    for read in (naming.email, naming.username, naming.name, naming.password):
        try:
            kept = read(typed)
        except BadWord:
            continue
        if kept:
            assert read(kept) == kept


@given(st.text(min_size=1, max_size=40))
def test_a_user_names_key_is_its_own_key(typed: str) -> None:
    key = naming.username_key(typed)
    assert naming.username_key(key) == key
    assert unicodedata.is_normalized("NFKC", key)


def test_the_pages_limits_are_the_servers(app: Flask) -> None:
    most = {"email": naming.EMAIL_MOST, "username": naming.USERNAME_MOST, "name": naming.NAME_MOST}
    most["password"] = naming.PASSWORD_MOST
    page = Browser(app).get("/register").text
    for field, limit in most.items():
        tag = re.search(rf'<input id="f-{field}"[^>]*>', page)
        assert tag
        assert f'maxlength="{limit}"' in tag[0], tag[0]
    assert f'minlength="{naming.PASSWORD_LEAST}"' in page


def test_an_emoji_counts_as_the_page_counts_it() -> None:
    assert naming.name("🎬" * (naming.NAME_MOST // 2))
    with pytest.raises(BadWord):
        naming.name("🎬" * (naming.NAME_MOST // 2) + "!")
