"""Break a title into lines and set each to the full measure: width axis first, then size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from instashow.shows.poster_widths import Measure, measure

CLINGING = frozenset(
    "a an the of on in to and or is at by from with aur ki ka ke kii ko da de del des di do du el en et la le les los"
    " un une der die das und och og i e y और की का के को एक द দি ও ఏ ది ದಿ".casefold().split()
)  # words that do not end a line
MOST_LINES = 5
LONGEST_WORD = 22  # characters
UNSPACED = re.compile("[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{3}(?=.)")
TRIED_WORDS = 6  # up to so many words every way of breaking is tried, past them only the evenest


@dataclass(frozen=True)
class Line:
    """One line as it is set: `y` is its baseline from the block's top, `length` its advance in units."""

    text: str
    size: float
    y: float
    length: float
    stretch: int | None


@dataclass(frozen=True)
class Block:
    lines: tuple[Line, ...] = ()
    height: float = 0


def fit(text: str, width: float, room: float, *, tallest: float = 150, gap: float = 7) -> Block:
    """The best setting of a text in a column of `width` units, at most `room` units high.

    `tallest` is the greatest height of one line. A setting is judged by the room it fills, by how even its lines
    are, and by its breaks: no line ends in a word that clings to the next or leaves a numeral's letter alone.
    """
    settings = [setting(lines, width, room, tallest, gap) for lines in breaks(pieces(text), " " * (" " in text))]
    return max(settings, key=lambda scored: scored[0])[1]


def pieces(text: str) -> list[str]:
    """The words; where a word cannot be set in one line, or the script puts no spaces, parts of it."""
    words = [part for word in text.split() for part in UNSPACED.sub(r"\g<0> ", word).split()]
    return [word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD)]


def breaks(words: list[str], between: str) -> Iterator[list[str]]:
    if len(words) > TRIED_WORDS:
        yield from (even(words, count, between) for count in range(2, MOST_LINES + 2))
        return
    for choice in range(1 << (len(words) - 1)):
        lines = [words[0]]
        for place, word in enumerate(words[1:]):
            if choice >> place & 1:
                lines.append(word)
            else:
                lines[-1] += between + word
        if len(lines) <= MOST_LINES:
            yield lines


def even(words: list[str], count: int, between: str) -> list[str]:
    """So many lines of about one length; a line is closed where adding the next word would overshoot more."""
    goal, lines = len(between.join(words)) / count, [""]
    for word in words:
        longer = f"{lines[-1]}{between}{word}".strip()
        if lines[-1] and len(longer) - goal > goal - len(lines[-1]) and len(lines) < count:
            *stay, last = lines[-1].split()
            clings = bool(stay) and last.casefold() in CLINGING
            lines[-1:] = [" ".join(stay), f"{last} {word}"] if clings else [lines[-1], word]
        else:
            lines[-1] = longer
    return lines


def setting(lines: list[str], width: float, room: float, tallest: float, gap: float) -> tuple[float, Block]:
    gap = min(gap, room / len(lines) / 3)
    measures = [measure(line) for line in lines]
    tall = [each.above + each.below for each in measures]
    most = [min(width / each.narrow * t, tallest) for each, t in zip(measures, tall, strict=True)]
    least = [min(width / each.wide * t, m) for each, t, m in zip(measures, tall, most, strict=True)]
    free = room - gap * (len(lines) - 1)
    heights = shared(least, most, free)
    squeeze = min(1.0, free / sum(heights))
    heights = [height * squeeze for height in heights]
    block = stacked(lines, measures, heights, width, gap)
    short = 1 - min(line.length for line in block.lines) / width
    return judged(lines, heights, block.height / room, squeeze) - 1.6 * short, block


def shared(least: list[float], most: list[float], free: float) -> list[float]:
    """One height for all lines where their limits let it; the greatest that leaves the sum within `free`."""
    low, high = min(least), max(most)
    for _ in range(12):
        middle = (low + high) / 2
        total = sum(min(max(middle, few), many) for few, many in zip(least, most, strict=True))
        low, high = (middle, high) if total <= free else (low, middle)
    return [min(max(low, few), many) for few, many in zip(least, most, strict=True)]


def judged(lines: list[str], heights: list[float], share: float, squeeze: float) -> float:
    score = share - 0.09 * max(0.0, max(heights) / min(heights) - 1.5) - 0.035 * len(lines) - 1.2 * (1 - squeeze)
    for line in lines[:-1]:
        last = line.split()[-1].casefold()
        score -= 0.5 * (last in CLINGING)
        score += 0.1 * (last[-1] in ":,.!?" and len(last) > 2)
    for line in lines:
        score -= 0.3 * (len(lines) > 1 and bool(re.fullmatch(r"[IVX]{1,3}|[^\W\d]|\W+|\d\b", line)))
        score -= 0.15 * bool(re.search(r":\s\D", line))
    return score + 0.12 * (len(lines) > 1 and bool(re.fullmatch(r"\d{2,4}", lines[-1])))


def stacked(lines: list[str], measures: list[Measure], heights: list[float], width: float, gap: float) -> Block:
    top, placed = 0.0, []
    for text, each, height in zip(lines, measures, heights, strict=True):
        size = height / (each.above + each.below)
        length = min(width, each.wide * size)
        placed.append(Line(text, size, top + each.above * size, length, each.stretch(length / size)))
        top += height + gap
    return Block(tuple(placed), top - gap)


def moved(block: Block, y: float) -> tuple[Line, ...]:
    return tuple(replace(line, y=line.y + y) for line in block.lines)
