"""One screening as the sale sees it: what may be sold, until when, and by which house rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from instashow.booking.refusals import NotOnSale, SalesClosed, ScreeningCancelled
from instashow.pricing import tariffs
from instashow.pricing.tariffs import Tariff
from instashow.screenings.asking import PRICED
from instashow.screenings.models import Screening
from instashow.statements import Statement
from instashow.theatres import layouts
from instashow.theatres.models import Layout, Theatre


class Sale(NamedTuple):
    """A screening's sale. Times in UTC, prices in minor units, `refunds` as steps of a policy."""

    screening_id: int
    theatre_id: int
    list_price: int
    capacity: int
    starts_at: datetime
    dynamic_prices: bool
    price_floor: int
    price_ceiling: int
    price_step: int
    never_falls_last_day: bool
    most_change_a_day: int | None
    layout_id: int
    unnumbered: bool
    state: str
    opens_at: datetime | None
    closes_at: datetime
    stopped_at: datetime | None
    hold_minutes: int
    most_seats: int
    lone_seats: str
    companion_minutes: int
    refunds: list[list[int]]
    layout_print: str
    first_place: int | None
    tariff_rows: str

    @property
    def tariff(self) -> Tariff:
        """How its theatre prices."""
        return tariffs.read(self.tariff_rows)


S: Any = Screening.__table__
T: Any = Theatre.__table__
L: Any = Layout.__table__
COLUMNS = (
    *PRICED,
    S.c.layout_id,
    L.c.unnumbered,
    S.c.state,
    S.c.sale_opens_at,
    S.c.sale_closes_at,
    S.c.stopped_at,
    T.c.hold_minutes,
    T.c.most_seats,
    T.c.lone_seats,
    T.c.companion_minutes,
    T.c.refunds,
    L.c.fingerprint,
    layouts.first_place(L.c.id),
)


def _sale() -> Any:
    joined = S.join(T, T.c.id == S.c.theatre_id).join(L, L.c.id == S.c.layout_id)
    return (
        select(*COLUMNS, tariffs.rows_of(T.c.id))
        .select_from(joined)
        .where(S.c.id == bindparam("screening"), S.c.state != "draft", T.c.removed_at.is_(None))
    )


SALE = Statement(_sale, row=Sale)
KEPT = Statement(lambda: _sale().with_for_update(of=S, read=True, key_share=True), row=Sale)


def sale_of(screening_id: int) -> Sale | None:
    """The sale of a screening that people may see, or None."""
    return _at_hand(SALE.first({"screening": screening_id}))


def kept_sale(screening_id: int) -> Sale | None:
    """The same, and it stays so for this transaction: whoever moves or cancels the screening waits for us, as we waited
    for them. Buyers do not wait for each other."""
    words = {"screening": screening_id}
    # A screening that changed its hall while we waited fits its old layout no more: asked again, what stands now comes.
    return _at_hand(KEPT.first(words) or KEPT.first(words))


def _at_hand(found: Sale | None) -> Sale | None:
    """The hall's contents came along: it is not asked for again."""
    if found:
        layouts.at_hand(found.layout_id, found.layout_print, found.first_place)
    return found


def refuse_unless_open(sale: Sale, now: datetime) -> None:
    """Raises ScreeningCancelled, NotOnSale or SalesClosed where no new seat may be held."""
    if sale.state == "cancelled":
        raise ScreeningCancelled
    if sale.stopped_at or (sale.opens_at and now < sale.opens_at):
        raise NotOnSale
    if now >= sale.closes_at:
        raise SalesClosed
