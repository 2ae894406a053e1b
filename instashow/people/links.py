"""Signed links that mails carry: for one purpose, with an end. Being used once is the rule's part, not the link's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from instashow.config import secret_key, settings

LASTS = {"confirm": timedelta(days=7), "reset": timedelta(hours=2), "email": timedelta(days=1)}
"""How long a link of each purpose works."""


class BadLink(Exception):
    """The link was not made here, or not for this purpose."""


class LinkLapsed(Exception):
    """The link came too late."""


def link(purpose: str, facts: list[Any], *, now: datetime) -> str:
    """The last part of a link's address."""
    end = int((now + LASTS[purpose]).timestamp())
    return str(_signer(purpose).dumps([end, *facts]))


def opened(purpose: str, text: str, *, now: datetime) -> list[Any]:
    """The facts that link() was given. Raises BadLink, LinkLapsed."""
    try:
        found: list[Any] = _signer(purpose).loads(text)
    except (BadData, ValueError):
        raise BadLink from None
    if now.timestamp() >= found[0]:
        raise LinkLapsed
    return found[1:]


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(settings()), salt=f"instashow.{purpose}")
