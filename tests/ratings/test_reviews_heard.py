"""Reviews for the ear: the next ones are announced and gone to."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow.db import db
from instashow.ratings.models import Rating
from instashow.shows.models import Show
from tests import cast
from tests.browsers import Browser

PART = {"HX-Request": "true"}


def reviewed(*words: str, **beside: object) -> Show:
    """A show of which guests wrote these words, the last one first on the page."""
    show = cast.show("Raazi", **beside)
    screening = cast.screening(show, cast.theatre(), starts_at=None, hours=-5)
    for n, said in enumerate(words):
        guest, over = cast.customer(f"{n}@example.com", name=f"Guest{n}"), screening.ends_at
        db.session.add(Rating(person_id=guest.id, show_id=show.id, stars=4, review=said, rated_at=over))
        db.session.commit()
    return show


@pytest.mark.parametrize("address", ["/shows/{}", "/shows/{}/ratings"])
def test_older_reviews_say_how_many_came_and_take_the_focus(app: Flask, address: str) -> None:
    show = reviewed(*(f"words {n}" for n in range(12)))
    first = Browser(app).get(address.format(show.id)).text
    more = re.findall(r'hx-get="([^"]+)"[^\n]*>Older ones', first)
    part, whole = Browser(app).get(more[0], **PART).text, Browser(app).get(more[0]).text
    assert re.search(r'role="status" id="reviews-told" hx-swap-oob="innerHTML">2 more reviews</p>', part)
    assert re.findall(r'<article class="told"([^>]*)>', part) == [' tabindex="-1" data-focus', ""]
    for loaded in (first, whole):
        assert re.search(r'role="status" id="reviews-told"></p>', loaded)
        assert re.search(r'<article class="told"[^>]*data-focus', loaded) is None


def test_each_review_is_in_its_own_language(app: Flask) -> None:
    show = reviewed("अच्छी", "Fine", "அருமை", languages=["ta", "mr"], synopsis="A boat comes home.")
    said = re.compile(r'<blockquote dir="auto"([^>]*)>')
    english, hindi = Browser(app), Browser(app, **{"Accept-Language": "hi"})
    for address in (f"/shows/{show.id}", f"/shows/{show.id}/ratings"):
        assert said.findall(english.get(address).text) == [' lang="ta"', "", ' lang="mr"']
    assert said.findall(hindi.get(f"/shows/{show.id}").text) == [' lang="ta"', ' lang="en"', ' lang="mr"']
    assert '<p class="say" lang="en">A boat comes home.' in hindi.get(f"/shows/{show.id}").text
    assert '<p class="say">A boat comes home.' in english.get(f"/shows/{show.id}").text


def test_a_theatres_caption_is_in_its_own_language(app: Flask) -> None:
    url = f"/theatres/{cast.theatre(caption='Velvet seats.').id}"
    assert '<p class="say"><span lang="en">Velvet seats.' in Browser(app, **{"Accept-Language": "ta"}).get(url).text
    assert '<p class="say"><span>Velvet seats.' in Browser(app).get(url).text
