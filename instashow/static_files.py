"""The browser's own files: each at an address that names its content, so that it may be kept for a year.

`url_for("static", filename="js/theme.js")` gives `/static/js/theme.js?v=…` everywhere. Style sheets and modules that
name another file of ours by a relative address get that file's `?v=…` written into them, and what they say so decides
their own; a module is thus the same one to whoever imports it. An address of yesterday still leads to the file of
today, which then must be asked about again.
"""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
import time
from dataclasses import dataclass
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any

from flask import Flask, abort, current_app, has_request_context, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from instashow import packing

YEAR = 365 * 24 * 3600
LOOKS = 2.0
"""Seconds between two looks of a serving process at whether a file was changed."""
NAMING = {".css", ".js"}
NAMED = re.compile(rb"""(?<=["'])\.{1,2}/[\w./-]+\.(?:js|woff2|svg)(?=["'])""")
PLAIN = re.compile(r"[\w./-]+", re.ASCII)
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")

Stamp = tuple[int, int] | None


@dataclass(frozen=True)
class File:
    """A file as it is sent, and the files it was made of, as they were then."""

    body: bytes
    version: str
    made_of: tuple[tuple[Path, Stamp], ...]


class Files:
    """What lies in one folder; read once, and again when it was changed."""

    def __init__(self, folder: Path, pause: float = 0) -> None:
        """`pause`: seconds between two looks at whether a file was changed."""
        self._pause = pause
        self.folder = folder.resolve()
        self._read: dict[Path, File] = {}
        self._found: dict[str, tuple[File, float]] = {}

    def find(self, name: str) -> File | None:
        """The file of this name, or None."""
        if posixpath.normpath(name) != name:
            return None  # one name a file, or strangers would fill what is remembered
        file, looked = self._found.get(name, (None, 0.0))
        if file is None or time.monotonic() - looked >= self._pause:
            path = safe_join(str(self.folder), name)
            file = self._at(Path(path), ()) if path and Path(path).is_file() else None
            if file:
                self._found[name] = file, time.monotonic()
        return file

    def _at(self, path: Path, above: tuple[Path, ...]) -> File:
        known = self._read.get(path)
        if known is None or any(_stamp(part) != stamp for part, stamp in known.made_of):
            known = self._read[path] = self._made(path, above)
        return known

    def _made(self, path: Path, above: tuple[Path, ...]) -> File:
        made_of = {path: _stamp(path)}
        body = path.read_bytes()
        if path.suffix in NAMING:
            body = NAMED.sub(partial(self._versioned, path, (*above, path), made_of), body)
        return File(body, hashlib.sha256(body).hexdigest()[:12], tuple(made_of.items()))

    def _versioned(
        self, path: Path, above: tuple[Path, ...], made_of: dict[Path, Stamp], named: re.Match[bytes]
    ) -> bytes:
        """The relative address with its file's version; what is not ours, or leads back here, stays as it is."""
        there = (path.parent / named[0].decode()).resolve()
        if there in above or not there.is_relative_to(self.folder) or not there.is_file():
            return named[0]
        file = self._at(there, above)
        made_of.update(file.made_of)
        return named[0] + b"?v=" + file.version.encode()


def init_app(app: Flask) -> None:
    """Answer for the app's static folder, and put versions into the addresses that lead there."""
    files = Files(Path(app.static_folder or ""), pause=LOOKS)
    app.view_functions["static"] = update_wrapper(partial(_send, files), _send)  # a name, for whoever counts requests
    app.url_default_functions.setdefault(None, []).append(partial(_name_version, files))
    app.jinja_env.globals["url_for"] = partial(_address, files)  # for macros too


def _name_version(files: Files, endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and (file := files.find(str(values.get("filename", "")))):
        values.setdefault("v", file.version)


def _address(files: Files, endpoint: str, **values: Any) -> str:
    """url_for in templates. A page names ten files of ours, and routing takes as long over each as over a page's own
    address."""
    named = str(values.get("filename", "")) if endpoint == "static" and len(values) == 1 else ""
    file = files.find(named) if PLAIN.fullmatch(named) and has_request_context() else None
    if file is None:
        return current_app.url_for(endpoint, **values)
    return f"{request.script_root}{current_app.static_url_path}/{named}?v={file.version}"


def _send(files: Files, filename: str) -> Response:
    file = files.find(filename) or abort(404)
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = Response(file.body, mimetype=kind)
    if kind.startswith("text/") or kind == "image/svg+xml":
        packing.once(response)
    response.set_etag(file.version, weak=True)
    same = request.args.get("v") == file.version
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if same else "no-cache"
    return response.make_conditional(request)


def _stamp(path: Path) -> Stamp:
    """When it was last changed, and its size; None where it is gone."""
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size
