"""The browser's files may be kept for a year, since another content has another address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from instashow.static_files import Files
from tests import cast
from tests.browsers import Browser

YEAR = "public, max-age=31536000, immutable"
STATIC = Path(__file__).parents[2] / "instashow" / "static"
OURS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sheet that names a face, and a module that imports another, which imports a third."""
    for name, text in {
        "css/app.css": '@font-face { src: url("../fonts/a.woff2"); } a { background: url("data:x") }',
        "fonts/a.woff2": "face",
        "js/page.js": 'import { draw } from "./draw.js";\nimport "./gone.js";\nimport "../../outside.js";',
        "js/draw.js": 'export { line } from "./line.js";',
        "js/line.js": "export const line = 1;",
    }.items():
        (tmp_path / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / name).write_text(text)
    (tmp_path / "outside.js").write_text("")
    return tmp_path / "static"


def read(files: Files, name: str) -> str:
    found = files.find(name)
    assert found
    return found.body.decode()


def version(files: Files, name: str) -> str:
    found = files.find(name)
    assert found
    return found.version


def test_every_file_that_a_page_names_may_be_kept_for_a_year(app: Flask) -> None:
    browser = Browser(app)
    named = OURS.findall(browser.get("/").text)
    assert len(named) >= 6
    for path in named:
        answer = browser.get(path)
        assert (path, answer.status_code, answer.headers["Cache-Control"]) == (path, 200, YEAR)


def test_yesterdays_address_gives_todays_file_and_is_asked_again(app: Flask) -> None:
    browser = Browser(app)
    for path in ("/static/js/theme.js", "/static/js/theme.js?v=000000000000"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
        assert browser.get(path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert browser.get("/static/js/nothing.js").status_code == 404


def test_a_file_is_everybodys_whoever_asks(app: Flask) -> None:
    answer = Browser(app).sign_in(cast.customer()).get("/static/vendor/app.css")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in Browser(app).get("/static/vendor/fonts/archivo.woff2").headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vendor/app.css", "text/css; charset=utf-8"),
        ("js/theme.js", "text/javascript; charset=utf-8"),
        ("vendor/fonts/archivo.woff2", "font/woff2"),
        ("icons/icon.svg", "image/svg+xml; charset=utf-8"),
        ("manifest.json", "application/json"),
    ],
)
def test_each_kind_says_what_it_is(app: Flask, name: str, kind: str) -> None:
    assert Browser(app).get(f"/static/{name}").headers["Content-Type"] == kind


@pytest.mark.parametrize(
    "name", ["../app.py", "js/../../app.py", "/etc/passwd", "js", "", "js/theme.js/x", "..\\app.py"]
)
def test_nothing_beside_the_folder_is_a_file(app: Flask, name: str) -> None:
    assert Files(STATIC).find(name) is None
    assert Browser(app).get(f"/static/{name}").status_code in (308, 404)


def test_what_a_file_names_is_named_with_its_version(folder: Path) -> None:
    files = Files(folder)
    assert f'url("../fonts/a.woff2?v={version(files, "fonts/a.woff2")}")' in read(files, "css/app.css")
    assert f'"./draw.js?v={version(files, "js/draw.js")}"' in read(files, "js/page.js")
    assert f'"./line.js?v={version(files, "js/line.js")}"' in read(files, "js/draw.js")


def test_what_is_not_there_or_not_ours_is_left_alone(folder: Path) -> None:
    assert '"./gone.js"' in read(Files(folder), "js/page.js")
    assert '"../../outside.js"' in read(Files(folder), "js/page.js")


def test_a_change_gives_another_address_to_all_that_lead_to_it_and_to_nothing_else(folder: Path) -> None:
    files = Files(folder)
    names = ("js/line.js", "js/draw.js", "js/page.js", "css/app.css", "fonts/a.woff2")
    before = {name: version(files, name) for name in names}
    assert {name: version(files, name) for name in names} == before
    (folder / "js" / "line.js").write_text("export const line = 12;")
    changed = {name for name in names if version(files, name) != before[name]}
    assert changed == {"js/line.js", "js/draw.js", "js/page.js"}
    (folder / "js" / "line.js").unlink()
    assert '"./line.js"' in read(files, "js/draw.js")


def test_modules_that_import_each_other_still_end(folder: Path) -> None:
    (folder / "js" / "line.js").write_text('import "./page.js";')
    assert "./draw.js?v=" in read(Files(folder), "js/page.js")


def test_no_module_of_ours_imports_in_a_circle() -> None:
    """It would be two modules: one by its version, one without."""
    files = Files(STATIC)
    bare = re.compile(r"""(?:from|import)\s*["'](\./[\w-]+\.js)["']""")
    modules = [f"js/{path.name}" for path in (STATIC / "js").glob("*.js")]
    assert modules
    assert [(name, bare.findall(read(files, name))) for name in modules if bare.findall(read(files, name))] == []
