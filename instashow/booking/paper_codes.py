"""QR codes as pictures: SVG for pages and print, PNG for mails."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def svg(text: str) -> bytes:
    """The code as SVG, black on nothing; whoever shows it gives it a white panel."""
    return _drawn(text, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)


def png(text: str, *, scale: int = 8) -> bytes:
    """The code as PNG on white, with its quiet zone."""
    return _drawn(text, kind="png", border=4, scale=scale)


def _drawn(text: str, **how: Any) -> bytes:
    import segno

    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, **how)
    return drawn.getvalue()
