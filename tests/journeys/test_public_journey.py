"""A visitor finds the way through the public pages: without JavaScript, by links and plain forms, and with it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.real_record import load_real_record

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]


@pytest.fixture
def site(live_server, settings) -> str:
    """The address of a server that holds the real record."""
    settings.DEBUG = False
    load_real_record()
    return str(live_server.url)


@pytest.fixture
def plain(browser: Browser, site: str) -> Page:
    """A page of a browser that runs no script, at the start of the site."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def answer(page: Page) -> str:
    """Return the sentence of the page."""
    return page.locator("p.answer").inner_text()


def follow(page: Page, name: str, address: str) -> None:
    """Follow the first link of the main part with these words, and see where it leads."""
    page.locator("main").get_by_role("link", name=name).first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))


def test_a_roundtable_is_read_on_a_past_day_without_javascript(plain):
    follow(plain, "Human Mobility and Human Development", "/forums/2010/roundtables/rt2/")
    assert answer(plain).startswith("Roundtable 2: all 4 recommendations are partly implemented")
    plain.locator("select[name=as_of]").select_option("hld-2013")
    plain.locator("select[name=as_of]").locator("xpath=ancestor::form").get_by_role("button").first.click()
    assert answer(plain).startswith("Roundtable 2 on 4 October 2013: of 4 recommendations, 1 is partly implemented")
    expect(plain.get_by_text("Reconstructed in").first).to_be_visible()
    follow(plain, "Portable pensions", "/recommendations/GFMD-2010-RT2-03/?as_of=hld-2013")
    assert answer(plain).startswith("RT2-03 on 4 October 2013: partly implemented")
    follow(plain, "Next recommendation", "/recommendations/GFMD-2010-RT2-04/?as_of=hld-2013")


@pytest.mark.parametrize("width", [360, 1280])
def test_recommendations_are_filtered_without_javascript(plain, width):
    plain.set_viewport_size({"width": width, "height": 800})
    plain.get_by_role("navigation", name="Main").get_by_role("link", name="Recommendations").click()
    if width < 1000:
        plain.get_by_text("Filters", exact=True).click()
    plain.locator("#filter-status-implemented").check()
    plain.get_by_label("Actor", exact=True).select_option("governments")
    plain.get_by_role("button", name="Apply").click()
    assert re.search(r"\?.*status=implemented.*actor=governments|\?.*actor=governments.*status=implemented", plain.url)
    shown = plain.locator("ol.recs > li").count()
    assert 0 < shown < 18
    plain.get_by_role("link", name="Remove the filter Actor").click()
    assert plain.locator("ol.recs > li").count() >= shown
    follow(plain, "Remove all", "/recommendations/")
    assert plain.locator("ol.recs > li").count() == 18


def test_a_recommendation_is_cited_and_copied_without_javascript(plain):
    plain.goto("/recommendations/GFMD-2010-RT2-03/")
    plain.get_by_text("Unofficial translations").click()
    expect(plain.locator("q[lang=es]")).to_be_visible()
    plain.get_by_text("Copy this paragraph").click()
    expect(plain.locator("#paragraph")).to_contain_text("RT2-03: partly implemented since 1 May 2011 (provisional)")
    expect(plain.get_by_role("button", name="Copy", exact=True)).to_be_hidden()
    with plain.expect_download() as download:
        plain.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == "GFMD-2010-RT2-03.bib"


def test_an_actor_a_theme_and_the_updates_are_read_without_javascript(plain):
    follow(plain, "Global Migration Group", "/actors/gmg/")
    plain.get_by_text("All 19 members").click()
    expect(plain.get_by_role("link", name="United Nations Children", exact=False).first).to_be_visible()
    follow(plain, "Gender-sensitive guidelines", "/recommendations/GFMD-2010-RT2-02/")
    plain.locator("dl.facts").get_by_role("link", name="Gender").click()
    expect(plain).to_have_url(re.compile("/themes/gender/$"))
    plain.get_by_role("navigation", name="Main").get_by_role("link", name="Updates").click()
    follow(plain, "Next page", "/updates/?page=2")


def test_the_room_is_walked_through_without_javascript(plain):
    plain.goto("/forums/2010/roundtables/rt3/")
    follow(plain, "Show in the room", "/forums/2010/roundtables/rt3/?view=room")
    plain.locator("a[rel=next]").click()
    expect(plain).to_have_url(re.compile(r"item=2"))
    expect(plain.locator("h1")).to_contain_text("climate change")


def test_a_paragraph_is_copied_with_a_button(page, context, site):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/recommendations/GFMD-2010-RT2-03/")
    page.get_by_text("Copy this paragraph").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Puerto Vallarta 2010, recommendation GFMD-2010-RT2-03: “The portability of pensions")
    assert copied == page.locator("#paragraph").inner_text()
