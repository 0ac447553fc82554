"""Four eyes in a real browser: an editor submits, a reviewer returns it with a reason, it is mended and published."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import WCAG, WIDER, in_words, violations
from tests.factories import (
    ActorFactory,
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_recommendation,
)
from tests.journeys.staff import Staff
from tracker.models import FollowUp

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "A law on recruitment was adopted"
REASON = "Name the page of the gazette."


def submit(editor: Staff, address: str) -> None:
    """Log a follow-up and hand it to a reviewer."""
    editor.open(address)
    editor.follow("Add entry")
    editor.pick("actor", "Ruritania")
    editor.page.get_by_label("When:", exact=True).fill("May 2012")
    editor.page.get_by_label("Title:", exact=True).fill(TITLE)
    editor.page.get_by_label("Text:", exact=True).fill("Parliament adopted a law.")
    editor.page.get_by_label("Same subject; no reference to the Forum").check()
    editor.page.get_by_label("Citation:").first.fill("Official gazette")
    editor.press("Submit to a reviewer")
    expect(editor.page.locator(".messagelist")).to_contain_text("Submitted: a reviewer sees it now.")


def give_back(reviewer: Staff) -> None:
    """From the index to the review, where the reason is forgotten first."""
    reviewer.follow("1 entry to review")
    card = reviewer.page.locator(".review-card", has_text=TITLE)
    expect(card).to_contain_text("Official gazette")
    card.get_by_role("checkbox", name="Tick this entry").check()
    reviewer.press("Return the ticked to their authors")
    expect(reviewer.page.locator(".errorlist")).to_contain_text("Give a reason.")
    expect(reviewer.page.get_by_role("checkbox", name="Tick this entry")).to_be_checked()
    reviewer.page.get_by_label("Why they go back:").fill(REASON)
    reviewer.press("Return the ticked to their authors")
    expect(reviewer.page.locator(".messagelist")).to_contain_text("Returned 1 entry with your reason.")


def mend(editor: Staff) -> None:
    """From the index to what came back; read why, mend it, submit it again."""
    editor.open("/admin/")
    editor.follow("1 entry returned to you")
    editor.page.locator("#result_list tbody th a").click()
    expect(editor.page.locator("#content")).to_contain_text(REASON)
    editor.page.get_by_label("Citation:").first.fill("Official gazette, page 12")
    editor.press("Submit to a reviewer")


def test_an_entry_goes_back_and_forth_and_is_published(browser: Browser, live_server: Any) -> None:
    recommendation = published_recommendation()
    ActorFactory(name_en="Ruritania")
    editor, reviewer = (Staff(browser.new_context().new_page(), live_server.url) for _person in range(2))
    editor.sign_in(EditorFactory, "editor")
    submit(editor, f"/admin/tracker/recommendation/{recommendation.pk}/change/")
    reviewer.sign_in(ReviewerFactory, "reviewer")
    give_back(reviewer)
    mend(editor)

    reviewer.open("/admin/")
    reviewer.follow("1 entry to review")
    card = reviewer.page.locator(".review-card", has_text=TITLE)
    expect(card).to_contain_text(f"Returned before by reviewer: {REASON}")
    expect(card).to_contain_text("Official gazette, page 12")
    reviewer.page.set_viewport_size({"width": 320, "height": 640})
    assert reviewer.page.evaluate(WIDER) <= 0
    card.get_by_role("checkbox", name="Tick this entry").check()
    reviewer.press("Publish the ticked")
    expect(reviewer.page.locator(".messagelist")).to_contain_text(f"Published as {recommendation.reference}-F1")
    expect(reviewer.page.locator("#content")).to_contain_text("Nothing waits for your review.")

    assert [(entry.submitted_by.username, entry.published_by.username) for entry in FollowUp.objects.all()] == [
        ("editor", "reviewer")
    ]
    reviewer.open(recommendation.get_absolute_url())
    expect(reviewer.page.locator(".timeline")).to_contain_text("Official gazette, page 12")
    assert editor.complaints + reviewer.complaints == []


def test_several_chosen_in_the_list_are_looked_at_and_published(browser: Browser, live_server: Any) -> None:
    for number in (1, 2):
        FollowUpFactory(title=f"Law {number}")
    reviewer = Staff(browser.new_context().new_page(), live_server.url)
    reviewer.sign_in()
    reviewer.open("/admin/tracker/followup/")
    for box in reviewer.page.locator("#result_list .action-select").all():
        box.check()
    reviewer.page.get_by_label("Action:").select_option(label="Publish, after a look at each")
    reviewer.press("Go")
    assert in_words(violations(reviewer.page, WCAG)) == []
    reviewer.press("Publish the ticked")
    expect(reviewer.page.locator(".messagelist")).to_contain_text("Published as")
    assert set(FollowUp.objects.values_list("state", flat=True)) == {"published"}
