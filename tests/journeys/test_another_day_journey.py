"""Another day, and what changed since: one form, with and without JavaScript, and the figures behind the chart."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import in_words, violations
from tests.real_record import load_real_record

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]


@pytest.fixture
def address(live_server) -> str:
    """A roundtable of the real record."""
    load_real_record()
    return f"{live_server.url}/forums/2010/roundtables/rt2/"


def changed(page: Page) -> str:
    """Return the heading over what changed."""
    return page.get_by_role("heading", name="What changed since").inner_text()


def choose(page: Page, address: str) -> None:
    """Ask for a milestone and what changed since the Forum closed, then for a day that is none, and go back."""
    page.get_by_label("Stand as of").select_option(
        label="2013 High-level Dialogue on International Migration and Development, 4 October 2013"
    )
    page.get_by_label("What changed since").select_option(label="The closing of the Forum, 11 November 2010")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"{address}?as_of=hld-2013&since=2010-11-11")
    assert changed(page) == "What changed since the Forum closed"
    page.get_by_label("or a day of your choice").fill("2014-06-30")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(f"{address}?as_of=2014-06-30&since=2010-11-11")
    assert page.locator("p.answer").inner_text().startswith("Roundtable 2 on 30 June 2014:")
    assert changed(page) == "What changed since the Forum closed"
    assert page.get_by_label("Stand as of").input_value() == "2014-06-30"
    page.get_by_role("link", name="Back to today").click()
    page.wait_for_url(address)


def test_one_form_keeps_what_was_chosen(address, page):
    page.goto(address)
    choose(page, address)


def test_it_works_without_javascript(address, browser: Browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    choose(page, address)
    page.get_by_text("Show the figures").click()
    assert page.get_by_role("region", name="Figures of the chart").is_visible()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_figures_open_by_keyboard_and_fit_the_screen(address, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.locator("summary", has_text="Show the figures").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("row", name="11 November 2010").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert in_words(violations(page)) == []
