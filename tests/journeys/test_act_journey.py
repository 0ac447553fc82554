"""One act is logged on three recommendations in a real browser; and how much is asked before one types the text."""

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.journeys.staff import Staff
from tests.real_record import load_real_record
from tests.test_forms_evidence import PDF
from tracker.models import FollowUp

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Framework agreement on skills recognition"
LINK = "https://gazette.example.org/2024/05"
WHERE = ("GFMD-2010-RT1-04", "GFMD-2010-RT2-04", "GFMD-2010-RT3-01")


@pytest.fixture
def staff(page: Page, live_server: Any) -> Staff:
    load_real_record()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    return staff


class Interactions:
    """Counts what hands do: each click, and each field into which something is typed."""

    def __init__(self) -> None:
        self.number = 0

    def click(self, place: Locator) -> None:
        self.number += 1
        place.click()

    def type(self, place: Locator, text: str) -> None:
        self.number += 1
        place.fill(text)


def test_logging_from_the_index_takes_eight_interactions_before_the_text(staff: Staff) -> None:
    """Which recommendation, who, when and the source: 1 + 2 + 3 + 1 + 1. The rest has defaults.

    The button on the index, 1; the recommendation, typed and chosen, 2; the actor, opened, typed and chosen, 3; the
    date, 1; the link, 1. Each further recommendation takes 2. Then title and text are typed, and one button pressed.
    """
    page, hands = staff.page, Interactions()
    found = page.locator(".select2-results__option--highlighted")
    hands.click(page.get_by_role("link", name="Log a follow-up", exact=True))
    hands.type(page.locator(".field-recommendations .select2-search__field"), "RT2-04")
    hands.click(found.filter(has_text="RT2-04"))
    hands.click(page.locator(".field-actor .select2-selection"))
    hands.type(page.locator(".select2-dropdown .select2-search__field"), "Philippines")
    hands.click(found.filter(has_text="Philippines"))
    hands.type(page.get_by_label("When:", exact=True), "May 2024")
    hands.type(page.get_by_label("Link:").first, LINK)
    assert hands.number == 8
    page.get_by_label("Title:", exact=True).fill(TITLE)
    page.get_by_label("Text:", exact=True).fill("**Certificates** <b>are</b> recognised.")
    read = page.get_by_role("region", name="As it will be read")
    expect(read).to_have_text("Certificates <b>are</b> recognised.")
    expect(read.locator("strong")).to_have_text("Certificates")
    staff.press("Publish")
    expect(page.locator(".messagelist")).to_contain_text("Published as GFMD-2010-RT2-04-F")
    entry = FollowUp.objects.get(title=TITLE)
    assert (entry.basis, entry.received_via, entry.relation) == ("documented", "source", "same_subject")
    assert staff.complaints == []


def log_on_three(staff: Staff, file: Path) -> None:
    """From the Forum on the index, where its recommendations are ticked, to the preview."""
    page = staff.page
    staff.open("/admin/")
    page.locator(".forum-list").get_by_role("link", name="Log a follow-up").first.click()
    for reference in WHERE:
        page.get_by_role("checkbox", name=reference).check()
    staff.pick("actor", "Philippines")
    page.get_by_label("When:", exact=True).fill("May 2024")
    page.get_by_label("Title:", exact=True).fill(TITLE)
    page.get_by_label("Citation:").first.fill("Official gazette, 3 May 2024")
    page.get_by_label("Link:").first.fill(LINK)
    page.get_by_text("Add another Evidence").click()
    page.locator("#id_evidence-1-file").set_input_files(file)
    staff.press("Save and preview")


def test_an_act_is_logged_on_three_recommendations_with_a_file_and_a_link(staff: Staff, tmp_path: Path) -> None:
    file = tmp_path / "Agreement.pdf"
    file.write_bytes(PDF)
    log_on_three(staff, file)
    expect(staff.page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(staff.page.locator(".preview-bar")).to_contain_text(f"{WHERE[1]}, {WHERE[2]}")
    staff.press("Publish")
    entries = list(FollowUp.objects.filter(title=TITLE).order_by("reference"))
    assert [(entry.recommendation.reference, entry.state) for entry in entries] == [(at, "published") for at in WHERE]
    said = ", ".join(str(entry.reference) for entry in entries)
    expect(staff.page.locator(".messagelist")).to_contain_text(f"Published as {said}.")
    for entry in entries:
        on_its_page(staff, entry)
    call_command("verify_record", stdout=StringIO())
    assert staff.complaints == []


def on_its_page(staff: Staff, entry: FollowUp) -> None:
    """The public page shows the entry, its link and its file, and names the two others."""
    staff.open(f"/entries/{entry.reference}/")
    shown = staff.page.locator("li.entry", has_text=TITLE)
    expect(shown).to_have_count(1)
    named = shown.locator("p", has_text="The same act is also logged on").get_by_role("link")
    others = [at for at in WHERE if at != entry.recommendation.reference]
    assert [f"GFMD-2010-{name}" for name in named.all_inner_texts()] == others
    expect(shown.get_by_role("link", name="Official gazette, 3 May 2024")).to_have_attribute("href", LINK)
    answer = staff.page.request.get(staff.site + str(shown.get_by_role("link", name="Agreement").get_attribute("href")))
    assert (answer.status, hashlib.sha256(answer.body()).digest()) == (200, hashlib.sha256(PDF).digest())
    assert answer.headers["content-disposition"] == 'attachment; filename="Agreement.pdf"'
