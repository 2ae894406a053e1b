"""What the demo knows: the shapes of its films, cinemas, reviews, people and habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class OutsideRating:
    """A film's average elsewhere, of ten, with its votes."""

    average_of_10: Decimal
    votes: int
    source: str


@dataclass(frozen=True, kw_only=True)
class ShowFacts:
    """A real film, or an event invented for the demo (`kind` live, talk, sport or other)."""

    id: str
    title: str
    languages: tuple[str, ...]
    """ISO 639 codes, the original one first."""
    runtime_min: int
    tags: tuple[str, ...]
    base_price: int
    """Paise."""
    caption: str
    synopsis: str
    kind: str = "film"
    original_title: str = ""
    script: str = ""
    """The script of the original title, as Unicode names it; empty where there is no such title."""
    year: int | None = None
    release_date: date | None = None
    certificate: str | None = None
    coming_in_days: int | None = None
    """For a coming show: days from today to its first one."""
    outside_rating: OutsideRating | None = None
    cities: tuple[str, ...] = ()
    """Where an event plays; empty: anywhere."""


@dataclass(frozen=True, kw_only=True)
class ScreenFacts:
    """A hall: its name, the id of its layout, its format."""

    name: str
    layout: str
    format: str = "2D"


@dataclass(frozen=True, kw_only=True)
class CinemaFacts:
    """A cinema; name, place and, where `counted`, the number of screens are real, all else was chosen for the demo."""

    id: str
    name: str
    locality: str
    city: str
    state: str
    lat: float
    lon: float
    counted: bool
    price_factor: int
    """Per cent of a show's base price."""
    experiences: tuple[str, ...]
    screens: tuple[ScreenFacts, ...]
    caption: str


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """A sentence that somebody might write about any show or theatre that they gave so many stars."""

    about: str
    """show or theatre."""
    stars: int
    language: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """A customer's name, and the part of their address before `@example.com`."""

    name: str
    mailbox: str


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How people book, as shares of 1 unless said otherwise; behaviour.json names the source of each."""

    party_size: dict[int, float]
    occupancy_mean: float
    occupancy_deciles: tuple[float, ...]
    occupancy: dict[str, dict[int, float]]
    """By kind of day (mon-thu, fri, sat-sun) and local hour of the start; there is none from 1 to 8."""
    rows_from_back: tuple[float, ...]
    """Seats sold in each fifth of the rows, the back first."""
    first_rows_from_back: tuple[float, ...]
    """The same for a screening's first five sales."""
    stars: dict[int, float]
    film_averages: dict[Decimal, float]
    """Averages of ten of films with ten votes or more."""
    weekly_hold: int
    """Per cent of its audience that a film keeps from week to week."""
    lead_hours: dict[int, float]
    """Bookings made at most so many hours before the start, and before them no later than the step below."""
    languages: dict[str, dict[str, int]]
    """City to language to per cent of its showings."""
