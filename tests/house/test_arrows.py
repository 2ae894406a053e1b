"""Which way the arrows point: one line of rooms, four doors; prints which import broke which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.house.imports import DOORS, HOME, LINE, Import, imports, is_door, modules, room_of, top

ADAPTERS = {
    "instashow.people.security",
    "instashow.alerts.channels",
    "instashow.alerts.papers",
    "instashow.alerts.post",
    "instashow.alerts.printing",
    "instashow.alerts.shelf",
    "instashow.alerts.smtp",
}
"""Named after what is on their other side: Flask-Security, the printer, the post office."""
SHARED_BY_DOORS = {
    "instashow.people.caller",
    "instashow.people.entering",
    "instashow.people.known_browsers",
    "instashow.booking.adopting",
    "instashow.theatres.picked",
}
"""What the doors of all rooms ask: who calls, from where, how they come in, what they bring along, which city."""
WEB = {"flask", "flask_babel", "flask_login", "flask_security", "flask_wtf", "htmx_flask", "jinja2", "werkzeug"}
FOR_DOORS = (
    "instashow.web",
    "instashow.rest",
    "instashow.pwa",
    "instashow.watch",
    "instashow.app",
    "instashow.cli",
    "jobs",
)
HEAVY = {"PIL", "alembic", "docx", "flask_migrate", "icalendar", "segno", "sklearn", "weasyprint"}
MAY_WRITE = ("instashow.cli", "instashow.db", "instashow.upgrade", "jobs")
NO_ROOMS = {"cli", "demo", "migrations", "static", "templates", "translations", "__pycache__"}


def is_adapter(module: str) -> bool:
    """An adapter by name, or one that makes words and papers."""
    name = module.rpartition(".")[2] if room_of(module) else ""
    return module in ADAPTERS or name == "papers" or name.startswith("paper_") or name.endswith("_words")


def is_rule(module: str) -> bool:
    known = is_door(module) or is_adapter(module) or module in SHARED_BY_DOORS
    return room_of(module) is not None and not known


def under(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def broken(wrong: Callable[[Import], bool]) -> list[str]:
    return [str(one) for one in imports() if wrong(one)]


def to_the_right(one: Import) -> bool:
    there = room_of(one.name)
    return bool(is_rule(one.module) and there and LINE.index(there) > LINE.index(room_of(one.module) or ""))


def test_a_rule_imports_its_own_room_a_room_to_its_left_or_the_ground_floor() -> None:
    assert broken(to_the_right) == []


def test_rules_never_import_flask_or_what_doors_use() -> None:
    mixins = ("flask_security.UserMixin", "flask_security.RoleMixin")

    def wrong(one: Import) -> bool:
        web = top(one.name) in WEB and one.name not in mixins
        return is_rule(one.module) and (web or under(one.name, FOR_DOORS))

    assert broken(wrong) == []


def test_rules_never_import_a_door_or_an_adapter() -> None:
    def wrong(one: Import) -> bool:
        there = {one.name, one.name.rpartition(".")[0]} & set(modules())
        return is_rule(one.module) and (is_door(one.name) or any(map(is_adapter, there)))

    assert broken(wrong) == []


def test_adapters_import_no_door_and_no_job() -> None:
    assert broken(lambda one: is_adapter(one.module) and (is_door(one.name) or top(one.name) == "jobs")) == []


def test_a_door_never_imports_another_rooms_door() -> None:
    def wrong(one: Import) -> bool:
        there, here = (name.split(".")[1:3] for name in (one.name, one.module))
        return is_door(one.module) and is_door(one.name) and there != here

    assert broken(wrong) == []


def test_only_doors_commands_and_jobs_open_a_transaction() -> None:
    def wrong(one: Import) -> bool:
        may = is_door(one.module) or one.module in SHARED_BY_DOORS or under(one.module, MAY_WRITE)
        return one.name == "instashow.db.transaction" and not may

    assert broken(wrong) == []


def test_jobs_and_the_ground_floor_import_no_door() -> None:
    def wrong(one: Import) -> bool:
        return not room_of(one.module) and one.module != "instashow.app" and is_door(one.name)

    assert broken(wrong) == []


def test_only_commands_import_the_app() -> None:
    assert broken(lambda one: under(one.name, ("instashow.app",)) and not under(one.module, ("instashow.cli",))) == []


def test_a_rooms_init_imports_nothing() -> None:
    inits = {name for name, path in modules().items() if path.name == "__init__.py" and not is_door(name)}
    assert broken(lambda one: one.module in inits - {"jobs"} and one.name != "__future__.annotations") == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    assert broken(lambda one: top(one.name) in HEAVY and not one.inside) == []


def test_the_line_of_rooms_is_the_list_of_folders() -> None:
    from instashow.app import ROOMS

    folders = {path.name for path in (HOME / "instashow").iterdir() if path.is_dir()} - NO_ROOMS
    assert folders == set(LINE)
    assert [room for room in LINE if room in ROOMS] == list(ROOMS)
    assert " → ".join(LINE) in (HOME / "docs" / "architecture.md").read_text()


def test_an_arrow_to_the_right_would_be_seen() -> None:
    """The control: what these tests look for is really found."""
    path = Path(__file__)
    assert to_the_right(Import("instashow.shows.search", path, 1, "instashow.booking.models.Booking", False))
    assert not to_the_right(Import("instashow.booking.sale", path, 1, "instashow.shows.models.Show", False))
    assert not to_the_right(Import(f"instashow.shows.{DOORS[0]}", path, 1, "instashow.ratings.stars", False))
