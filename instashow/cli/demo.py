"""instashow demo"""

from __future__ import annotations

import argparse

from flask import Flask

from instashow.cli import start

HISTORY = 60
"""Days of past that `make run` loads."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, how much past, which dice."""
    sizes = "small: one theatre; city: all 85, a fortnight (the default); chain: a thousand"
    days, dice = start.whole(0, 3650), start.whole(0, 999_999_999)
    parser.add_argument("--size", choices=("small", "city", "chain"), default="city", help=sizes)
    parser.add_argument("--history", type=days, default=0, metavar="DAYS", help="days of past bookings (0)")
    parser.add_argument("--seed", type=dice, default=1, help="the same seed gives the same data (1)")
    parser.add_argument("--sign-ins", action="store_true", help="give staff and a customer passwords and print them")


def run(words: argparse.Namespace) -> None:
    """Load the demo into an empty installation. Raises Stop."""
    from instashow import upgrade

    app = start.app()
    with app.app_context():
        upgrade.upgrade()
        if not _is_empty():
            raise start.Stop("there are theatres already; the demo is for an empty installation")
        _load(words.size, history=words.history, seed=words.seed)
        if words.sign_ins:
            _print_sign_ins()


def into_an_empty_one(app: Flask) -> bool:
    """Load the demo that `make run` shows, with its sign-ins; False where there are theatres already."""
    with app.app_context():
        if not _is_empty():
            return False
        print(f"Loading the demo: 85 cinemas, a fortnight ahead, {HISTORY} days of past …", flush=True)
        _load("city", history=HISTORY, seed=1)
        _print_sign_ins()
    return True


def _load(size: str, *, history: int, seed: int) -> None:
    """A large demo is written step by step; a smaller one all at once or not at all."""
    from instashow.clock import now
    from instashow.db import transaction
    from instashow.demo import building

    steps = building.build(size, history=history, seed=seed, now=now())
    if size != "chain":
        with transaction():
            for wrote in steps:
                print(f"  {wrote}", flush=True)
        return
    going = True
    while going:
        with transaction():
            step = next(steps, None)
        going = step is not None
        print(f"  {step or 'done'}", flush=True)


def _print_sign_ins() -> None:
    from instashow.db import transaction
    from instashow.demo import people
    from instashow.people import security

    passwords = people.passwords()
    hashes = {email: security.hashed(password) for _, email, password in passwords}
    with transaction():
        people.give(hashes)
    print("Sign in with:")
    for role, email, password in passwords:
        print(f"  {role:<10}  {email:<24}  {password}", flush=True)


def _is_empty() -> bool:
    from instashow.db import db
    from instashow.theatres.models import Theatre

    return not db.session.scalars(db.select(Theatre.id).limit(1)).first()
