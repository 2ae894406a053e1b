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
        from instashow.people import first_admin, naming
        from instashow.people.security import hashed

        try:
            email = naming.email(words.email)
        except naming.BadWord:
            raise start.Stop(f"{words.email} is no e-mail address") from None
        with transaction():
            password = first_admin.appoint(email, None, hashed=hashed, now=now())
            doubts = first_admin.doubts(email)
    print(f"{email} is an administrator" + (f"; password {password} (shown this once)" if password else ""))
    if doubts:
        print(f"notice: {doubts}")
