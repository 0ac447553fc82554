"""Every public page in a real browser, on the real record: axe, weight, console, narrow screens, the keyboard."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Response

from tests.browsing import CONTRAST, PAGES, SMALL, WIDER, in_words, violations

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]

HEAVIEST = 60_000
MOST_REQUESTS = 6
INLINE = "[style], style, script:not([src], [type='application/ld+json'])"


@dataclass
class Visit:
    """What one page sent and said."""

    responses: list[Response] = field(default_factory=list)
    console: list[str] = field(default_factory=list)


@pytest.fixture
def visit(page: Page) -> Visit:
    """Listen to a page, each time as a browser opens it that knows nothing of it yet."""
    browser = page.context.new_cdp_session(page)
    browser.send("Network.setCacheDisabled", {"cacheDisabled": True})
    heard = Visit()
    page.on("response", lambda response: heard.responses.append(response))
    page.on("console", lambda message: heard.console.append(message.text))
    page.on("pageerror", lambda error: heard.console.append(str(error)))
    return heard


def on_the_wire(response: Response) -> int:
    """Return the bytes of an answer to a browser that knows nothing yet.

    Styles and scripts are compressed by the production server, not by this one; and of an icon a browser may ask
    whether it has changed, whatever it was told about its cache. So static files are weighed where they lie.
    """
    _, static, name = response.url.partition("/static/")
    if static:
        return len(gzip.compress(Path(finders.find(name)).read_bytes()))
    return response.request.sizes()["responseBodySize"]


def wrong_with(page: Page, visit: Visit, address: str, status: int) -> list[str]:
    """Return what is wrong with a page that has just been opened."""
    found = in_words(violations(page))
    first = visit.responses[0]
    sent = sum(map(on_the_wire, visit.responses))
    expected = ["Failed to load resource"] if status >= 400 else []
    said = [line for line in visit.console if not any(line.startswith(start) for start in expected)]
    home = urlsplit(first.url).netloc
    elsewhere = [response.url for response in visit.responses if urlsplit(response.url).netloc != home]
    checks = {
        f"answered {first.status}": first.status == status,
        f"weighs {sent} bytes": sent < HEAVIEST,
        f"asked {len(visit.responses)} times": len(visit.responses) <= MOST_REQUESTS,
        f"said {said}": not said,
        f"asked elsewhere {elsewhere}": not elsewhere,
        "set a cookie": not page.context.cookies(),
        "has not one h1": page.locator("h1").count() == 1,
        "has an id twice": not page.evaluate(TWICE),
        "has inline style or script": page.locator(INLINE).count() == 0,
        "has no description": bool(page.locator("meta[name=description]").get_attribute("content")),
    }
    return [f"{address}: {problem}" for problem in found + [words for words, fine in checks.items() if not fine]]


TWICE = """() => {
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    return ids.length - new Set(ids).size;
}"""


def test_every_page_is_light_quiet_and_open_to_everyone(site, page, visit):
    problems: list[str] = []
    for address, status in PAGES.items():
        visit.responses.clear()
        visit.console.clear()
        page.goto(site + address, wait_until="networkidle")
        problems += wrong_with(page, visit, address, status)
    assert problems == []


def test_pages_fit_a_narrow_screen_and_are_legible_in_the_dark(site, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    problems = []
    for address in PAGES:
        page.goto(site + address)
        if page.evaluate(WIDER):
            problems.append(f"{address} scrolls sideways")
        problems += [f"{address}: {element} is hard to hit" for element in page.evaluate(SMALL)]
        problems += [f"{address}: {line}" for line in in_words(violations(page, CONTRAST))]
    assert problems == []


def test_the_keyboard_leads_from_the_start_to_a_recommendation_on_a_past_day(site, page):
    page.goto(f"{site}/forums/2010/roundtables/rt2/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("id") == "as-of-here":
            break
    page.keyboard.type("2013")
    page.keyboard.press("Tab")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/rt2/?as_of=hld-2013*")
    assert page.locator("p.answer").inner_text().startswith("Roundtable 2 on 4 October 2013:")
    page.get_by_role("link", name="Portable pensions").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/recommendations/GFMD-2010-RT2-03/?as_of=hld-2013")
    assert page.locator("p.answer").inner_text().startswith("RT2-03 on 4 October 2013:")


def test_a_roundtable_prints_on_one_sheet(site, page):
    for code in ("rt1", "rt2", "rt3", "fut"):
        page.goto(f"{site}/forums/2010/roundtables/{code}/")
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert (code, sheets) == (code, 1)
