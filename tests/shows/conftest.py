"""What the programme's pages share: a house."""

from __future__ import annotations

import pytest
from flask import Flask

from instashow.theatres.models import Theatre
from tests import cast


@pytest.fixture
def roxy(app: Flask) -> Theatre:
    """A house of one small hall in Chennai."""
    return cast.theatre("Roxy", place="Purasawalkam")
