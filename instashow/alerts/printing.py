"""PDF by WeasyPrint: tagged, in the app's own faces, reaching for nothing outside. Only the worker prints."""

from __future__ import annotations

import atexit
import threading
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "static/vendor/fonts"
SCRIPTS = ("tamil", "devanagari", "telugu", "malayalam", "kannada", "bangla", "gujarati", "gurmukhi", "odia")
FACES = {
    "Archivo": "archivo",
    "Archivo Accents": "archivo-accents",
    "Archivo Ext": "archivo-ext",
    "Archivo Vietnamese": "archivo-vietnamese",
    **{f"Anek {script.title()}": f"anek-{script}" for script in SCRIPTS},
}
_one_at_a_time = threading.Lock()


def printed(html: str) -> bytes:
    """A page of templates/print as PDF/UA."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with _one_at_a_time:
        fonts, faces = _shelf()
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
        made = page.write_pdf(font_config=fonts, stylesheets=[faces], pdf_variant="pdf/ua-1", pdf_tags=True)
    return bytes(made)


def data_uri(content: bytes, kind: str) -> str:
    """A picture inside the page itself."""
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


@cache
def _shelf() -> tuple[Any, Any]:
    """The faces, read once a worker; one that was not shipped is left to the system's."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    atexit.register(_shelf.cache_clear)  # while WeasyPrint can still clean up behind it
    there = {family: FONTS / f"{file}.woff2" for family, file in FACES.items()}
    rules = [_face(family, file) for family, file in there.items() if file.exists()]
    return fonts, CSS(string="\n".join(rules), font_config=fonts)


def _face(family: str, file: Path) -> str:
    source = data_uri(file.read_bytes(), "font/woff2")
    return f'@font-face {{ font-family: "{family}"; src: url({source}) }}'
