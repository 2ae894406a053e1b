"""Passwords that a guesser tries first: zxcvbn's list of the 30,000 most used, and one's own names."""

from __future__ import annotations

from functools import cache

from instashow.people.naming import PASSWORD_LEAST, BadWord, password

TOP = 1000
"""Of these a year or an exclamation mark makes no other password."""
LEAST = 6
"""Letters of a word that counts as one of those."""
TRIMMINGS = "0123456789!@#$%^&*()-_=+.,;:?/ "


def uncommon(typed: str, field: str = "password", *, own: tuple[str | None, ...] = ()) -> str:
    """The password as naming.password gives it. Raises BadWord, its code "common" for one that many have, "own" for
    one that is the person's address, user name or name."""
    given = password(typed, field)
    folded = given.casefold()
    most_used, top = _lists()
    bare = folded.strip(TRIMMINGS)
    if folded in most_used or (len(bare) >= LEAST and bare in top) or len(set(folded)) == 1:
        raise BadWord(field, "common")
    if folded in _own(own):
        raise BadWord(field, "own")
    return given


def _own(names: tuple[str | None, ...]) -> set[str]:
    folded = {name.strip().casefold() for name in names if name}
    return folded | {name.partition("@")[0] for name in folded}


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Those long enough for us, and the foremost. Read at the first sign-up of a process."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    words = FREQUENCY_LISTS["passwords"]
    return frozenset(word for word in words if len(word) >= PASSWORD_LEAST), frozenset(words[:TOP])
