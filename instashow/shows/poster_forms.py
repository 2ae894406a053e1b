"""Which form and which spark a tag stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from instashow.shows import poster_figures as figure
from instashow.shows import poster_force as force
from instashow.shows import poster_patterns as pattern
from instashow.shows import poster_places as place
from instashow.shows.poster_palettes import Palette
from instashow.shows.poster_pen import Dice, Stage

Drawing = Callable[[Dice, Stage, Palette], str]

ACTION: list[Drawing] = [
    force.rays, force.wedge, force.burst, force.chevrons, force.shards, force.target, force.pinwheel, force.speed,
    force.blade, force.star,
]  # fmt: skip
DRAMA: list[Drawing] = [
    place.horizon, place.hills, place.door, place.stairs, place.moon, place.halves, place.quarter, pattern.rain,
]  # fmt: skip
BY_TAG: dict[str, list[Drawing]] = {
    "action": ACTION,
    "adventure": [place.peaks, place.waves, place.sunrise, force.shards],
    "animation": [pattern.tumble, pattern.confetti, force.pinwheel, pattern.polka],
    "biography": [place.bust, place.rising, place.sunrise],
    "comedy": [pattern.confetti, pattern.zigzag, pattern.polka, pattern.smile, force.bounce, pattern.tumble],
    "crime": [pattern.fingerprint, place.keyhole, pattern.windows, pattern.night],
    "documentary": [place.horizon, place.rising, place.eye, pattern.windows],
    "drama": DRAMA,
    "family": [place.hills, place.sunrise, force.bounce, place.door],
    "fantasy": [place.arches, place.moon, place.waves, force.star],
    "history": [place.arches, place.stairs, place.rising, place.sunrise],
    "horror": [pattern.drips, pattern.teeth, place.eye, place.well],
    "live": [force.rays, pattern.confetti, force.bars, force.pinwheel],
    "music": [force.bars, force.target, place.waves],
    "mystery": [place.keyhole, pattern.night, place.moon, place.well],
    "romance": [place.lens, place.sunrise, place.moon, place.quarter],
    "sci-fi": [force.orbits, pattern.sliced, force.target, place.quarter],
    "sport": [force.lanes, force.speed, force.bounce],
    "talk": [place.halves, place.bust, pattern.polka],
    "thriller": [force.slants, pattern.blinds, force.scope, pattern.sliced, pattern.night],
    "war": [force.slabs, force.chevrons, force.scope],
}
SAME_AS = {
    "science fiction": "sci-fi", "musical": "music", "sports": "sport", "concert": "live", "western": "adventure",
    "biopic": "biography", "historical": "history", "period": "history", "kids": "family", "suspense": "thriller",
}  # fmt: skip
FORMS: dict[str, Drawing] = {form.__name__: form for forms in BY_TAG.values() for form in forms}

SPARKS_BY_TAG: dict[str, list[Drawing]] = {
    "action": [figure.bolt, figure.sun], "adventure": [figure.tent, figure.sun, figure.kite],
    "animation": [figure.pair, figure.bow], "biography": [figure.crescent, figure.rise, figure.ring],
    "comedy": [figure.grin, figure.bow, figure.pair], "crime": [figure.key, figure.cut],
    "family": [figure.pair, figure.rise], "fantasy": [figure.arch, figure.crown, figure.crescent],
    "history": [figure.arch, figure.crown], "horror": [figure.peep, figure.crescent], "music": [figure.notes],
    "mystery": [figure.key, figure.peep],
    "romance": [figure.met, figure.heart, figure.petals, figure.rise],
    "sci-fi": [figure.planet, figure.rocket], "sport": [figure.ball],
    "thriller": [figure.bolt, figure.cut, figure.kite], "war": [figure.ranks],
}  # fmt: skip
ANY_SPARK: list[Drawing] = [
    figure.sun, figure.ring, figure.rise, figure.kite, figure.full, figure.cut, figure.petals,
]  # fmt: skip
BESIDE_NOTHING = {  # forms that are figures themselves
    "eye", "smile", "bust", "lens", "fingerprint", "confetti", "tumble", "halves", "scope", "stairs", "bars", "moon",
    "keyhole",
}  # fmt: skip


def forms_for(tags: Sequence[str]) -> list[str]:
    """The names of the forms that the first known tag may take; a show without one is a drama."""
    known = [name for name in map(plain, tags) if name in BY_TAG]
    return [form.__name__ for form in BY_TAG[known[0] if known else "drama"]]


def spark_for(tags: Sequence[str], form: str, dice: Dice) -> Drawing | None:
    """The figure of the second tag; without one, any or none, and none where the form is a figure itself."""
    if form in BESIDE_NOTHING:
        return None
    second = [SPARKS_BY_TAG[name] for name in map(plain, tags[1:]) if name in SPARKS_BY_TAG]
    if second and dice.likely(0.85):
        return dice.one_of(second[0])
    return dice.one_of(ANY_SPARK) if dice.likely(0.6) else None


def plain(tag: str) -> str:
    name = tag.strip().casefold()
    return SAME_AS.get(name, name)
