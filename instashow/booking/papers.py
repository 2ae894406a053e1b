"""The papers of a booking: which file is its ticket or receipt, who writes its letters and inbox lines."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from instashow import files, work
from instashow.alerts.papers import Maker, Noter, Writer
from instashow.booking import paper_calendar, paper_facts, paper_letters, paper_print
from instashow.booking.models import Booking
from instashow.config import settings
from instashow.db import db
from instashow.people.models import Person
from instashow.work import Work

waiting = Lock()
"""Whose request waits for a paper, one at a time in a process."""
PRINTERS = {"ticket": paper_print.tickets, "receipt": paper_print.receipts}


def ready(reference: str, kind: str = "ticket") -> Path | None:
    """The booking's PDF as it stands now, `ticket` or `receipt`; None where it is not made yet."""
    keyed = select(Booking.id, Booking.version).where(Booking.reference == reference)
    row = db.session.execute(keyed).one_or_none()
    if row is None:
        return None
    file = select(Work.file).where(Work.kind == kind, Work.key == key(row.id, row.version))
    return files.kept(db.session.scalars(file).one_or_none())


def want(booking: Booking, kind: str, *, now: datetime) -> int:
    """The id of the work that makes this PDF, wanted again where its file is gone or it was given up."""
    work_id = work.want(kind, key(booking.id, booking.version), facts={"booking": booking.id}, now=now)
    row = db.session.get_one(Work, work_id, populate_existing=True)
    if row.state == "failed" or (row.state == "done" and files.kept(row.file) is None):
        work.again(work_id, now)
    return work_id


def wait(reference: str, kind: str = "ticket", *, seconds: float) -> Path | None:
    """ready(), looked at again and again for so long; by one at a time in a process, so that those who wait never take
    all the threads that sell: whoever else comes looks once. Not inside a transaction: each look is a fresh one."""
    end = time.monotonic() + seconds
    path = ready(reference, kind)
    if path is not None or not waiting.acquire(blocking=False):
        return path
    try:
        while (path := ready(reference, kind)) is None and time.monotonic() < end:
            db.session.rollback()
            time.sleep(0.1)
    finally:
        waiting.release()
    return path


def key(booking_id: int, version: int) -> str:
    """What names a booking's paper as it stood at one version."""
    return f"{booking_id}-{version}"


def paper(kind: str, booking_id: int) -> bytes:
    """The bytes of a booking's `ticket` or `receipt` (PDF) or `calendar` (ICS), made now, in its buyer's language."""
    booking = paper_facts.booking_of(booking_id)
    if booking is None:
        raise LookupError(booking_id)
    with force_locale(_language(booking)):
        if kind == "calendar":
            return paper_calendar.entry(paper_facts.sheet_of(booking), booking.booked_at)
        return PRINTERS[kind](booking)


def _language(booking: Booking) -> str:
    buyer = select(Person.language).where(Person.id == booking.person_id)
    return db.session.scalars(buyer).one_or_none() or settings().language


def _made(kind: str) -> Maker:
    def make(facts: dict[str, Any]) -> str:
        booking = db.session.get_one(Booking, facts["booking"])
        name = f"{kind}s/{booking.reference[:2]}/{booking.reference}-{booking.version}.pdf"
        return files.keep(name, paper(kind, booking.id))

    return make


writers: dict[str, Writer] = dict(paper_letters.writers)
notes: dict[str, Noter] = dict.fromkeys(writers, paper_letters.noted)
makers: dict[str, Maker] = {kind: _made(kind) for kind in PRINTERS}
