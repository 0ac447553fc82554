"""A published entry is corrected in a real browser: the new one stands in its place, the old one says why."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.journeys.staff import Staff
from tests.real_record import load_real_record
from tracker.models import FollowUp, Recommendation

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "The agreement names nurses only."
TITLE = "Agreement on nurses alone"


def supported_entry() -> FollowUp:
    """Return a shipped follow-up on which the reading that decides rests."""
    recommendation = Recommendation.objects.get(reference="GFMD-2010-RT2-04")
    return recommendation.verdict.rests_on.order_by("number").first()


def begin(staff: Staff, entry: FollowUp) -> None:
    """From the list of entries to the draft that corrects one of them."""
    staff.open("/admin/tracker/followup/")
    staff.page.locator("#searchbar").fill(str(entry.reference))
    staff.press("Search")
    staff.follow(str(entry.reference))
    staff.follow("Correct")
    expect(staff.page.locator(".consequences")).to_contain_text("Nothing changes in public while you work on it.")
    staff.press("Begin the correction")
    expect(staff.page.get_by_text(f"This draft corrects {entry.reference}.")).to_be_visible()


def publish_with_reason(staff: Staff, entry: FollowUp) -> None:
    """From the draft, mended, to its publication, which is not to be had without a reason."""
    staff.page.get_by_label("Title:", exact=True).fill(TITLE)
    staff.press("Publish")
    expect(staff.page.locator(".consequences")).to_contain_text(f"{entry.reference} is retracted in the same step")
    staff.press("Publish")
    expect(staff.page.locator(".errorlist")).to_contain_text("Give a reason.")
    staff.page.get_by_label("Reason:", exact=True).fill(REASON)
    staff.press("Publish")
    expect(staff.page.locator(".messagelist")).to_contain_text("Published as GFMD-2010-RT2-04-F")


def test_a_correction_takes_the_place_of_a_published_entry(page: Page, live_server: Any) -> None:
    load_real_record()
    entry = supported_entry()
    before = Recommendation.objects.values("verdict", "status", "status_since", "followup_count", "last_followup_on")
    kept = before.get(reference="GFMD-2010-RT2-04")
    staff = Staff(page, live_server.url)
    staff.sign_in()
    begin(staff, entry)
    staff.open(f"/entries/{entry.reference}/")
    expect(page.locator(f"#{entry.fragment}")).not_to_have_class("state-retracted")
    page.go_back()
    publish_with_reason(staff, entry)

    correction = FollowUp.objects.get(title=TITLE)
    assert (correction.replaces, correction.counts_from) == (entry, entry.counts_from)
    staff.open(f"/entries/{correction.reference}/")
    new, old = page.locator(f"#{correction.fragment}"), page.locator(f"#{entry.fragment}")
    expect(new).to_contain_text(f"Corrects {entry.fragment}")
    expect(new).to_contain_text(TITLE)
    expect(old).to_contain_text(REASON)
    assert before.get(reference="GFMD-2010-RT2-04") == kept
    call_command("verify_record", stdout=StringIO())
    call_command("rebuild_statuses", "--check", stdout=StringIO())
    assert staff.complaints == []
