"""The page in a real browser: nothing that axe finds, three tasks by keyboard alone, narrow screens, no JavaScript."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.test_seite import SEITEN
from tests.web.welt import KONFERENZ, client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

ARTEN = ("/", *(pfad for pfad in SEITEN[1:] if "lang=en" in pfad), SEITEN[1], SEITEN[6], SEITEN[8], SEITEN[9])
"""One page of each kind, some in English."""

pytestmark = [
    pytest.mark.skipif(os.environ.get("PROFILE") != "ci", reason="a browser: PROFILE=ci"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    """Serve the small release."""
    import uvicorn

    offen = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(client().anwendung, lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [offen]})
    thread.start()
    yield f"http://127.0.0.1:{offen.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    offen.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def neu(browser: Browser, adresse: str) -> Iterator[Any]:
    """Return what opens a page as a reader of one kind sees it; no page may complain in the console."""
    offen = []
    klagen: list[str] = []

    def open_(pfad: str, **art: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **art})
        offen.append(context)
        page = context.new_page()
        page.on("console", lambda message: klagen.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: klagen.append(str(error)))
        fremd: list[str] = []
        page.on("request", lambda r: None if r.url.startswith(adresse) else fremd.append(r.url))
        page.goto(adresse + pfad)
        assert fremd == []
        return page

    yield open_
    for context in offen:
        context.close()
    assert [k for k in klagen if "404" not in k and "favicon" not in k] == []


@pytest.mark.parametrize(
    ("schema", "breite", "seiten"),
    [("light", 1280, ARTEN), ("dark", 1280, ARTEN), ("light", 320, ARTEN[::3])],
)
def test_axe_finds_nothing(neu: Any, adresse: str, schema: str, breite: int, seiten: tuple[str, ...]) -> None:
    """WCAG 2.1 AA and the advice beyond it, on every kind of page, with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page = neu("/", color_scheme=schema, viewport={"width": breite, "height": 800})
    for pfad in seiten:
        page.goto(adresse + pfad)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], (pfad, schema, breite)


def test_nothing_is_cut_off(neu: Any, adresse: str) -> None:
    """At 320 pixels, which is 400 % on a desktop, and at 200 %: nobody scrolls sideways."""
    page = neu("/")
    for pfad in SEITEN:
        page.goto(adresse + pfad)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        for breite in (320, 640, 900):
            page.set_viewport_size({"width": breite, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= breite, pfad


def press(page: Page, taste: str, bis: str, hoechstens: int = 60) -> None:
    """Press a key until what has the focus reads like this; the focus is always to be seen."""
    for _ in range(hoechstens):
        page.keyboard.press(taste)
        fokus = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.innerText || e.value || '', s.outlineStyle, e.getBoundingClientRect().width]; })()"
        )
        if fokus[1] == "none" or fokus[2] < 1:
            raise AssertionError(f"the focus is not to be seen: {fokus}")
        if bis in fokus[0]:
            return
    raise AssertionError(f"never reached: {bis}")


class TestKeyboard:
    """docs/accessibility.md: three tasks, without a mouse."""

    def test_when_is_my_conference_and_who_invites(self, neu: Any) -> None:
        """Skip to the dates, go to the date, open it."""
        page = neu("/?ansicht=liste")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Zu den Terminen springen"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "inhalt"
        press(page, "Tab", "Konferenz Nord: Frühjahr")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/termin/2027/{KONFERENZ}")
        assert "Einladung durch: Leitung Nord" in page.inner_text("main")

    def test_only_my_area(self, neu: Any) -> None:
        """Unfold the filter, choose an area; the choice is said, and can be taken back."""
        page = neu("/")
        press(page, "Tab", "Gebiet")
        page.keyboard.press("Enter")
        press(page, "Tab", "Raum Süd")
        page.keyboard.press("Enter")
        page.wait_for_url("**gebiet=raum/sued**")
        assert "Gezeigt wird nur: Raum Süd" in page.inner_text("main")
        press(page, "Tab", "Alles zeigen")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "gebiet" not in url)

    def test_subscribe(self, neu: Any, adresse: str) -> None:
        """All calendars, the one for an office, its address."""
        page = neu("/")
        press(page, "Shift+Tab", "Alle Kalender")
        page.keyboard.press("Enter")
        page.wait_for_url("**/abonnieren")
        press(page, "Tab", "Leitung Nord")
        page.keyboard.press("Enter")
        page.wait_for_url("**/abonnieren/amt/leitung-nord")
        press(page, "Tab", "Mit dem Kalender dieses Geräts abonnieren")
        href = page.evaluate("document.activeElement.href")
        assert href == f"webcal:{adresse.removeprefix('http:')}/feeds/amt/leitung-nord.ics"


def test_the_year_says_in_words_what_a_mark_is(neu: Any) -> None:
    """Who points at a mark, or reaches it by keyboard, reads it; Escape takes it away."""
    page = neu("/")
    wort = page.locator(".tage .worte", has_text="Konferenz Nord: Frühjahr")
    assert (wort.bounding_box() or {})["width"] < 2
    wort.locator("..").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert (wort.bounding_box() or {})["width"] > 100
    page.keyboard.press("Escape")
    assert (wort.bounding_box() or {})["width"] < 2


def test_the_month_breaks_no_word(neu: Any) -> None:
    """Long words as cities have them stay whole at 1280 pixels, and at 320, where one day stands below the other."""
    page = neu("/?ansicht=monat&monat=3")
    for breite in (1280, 320):
        page.set_viewport_size({"width": breite, "height": 900})
        broken = page.evaluate(
            """() => [...document.querySelectorAll(".monat .worte > span[lang]")].flatMap((span) => {
              span.textContent = "Koordinierungsrunde Uentrop: Frühjahrskonferenz: Planung";
              return [...span.textContent.matchAll(/\\S+/g)].filter((wort) => {
                const range = document.createRange();
                range.setStart(span.firstChild, wort.index);
                range.setEnd(span.firstChild, wort.index + wort[0].length);
                return new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1;
              }).map((wort) => wort[0]);
            })"""
        )
        assert broken == [], breite
        assert page.locator(".monat .worte").count() > 0


def test_without_javascript(neu: Any) -> None:
    """Everything is there: dates, filters, addresses."""
    page = neu("/?ansicht=liste", java_script_enabled=False)
    page.click("summary:has-text('Gebiet')")
    page.click("a:has-text('Raum Süd')")
    text = page.inner_text("main")
    assert "Runde Süd: Auftakt" in text
    assert "Konferenz Nord: Frühjahr" not in text
    page.click("summary:has-text('Abonnieren')")
    assert page.locator("input[readonly]").input_value().endswith("/feeds/raum/sued.ics")
