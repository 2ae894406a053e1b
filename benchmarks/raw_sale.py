"""Holding and booking two seats with raw SQL: the rows that the product writes, and nothing that it thinks."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

HOLD = """
    INSERT INTO holds (visitor_id, screening_id, began_at, expires_at, extensions) VALUES (?, ?, ?, ?, 0)
    ON CONFLICT (visitor_id, screening_id) DO UPDATE SET
        began_at = excluded.began_at, expires_at = excluded.expires_at RETURNING expires_at
"""
CLAIM = """
    INSERT INTO claims (screening_id, place_id, visitor_id, held_at, held_until, prices) VALUES {rows}
    ON CONFLICT (screening_id, place_id) DO UPDATE SET visitor_id = excluded.visitor_id, held_at = excluded.held_at,
        held_until = excluded.held_until, prices = excluded.prices, type_id = NULL
    WHERE claims.ticket_id IS NULL AND claims.held_until <= excluded.held_at RETURNING place_id
"""
OPEN = "SELECT sale_closes_at FROM screenings WHERE id = ? AND state = 'on_sale' AND stopped_at IS NULL"
NAMES = "SELECT row || number FROM places WHERE id IN ({marks})"
KEY = """
    INSERT INTO once_keys (owner_id, key, question, claimed_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING key
"""
MINE = """
    SELECT place_id, places.row, places.number, places.kind, places.category, prices FROM claims
    JOIN places ON places.id = place_id
    WHERE visitor_id = ? AND screening_id = ? AND ticket_id IS NULL AND held_until > ? ORDER BY place_id
"""
BOOKING = """
    INSERT INTO bookings (reference, person_id, screening_id, booked_at, state, total, refunds, tax, lines, version)
    VALUES (?, ?, ?, ?, 'live', ?, ?, ?, '[]', 1) RETURNING id
"""
TICKET = """
    INSERT INTO tickets (booking_id, screening_id, place_id, row, number, kind, category, type_id, tax_name, tax_rate,
        type_code, price, trace, serial, state, refunded) VALUES {rows}
"""
PAYMENT = """
    INSERT INTO payments (booking_id, provider, amount, state, created_at) VALUES (?, 'counter', ?, 'due', ?)
"""
WORK = """
    INSERT INTO works (kind, key, facts, state, done, tries, created_at, due_at)
    VALUES ('ticket', ?, ?, 'waiting', 0, 0, ?, ?) RETURNING id
"""
MESSAGE = """
    INSERT INTO messages (person_id, kind, facts, message_key, told_at, due_at) VALUES (?, 'booked', ?, ?, ?, ?)
    RETURNING id
"""
DELIVERY = """
    INSERT INTO deliveries (message_id, channel, state, tries, doubts, due_at) VALUES (?, 'email', 'waiting', 0, 0, ?)
"""
SELL = """
    UPDATE claims SET ticket_id = tickets.id, held_until = NULL FROM tickets
    WHERE tickets.booking_id = ? AND tickets.place_id = claims.place_id AND claims.screening_id = ?
"""
DONE = "DELETE FROM holds WHERE visitor_id = ? AND screening_id = ?"
KEEP = "UPDATE once_keys SET result = ? WHERE owner_id = ? AND key = ?"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def moment(minutes: int = 0) -> str:
    """So many minutes from now, in UTC, as both databases take it."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).replace(tzinfo=None).isoformat(" ", "microseconds")


def hold(database: Any, visitor_id: int, screening_id: int, seats: list[int]) -> list[str]:
    """Hold these seats; the names of those that somebody else has, where nothing was held."""
    now, until = moment(), moment(8)
    database.run(database.begin)
    try:
        if str(database.run(OPEN, screening_id).fetchone()[0]) <= now:
            raise LookupError("closed")
        database.run(HOLD, visitor_id, screening_id, now, until)
        prices, rows = _prices(database), ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(seats))
        words = [(screening_id, seat, visitor_id, now, until, prices) for seat in sorted(seats)]
        got = database.run(CLAIM.format(rows=rows), *(one for row in words for one in row)).fetchall()
    except BaseException:
        database.run("ROLLBACK")
        raise
    if len(got) == len(seats):
        database.run("COMMIT")
        return []
    database.run("ROLLBACK")
    lost = sorted(set(seats) - {row[0] for row in got})
    return [row[0] for row in database.run(NAMES.format(marks=", ".join("?" * len(lost))), *lost)]


def book(database: Any, person_id: int, visitor_id: int, screening_id: int, key: str, total: int) -> str | None:
    """Sell what is held, if it costs this; the booking's reference."""
    now, reference = moment(), "".join(secrets.choice(ALPHABET) for _ in range(8))
    database.run(database.begin)
    try:
        question = secrets.token_hex(32)
        lines = []
        if database.run(KEY, person_id, key, question, now).fetchone():
            lines = [_line(row) for row in database.run(MINE, visitor_id, screening_id, now)]
        if not lines or sum(line[-2] for line in lines) != total:
            database.run("ROLLBACK")
            return None
        booking_id = _write(database, person_id, screening_id, reference, lines, now)
        database.run(SELL, booking_id, screening_id)
        database.run(DONE, visitor_id, screening_id)
        database.run(KEEP, booking_id, person_id, key)
    except BaseException:
        database.run("ROLLBACK")
        raise
    database.run("COMMIT")
    return reference


def _line(row: Any) -> tuple[Any, ...]:
    place, name, number, kind, category, prices = row
    types = (json.loads(prices) if isinstance(prices, str) else prices)["types"]
    type_id, price = next(iter(types.items()))
    tax = ("GST", 1800 if price["amount"] > 10_000 else 1200)
    return place, name, number, kind, category, int(type_id), *tax, price["amount"], json.dumps(price["trace"])


def _write(
    database: Any, person_id: int, screening_id: int, reference: str, lines: list[tuple[Any, ...]], now: str
) -> int:
    total, (refunds, tax) = sum(line[-2] for line in lines), _policy(database)
    made = database.run(BOOKING, reference, person_id, screening_id, now, total, refunds, tax).fetchone()
    booking_id = int(made[0])
    rows = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'adult', ?, ?, 1, 'live', 0)"] * len(lines))
    database.run(TICKET.format(rows=rows), *(one for line in lines for one in (booking_id, screening_id, *line)))
    database.run(PAYMENT, booking_id, total, now)
    facts = f'{{"booking": {booking_id}}}'
    database.run(WORK, f"{booking_id}-1", facts, now, now)
    message = database.run(MESSAGE, person_id, facts, secrets.token_hex(16), now, now).fetchone()
    database.run(DELIVERY, message[0], now)
    return booking_id


@lru_cache(maxsize=1)
def _prices(database: Any) -> str:
    """What the product's last claim locked, so that ours are as long."""
    return _text(database.run("SELECT prices FROM claims LIMIT 1").fetchone()[0])


@lru_cache(maxsize=1)
def _policy(database: Any) -> tuple[str, str]:
    """Refund steps and tax lines of the product's first booking."""
    refunds, tax = database.run("SELECT refunds, tax FROM bookings LIMIT 1").fetchone()
    return _text(refunds), _text(tax)


def _text(facts: Any) -> str:
    return facts if isinstance(facts, str) else json.dumps(facts)
