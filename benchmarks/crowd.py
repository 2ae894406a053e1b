"""Buyers at a browser's level: keep-alive connections that send the plain forms and read the answers."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')
SET_COOKIE = re.compile(rb"set-cookie: ([^;=]+=[^;]*)", re.IGNORECASE)
ALERT = re.compile(r'role="alert"[^>]*>\s*<b>(.*?)</b>')
MOST_SEATS = 10
"""What a theatre sells to one person for one screening."""

Pair = tuple[tuple[int, str], tuple[int, str]]
"""Two seats side by side, each by id and name."""


@dataclass
class Buyer:
    """A browser: its cookies, the page's CSRF token, its one connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _ways: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, **form: str | Sequence[str]) -> tuple[int, bytes]:
        """Status and body of a page, or of a form that was sent."""
        if self._ways is None:
            self._ways = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._ways
        body = urlencode({**form, "csrf_token": self.token}, doseq=True) if form else ""
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if form else ""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookies}\r\n{kind}"
        )
        writer.write(f"{head}\r\n{body}".encode())
        told = await reader.readuntil(b"\r\n\r\n")
        length = told.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        answer = await reader.readexactly(int(length))
        self.cookies.update(one.decode().split("=", 1) for one in SET_COOKIE.findall(told))
        return int(told[9:12]), answer

    async def sign_in(self, email: str, password: str) -> None:
        """By the form, as anybody does; then once the token of a page."""
        await self._read_token("/login")
        status, _ = await self.ask("/login", email=email, password=password)
        assert status == 303, status
        await self._read_token("/me")

    async def _read_token(self, path: str) -> None:
        status, page = await self.ask(path)
        found = TOKEN.search(page)
        assert status == 200, (path, status)
        assert found, path
        self.token = found[1].decode()

    def leave(self) -> None:
        """Close the connection."""
        if self._ways:
            self._ways[1].close()
            self._ways = None


@dataclass
class Tally:
    """What a rush came to: seconds, each request's seconds, answers by status, losers who were told no seat."""

    seconds: float = 0
    took: list[float] = field(default_factory=list)
    holds: Counter[int] = field(default_factory=Counter)
    books: Counter[int] = field(default_factory=Counter)
    untold: int = 0


async def rush(buyers: Sequence[Buyer], screenings: Sequence[int], pairs: Sequence[Pair], price: int) -> Tally:
    """All buyers buy pairs of one screening after another, until nothing is left that they know of."""
    tally, gone = Tally(), {screening: set[int]() for screening in screenings}
    begun = time.perf_counter()
    await asyncio.gather(*(_buy(buyer, gone, pairs, price, tally) for buyer in buyers))
    tally.seconds = time.perf_counter() - begun
    return tally


async def _buy(buyer: Buyer, gone: dict[int, set[int]], pairs: Sequence[Pair], price: int, tally: Tally) -> None:
    for screening, sold in gone.items():
        bought = 0
        while bought < MOST_SEATS and (left := [n for n in range(len(pairs)) if n not in sold]):
            wanted = random.choice(left)
            if await _hold(buyer, screening, pairs[wanted], tally):
                sold.add(wanted)
                bought += 2
                await _book(buyer, screening, 2 * price, tally)
            sold.add(wanted)


async def _hold(buyer: Buyer, screening: int, pair: Pair, tally: Tally) -> bool:
    begun = time.perf_counter()
    status, page = await buyer.ask(f"/screenings/{screening}/holds", seat=[str(id) for id, _ in pair])
    tally.took.append(time.perf_counter() - begun)
    tally.holds[status] += 1
    if status == 409 and not _told(page, pair):
        tally.untold += 1
    return status == 303


async def _book(buyer: Buyer, screening: int, total: int, tally: Tally) -> None:
    begun = time.perf_counter()
    status, _ = await buyer.ask("/checkout", screening=str(screening), key=secrets.token_urlsafe(18), total=str(total))
    tally.took.append(time.perf_counter() - begun)
    tally.books[status] += 1


def _told(page: bytes, pair: Pair) -> bool:
    """Whether the refusal names a seat that was wanted, or says that it was every seat."""
    text = page.decode()
    said = ALERT.search(text)
    words = said[1] if said else text[:100]
    return any(name in words for _, name in pair) or words.startswith("Every place")
