"""What people install: the wheel, in an empty environment without node and without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.imports import HOME
from tests.platform.running import serving

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
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_that_is_needed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert [name for name in NEEDED if name not in names] == []
    assert {name.split("/")[2] for name in names if name.endswith("/messages.mo")} == {"hi", "ta"}
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"instashow", "jobs"}


def test_an_empty_environment_installs_it_and_serves(wheel: Path, tmp_path: Path) -> None:
    assert WHEELS.is_dir(), "`make setup` fetches the wheels"
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", empty], check=True)
    python = str(empty / "bin" / "python")
    words = ["install", "-qq", "--no-index", "--find-links", str(WHEELS), str(wheel)]
    alone = {"PATH": f"{empty / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path), "PIP_NO_INDEX": "1"}
    subprocess.run([python, "-m", "pip", *words], check=True, env=alone, timeout=600)
    home = tmp_path / "home"
    home.mkdir()
    with serving(home, "--workers", "1", python=python) as house:
        assert house.get("/healthz")[0] == 200
        assert house.get("/login")[0] == 200
        assert house.get("/static/vendor/app.css")[0] == 200
    asked = [python, "-c", "import instashow; print(instashow.__file__)"]
    assert str(empty) in subprocess.run(asked, cwd=home, capture_output=True, text=True, env={**os.environ}).stdout
