"""instashow role"""

from __future__ import annotations

import argparse

from instashow.cli import start

ROLES = ("manager", "box-office", "door")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, what, where."""
    parser.add_argument("email", metavar="EMAIL", help="whose account; made where there is none")
    parser.add_argument("role", choices=ROLES)
    parser.add_argument("theatre", metavar="THEATRE", help="its number, or its name")


def run(words: argparse.Namespace) -> None:
    """Give them the role at the theatre. Raises Stop for what is no e-mail address and for no, or several, theatres."""
    with start.opened():
        from instashow.clock import now
        from instashow.db import transaction
        from instashow.people import first_admin, roles
        from instashow.people.security import hashed

        email = start.email(words.email)
        theatre_id, name = _theatre(words.theatre)
        with transaction():
            person_id, password = first_admin.account(email, None, hashed=hashed, now=now(), name="")
            new = roles.give(person_id, words.role, theatre_id, by=None, now=now())
            doubts = first_admin.doubts(email)
    print(f"{email} {'is' if new else 'was already'} {words.role} at {name}{_said(password)}")
    if doubts:
        print(f"notice: {doubts}")


def _theatre(said: str) -> tuple[int, str]:
    """The theatre's id and name, by its number or its name."""
    from instashow.theatres import served

    found = served.named(said)
    if len(found) != 1:
        raise start.Stop(
            f"no theatre is called {said}"
            if not found
            else f"{len(found)} theatres are called {said}; say the number: "
            + ", ".join(f"{one.id} ({one.city.name})" for one in found[:10])
        )
    return found[0].id, found[0].name


def _said(password: str | None) -> str:
    return f"; password {password} (shown this once)" if password else ""
