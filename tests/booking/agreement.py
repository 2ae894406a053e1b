"""Whether the books agree: what no crash may leave behind in a database, at any moment and when all is quiet again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from instashow import files
from instashow.booking.models import Booking, Hold, Payment, Receipt, Ticket
from instashow.clock import now
from instashow.db import db
from instashow.once import OnceKey
from instashow.outbox import Delivery, Message
from instashow.screenings import figures
from instashow.screenings.models import Claim
from instashow.work import Work

LIVE = Ticket.state == "live"
OF_BOOKING = Ticket.booking_id == Booking.id
PDF = b"%PDF"


def halves() -> dict[str, list[Any]]:
    """What is half done or done twice, in words, with the rows; nothing of it may ever be seen by anybody."""
    found = {words: [tuple(row) for row in db.session.execute(question())] for words, question in QUESTIONS.items()}
    found["a buyer was not told of seats given back"] = untold_returns()
    db.session.rollback()
    return {words: rows for words, rows in found.items() if rows}


def loose_ends() -> dict[str, list[Any]]:
    """What is still to be done, or was lost, once the worker had its time."""
    letters = select(Delivery.id, Delivery.state, Delivery.error).where(Delivery.state.not_in(("sent", "skipped")))
    papers = db.session.execute(select(Work.id, Work.state, Work.file).where(Work.kind == "ticket")).all()
    found = {
        "a letter is not sent": [tuple(row) for row in db.session.execute(letters)],
        "a letter was left out though the booking stands": [tuple(row) for row in db.session.execute(left_out())],
        "a paper is not made": [tuple(row) for row in papers if row.state != "done" or not is_pdf(row.file)],
        "a list does not know what is free": figures.due(now(), since=now()),
    }
    db.session.rollback()
    return {words: rows for words, rows in found.items() if rows}


def sent_keys() -> set[str]:
    """The left halves of the Message-IDs of all letters that count as sent."""
    keys = select(Message.message_key).join(Delivery, Delivery.message_id == Message.id)
    return set(db.session.scalars(keys.where(Delivery.state == "sent")))


def is_pdf(name: str | None) -> bool:
    """Whether the file is there, and whole as far as its two ends tell."""
    path = files.kept(name)
    content = path.read_bytes() if path else b""
    return content.startswith(PDF) and b"%%EOF" in content[-16:]


def sold_twice() -> Select[Any]:
    seat = (Ticket.screening_id, Ticket.place_id)
    return select(*seat).where(LIVE).group_by(*seat).having(func.count() > 1)


def tickets_without_seats() -> Select[Any]:
    same = and_(Claim.screening_id == Ticket.screening_id, Claim.place_id == Ticket.place_id)
    return select(Ticket.id).where(LIVE, ~exists().where(Claim.ticket_id == Ticket.id, same))


def seats_without_tickets() -> Select[Any]:
    same = and_(Claim.screening_id == Ticket.screening_id, Claim.place_id == Ticket.place_id)
    sold = select(Claim.screening_id, Claim.place_id).where(Claim.ticket_id.is_not(None))
    return sold.where(~exists().where(Ticket.id == Claim.ticket_id, same, LIVE))


def seats_held_without_clock() -> Select[Any]:
    theirs = and_(Hold.visitor_id == Claim.visitor_id, Hold.screening_id == Claim.screening_id)
    held = select(Claim.screening_id, Claim.place_id).where(Claim.ticket_id.is_(None), Claim.held_until > now())
    return held.where(~exists().where(theirs, Hold.expires_at >= Claim.held_until))


def bookings_without_tickets() -> Select[Any]:
    return select(Booking.id).where(~exists().where(OF_BOOKING, Ticket.screening_id == Booking.screening_id))


def bookings_of_another_state() -> Select[Any]:
    return select(Booking.id).where((Booking.state == "live") != exists().where(OF_BOOKING, LIVE))


def wrong_totals() -> Select[Any]:
    return select(Booking.id).where(Booking.total != summed(Ticket.price, OF_BOOKING))


def wrong_dues() -> Select[Any]:
    """Until it is paid, what is due is what the live seats cost."""
    due = summed(Payment.amount, Payment.booking_id == Booking.id, Payment.state == "due")
    paid = exists().where(Payment.booking_id == Booking.id, Payment.state == "paid")
    owed = case((paid, 0), else_=summed(Ticket.price, OF_BOOKING, LIVE))
    return select(Booking.id).where(or_(~exists().where(Payment.booking_id == Booking.id), due != owed))


def wrong_refunds() -> Select[Any]:
    given = summed(Payment.amount, Payment.booking_id == Booking.id, Payment.state == "refunded")
    return select(Booking.id).where(given != summed(Ticket.refunded, OF_BOOKING))


def money_without_papers() -> Select[Any]:
    settled = and_(Payment.state.in_(("paid", "refunded")), Payment.amount > 0)
    return select(Payment.id).where(settled, ~exists().where(Receipt.payment_id == Payment.id))


def unwanted_papers() -> Select[Any]:
    key = cast(Booking.id, String) + "-" + cast(Booking.version, String)
    unpaid = ~exists().where(Payment.booking_id == Booking.id, Payment.state == "paid")  # paying wants none
    return select(Booking.id).where(
        Booking.state == "live", unpaid, ~exists().where(Work.kind == "ticket", Work.key == key)
    )


def untold_buyers() -> Select[Any]:
    told = select(func.count()).where(
        Message.kind == "booked",
        Message.facts["booking"].as_integer() == Booking.id,
        Message.person_id == Booking.person_id,
    )
    return select(Booking.id).where(told.correlate(Booking).scalar_subquery() != 1)


def unsent_messages() -> Select[Any]:
    return select(Message.id).where(~exists().where(Delivery.message_id == Message.id, Delivery.channel == "email"))


def keys_without_results() -> Select[Any]:
    return select(OnceKey.owner_id, OnceKey.key).where(
        or_(OnceKey.result.is_(None), ~exists().where(Booking.id == OnceKey.result))
    )


def one_ticket_in_two_seats() -> Select[Any]:
    other = aliased(Claim)
    twin = and_(other.ticket_id == Claim.ticket_id, not_(other.place_id == Claim.place_id))
    return select(Claim.ticket_id).where(exists().where(twin))


QUESTIONS: dict[str, Callable[[], Select[Any]]] = {
    "a seat is sold twice": sold_twice,
    "a live ticket has no seat": tickets_without_seats,
    "a sold seat has no live ticket": seats_without_tickets,
    "one ticket has two seats": one_ticket_in_two_seats,
    "a held seat has no clock": seats_held_without_clock,
    "a booking has no ticket": bookings_without_tickets,
    "a booking and its tickets are of another state": bookings_of_another_state,
    "a total is not the sum of its seats": wrong_totals,
    "what is due is not what the seats cost": wrong_dues,
    "what came back is not what the tickets say": wrong_refunds,
    "money was settled without its paper": money_without_papers,
    "a live booking's ticket is not wanted": unwanted_papers,
    "a buyer was not told once of a booking": untold_buyers,
    "a message has no delivery": unsent_messages,
    "a key has no result": keys_without_results,
}


def untold_returns() -> list[Any]:
    """Bookings whose cancelled tickets and the seats named in letters are not as many."""
    gone = select(Ticket.booking_id, func.count()).where(Ticket.state == "cancelled").group_by(Ticket.booking_id)
    returned = Counter({int(booking): int(count) for booking, count in db.session.execute(gone)})
    told = Counter[int]()
    for facts in db.session.scalars(select(Message.facts).where(Message.kind == "cancelled")):
        told[facts["booking"]] += len(facts["seats"])
    return [booking for booking in returned | told if returned[booking] != told[booking]]


def left_out() -> Select[Any]:
    stands = exists().where(Booking.id == Message.facts["booking"].as_integer(), Booking.state == "live")
    skipped = select(Message.id, Message.kind, Delivery.error).join(Delivery, Delivery.message_id == Message.id)
    return skipped.where(Delivery.state == "skipped", or_(Message.kind != "booked", stands))


def summed(what: Any, *where: Any) -> Any:
    """The sum over the rows of one booking, 0 where there are none."""
    return select(func.coalesce(func.sum(what), 0)).where(*where).correlate(Booking).scalar_subquery()
