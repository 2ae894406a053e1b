"""Flask-Caching's back end on Redis, with the stamps' three acts, each one step for everybody who shares it."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, cast

from flask_caching.backends.rediscache import RedisCache

from instashow import kept_bytes

STAMP = """
    local at = redis.call('TIME')
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', at[1])
    if redis.call('ZCARD', KEYS[2]) > 0 then return false end
    redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2], 'NX')
    return redis.call('GET', KEYS[1])
"""
ANNOUNCE = """
    local at = redis.call('TIME')
    for i = 1, #KEYS, 2 do
        redis.call('ZADD', KEYS[i + 1], at[1] + ARGV[2], ARGV[1])
        redis.call('EXPIRE', KEYS[i + 1], ARGV[2] + 1)
        redis.call('DEL', KEYS[i])
    end
"""
SETTLE = """
    for i = 1, #KEYS, 2 do
        redis.call('ZREM', KEYS[i + 1], ARGV[1])
        redis.call('DEL', KEYS[i])
    end
"""


class Packing:
    """Values as kept_bytes writes them, in cachelib's words."""

    def dumps(self, value: Any, timeout: int | None = None) -> bytes:
        return kept_bytes.written(value)

    def loads(self, value: bytes | None) -> Any:
        return None if value is None else kept_bytes.read(value)


class StampingRedisCache(RedisCache):
    """Redis as Flask-Caching uses it, and the stamps of cache.py."""

    serializer = Packing()  # type: ignore[assignment]

    def stamp(self, place: str, seconds: int) -> str | None:
        """The stamp of this place, made where there is none; None while somebody changes what it stands for."""
        made = self.serializer.dumps(secrets.token_hex(8))
        found = self._client.eval(STAMP, 2, *self._pair(place), made, seconds)
        return cast(str | None, self.serializer.loads(found))

    def announce(self, places: Collection[str], writer: str, seconds: int) -> None:
        """These stamps end now, and for so many seconds none is made, unless this writer settles before."""
        self._client.eval(ANNOUNCE, 2 * len(places), *self._pairs(places), writer, seconds)

    def settle(self, places: Collection[str], writer: str) -> None:
        """What this writer changed is written, or is not to be."""
        self._client.eval(SETTLE, 2 * len(places), *self._pairs(places), writer)

    @property
    def _client(self) -> Any:
        return self._write_client

    def _pairs(self, places: Collection[str]) -> list[str]:
        return [key for place in sorted(places) for key in self._pair(place)]

    def _pair(self, place: str) -> tuple[str, str]:
        prefix = self._get_prefix()
        return f"{prefix}{place}", f"{prefix}changing {place}"
