"""The Chair's document in a real browser: pasted, corrected, looked at, saved, published, pasted again."""

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.factories import ActorFactory, CollectiveFactory, ThemeFactory
from tests.journeys.test_follow_up_journey import Staff
from tracker.models import DocumentImport, Recommendation, Roundtable
from tracker.record.verification import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]

TEXT = (settings.BASE_DIR / "fixtures" / "conclusions-2010.txt").read_text(encoding="utf-8")
BEGIN = "Enter the Chair’s conclusions from a document"


def read(staff: Staff) -> None:
    """From the index to the screen on which the document is corrected."""
    staff.open("/admin/")
    staff.follow(BEGIN)
    staff.page.get_by_label("Text of the document").fill(TEXT)
    staff.press("Read it")


def item(staff: Staff, words: str) -> Locator:
    """Return the row of the item that begins with these words."""
    box = staff.page.locator("textarea").filter(has_text=words)
    return staff.page.locator(".document-item").filter(has=box)


def press_in(staff: Staff, row: Locator, button: str) -> None:
    with staff.page.expect_navigation():
        row.get_by_role("button", name=button).click()


def correct(staff: Staff) -> None:
    """Two items: one is a finding and not a request, one is split and merged again, with its line beside it."""
    first = item(staff, "Irregular migration should remain")
    expect(first.get_by_role("link", name="Line 64")).to_be_visible()
    first.get_by_label("Nature:").select_option(label="Undertaking")
    second = item(staff, "Gender-sensitive guidelines")
    words = second.get_by_role("textbox")
    words.fill(words.input_value().replace(" The impact of migration", "\n\nThe impact of migration"))
    press_in(staff, second, "Split at the empty line")
    expect(staff.page.locator("#RT2 .document-item")).to_have_count(5)
    press_in(staff, item(staff, "The impact of migration on families"), "Merge with the one above")
    expect(staff.page.locator("#RT2 .document-item")).to_have_count(4)
    expect(item(staff, "Irregular migration should remain").get_by_label("Nature:")).to_have_value("undertaking")
    row = item(staff, "Gender-sensitive guidelines")
    row.get_by_text("Addressed: ").click()
    row.get_by_role("radio", name="Civil society: Addressed in our reading").check()


def preview_and_save(staff: Staff) -> None:
    """A Chair is asked for; the preview shows every part, and saves nothing."""
    staff.page.get_by_label("Chairs:").fill("Mexico")
    staff.page.get_by_role("button", name="Preview").first.click()
    expect(staff.page.get_by_role("heading", level=1)).to_have_text("Partnerships for Migration and Development")
    expect(staff.page.locator(".recs > li")).to_have_count(6)
    staff.follow("RT2 (4)")
    expect(staff.page.locator(".recs > li")).to_have_count(4)
    assert Recommendation.objects.count() == 0
    staff.press("Save as drafts")
    expect(staff.page.locator(".messagelist")).to_contain_text("18 drafts were saved.")


def test_the_conclusions_of_2010_become_a_forum_and_are_nothing_new_the_second_time(
    page: Page, live_server: Any
) -> None:
    ActorFactory(name_en="Mexico", key="mexico", slug="mexico")
    CollectiveFactory(name_en="Governments", key="governments", slug="governments")
    CollectiveFactory(name_en="Civil society", key="civil-society", slug="civil-society")
    ThemeFactory(slug="gender", name_en="Gender")
    staff = Staff(page, live_server.url)
    staff.sign_in()
    read(staff)
    correct(staff)
    preview_and_save(staff)
    staff.press("Publish these 18")
    with staff.page.expect_navigation():
        staff.page.get_by_role("link", name=re.compile(r"The public page\W+RT2")).click()
    published_page_is_right(staff)
    read(staff)
    expect(staff.page.locator(".messagelist")).to_contain_text("nothing new was made of it")
    assert (DocumentImport.objects.count(), Recommendation.objects.count()) == (1, 18)
    assert staff.complaints == []
    assert verify().problems == []


def published_page_is_right(staff: Staff) -> None:
    """The roundtable as the public reads it, and what else was kept of it."""
    expect(staff.page.get_by_role("heading", level=1)).to_have_text("Human Mobility and Human Development")
    words = staff.page.locator(".recs > li").all_inner_texts()
    assert len(words) == 4
    assert "The impact of migration on families should also be considered." in words[1]
    second = Recommendation.objects.get(reference="GFMD-2010-RT2-02")
    addressed = {(str(row.actor), row.addressed) for row in second.responsibilities.select_related("actor")}
    assert ("Civil society", "inferred") in addressed
    assert Recommendation.objects.get(reference="GFMD-2010-RT1-06").nature == "undertaking"
    assert list(Roundtable.objects.values_list("code", flat=True)) == ["RT1", "RT2", "RT3", "FUT"]
