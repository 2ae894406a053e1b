"""instashow admin"""

from __future__ import annotations

import argparse

from instashow.cli import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who."""
    parser.add_argument("email", metavar="EMAIL", help="whose account; made where there is none")


def run(words: argparse.Namespace) -> None:
    """Make them an administrator. Raises Stop for what is no e-mail address."""
    with start.opened():
        from instashow.clock import now
        from instashow.db import transaction
        from instashow.people import first_admin
        from instashow.people.security import hashed

        email = start.email(words.email)
        with transaction():
            password = first_admin.appoint(email, None, hashed=hashed, now=now())
            doubts = first_admin.doubts(email)
    print(f"{email} is an administrator" + (f"; password {password} (shown this once)" if password else ""))
    if doubts:
        print(f"notice: {doubts}")
