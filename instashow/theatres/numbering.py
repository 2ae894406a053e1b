"""Names of rows and numbers of seats, as halls write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, islice
from string import ascii_uppercase

LEFT_TO_RIGHT = "left-to-right"
RIGHT_TO_LEFT = "right-to-left"
ODD_EVEN = "odd-left-even-right-from-centre"
CUSTOM = "custom"
NONE = "none"
COUNTED = (LEFT_TO_RIGHT, RIGHT_TO_LEFT, ODD_EVEN)


def row_names(rows: int, *, skip: str = "IO", from_back: bool = False) -> list[str]:
    """So many row names from the screen to the back: A … Z, AA, AB …, without the skipped letters.

    `from_back`: A is the last row instead of the first.
    """
    letters = [letter for letter in ascii_uppercase if letter not in skip]
    names = [_name(position, letters) for position in islice(count(1), rows)]
    return names[::-1] if from_back else names


def numbers(seats: Sequence[bool], numbering: str) -> list[str]:
    """The number of each column of a row ("" where no seat stands), counted the given way.

    Odd and even are counted from the middle of the drawing: 1, 3, 5 … to the left, 2, 4, 6 … to the right.
    """
    columns = [x for x, seat in enumerate(seats) if seat]
    if numbering == ODD_EVEN:
        left = [x for x in columns if 2 * x <= len(seats) - 1]
        right = columns[len(left) :]
        found = {x: 2 * n + 1 for n, x in enumerate(reversed(left))} | {x: 2 * n + 2 for n, x in enumerate(right)}
    elif numbering == RIGHT_TO_LEFT:
        found = {x: n for n, x in enumerate(reversed(columns), start=1)}
    else:
        found = {x: n for n, x in enumerate(columns, start=1)}
    return [str(found.get(x, "")) for x in range(len(seats))]


def recognised(rows: Sequence[Sequence[str]]) -> str:
    """The way rows of numbers ("" where no seat stands) were counted, or "custom"."""
    for numbering in COUNTED:
        if all(numbers([bool(number) for number in row], numbering) == list(row) for row in rows):
            return numbering
    return CUSTOM


def _name(position: int, letters: Sequence[str]) -> str:
    name = ""
    while position:
        position, letter = divmod(position - 1, len(letters))
        name = letters[letter] + name
    return name
