"""What axe cannot see: reflow, larger and wider text, focus, motion."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browsing import PAGES, SMALL, WIDER

pytestmark = pytest.mark.django_db(transaction=True)

# What a reader's own style sheet may do without losing anything (WCAG 1.4.12), and text at twice its size (1.4.4).
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
PARAGRAPHS = "p { margin-block-end: 2em !important }"
TWICE = "html { font-size: 200% !important }"
# A style element would be refused by the policy on content; a constructed style sheet is not one.
ADOPT = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
}"""
# Words that are cut off: the box hides what does not fit, and is not hidden itself from all eyes.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
    const style = getComputedStyle(e);
    return style.overflow === 'hidden' && e.clientHeight > 1 && e.checkVisibility()
        && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
}).map(e => e.outerHTML.slice(0, 80))"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    return style.scrollBehavior === 'smooth'
        || [style.transitionDuration, style.animationDuration].some(all => all.split(', ').some(one => one !== '0s'));
}).map(e => e.outerHTML.slice(0, 80))"""
# How many stops the keyboard has; a group of radio buttons is one, and this site has none.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden' && !e.disabled).length"""
# The element that has focus: whether one sees that it has, and whether it is seen at all. A field of a date is one stop
# with several of its own.
FOCUSED = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e === document.body) return null;
    (window.stops ??= new Set()).add(e);
    return {
        html: e.outerHTML.slice(0, 80),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        stops: window.stops.size,
    };
}"""


def opened(page: Page, site: str) -> Iterator[str]:
    """Open each kind of page in turn and yield its path."""
    for path in PAGES:
        page.goto(site + path)
        yield path


def test_400_per_cent_zoom_needs_no_sideways_scrolling(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 pixels at 400 %
    assert [path for path in opened(page, site) if page.evaluate(WIDER)] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_cuts_nothing_off(site: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for path in opened(page, site):
        page.evaluate(ADOPT, SPACED + PARAGRAPHS)
        found += [f"{path}: {element}" for element in page.evaluate(CUT_OFF)]
        found += [f"{path} scrolls sideways"] if page.evaluate(WIDER) else []
    assert found == []


def test_text_at_twice_its_size_cuts_nothing_off(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    found = []
    for path in opened(page, site):
        page.evaluate(ADOPT, TWICE)
        found += [f"{path}: {element}" for element in page.evaluate(CUT_OFF)]
        found += [f"{path} scrolls sideways"] if page.evaluate(WIDER) else []
    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_of_the_keyboard_is_seen_and_left_again(site: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(reduced_motion="reduce")  # a page that glides to what has focus is judged where it arrives
    found = []
    for path in opened(page, site):
        stops = 0
        page.keyboard.press("Tab")
        while focused := page.evaluate(FOCUSED):
            stops = focused["stops"]
            found += [f"{path}: {focused['html']}"] if not (focused["ring"] and focused["seen"]) else []
            page.keyboard.press("Tab")
        found += [f"{path}: {stops} stops"] if stops != page.evaluate(STOPS) else []
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_targets_are_24_pixels_high(site: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert [f"{path}: {element}" for path in opened(page, site) for element in page.evaluate(SMALL)] == []


def test_nothing_moves_for_those_who_ask_for_less_motion(site: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert [f"{path}: {element}" for path in opened(page, site) for element in page.evaluate(MOVING)] == []
