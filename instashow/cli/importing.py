"""instashow import"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections import Counter
from importlib import import_module
from pathlib import Path

from instashow.cli import start
from instashow.sheet import Note, Outcome, Refused, Sheet, Unreadable

SHOWN = 40
"""Lines printed of each kind; a file may have thousands."""

RULES = {"theatres": "screenings.moving", "shows": "shows.importing", "screenings": "screenings.importing"}
PAGE = "docs/first-steps.md tells what each may say, with a file of each kind that can be imported."
FILES = {
    "not_utf8": "the file is not UTF-8 (line {what}); save it as UTF-8 and try again",
    "no_header": "the file has no header line",
    "missing_column": "the column {what} is missing",
    "missing_columns": "the columns {what} are missing",
    "twice_column": "the column {what} stands there twice",
    "too_many_lines": "the file has more than {what} lines",
    "semicolons": "semicolons stand between the columns; commas must",
    "tabs": "tabs stand between the columns; commas must",
    "bad_csv": "line {what} begins a row that cannot be read: a quotation mark is missing or too many",
    "long_cell": "line {what} begins a row with a cell that is too long, of more than a hundred thousand letters",
    "null": "line {what} has a NUL character, which no text has",
    "no_rows": "the file has a header but no lines",
}
ERRORS = {
    "missing": "is missing",
    "twice": "stands in the file twice",
    "no_letters": "has a word without letters or digits",
    "too_long": "is too long: at most {about} characters",
    "characters": "has a character that cannot be kept",
    "not_a_whole_number": "is not a whole number",
    "not_a_number": "is not a number",
    "out_of_range": "must be from {about}",
    "foreign_digits": "must be written with the digits 0 to 9",
    "too_many_decimals": "has more decimals than the currency",
    "negative": "cannot be negative",
    "too_large": "is too large",
    "not_a_day": "is not a day like 2026-11-21",
    "not_a_time": "is not a time like 2026-11-21 18:30",
    "skipped_hour": "is an hour that the clock change skips; write it with an offset",
    "repeated_hour": "is an hour that the clock change repeats; write it with an offset",
    "past": "is in the past",
    "not_a_zone": "is not an IANA time zone such as Asia/Kolkata",
    "not_a_country": "is not a country code of two letters",
    "not_a_language": "is not an ISO 639 language code such as ta",
    "not_a_state": "is none of draft, on_sale, cancelled",
    "unknown": "is not known here",
    "ambiguous": "is the name of several; use the id",
    "screening_conflict": "is when the screen is taken by {about}",
    "line_conflict": "is when the screen is taken by the screening of line {about}",
    "sold": "has seats held or sold; move or cancel it in the back office",
    "wrong_number_of_cells": "the line has more or fewer cells than the header",
}
NOTICES = {
    "place_is_city": "no address: the city's name is the place",
    "one_screen": "no number of screens: one",
    "usual_seats": "no number of seats: 150 a screen",
    "usual_zone": "the city is not in the list: the installation's time zone is taken",
    "zone_of_city": "the city has another time zone here, which stands",
    "removed_here": "was removed here and stays so",
    "usual_runtime": "no runtime: 120 minutes",
    "usual_price": "no base price: the installation's",
}


class _TryOnly(Exception):
    """Takes back what a dry run wrote."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after `instashow import`."""
    parser.add_argument("kind", choices=tuple(RULES), help="what its lines are")
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="UTF-8, commas, the names of the columns first")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join(("columns:", *map(_columns, RULES), PAGE))


def _columns(kind: str) -> str:
    """Which columns a file of this kind must have, and which it may have; kinds are named as their rooms."""
    room = import_module(f"instashow.{kind}.importing")
    others = ", ".join(name for name in room.COLUMNS if name not in room.NEEDED)
    line = f"{kind}: {', '.join(room.NEEDED)} must be there; {others} may be"
    return textwrap.fill(line, 78, initial_indent="  ", subsequent_indent="    ")


def run(words: argparse.Namespace) -> None:
    """Import a file, all of it or nothing. Raises Stop."""
    try:
        data = words.file.read_bytes()
    except OSError as error:
        raise start.Stop(f"{words.file}: {error.strerror}") from None
    with start.app().app_context():
        try:
            outcome = _bring(words.kind, data, dry=words.dry_run)
        except Unreadable as bad:
            raise start.Stop(FILES[bad.code].format(what=bad.what)) from None
        except Refused as refused:
            _print_columns(refused.sheet)
            _print_notes(sorted(refused.sheet.errors, key=lambda note: note.line), error=True)
            lines = len({note.line for note in refused.sheet.errors})
            raise start.Stop(f"{lines} line(s) cannot be imported, so nothing was imported") from None
    _print_outcome(words, outcome)


def _bring(kind: str, data: bytes, *, dry: bool) -> Outcome:
    from instashow import upgrade
    from instashow.clock import now
    from instashow.db import transaction

    upgrade.upgrade()
    room = import_module(f"instashow.{RULES[kind]}")
    try:
        with transaction():
            outcome: Outcome = room.bring(data, now=now())
            if dry:
                raise _TryOnly(outcome)
    except _TryOnly as tried:
        return tried.outcome
    return outcome


def _print_outcome(words: argparse.Namespace, outcome: Outcome) -> None:
    _print_columns(outcome.sheet)
    _print_notes(sorted(outcome.sheet.notices, key=lambda note: note.line), error=False)
    done = f"{words.kind}: {outcome.added} added, {outcome.changed} changed, {outcome.same} as they were"
    print(f"{done}; a dry run, nothing was written" if words.dry_run else done)


def _print_columns(sheet: Sheet) -> None:
    if sheet.unknown:
        print("columns ignored: " + ", ".join(name if name.isprintable() else repr(name) for name in sheet.unknown))


def _print_notes(notes: list[Note], *, error: bool) -> None:
    stream = sys.stderr if error else sys.stdout
    if not error and len(notes) > SHOWN:
        for code, count in Counter(note.code for note in notes).items():
            print(f"{count} lines: {NOTICES[code]}", file=stream)
        return
    for note in notes[:SHOWN]:
        print(_error(note) if error else f"line {note.line}: {NOTICES[note.code]}", file=stream)
    if len(notes) > SHOWN:
        print(f"… and {len(notes) - SHOWN} more", file=stream)


def _error(note: Note) -> str:
    what = ERRORS.get(note.code, note.code).format(about=note.about)
    shown = f" ({note.value!r})" if note.value else ""
    return f"line {note.line}, column {note.column}{shown}: {what}" if note.column else f"line {note.line}: {what}"
