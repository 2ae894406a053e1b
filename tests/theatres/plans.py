"""The ten hall layouts that ship, small plans drawn by hand, and any plan at all."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import instashow
from instashow.theatres import layout_json
from instashow.theatres.cells import DrawnRow, plan_of
from instashow.theatres.numbering import COUNTED
from instashow.theatres.plan import Plan

FILE = Path(instashow.__file__).parent / "demo" / "seat_layouts.json"
LAYOUTS: dict[str, dict[str, Any]] = {layout["id"]: layout for layout in json.loads(FILE.read_text())["layouts"]}


def shipped(name: str) -> Plan:
    """One of the ten layouts."""
    return layout_json.read(LAYOUTS[name])


def hall(*cells: str) -> Plan:
    """A plan of rows A, B, C … from the screen to the back; a row without seats is a cross aisle."""
    names = iter("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return plan_of([DrawnRow(next(names) if set(row) - {"."} else "", row) for row in cells])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any sound plan: runs of every letter, gaps, cross aisles, categories and flags of a theatre's own."""
    parts = st.sampled_from(["s", "ss", "p", "r", "LR", "Wc", "cW", "v", "x", "d", ".", "..", "sssss"])
    rows = draw(st.lists(st.lists(parts, min_size=1, max_size=8).map("".join), min_size=1, max_size=6))
    counted = draw(st.sampled_from(COUNTED))
    plan = replace(hall("s", *rows), numbering=counted)
    drawn = plan_of(
        [DrawnRow(row.label, cells) for row, cells in zip(plan.rows, ["s", *rows], strict=True)], counted=counted
    )
    named = draw(st.sampled_from(["standard", "Royal", "பால்கனி"]))
    return replace(drawn, places=tuple(replace(p, category=named) if p.kind == "recliner" else p for p in drawn.places))
