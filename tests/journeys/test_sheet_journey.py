"""A whole roundtable is assessed on the sheet in a real browser, with one error first; the public page follows."""

import datetime as dt
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import WCAG, WIDER, in_words, violations
from tests.factories import ActorFactory, published_entry
from tests.journeys.staff import Staff
from tests.real_record import load_real_record
from tracker.models import FollowUp, Recommendation

pytestmark = pytest.mark.django_db(transaction=True)

PREFIX = "GFMD-2010-RT2-"
NEW = "Framework agreement on skills recognition"


def row(staff: Staff, number: str) -> Locator:
    """Return the row of a recommendation, unfolded."""
    found = staff.page.locator("details.sheet-row", has=staff.page.get_by_role("heading", name=f"RT2-{number}"))
    if found.get_attribute("open") is None:
        found.locator("summary").focus()
        staff.page.keyboard.press("Enter")
    return found


def read(staff: Staff, number: str, status: str, reasoning: str, remaining: str = "") -> None:
    """Fill in a row."""
    of = row(staff, number)
    of.get_by_role("radio", name=re.compile(f"^{status}")).check()
    of.get_by_label("Reasoning:").fill(reasoning)
    of.get_by_label("What remains:").fill(remaining)


def log_what_is_new() -> None:
    """Put a follow-up of May 2024 on two of the recommendations, in the record as it is shipped."""
    actor = ActorFactory(name_en="Ruritania")
    for number in ("01", "04"):
        recommendation = Recommendation.objects.get(reference=f"{PREFIX}{number}")
        published_entry(recommendation=recommendation, actor=actor, title=NEW, occurred_from=dt.date(2024, 5, 1))


def test_a_roundtable_is_assessed_with_one_error_first(page: Page, live_server: Any) -> None:
    load_real_record()
    log_what_is_new()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.follow("Sheet of 2010 RT2: 2 to assess")
    page.get_by_role("navigation", name="Recommendations").get_by_role("link", name=re.compile("^RT2-04")).click()
    expect(page.locator("details.sheet-row[open]")).to_have_count(2)

    read(staff, "01", "Partly implemented", "The Convention is nearly universal.", "The third Protocol.")
    read(staff, "02", "In progress", "Guidelines are on record.")
    read(staff, "03", "Partly implemented", "Agreements exist in some regions.", "Other regions.")
    read(staff, "04", "Implemented", "Job matching and recognition are in place.")
    row(staff, "04").get_by_label(re.compile(f"Ruritania: {NEW}")).check()
    staff.press("Save all")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nothing was published. All that you typed is still there.")
    expect(page).to_have_title(re.compile("^Error:"))
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDER) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not FollowUp.objects.filter(published_by__username="reviewer").exists()
    summary.get_by_role("link", name=re.compile("^RT2-02: Say in one sentence what remains")).click()
    expect(row(staff, "02").get_by_label("What remains:")).to_be_focused()
    page.keyboard.type("Indicators.")
    expect(row(staff, "04").get_by_label("Reasoning:")).to_have_value("Job matching and recognition are in place.")
    expect(row(staff, "04").get_by_label(re.compile(f"Ruritania: {NEW}"))).to_be_checked()
    staff.press("Save all")
    expect(page.locator(".messagelist")).to_contain_text("Published 4 assessments: GFMD-2010-RT2-01-A")
    expect(page.locator("details.sheet-row[open]")).to_have_count(0)

    staff.open("/forums/2010/roundtables/rt2/")
    for number, status in {"01": "Partly", "02": "In progress", "03": "Partly", "04": "Implemented"}.items():
        expect(page.locator(".recs > li", has_text=f"RT2-{number}").locator(".status").first).to_contain_text(status)
    assert staff.complaints == []
    call_command("rebuild_statuses", "--check", stdout=StringIO())
    call_command("verify_record", stdout=StringIO())


def test_the_sheet_with_errors_pleases_axe(page: Page, live_server: Any) -> None:
    entry = published_entry()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.open(f"/admin/tracker/recommendation/sheet/{entry.recommendation.roundtable_id}/")
    found = in_words(violations(page, WCAG))
    page.get_by_label("Reasoning:").fill("So it is.")
    staff.press("Save all")
    assert found + in_words(violations(page, WCAG)) == []


def test_a_sheet_is_sent_without_scripts(browser: Browser, live_server: Any) -> None:
    entry = published_entry()
    page = browser.new_context(java_script_enabled=False).new_page()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.open(f"/admin/tracker/recommendation/sheet/{entry.recommendation.roundtable_id}/")
    page.get_by_role("radio", name=re.compile("^No information")).check()
    page.get_by_label("Reasoning:").fill("Nothing that refers to it.")
    staff.press("Save all")
    expect(page.locator(".messagelist")).to_contain_text(f"Published 1 assessment: {entry.recommendation.reference}-A1")
    page.context.close()
