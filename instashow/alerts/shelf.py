"""Without a post office: letters are files in HOME/outbox, named after their message: a second try changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_mailman.backends.base import BaseEmailBackend

from instashow.config import own_folder, settings


class Shelf(BaseEmailBackend):  # type: ignore[misc]
    """Flask-Mailman's file back end, whole files only."""

    connection = None

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Lay the letters down; how many."""
        folder = settings().home / "outbox"
        own_folder(folder)
        for one in email_messages:
            message = one.message()
            path = folder / f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
            draft = path.with_suffix(".part")
            draft.write_bytes(message.as_bytes(linesep="\r\n"))
            draft.replace(path)
        return len(email_messages)
