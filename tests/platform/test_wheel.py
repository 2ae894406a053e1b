"""What people install: the wheel, in an empty environment without node and without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.imports import HOME
from tests.platform.running import serving, settings, soon

WHEELS = HOME / ".setup" / "wheels"
NEEDED = (
    "instashow/static/vendor/app.css",
    "instashow/static/vendor/app.js",
    "instashow/static/vendor/htmx.min.js",
    "instashow/static/vendor/fonts/archivo.woff2",
    "instashow/templates/base.html",
    "instashow/migrations/versions/0001_first.py",
    "instashow/migrations/alembic.ini",
    "instashow/demo/films.json",
    "jobs/schedule.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what stands here, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    words = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(HOME)]
    built = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_that_is_needed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert [name for name in NEEDED if name not in names] == []
    assert {name.split("/")[2] for name in names if name.endswith("/messages.mo")} == {"hi", "ta"}
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"instashow", "jobs"}


def test_nothing_that_stands_beside_the_sources_is_left_out(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    files = (one for package in ("instashow", "jobs") for one in (HOME / package).rglob("*") if one.is_file())
    wanted = {str(one.relative_to(HOME)) for one in files if not {"__pycache__", ".pytest_cache"} & set(one.parts)}
    assert wanted - names == set()


@pytest.fixture
def installed(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `bin` folder of an environment that holds the wheel and what it needs; no node, and no other command."""
    assert WHEELS.is_dir(), "`make setup` fetches the wheels"
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", empty], check=True)
    monkeypatch.setenv("PATH", str(empty / "bin"))
    assert shutil.which("node") is None
    words = ["install", "-qq", "--no-index", "--find-links", str(WHEELS), str(wheel)]
    subprocess.run([empty / "bin" / "python", "-m", "pip", *words], check=True, timeout=600)
    return empty / "bin"


def test_an_empty_environment_installs_it_and_serves(installed: Path, tmp_path: Path) -> None:
    python, home = str(installed / "python"), tmp_path / "home"
    home.mkdir()
    loaded = [installed / "instashow", "demo", "--size", "small"]
    subprocess.run(loaded, check=True, env=settings(home), cwd=home, capture_output=True, timeout=120)
    with serving(home, "--workers", "1", python=python) as house:
        assert house.get("/healthz")[0] == 200
        page = house.get("/")[1]
        assert re.search(r'href="/shows/\d', page)
        files = set(re.findall(r'"(/static/[^"]+)"', page))
        assert {one.partition("?")[0].rpartition(".")[2] for one in files} >= {"css", "js", "woff2"}
        assert {one: house.get(one)[0] for one in files if house.get(one)[0] != 200} == {}
        assert soon(lambda: json.loads(house.get("/readyz")[1])["worker"] == "ok")
    asked = [python, "-c", "import instashow, jobs; print(instashow.__file__, jobs.__file__)"]
    where = subprocess.run(asked, cwd=home, capture_output=True, text=True).stdout
    assert where.count(str(tmp_path / "empty")) == 2
