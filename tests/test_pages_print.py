"""Pages on paper: where each sheet comes from, what is left out, what is shown although it is folded on a screen."""

import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]


@pytest.fixture
def paper(page: Page) -> Page:
    page.emulate_media(media="print")
    return page


def test_the_foot_of_every_sheet_states_address_filter_and_date(site, paper):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=True):
        paper.goto(f"{site}/recommendations/?status=implemented&actor=gmg&utm_source=mail")
    foot = paper.locator("footer.site")
    expect(foot).to_have_text(re.compile(r"actor=gmg&status=implemented, as read on 1 March 2026 \(UTC\)\s*$"))
    assert foot.inner_text().startswith(f"{site}/recommendations/?")
    assert foot.evaluate("e => getComputedStyle(e).display") == "table-footer-group"
    expect(paper.locator(".chips")).to_have_text(re.compile("Status: Implemented"))


def test_what_only_a_screen_can_use_is_left_out(site, paper):
    paper.goto(f"{site}/recommendations/?status=implemented")
    for part in ("header nav", ".filters", ".chips .clear", "footer ul", ".skip"):
        found = paper.locator(part).all()
        assert found, part
        for one in found:
            expect(one).to_be_hidden()
    paper.goto(f"{site}/forums/2010/roundtables/rt1/")
    for part in (".tools", ".action"):
        expect(paper.locator(part).first).to_be_hidden()
    expect(paper.locator(".crumbs")).to_contain_text("Puerto Vallarta 2010")


def test_what_the_chair_concluded_is_printed_although_it_is_folded(site, paper):
    paper.goto(f"{site}/forums/2010/")
    expect(paper.get_by_text("Mexico acted with transparency")).to_be_visible()
