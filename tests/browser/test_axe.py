"""axe finds nothing: every page that there is, in each of its states, light and dark, on a phone and on a desk."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException, default_exceptions

import jobs
from instashow import error_pages
from tests.browser import every_page
from tests.browser.every_page import Stage, tab
from tests.house.imports import HOME

pytestmark = pytest.mark.browser
AXE = HOME / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = (("light", 390), ("dark", 1280), ("dark", 390))
TELL = """async (tags) => (await axe.run({resultTypes: ["violations"], ...(tags.length && {runOnly: tags})})).violations
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`))"""
LAW = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Without axe's advice on pages: a letter has no landmarks."""


def found(page: Page, *tags: str) -> list[str]:
    """What axe finds on the page as it stands, in each look; by all its rules, or by those with these tags."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = []
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 844})
        told += [f"{page.url} {theme} {width} {one}" for one in page.evaluate(TELL, list(tags))]
    return told


def round_trip(page: Page, paths: list[str]) -> list[str]:
    """What axe finds on all of these addresses; none of them may have failed or led to the sign-in."""
    told = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.status < 500, path
        assert "/login" not in page.url or path.endswith("/login"), path
        told += found(page)
    return told


@pytest.mark.parametrize("who", every_page.WHO)
def test_axe_finds_nothing_on_any_page(browser: Browser, address: str, stage: Stage, who: str) -> None:
    with tab(browser, address, getattr(stage, who, "")) as page:
        assert round_trip(page, stage.paths(every_page.WHO[who])) == []


def test_axe_finds_nothing_where_a_form_was_wrong(browser: Browser, address: str, stage: Stage) -> None:
    with tab(browser, address) as page:
        told = []
        for path in ("/login", "/register", "/reset", "/admin/login"):
            page.goto(path)
            with page.expect_navigation():
                page.locator("main form").first.evaluate("form => { form.noValidate = true; form.submit(); }")
            told += found(page)
        page.goto(f"/screenings/{stage.names['tonight']}")
        page.locator("#take").click()
        page.wait_for_selector("[role=timer]")
        told += found(page)
        page.goto("/checkout")
        told += found(page)
        with page.expect_navigation():
            page.locator("form#till").evaluate("form => form.submit()")
        assert told + found(page) == []


def test_axe_finds_nothing_while_somebody_types(browser: Browser, address: str) -> None:
    with tab(browser, address) as page:
        page.goto("/theatres")
        page.set_viewport_size({"width": 1280, "height": 844})
        page.locator("input[name=q]").first.press_sequentially("kada")
        page.wait_for_selector("#suggestions [role=option]")
        assert found(page) == []


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500])
def test_axe_finds_nothing_on_a_refusal(browser: Browser, address: str, cinema: Flask, code: int) -> None:
    class Other(HTTPException):
        pass

    Other.code, Other.description = code, "Something of ours."
    with cinema.test_request_context("/refused"):
        error = default_exceptions.get(code, Other)()
        text = error_pages.error_page(error).get_data(as_text=True)
    with tab(browser, address) as page:
        page.route("**/refused", lambda route: route.fulfill(status=code, body=text, content_type="text/html"))
        page.goto("/refused")
        assert page.locator("h1").count() == 1
        assert found(page) == []


def test_axe_finds_nothing_in_a_letter(browser: Browser, address: str, cinema: Flask) -> None:
    jobs.run_due(cinema)
    shelf = cinema.extensions["instashow"].home / "outbox"
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in shelf.glob("*.eml")]
    assert len({str(letter["Subject"]).partition(":")[0] for letter in letters}) >= 3
    told = []
    with tab(browser, address) as page:
        for letter in letters:
            page.set_content(html(letter))
            told += found(page, *LAW)
    assert told == []


def html(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part
    return str(part.get_content())


def test_axe_does_find_what_is_wrong(browser: Browser, address: str) -> None:
    with tab(browser, address) as page:
        page.goto("/login")
        page.locator("main label").last.evaluate("one => { one.style.color = '#888'; one.style.background = '#777'; }")
        page.locator("main input[name=email]").evaluate("one => one.labels[0].remove()")
        assert {one.split()[3] for one in found(page)} >= {"color-contrast:", "label:"}


def test_every_page_is_looked_at(cinema: Flask) -> None:
    routes = {rule.rule for rule in cinema.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {*every_page.STRANGER, *every_page.CUSTOMER, *every_page.STAFF}
    assert routes - looked_at - set(every_page.NO_PAGES) == set(), "name the new page in tests/browser/every_page.py"
    assert (looked_at | set(every_page.NO_PAGES)) - routes == set()
    assert looked_at & set(every_page.NO_PAGES) == set()
