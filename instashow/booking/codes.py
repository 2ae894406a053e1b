"""The text of a ticket's QR code: which ticket, screening, seat and serial, signed.

Four numbers as variable-length bytes and an HMAC-SHA256 truncated to 128 bit, in base32 without padding: capitals and
digits only, so that the code stays small and passes through any scanner that types like a keyboard.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32decode, b32encode
from dataclasses import astuple, dataclass

PURPOSE = b"instashow ticket 1:"
"""Keeps these signatures apart from all others made with the same key."""
SIGNATURE = 16
LONGEST = 90
MOST = 2**63 - 1


@dataclass(frozen=True)
class Code:
    """What a code says. A new serial revokes the old one."""

    ticket: int
    screening: int
    seat: int
    serial: int


def written(code: Code, key: bytes) -> str:
    """The signed text: about 40 capitals and digits. Raises ValueError for a number that no row can have."""
    numbers = astuple(code)
    if not all(0 <= number <= MOST for number in numbers):
        raise ValueError("a code's numbers are from 0 to 2**63 - 1")
    said = b"".join(_packed(number) for number in numbers)
    return b32encode(said + _signature(said, key)).decode("ascii").rstrip("=")


def read(text: str, key: bytes) -> Code | None:
    """What a scanned text says, or None unless we signed exactly it; any junk is safe, compared in constant time."""
    scanned = text.strip().upper() if len(text) <= LONGEST else ""
    signed = _decoded(scanned)
    said, signature = signed[:-SIGNATURE], signed[-SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(said, key)):
        return None
    numbers = _unpacked(said)
    # base32 has spare bits at its end: only the one spelling that we wrote is ours.
    code = Code(*numbers) if len(numbers) == 4 and max(numbers) <= MOST else None
    return code if code and written(code, key) == scanned else None


def hashed(text: str) -> str:
    """What a door's offline list holds instead of the code itself: SHA-256, in hexadecimal."""
    return hashlib.sha256(text.strip().upper().encode(errors="replace")).hexdigest()


def _signature(said: bytes, key: bytes) -> bytes:
    return hmac.new(key, PURPOSE + said, hashlib.sha256).digest()[:SIGNATURE]


def _decoded(text: str) -> bytes:
    try:
        return b32decode(text + "=" * (-len(text) % 8))
    except ValueError:  # not base32, or not ASCII
        return b""


def _packed(number: int) -> bytes:
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    return bytes([*packed, number])


def _unpacked(said: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in said:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number = shift = 0
    return numbers
