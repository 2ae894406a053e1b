"""The small print: terms, privacy, and whose data and faces these are. An admin's own texts come later."""

from __future__ import annotations

from flask import Blueprint, render_template

bp = Blueprint("small_print", __name__)

CREDITS = (
    ("Cities: GeoNames, CC BY 4.0", "https://www.geonames.org/"),
    ("Certificates: CBFC Watch / Diagram Chasing, ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("Film data: omdb.org contributors, CC BY 2.0 DE, changed", "https://www.omdb.org/"),
    ("Source: Korean Film Council, KOBIS", "https://www.kobis.or.kr/"),
    ("Aggregates from PopcornData", None),
    ("Map links: © OpenStreetMap contributors, ODbL", "https://www.openstreetmap.org/copyright"),
    ("Archivo, Anek and Noto: SIL Open Font License 1.1", "https://openfontlicense.org/"),
    ("htmx: Zero-Clause BSD", "https://htmx.org/"),
)
"""The source lines that what is shipped asks for, as their owners word them, so in no language but theirs."""


@bp.get("/terms")
def terms() -> str:
    """What holds between a buyer and the theatre."""
    return render_template("small_print/terms.html")


@bp.get("/privacy")
def privacy() -> str:
    """What is known of a person, what for, and how they take it back."""
    return render_template("small_print/privacy.html")


@bp.get("/credits")
def sources() -> str:
    """Sources and licences."""
    return render_template("small_print/credits.html", credits=CREDITS)
