"""Which tables the steps look after."""

from __future__ import annotations

from typing import Any


def ours(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """All but the queue's tables and the search index."""
    return not (kind == "table" and str(name).startswith(("huey_", "search_")))
