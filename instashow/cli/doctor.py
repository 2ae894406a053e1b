"""instashow doctor"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from instashow import checks, upgrade
from instashow.cli import notices, start
from instashow.config import Settings, secret_key, settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(_words: argparse.Namespace) -> None:
    """Print what is configured and whether it is there. Raises Stop that names what is missing."""
    missing = []
    with start.app().app_context():
        for what, where, wrong in _all(settings()):
            print(f"{'missing' if wrong else 'ok':8} {what:12} {where}{': ' + wrong if wrong else ''}")
            if wrong:
                missing.append(what)
        for line in notices.of_any(settings()):
            print(f"{'note':8} {line}")
    if missing:
        raise start.Stop(f"missing: {', '.join(missing)}")


def _all(made: Settings) -> Iterator[tuple[str, str, str | None]]:
    """What, where it is set to be, and what is wrong with it."""
    found = checks.reachable()
    queue = _bare(made.redis_url) if made.redis_url else str(made.home / "queue.db")
    yield "home", str(made.home), checks.home(made)
    yield "files", str(made.files_folder), checks.folder(made.files_folder)
    yield "database", _bare(made.database), _unready(found["database"])
    yield "secret key", "set" if made.secret_key else str(made.home / "secret-key"), _other_key(made, found["database"])
    yield "queue", queue, found["queue"]
    yield "cache", queue.replace("queue.db", "cache.db"), found["cache"]
    yield "mail", _bare(made.mail_url) if made.mail_url else str(made.home / "outbox"), checks.mail(made)
    yield "worker", "seen within a minute", None if checks.worker_seen() else "none seen; `instashow work` starts one"
    yield "papers", "PDF libraries and fonts", ", ".join(checks.missing_papers()) or None
    yield "TLS", str(made.tls_cert or "none"), checks.readable(made.tls_cert, made.tls_key)


def _bare(url: str) -> str:
    """An address without user and password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _unready(wrong: str | None) -> str | None:
    if wrong and "alembic_version" in wrong:
        return "empty; `instashow migrate` fills it"
    return wrong or _of_another_version()


def _of_another_version() -> str | None:
    try:
        upgrade.refuse_newer()
    except upgrade.NewerDatabase as reason:
        return str(reason)
    behind = upgrade.current_steps() != {max(upgrade.known_steps())}
    return "older than this version; `instashow migrate` brings it up" if behind else None


def _other_key(made: Settings, no_database: str | None) -> str | None:
    from instashow import installation

    if no_database or installation.known_by(secret_key(made)):
        return None
    return "not the key that this database was begun with"
