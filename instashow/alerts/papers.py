"""All rooms' papers joined: who writes which letter, which inbox line, who makes which file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any, cast

from flask import Flask, current_app
from flask_babel import force_locale

from instashow.alerts.letters import Addressee, Enclosure, Letter, Note
from instashow.config import settings
from instashow.outbox import Message
from instashow.work import Claim

Writer = Callable[[Addressee, dict[str, Any]], Letter | None]
"""Writes a kind's letter from the message's facts, in the addressee's language; None: nothing to say any more.

Raises letters.NotReady while a paper that belongs to it is being made.
"""
Noter = Callable[[Sequence[Message]], dict[int, Note]]
"""Writes the inbox lines of several messages at once, by message id, in the reader's language."""
Maker = Callable[[dict[str, Any]], str]
"""Makes the file of a piece of work from its facts, and gives its name in the files' folder."""


def join(app: Flask, rooms: Sequence[ModuleType]) -> None:
    """Join what the rooms' papers end in: `writers`, `notes` and `makers`, each by kind."""
    for name in ("writers", "notes", "makers"):
        joined: dict[str, Any] = {}
        for room in rooms:
            joined.update(getattr(room, name, {}))
        app.extensions[f"instashow-{name}"] = joined


def _joined(name: str) -> dict[str, Any]:
    return cast(dict[str, Any], current_app.extensions[f"instashow-{name}"])


def written(kind: str, to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """The letter of this kind, in the addressee's language. Raises NotReady; LookupError for a kind nobody writes."""
    writer: Writer = _joined("writers")[kind]
    with force_locale(to.language):
        return writer(to, facts)


def made(wanted: Claim) -> str:
    """Do a piece of work; the name of the file it made."""
    maker: Maker = _joined("makers")[wanted.kind]
    return maker(wanted.facts)


def noted_kinds() -> tuple[str, ...]:
    """The kinds that have a line in the inbox."""
    return tuple(_joined("notes"))


def noted(messages: Sequence[Message]) -> dict[int, Note]:
    """The messages' inbox lines by message id; one call, so one query or two, for each room."""
    by_room: dict[Noter, list[Message]] = defaultdict(list)
    for message in messages:
        by_room[_joined("notes")[message.kind]].append(message)
    lines: dict[int, Note] = {}
    for noter, theirs in by_room.items():
        lines.update(noter(theirs))
    return lines


def letter(page: str, subject: str, *, attachments: Iterable[Enclosure] = (), **facts: Any) -> Letter:
    """The letter that templates/mail/`page`.html and .txt write; both know `house` (the settings) and `subject`."""
    known = {"house": settings(), "subject": subject, **facts}
    return Letter(
        subject=subject,
        text=painted(f"mail/{page}.txt", **known),
        html=painted(f"mail/{page}.html", **known),
        attachments=tuple(attachments),
    )


def painted(template: str, **facts: Any) -> str:
    """A template without what belongs to a request: jobs have none."""
    return current_app.jinja_env.get_template(template).render(**facts)
