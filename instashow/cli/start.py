"""What commands begin with: the settings, the app, its database opened, and how to stop with one plain line."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from instashow import config, setting_words, upgrade
from instashow.config import settings


class Stop(Exception):
    """An expected end: its text is the one line that the operator reads."""


def app(made: config.Settings | None = None) -> Flask:
    """The app on this installation's settings. Raises config.BadSetting."""
    from instashow.app import create_app

    built = create_app(made or config.read())
    gc.freeze()  # what stands now stands until the end: no search for garbage walks it, no forked process copies it
    gc.enable()
    return built


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads an option's number, as settings are read."""
    read = setting_words.number(low, high)

    def typed(text: str) -> int:
        try:
            return read(text)
        except ValueError as expected:
            raise argparse.ArgumentTypeError(f"{text} is wrong; expected {expected}") from None

    return typed


@contextmanager
def opened(on: Flask | None = None) -> Iterator[Flask]:
    """The app's context, its database at this version and of this key. Raises upgrade.Refusal, Stop."""
    made = on or app()
    with made.app_context():
        upgrade.refuse_newer()
        if not upgrade.current_steps():
            raise Stop("the database is empty; run `instashow migrate` first")
        recognise()
        yield made


def guarded(act: Callable[[], int | None]) -> int:
    """What `act` gives as exit code, or 1 with one plain line on stderr for what an operator can mend."""
    try:
        return act() or 0
    except (Stop, config.BadSetting, upgrade.Refusal) as reason:
        line = str(reason)
    except OSError as error:
        line = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    except OperationalError as error:
        line = f"the database does not answer: {_first_line(error.orig)}"
    except RedisError as error:
        line = f"INSTASHOW_REDIS_URL does not answer: {_first_line(error)}"
    print(f"instashow: {line}", file=sys.stderr)
    return 1


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]


def recognise() -> None:
    """Raises installation.OtherKey where this process signs with another key than the installation."""
    from instashow import installation
    from instashow.db import transaction

    with transaction():
        installation.recognise(config.secret_key(settings()))


def email(said: str) -> str:
    """The e-mail address as accounts keep it. Raises Stop for what is none."""
    from instashow.people import naming

    try:
        return naming.email(said)
    except naming.BadWord:
        raise Stop(f"{said} is no e-mail address") from None


def first_admin() -> None:
    """Make an admin where there is none, and print once what they sign in with."""
    from instashow.clock import now
    from instashow.db import transaction
    from instashow.people import first_admin
    from instashow.people.security import hashed

    made = settings()
    with transaction():
        password = first_admin.ensure(made.admin_email, made.admin_password, hashed=hashed, now=now())
    if password:
        print(f"The first admin: {made.admin_email}, password {password} (shown this once)", flush=True)
