"""Cancelling a booking or single seats of it, by the policy that stood at the purchase."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from instashow import outbox, work
from instashow.booking import claiming, paying, policy
from instashow.booking.models import Booking, Ticket
from instashow.booking.refusals import AlreadyCancelled, LessComesBack, PairRequired, TicketUsed, TooLate
from instashow.db import db, on_sqlite
from instashow.screenings.models import Screening
from instashow.theatres.models import Place


@dataclass(frozen=True)
class Returning:
    """What cancelling would do: money back by ticket id, and what is no longer due, in minor units."""

    share: int
    """Per ten thousand of what was paid."""
    back: dict[int, int]
    off_due: int
    ticket_ids: tuple[int, ...]
    """The tickets that go."""

    @property
    def total(self) -> int:
        """All that comes back."""
        return sum(self.back.values())


def what_comes_back(booking: Booking, ticket_ids: Collection[int] | None, *, now: datetime) -> Returning:
    """What cancelling these tickets (None: all live ones) gives back, and changes nothing.

    Raises LookupError for a ticket of another booking, AlreadyCancelled, TicketUsed, TooLate, PairRequired.
    """
    return _reckon(booking, _going(booking, ticket_ids), now)


def cancel(
    person_id: int, reference: str, *, ticket_ids: Collection[int] | None, now: datetime, seen: int | None = None
) -> Returning:
    """Cancel the person's booking, or these tickets of it: seats are free again, money comes back, papers change.

    `seen` is the amount that they were told comes back. Raises as what_comes_back(), LookupError also for a booking
    that is not theirs, LessComesBack where it is less by now.
    """
    booking = _locked(person_id, reference)
    going = _going(booking, ticket_ids)
    returning = _reckon(booking, going, now)
    if seen is not None and returning.total < seen:
        raise LessComesBack(back=returning.total, seen=seen)
    claiming.free_tickets(ticket.id for ticket in going)
    _settle(booking, going, returning, now)
    return returning


def given_back(booking: Booking, ticket_ids: Collection[int] | None) -> Returning:
    """What an earlier cancel() of these tickets (None: the last ones) did, for whoever asks the same once more."""
    gone = [one for one in booking.tickets if one.cancelled_at and (ticket_ids is None or one.id in ticket_ids)]
    at = max(one.cancelled_at for one in gone if one.cancelled_at)
    if ticket_ids is None:
        gone = [one for one in gone if one.cancelled_at == at]
    share = policy.share_of(booking.refunds, starts_at=booking.screening.starts_at, now=at)
    ids = tuple(one.id for one in gone)
    paid = any(one.state == "paid" and one.settled_at and one.settled_at <= at for one in booking.payments)
    if not paid:
        return Returning(share=share, back={}, off_due=sum(one.price for one in gone), ticket_ids=ids)
    return Returning(share=share, back={one.id: one.refunded for one in gone}, off_due=0, ticket_ids=ids)


def booking_of(person_id: int, reference: str) -> Booking | None:
    """The person's booking with this reference."""
    return db.session.scalars(
        select(Booking).where(Booking.reference == reference, Booking.person_id == person_id)
    ).one_or_none()


def _locked(person_id: int, reference: str) -> Booking:
    theirs = select(Booking).where(Booking.reference == reference, Booking.person_id == person_id)
    theirs = theirs.execution_options(populate_existing=True)
    booking = db.session.scalars(theirs if on_sqlite() else theirs.with_for_update()).one_or_none()
    if booking is None:
        raise LookupError(reference)
    return booking


def _going(booking: Booking, ticket_ids: Collection[int] | None) -> list[Ticket]:
    rows = select(Ticket).where(Ticket.booking_id == booking.id).order_by(Ticket.id)
    tickets = list(db.session.scalars(rows.execution_options(populate_existing=True)))
    live = [ticket for ticket in tickets if ticket.state == "live"]
    if not live:
        raise AlreadyCancelled
    if ticket_ids is None:
        going = live
    else:
        if set(ticket_ids) - {ticket.id for ticket in tickets} or not ticket_ids:
            raise LookupError(booking.reference)
        going = [ticket for ticket in live if ticket.id in ticket_ids]
        if len(going) < len(set(ticket_ids)):
            raise AlreadyCancelled
    if any(ticket.used_at for ticket in going):
        raise TicketUsed(seats=[ticket.place_id for ticket in going if ticket.used_at])
    _refuse_half_a_pair(live, going)
    return going


def _refuse_half_a_pair(live: Sequence[Ticket], going: Sequence[Ticket]) -> None:
    if not any(ticket.kind == "love" for ticket in going):
        return
    pairs = dict(
        db.session.execute(select(Place.id, Place.pair).where(Place.id.in_([ticket.place_id for ticket in live]))).all()
    )
    left = {pairs[ticket.place_id] for ticket in live if ticket not in going} - {None}
    torn = [ticket.place_id for ticket in going if pairs[ticket.place_id] in left]
    if torn:
        raise PairRequired(seats=torn)


def _reckon(booking: Booking, going: Sequence[Ticket], now: datetime) -> Returning:
    times = db.session.execute(
        select(Screening.starts_at, Screening.sale_closes_at).where(Screening.id == booking.screening_id)
    ).one()
    if now >= times.sale_closes_at:
        raise TooLate
    share, ids = policy.share_of(booking.refunds, starts_at=times.starts_at, now=now), tuple(one.id for one in going)
    if paying.balance(booking.id).due:
        return Returning(share=share, back={}, off_due=sum(ticket.price for ticket in going), ticket_ids=ids)
    back = {one.id: policy.back(one.price, share) for one in going}
    return Returning(share=share, back=back, off_due=0, ticket_ids=ids)


def _settle(booking: Booking, going: Sequence[Ticket], returning: Returning, now: datetime) -> None:
    for ticket in going:
        _cancel_ticket(ticket, returning.back.get(ticket.id, 0), now)
    if returning.off_due:
        paying.take_off_due(booking.id, returning.off_due)
    booking.version += 1
    left = select(Ticket.id).where(Ticket.booking_id == booking.id, Ticket.state == "live").limit(1)
    if db.session.scalars(left).first() is None:
        booking.state, booking.cancelled_at = "cancelled", now
    db.session.flush()
    seats = [[ticket.row, ticket.number] for ticket in going]
    if booking.person_id is not None:
        outbox.tell(booking.person_id, "cancelled", booking=booking.id, seats=seats, back=returning.total)
    returned = [(one, returning.back.get(one.id, 0)) for one in going]
    paying.refund(booking.id, returned, method=paying.method_of(booking.id), taken_by=None, now=now)
    if booking.state == "live":
        work.want("ticket", f"{booking.id}-{booking.version}", facts={"booking": booking.id}, now=now)


def _cancel_ticket(ticket: Ticket, back: int, now: datetime) -> None:
    """A new serial revokes the code on the ticket."""
    db.session.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id)
        .values(state="cancelled", cancelled_at=now, refunded=back, serial=Ticket.serial + 1)
    )
