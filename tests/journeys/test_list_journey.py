"""Searching and filtering the list: in place where scripts run, with plain forms where not, by keyboard, in languages.

Everything is found by its id, role or address, so that one journey is made in each language.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import WIDER, in_words, violations

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]
PREFIXES = ["", "/fr", "/es"]
WIDTHS = [320, 1280]


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    yield context.new_page()
    context.close()


def shown(page: Page) -> int:
    """Return how many recommendations the page shows."""
    return page.locator("ol.recs > li").count()


def open_filters(page: Page) -> None:
    """Open what a narrow screen folds away."""
    if page.locator("details:has(#choices) > summary").is_visible():
        page.locator("details:has(#choices) > summary").click()


def stay(page: Page) -> None:
    """Leave a mark that a full load of a page would wipe out."""
    page.wait_for_function("() => window.htmx")
    page.evaluate("() => { window.stayed = true }")


def stayed(page: Page) -> bool:
    """Tell whether the page is still the one that was marked."""
    return bool(page.evaluate("() => window.stayed === true"))


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("width", WIDTHS)
def test_filters_and_words_without_javascript(plain, prefix, width):
    plain.set_viewport_size({"width": width, "height": 800})
    plain.goto(f"{prefix}/recommendations/")
    open_filters(plain)
    plain.locator("#filter-status-implemented").check()
    plain.locator("#filter-actor").select_option("governments")
    plain.locator("#choices button").click()
    expect(plain).to_have_url(re.compile(rf"{prefix}/recommendations/\?actor=governments&status=implemented$"))
    assert 0 < shown(plain) < 18
    plain.locator("ul.chips a").nth(1).click()
    expect(plain).to_have_url(re.compile(r"\?status=implemented$"))
    plain.locator("ul.chips .clear").click()
    assert shown(plain) == 18
    plain.locator("#filter-q").fill("pension")
    plain.locator("#filter-q").press("Enter")
    expect(plain).to_have_url(re.compile(r"\?q=pension$"))
    assert shown(plain) == 1
    plain.locator("#filter-q").fill("rt2-4")
    plain.locator("#filter-q").press("Enter")
    expect(plain).to_have_url(re.compile(rf"{prefix}/recommendations/GFMD-2010-RT2-04/$"))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_actor_is_typed_and_a_past_day_chosen_without_javascript(plain, prefix):
    plain.goto(f"{prefix}/recommendations/")
    open_filters(plain)
    plain.locator("#filter-actor-name").fill("gmg")
    plain.locator("#filter-day").fill("2013-10-04")
    plain.locator("#choices button").click()
    expect(plain).to_have_url(re.compile(rf"{prefix}/recommendations/\?actor=gmg&as_of=2013-10-04$"))
    assert 0 < shown(plain) < 18
    expect(plain.locator("ul.chips")).to_contain_text("2013")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_changes_the_list_in_place_and_keeps_the_focus(page, site, prefix, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{prefix}/recommendations/")
    stay(page)
    announced = page.locator("#answer").inner_text()
    open_filters(page)
    page.locator("#filter-status-implemented").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(rf"{prefix}/recommendations/\?status=implemented$"))
    expect(page.locator("ul.chips a")).to_have_count(2)
    expect(page.locator("#filter-status-implemented")).to_be_focused()
    expect(page.locator("#filter-status-implemented")).to_be_checked()
    assert page.get_by_role("status").inner_text() != announced
    assert 0 < shown(page) < 18
    assert page.evaluate(WIDER) == 0
    assert in_words(violations(page)) == []
    page.locator("ul.chips a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{prefix}/recommendations/$"))
    expect(page.locator("#results h2")).to_be_focused()
    expect(page.locator("#filter-status-implemented")).not_to_be_checked()
    assert shown(page) == 18
    assert stayed(page)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_words_are_found_while_they_are_typed_and_back_leads_back(page, site, prefix):
    page.goto(f"{site}{prefix}/recommendations/")
    stay(page)
    page.locator("#filter-q").press_sequentially("pens")
    expect(page).to_have_url(re.compile(r"\?q=pens$"))
    expect(page.locator("ol.recs > li")).to_have_count(1)
    expect(page.locator("#filter-q")).to_be_focused()
    page.locator("#filter-q").press_sequentially("ions")
    expect(page).to_have_url(re.compile(r"\?q=pensions$"))
    assert stayed(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=pens$"))
    expect(page.locator("#filter-q")).to_have_value("pens")
    page.go_back()
    expect(page).to_have_url(re.compile(rf"{prefix}/recommendations/$"))
    expect(page.locator("ol.recs > li")).to_have_count(18)
    expect(page.locator("#filter-q")).to_have_value("")


def test_a_reference_leads_to_its_page_when_sent_but_not_while_typed(page, site):
    page.goto(f"{site}/recommendations/")
    stay(page)
    with page.expect_response(re.compile("q=rt2-04")):
        page.locator("#filter-q").press_sequentially("rt2-04")
    page.wait_for_timeout(300)
    assert stayed(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/recommendations/GFMD-2010-RT2-04/$"))


def test_a_name_that_nobody_has_is_said_in_words(page, site):
    page.goto(f"{site}/recommendations/")
    page.wait_for_function("() => window.htmx")
    page.locator("#filter-actor-name").fill("Atlantis")
    page.locator("#filter-actor-name").press("Tab")
    expect(page).to_have_url(re.compile("actor=Atlantis"))
    expect(page.locator("p.answer")).to_contain_text("Atlantis")


def test_the_order_is_turned_round_in_place_by_keyboard(page, site):
    page.goto(f"{site}/recommendations/")
    stay(page)
    page.locator(".sorts a", has_text="Reference").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?sort=reference$"))
    expect(page.locator(".sorts a:focus")).to_contain_text("Reference, first to last")
    expect(page.locator("ol.recs > li").first).to_contain_text("FUT-01")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?sort=-reference$"))
    expect(page.locator("ol.recs > li").first).to_contain_text("RT3-03")
    assert stayed(page)


def test_the_start_page_leads_to_what_is_looked_for(plain):
    plain.goto("/")
    plain.get_by_role("searchbox").fill("pension")
    plain.get_by_role("searchbox").press("Enter")
    expect(plain).to_have_url(re.compile(r"/recommendations/\?q=pension$"))
    assert shown(plain) == 1
