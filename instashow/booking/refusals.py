"""What the sale refuses, in cinema names; each door turns `code` and the seats into its own words."""

from __future__ import annotations

from collections.abc import Iterable


class Refusal(Exception):
    """A refused request: nothing was changed. `seats` are the ids of the places that it is about."""

    code = "refused"

    def __init__(self, seats: Iterable[int] = (), **facts: object) -> None:
        super().__init__(self.code)
        self.seats = tuple(sorted(seats))
        self.facts = facts


class SeatsTaken(Refusal):
    """Others hold or bought these seats."""

    code = "seats_taken"


class NoBlock(Refusal):
    """No such number of seats can be found; there are others, or fewer together."""

    code = "no_block"


class LoneSeat(Refusal):
    """The choice would leave these single seats that nobody can sit beside."""

    code = "lone_seat"


class PairRequired(Refusal):
    """These love seats are sold in pairs."""

    code = "pair_required"


class CompanionOnly(Refusal):
    """These companion seats are kept for who comes with a wheelchair, until their release."""

    code = "companion_only"


class TooManySeats(Refusal):
    """More than a person may hold; facts: `most`, `have`."""

    code = "too_many_seats"


class Houseful(Refusal):
    """Every place on sale is taken."""

    code = "houseful"


class NotOnSale(Refusal):
    """The sale has not opened, was stopped, or these places are not sold."""

    code = "not_on_sale"


class SalesClosed(Refusal):
    """The sale closed some minutes after the start."""

    code = "sales_closed"


class ScreeningCancelled(Refusal):
    """The screening does not take place."""

    code = "screening_cancelled"


class HoldLapsed(Refusal):
    """What is still held is not what the buyer saw."""

    code = "hold_lapsed"


class UnknownType(Refusal):
    """A ticket type was named that is not offered for these held places."""

    code = "unknown_type"


class TooOften(Refusal):
    """The seats were kept as often as they may be; facts: `most`."""

    code = "too_often"


class TicketUsed(Refusal):
    """A ticket that was used at the door is never cancelled."""

    code = "ticket_used"


class AlreadyCancelled(Refusal):
    """Nothing of this is left to cancel."""

    code = "already_cancelled"


class TooLate(Refusal):
    """The sale has closed, so nothing can be cancelled any more."""

    code = "too_late"


class LessComesBack(Refusal):
    """A step of the policy passed since the buyer was told what comes back."""

    code = "less_comes_back"
