"""Short words for the sale's stories."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select

from instashow.booking import holds
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person, Visitor
from instashow.pricing import usual
from instashow.pricing.models import TicketType
from instashow.screenings.models import Screening
from instashow.theatres.models import Place
from tests import cast
from tests.theatres.plans import hall


def hall_of_rows(*rows: str, hours: float = 30, **beside: Any) -> Screening:
    """A screening in a hall of these rows (the letters of a seat plan), rows named A, B, C … from the screen."""
    with transaction():
        usual.lay_down(now())
    return cast.screening(where=cast.theatre(name=uuid.uuid4().hex, plan=hall(*rows)), hours=hours, **beside)


def a_visitor(*, person: bool = False, address: str | None = None) -> int:
    """A visitor's id: an anonymous one's, or a person's."""
    with transaction():
        row = Visitor(created_at=now(), address=address, key=uuid.uuid4().hex)
        if person:
            row.key, row.person_id = None, a_person()
        db.session.add(row)
        db.session.flush()
        return row.id


def a_person() -> int:
    """A customer's id, written in the running transaction."""
    name = uuid.uuid4().hex
    row = Person(email=f"{name}@example.com", fs_uniquifier=name, created_at=now(), active=True)
    db.session.add(row)
    db.session.flush()
    return row.id


def person_of(visitor_id: int) -> int:
    """The person behind a visitor."""
    found = db.session.scalars(select(Visitor.person_id).where(Visitor.id == visitor_id)).one()
    assert found is not None
    return found


def seats(show: Screening, *names: str) -> tuple[int, ...]:
    """The ids of seats such as "A12", ascending."""
    rows = db.session.execute(select(Place.id, Place.row, Place.number).where(Place.layout_id == show.layout_id))
    by_name = {f"{row}{number}": id for id, row, number in rows}
    return tuple(sorted(by_name[name] for name in names))


def hold(visitor_id: int, show: Screening, *names: str, at: datetime | None = None) -> datetime:
    """Hold seats by name; when they lapse."""
    ids = seats(show, *names)
    with transaction():
        return holds.hold(visitor_id, show.id, seat_ids=ids, now=at or now())


def type_id(code: str) -> int:
    """The installation's ticket type with this code."""
    return db.session.scalars(select(TicketType.id).where(TicketType.code == code)).one()
