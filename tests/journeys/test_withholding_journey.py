"""Lawful removal in a real browser: a file and all that names somebody are gone from every door; the chain verifies."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.factories import AdministratorFactory
from tests.journeys.staff import Staff
from tests.real_record import load_real_record
from tests.test_forms_evidence import PDF
from tracker.models import Evidence, FollowUp

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "Amina-Doe"
REASON = "A court order of 3 May"
WHERE = "GFMD-2010-RT2-04"


def log_with_file_and_reading(staff: Staff, file: Path) -> None:
    """From the index to a published follow-up that names somebody everywhere, and the reading that rests on it."""
    page = staff.page
    staff.follow("Log a follow-up")
    page.locator(".field-recommendations .select2-search__field").fill(WHERE)
    page.locator(".select2-results__option--highlighted", has_text=WHERE).click()
    staff.pick("actor", "Philippines")
    page.get_by_label("When:", exact=True).fill("May 2024")
    page.get_by_label("Title:", exact=True).fill(f"Case of {SECRET}")
    page.get_by_label("Text:", exact=True).fill(f"{SECRET} was heard.")
    page.get_by_label("Citation:").first.fill(f"Letter of {SECRET}")
    page.locator("#id_evidence-0-file").set_input_files(file)
    page.get_by_text("And the reading is now …").click()
    page.get_by_label("The reading is now:").select_option("Implemented")
    page.get_by_label("Reasoning:").fill("The case settled it.")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Internal note:").fill(f"Ask {SECRET} again.")
    staff.press("Publish")
    expect(page.locator(".messagelist")).to_contain_text(f"Published as {WHERE}-F")


def public_doors(entry: FollowUp) -> list[str]:
    page = f"/recommendations/{WHERE}/"
    return [
        *(page, f"{page}cite.bib", f"{page}cite.ris", f"/entries/{entry.reference}/", "/updates/", "/"),
        *("/forums/2010/", "/forums/2010/roundtables/rt2/", "/forums/2010/roundtables/rt2/?view=room&item=4"),
        *("/actors/philippines/", "/sitemap.xml", "/sitemap-recommendations.xml"),
    ]


def doors_of_the_desk(entry: FollowUp) -> list[str]:
    form, list_of_entries = f"/admin/tracker/followup/{entry.pk}/change/", "/admin/tracker/followup/"
    return [
        *(form, f"{list_of_entries}{entry.pk}/history/", f"{list_of_entries}{entry.pk}/preview/", list_of_entries),
        *(f"/admin/tracker/recommendation/{entry.recommendation_id}/change/", "/admin/tracker/auditevent/"),
        *(f"/admin/tracker/recordevent/{entry.sequence}/change/", "/admin/tracker/recordevent/", "/admin/"),
    ]


def telling(staff: Staff, addresses: list[str]) -> list[str]:
    """Return those of the addresses whose answer names the person, in its text or in what is said of it."""
    answers = {address: staff.page.request.get(staff.site + address) for address in addresses}
    assert {answer.status for answer in answers.values()} <= {200}
    return [address for address, answer in answers.items() if SECRET in answer.text() + repr(answer.headers)]


def withhold(staff: Staff, entry: FollowUp) -> None:
    """From the entry to its removal, with the consequences said and the reading dealt with."""
    staff.open(f"/admin/tracker/followup/{entry.pk}/change/")
    staff.follow("Withhold (lawful removal)")
    expect(staff.page.locator(".consequences")).to_contain_text("evidence and files are deleted for ever")
    staff.page.get_by_label("Reason:", exact=True).fill(REASON)
    staff.press("Remove its content for ever")
    expect(staff.page.locator(".errorlist")).to_contain_text("Choose what becomes of this assessment")
    staff.page.get_by_label("Retract it, for the same reason").check()
    staff.press("Remove its content for ever")
    expect(staff.page.locator(".messagelist")).to_contain_text(f"The content of {entry.reference} was removed.")


def test_a_withheld_file_is_gone_from_every_door(page: Page, live_server: Any, tmp_path: Path) -> None:
    load_real_record()
    file = tmp_path / f"{SECRET}.pdf"
    file.write_bytes(PDF)
    staff = Staff(page, live_server.url)
    staff.sign_in(AdministratorFactory, "administrator")
    log_with_file_and_reading(staff, file)
    entry = FollowUp.objects.exclude(basis="assessed").get(title__contains=SECRET)
    evidence = Evidence.objects.get(entry=entry)
    kept = Path(settings.MEDIA_ROOT) / str(evidence.file)
    addresses = [f"{live_server.url}/files/evidence/{evidence.pk}/"]
    addresses.append(f"{live_server.url}/admin/tracker/followup/evidence/{evidence.pk}/")
    assert [page.request.get(address).body() for address in addresses] == [PDF, PDF]
    shown = telling(staff, public_doors(entry) + doors_of_the_desk(entry))
    assert {public_doors(entry)[0], public_doors(entry)[3], "/updates/", *doors_of_the_desk(entry)[:3]} <= set(shown)

    staff.open(f"/recommendations/?q={SECRET}")
    expect(page.locator("li.rec")).to_have_count(1)

    withhold(staff, entry)
    staff.open(f"/recommendations/?q={SECRET}")
    expect(page.locator("li.rec")).to_have_count(0)
    assert [page.request.get(address).status for address in addresses] == [404, 404]
    assert telling(staff, public_doors(entry) + doors_of_the_desk(entry)) == []
    assert not kept.exists()
    staff.open(f"/entries/{entry.reference}/")
    expect(page.locator(f"#{entry.fragment}")).to_contain_text(REASON)
    call_command("verify_record", stdout=StringIO())
    call_command("rebuild_statuses", "--check", stdout=StringIO())
    assert staff.complaints == []
