"""Average stars in which one vote does not top the list: the usual Bayesian mean.

(prior sum + sum) / (prior votes + count), stars being 1 to 5. All is reckoned from whole sums and counts and rounded
once, to hundredths of a star, half up, so nothing drifts.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from instashow.money import half_up

PRIOR_VOTES = 10
"""How many votes stand in for those that are not there yet."""
MIDDLE = 350
"""What these say where nothing else is known, in hundredths of a star."""


def average(
    stars_sum: int, count: int, *, outside_stars: int | None = None, outside_votes: int | None = None
) -> int | None:
    """Hundredths of a star to show; None where nobody has voted, neither here nor elsewhere.

    `outside_stars` (hundredths of a star) with so many `outside_votes` is the rating from elsewhere, see `prior_sum`.
    """
    if not count and not _is_rated(outside_stars, outside_votes):
        return None
    mean = rank(stars_sum, count, outside_stars=outside_stars, outside_votes=outside_votes)
    return half_up(100 * mean.numerator, mean.denominator)


def rank(stars_sum: int, count: int, *, outside_stars: int | None = None, outside_votes: int | None = None) -> Fraction:
    """The exact mean in stars, to sort by; what nobody has rated stands in the middle."""
    prior = prior_sum(outside_stars, outside_votes)
    return Fraction(prior + 100 * stars_sum, 100 * (PRIOR_VOTES + count))


def prior_sum(outside_stars: int | None, outside_votes: int | None) -> int:
    """What the prior votes add up to, in hundredths of a star.

    They are the rating from elsewhere as far as that many voted there, and the middle for the rest. So it holds until
    as many of our own people have voted, however many did elsewhere.
    """
    if outside_stars is None or not _is_rated(outside_stars, outside_votes):
        return MIDDLE * PRIOR_VOTES
    votes = min(outside_votes or 0, PRIOR_VOTES)
    return outside_stars * votes + MIDDLE * (PRIOR_VOTES - votes)


def hundredths(rating: Decimal, *, of: int) -> int:
    """A rating of so many points as hundredths of a star of five: 8.4 of 10 is 420. Raises ValueError."""
    if not rating.is_finite() or not 0 <= rating <= of:
        raise ValueError(f"a rating is from 0 to {of}")
    stars = Fraction(rating) * 500 / of
    return half_up(stars.numerator, stars.denominator)


def _is_rated(stars: int | None, votes: int | None) -> bool:
    return stars is not None and bool(votes)
