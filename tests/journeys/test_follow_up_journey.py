"""The main job in a real browser: a follow-up is logged, published and read; the public pages follow; it is undone."""

import datetime as dt
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.journeys.staff import Staff
from tests.real_record import load_real_record

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDTABLE = "/forums/2010/roundtables/rt2/"
TITLE = "Framework agreement on skills recognition"
REASONING = "Job matching and recognition are in place."


def roundtable(staff: Staff, query: str = "") -> dict[str, str]:
    """Return the sentence, the counts of the bar and the row of RT2-04 that the public page shows."""
    staff.open(ROUNDTABLE + query)
    row = staff.page.locator(".recs > li", has_text="RT2-04")
    bar = staff.page.locator(".band .legend")
    return {
        "sentence": staff.page.locator("p.answer").inner_text(),
        "bar": " ".join(bar.inner_text().split()),
        "status": row.locator(".status").first.inner_text().strip(),
    }


def log_follow_up(staff: Staff) -> None:
    """From the list of recommendations to a published follow-up, previewed."""
    staff.open("/admin/tracker/recommendation/?q=RT2-04")
    staff.follow("GFMD-2010-RT2-04")
    staff.follow("Add entry")
    staff.pick("actor", "Philippines")
    staff.page.get_by_label("When:", exact=True).fill("May 2024")
    staff.page.get_by_label("Title:", exact=True).fill(TITLE)
    staff.page.get_by_label("Text:", exact=True).fill("Two governments recognise each other's certificates.")
    staff.page.get_by_label("Same subject; no reference to the Forum").check()
    staff.page.get_by_label("Citation:").first.fill("Official gazette, 3 May 2024")
    staff.page.get_by_label("Link:").first.fill("https://gazette.example.org/2024/05")
    staff.press("Save and preview")
    expect(staff.page.get_by_role("heading", name=TITLE)).to_be_visible()
    staff.press("Publish")
    expect(staff.page.locator(".messagelist")).to_contain_text("Published as GFMD-2010-RT2-04-F")


def assess_as_implemented(staff: Staff) -> None:
    """From the recommendation, where publishing led, to a published assessment."""
    staff.follow("Assess")
    staff.page.get_by_role("radio", name="Implemented").first.check()
    staff.page.get_by_label(re.compile(TITLE)).check()
    staff.page.get_by_label("Reasoning:").fill(REASONING)
    staff.press("Publish the assessment")
    expect(staff.page.locator(".messagelist")).to_contain_text("Published as GFMD-2010-RT2-04-A")


def retract_both(staff: Staff) -> None:
    """From the recommendation to the follow-up, and with it what rests on it."""
    staff.page.locator(".record tr", has_text=TITLE).get_by_role("link").click()
    staff.follow("Retract")
    staff.page.get_by_label("Reason:", exact=True).fill("The agreement was not signed.")
    staff.press("Retract it")
    expect(staff.page.locator(".errorlist")).to_contain_text("Published assessments rest on this entry")
    staff.page.get_by_label(re.compile(REASONING)).check()
    staff.press("Retract it")
    expect(staff.page.locator(".messagelist")).to_contain_text("Retracted: GFMD-2010-RT2-04-F")


def test_a_follow_up_moves_the_public_pages_and_its_retraction_moves_them_back(page: Page, live_server: Any) -> None:
    load_real_record()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    before = roundtable(staff)
    assert before["status"] == "Partly implemented"

    log_follow_up(staff)
    assess_as_implemented(staff)
    after = roundtable(staff)
    assert after["status"] == "Implemented"
    assert {name for name in before if before[name] == after[name]} == set()
    day_before = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
    then = roundtable(staff, f"?as_of={day_before.isoformat()}")
    assert (then["bar"], then["status"]) == (before["bar"], before["status"])
    staff.open("/updates/")
    newest = staff.page.locator(".lines > li")
    expect(newest.nth(0)).to_contain_text("Assessment")
    expect(newest.nth(0)).to_contain_text("Implemented")
    expect(newest.nth(1)).to_contain_text(TITLE)

    staff.open("/admin/tracker/recommendation/?q=RT2-04")
    staff.follow("GFMD-2010-RT2-04")
    retract_both(staff)
    assert roundtable(staff) == before
    staff.open("/recommendations/GFMD-2010-RT2-04/")
    expect(staff.page.locator(".state-retracted")).to_have_count(2)
    expect(staff.page.locator(".state-retracted").first).to_contain_text("The agreement was not signed.")

    call_command("rebuild_statuses", "--check", stdout=StringIO())
    call_command("verify_record", stdout=StringIO())
    assert staff.complaints == []
