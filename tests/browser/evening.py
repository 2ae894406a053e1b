"""What is on in the stories' house: one film in Chennai, tonight at seven, in a hall of 210 seats."""

from __future__ import annotations

from instashow.clock import now
from instashow.db import transaction
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
