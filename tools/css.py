"""Join the browser's own files: one style sheet and one script, so that a page asks for few.

`static/css/app.css` names the sheets and their layers; the scripts are every module of `static/js` but those that
pages load by themselves. No build tool, no content hash, the same bytes every time. Run: `python tools/css.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "instashow" / "static"
IMPORT = re.compile(r'^@import "(?P<name>[\w.-]+)"(?: layer\((?P<layer>[\w-]+)\))?;$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
ALONE = {"theme.js", "sw.js"}  # before the first paint; at the root
PAGE = re.compile(r"^// *only: ", re.MULTILINE)  # a script of one page says so in its first comment


def joined_css(folder: Path) -> str:
    """All sheets in the order of app.css, each in its layer; comments and spare white space are left out."""

    def sheet(found: re.Match[str]) -> str:
        file = folder / found["name"]
        if not file.exists():
            return ""
        text = file.read_text(encoding="utf-8")
        return f"@layer {found['layer']}{{{text}}}" if found["layer"] else text

    text = IMPORT.sub(sheet, (folder / "app.css").read_text(encoding="utf-8"))
    return SPACE.sub(" ", COMMENT.sub("", text)).strip() + "\n"


def joined_js(folder: Path) -> str:
    """The modules every page needs, each in a block of its own so that their names do not meet."""
    texts = [(file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.js"))]
    return "".join(f"{{\n{text}}}\n" for name, text in texts if name not in ALONE and not PAGE.search(text))


def written(file: Path, text: str) -> None:
    """Write only what changed, so that a second run touches nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def main() -> None:
    written(STATIC / "vendor" / "app.css", joined_css(STATIC / "css"))
    written(STATIC / "vendor" / "app.js", joined_js(STATIC / "js"))


if __name__ == "__main__":
    main()
