"""Two tabs, one draft, in a real browser: nothing typed is lost, and it is published once."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import EvidenceFactory, FollowUpFactory, ReviewerFactory
from tests.journeys.staff import Staff
from tracker.models import FollowUp, RecordEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft() -> FollowUp:
    draft = FollowUpFactory(evidence=0, title="As it was")
    EvidenceFactory(entry=draft, citation="Gazette")
    return draft


def form(draft: FollowUp) -> str:
    return f"/admin/tracker/followup/{draft.pk}/change/"


def test_the_second_tab_sees_both_versions_and_keeps_what_was_typed(
    page: Page, live_server: Any, draft: FollowUp
) -> None:
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.open(form(draft))
    other = Staff(page.context.new_page(), live_server.url)
    other.open(form(draft))
    staff.page.get_by_label("Title:", exact=True).fill("Title of the first tab")
    staff.page.get_by_label("Citation:").first.fill("Gazette of the first tab")
    staff.press("Save as draft")
    other.page.get_by_label("Title:", exact=True).fill("Title of the second tab")
    other.page.get_by_label("Text:", exact=True).fill("A long text of the second tab.")
    other.press("Save as draft")

    conflict = other.page.get_by_role("region", name="Both versions")
    title = conflict.get_by_role("row", name="Title")
    expect(title).to_contain_text("Title of the first tab")
    expect(title).to_contain_text("Title of the second tab")
    expect(other.page.get_by_label("Text:", exact=True)).to_have_value("A long text of the second tab.")
    draft.refresh_from_db()
    assert (draft.title, draft.evidence.get().citation) == ("Title of the first tab", "Gazette of the first tab")
    other.press("Save as draft")
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Title of the second tab", "A long text of the second tab.")
    assert staff.complaints + other.complaints == []


def test_two_browsers_publish_one_draft_once(page: Page, browser: Browser, live_server: Any, draft: FollowUp) -> None:
    staff = Staff(page, live_server.url)
    staff.sign_in()
    context = browser.new_context()
    colleague = Staff(context.new_page(), live_server.url)
    colleague.sign_in(ReviewerFactory, "colleague")
    for one in (staff, colleague):
        one.open(form(draft))
    colleague.page.get_by_label("Title:", exact=True).fill("A better title")
    staff.press("Publish")
    colleague.press("Publish")

    published = FollowUp.objects.get()
    assert (published.title, RecordEvent.objects.filter(kind="entry_published").count()) == ("As it was", 1)
    conflict = colleague.page.get_by_role("region", name="Both versions")
    expect(conflict).to_contain_text(f"This entry is published already as {published.reference}. Nothing was changed.")
    expect(conflict).to_contain_text("A better title")
    assert staff.complaints + colleague.complaints == []
    context.close()
