"""What is told: a letter for one person through one channel, and its line in the inbox."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a letter; with a `cid` it is a picture that the letter's HTML shows."""

    name: str
    content: bytes
    kind: str
    """Its media type, such as application/pdf; parameters may follow."""
    cid: str = ""


@dataclass(frozen=True)
class Letter:
    """One message in words: a subject, and the same said as text and as HTML."""

    subject: str
    text: str
    html: str
    attachments: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class Note:
    """A message's line in the inbox: what happened, a sentence about it, and where to go."""

    title: str
    body: str = ""
    url: str = ""


@dataclass(frozen=True)
class Addressee:
    """Who is told, in which language; `person_id` is None for a bare address."""

    person_id: int | None
    email: str
    name: str
    language: str


class NotReady(Exception):
    """The letter waits for a paper that is being made: the id of its work."""

    def __init__(self, work_id: int = 0) -> None:
        super().__init__(work_id)
        self.work_id = work_id
