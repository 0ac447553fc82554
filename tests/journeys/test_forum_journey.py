"""A new edition in a real browser, without the shell: entered, pasted, assigned, previewed, published, read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ActorFactory, CollectiveFactory
from tests.journeys.test_follow_up_journey import Staff
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)

MOBILITY = """
1. Governments should consider sharing what they know
   of recruitment fees.
2. Countries of origin should teach workers their rights before they leave.
3. The group of agencies should study what it costs to send money home.
"""
INTEGRATION = """Governments should consider recognising skills.
Towns should be heard.
Civil society should be asked before decisions are taken.
"""


def enter_the_forum(staff: Staff) -> None:
    """From the list of Forums to one with a Chair and two roundtables."""
    staff.open("/admin/tracker/forum/")
    staff.follow("Add Forum")
    staff.page.get_by_label("Year:").fill("2011")
    staff.page.get_by_label("Host city:").fill("Geneva")
    staff.page.get_by_label("Opens on:").fill("2011-12-01")
    staff.page.get_by_label("Closes on:").fill("2011-12-02")
    staff.page.get_by_role("button", name="Add another Chair").click()
    staff.page.locator("#chair_rows-0 .select2-selection").click()
    staff.page.locator(".select2-search__field").fill("switz")
    staff.page.locator(".select2-results__option--highlighted", has_text="Switzerland").click()
    for place, title in enumerate(("Labour mobility", "Integration")):
        staff.page.get_by_role("button", name="Add another Roundtable").click()
        staff.page.locator(f"#id_roundtables-{place}-title_en").fill(title)
    staff.press("Save and continue editing")
    expect(staff.page.locator("#id_roundtables-1-code")).to_have_value("RT2")


def paste(staff: Staff, roundtable: int, text: str) -> None:
    """From the form of the Forum to three drafts of one of its roundtables."""
    staff.open("/admin/")
    staff.follow("Geneva 2011")
    with staff.page.expect_navigation():
        staff.page.locator(f"#roundtables-{roundtable}").get_by_role("link", name="Paste recommendations").click()
    staff.page.get_by_label("Recommendations:").fill(text)
    staff.press("Show them one by one")
    expect(staff.page.get_by_text("3 recommendations were found. Nothing is saved yet")).to_be_visible()
    staff.page.get_by_label("Headline (English), row 1", exact=True).fill(f"First of RT{roundtable + 1}")
    staff.press("Save as drafts")
    expect(staff.page.locator(".messagelist")).to_contain_text(f"3 drafts were saved: GFMD-2011-RT{roundtable + 1}-01")


def correct(staff: Staff, row: int) -> None:
    """Where saving led: a headline is too long at first, then mended."""
    headline = staff.page.get_by_label(f"Headline (English), row {row}", exact=True)
    headline.evaluate("box => box.removeAttribute('maxlength')")
    headline.fill("Too long " * 10)
    staff.press("Save all")
    expect(staff.page.locator(".draft-rows .errorlist")).to_contain_text("at most 80 characters")
    headline.fill("Corrected in place")
    staff.press("Save all")
    expect(staff.page.locator(".messagelist")).to_contain_text("1 draft was changed.")


def assign(staff: Staff, roundtable: str) -> None:
    """From the drafts to whom they address."""
    staff.follow("Who is addressed")
    for number, choice in enumerate(("Text", "Reading", "Text"), 1):
        staff.page.get_by_label(f"{roundtable}-0{number}: Governments").select_option(label=choice)
    staff.press("Save all")
    expect(staff.page.locator(".messagelist")).to_contain_text("3 recommendations were changed.")


def publish(staff: Staff) -> None:
    """From whom they address, by way of the roundtable and the preview, to the public page."""
    staff.follow("Go back")
    staff.follow("Preview and publish")
    expect(staff.page.locator(".recs > li")).to_have_count(3)
    staff.press("Publish these 3")
    staff.follow("The public page")


def test_a_new_edition_is_entered_and_published_without_the_shell(page: Page, live_server: Any) -> None:
    ActorFactory(name_en="Switzerland", slug="switzerland")
    CollectiveFactory(name_en="Governments", slug="governments")
    staff = Staff(page, live_server.url)
    staff.sign_in()
    enter_the_forum(staff)
    paste(staff, 0, MOBILITY)
    correct(staff, 2)
    assign(staff, "RT1")
    publish(staff)
    paste(staff, 1, INTEGRATION)
    assign(staff, "RT2")
    publish(staff)

    shown = staff.page.locator(".recs > li")
    expect(shown).to_have_count(3)
    expect(shown.first).to_contain_text("First of RT2")
    expect(shown.nth(1)).to_contain_text("Towns should be heard.")
    staff.open("/forums/2011/roundtables/rt1/")
    expect(shown).to_have_count(3)
    expect(shown.first).to_contain_text("Governments should consider sharing what they know of recruitment fees.")
    expect(shown.nth(1)).to_contain_text("Corrected in place")
    with staff.page.expect_navigation():
        shown.first.get_by_role("link").click()
    expect(staff.page.get_by_role("link", name="Governments")).to_be_visible()
    staff.open("/admin/")
    expect(staff.page.locator(".waiting")).not_to_contain_text("nobody is responsible")
    assert verify().problems == []
    assert staff.complaints == []
