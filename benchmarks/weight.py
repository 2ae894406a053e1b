"""The weight of a first visit: bytes over the wire of a page and all it brings along, on a phone of 390 px.

    python -m benchmarks.weight

A new browser for each page, nothing kept. The aim is 150 kB without the faces of Indian scripts, each of which may
weigh 40 kB and comes when a title in that script is in view; home should stay under it with them. Then a second page
in the same browser, which brings nothing but itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from benchmarks import browsing

AIM = 150_000
PHONE = {"width": 390, "height": 844}


@dataclass
class Brought:
    """Bytes by address, with the heads of the answers."""

    sizes: Counter[str] = field(default_factory=Counter)

    @property
    def faces(self) -> int:
        """Bytes of faces for titles in Indian scripts."""
        return sum(size for url, size in self.sizes.items() if "/anek-" in url)

    @property
    def rest(self) -> int:
        """Bytes of all else."""
        return self.sizes.total() - self.faces

    def told(self) -> str:
        largest = ", ".join(f"{_name(url)} {_kb(size)}" for url, size in self.sizes.most_common(4))
        return f"{_kb(self.sizes.total()):>6} kB = {_kb(self.rest)} + {_kb(self.faces)} of Indian scripts   ({largest})"


def main() -> None:
    """Print kilobytes by page."""
    with browsing.house("city") as house, browsing.chromium() as browser:
        paths = house.first_pages()
        worst = 0
        for name, path in paths.items():
            brought = first_visit(browser, house.url + path)
            worst = max(worst, brought.rest)
            print(f"{name:22} {brought.told()}")
        print(f"{'theatres after home':22} {second_visit(browser, house.url + '/', house.url + '/theatres').told()}")
    print(f"heaviest without Indian scripts {_kb(worst)} kB, aim {_kb(AIM)}")


def first_visit(browser: Browser, url: str) -> Brought:
    """What a browser that was never here is sent."""
    page = browser.new_page(viewport=PHONE, locale="en-IN")
    brought = _listening(page)
    page.goto(url, wait_until="networkidle")
    page.close()
    return brought


def second_visit(browser: Browser, first: str, then: str) -> Brought:
    """What it is sent for another page after that."""
    page = browser.new_page(viewport=PHONE, locale="en-IN")
    page.goto(first, wait_until="networkidle")
    brought = _listening(page)
    page.goto(then, wait_until="networkidle")
    page.close()
    return brought


def _listening(page: Page) -> Brought:
    """Filled while the page loads; what comes from the browser's own store weighs nothing."""
    brought, urls = Brought(), dict[str, str]()
    tell = page.context.new_cdp_session(page)
    tell.on("Network.responseReceived", lambda told: urls.update({told["requestId"]: told["response"]["url"]}))
    tell.on(
        "Network.loadingFinished",
        lambda told: brought.sizes.update({urls.get(told["requestId"], "?"): int(told["encodedDataLength"])}),
    )
    tell.send("Network.enable")
    return brought


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2] or "the page"


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}".removesuffix(".0")


if __name__ == "__main__":
    main()
