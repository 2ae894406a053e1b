"""What is on in the stories' house: one film in Chennai, tonight at seven, in a hall of 210 seats."""

from __future__ import annotations

from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.pricing import usual
from instashow.screenings.models import Screening
from tests import cast
from tests.theatres.plans import shipped

TITLE = "Kadal Oram"


def begin() -> Screening:
    """Write it; gives the screening."""
    with transaction():
        usual.lay_down(now())
    theatre = cast.theatre("Sapphire", plan=shipped("stadium-210"), place="Gemini", address="201 Mount Road")
    film = cast.show(TITLE, original_title="கடல் ஓரம்", languages=["ta"], certificate="UA")
    return cast.screening(film, theatre, hours=2)


def lapse(house: Flask) -> None:
    """Every hold in the house has run out."""
    with house.app_context():
        with transaction():
            db.session.execute(db.text("UPDATE claims SET held_until = '2020-01-01' WHERE ticket_id IS NULL"))
            db.session.execute(db.text("UPDATE holds SET expires_at = '2020-01-01'"))
        db.session.remove()
        db.engine.dispose()
