"""Looking at pages in a browser: which there are, and what to ask each of them."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# An address of every kind of public page, on the real record, with its answer.
PAGES = {
    "/": 200,
    "/forums/": 200,
    "/forums/2010/": 200,
    "/forums/2011/": 200,
    "/forums/2010/roundtables/rt1/": 200,
    "/forums/2010/roundtables/rt2/?as_of=hld-2013": 200,
    "/forums/2010/roundtables/rt1/?as_of=2015-01-01&since=2011-12-31": 200,
    "/forums/2010/roundtables/fut/": 200,
    "/forums/2010/roundtables/rt2/?view=room&item=3": 200,
    "/forums/2010/roundtables/fut/?view=room&item=5&as_of=hld-2013": 200,
    "/recommendations/": 200,
    "/recommendations/?status=implemented&actor=gmg&utm_source=mail": 200,
    "/recommendations/GFMD-2010-RT2-03/": 200,
    "/recommendations/GFMD-2010-FUT-04/?as_of=2013-10-04": 200,
    "/actors/": 200,
    "/actors/gmg/": 200,
    "/actors/governments/": 200,
    "/themes/human-rights/": 200,
    "/milestones/hld-2013/": 200,
    "/updates/": 200,
    "/updates/?page=3": 200,
    "/report/": 200,
    "/report/?forum=2010&as_of=hld-2013": 200,
    "/report/?roundtable=2010-RT1&roundtable=2010-RT2": 200,
    "/about/": 200,
    "/methodology/": 200,
    "/accessibility/": 200,
    "/data/": 200,
    "/nowhere/": 404,
    "/recommendations/?status=done": 400,
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# axe leaves out the rule on the size of targets unless it is named; telling what passes took a third of its time.
WCAG = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
RULES = {**WCAG, "runOnly": [*TAGS, "best-practice"]}
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
# Asked in the page: how many pixels it is wider than its window, and what is too small to hit (a label is hit
# for its field).
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('button, select, input, summary, nav a')]
    .filter(e => e.checkVisibility() && (e.closest('label') ?? e).getBoundingClientRect().height < 24)
    .map(e => e.outerHTML.slice(0, 80))"""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[dict[str, Any]]:
    """Return what axe finds on a page."""
    found: list[dict[str, Any]] = Axe().run(page, options=rules).response["violations"]
    return found


def in_words(found: list[dict[str, Any]]) -> list[str]:
    """Return a line for each violation: the rule, and the first element that breaks it."""
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:160]}" for violation in found]
