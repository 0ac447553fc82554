"""A foreign spreadsheet in a real browser: a column mapped, rows refused, the mended file applied, then undone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import WCAG, WIDER, in_words, violations
from tests.factories import RoundtableFactory
from tests.journeys.staff import Staff
from tracker.admin import sheets_checking
from tracker.models import Recommendation

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Référence;Libellé;Texte officiel;nature;Remarques\r\n"
GOOD = "GFMD-2010-RT1-07;Agir;« Les gouvernements devraient agir. »;request;vu\r\n"
BAD = "GFMD-2010-RT1-08;Penser;Ils devraient réfléchir.;demande pressante;\r\n"
MENDED = "GFMD-2010-RT1-08;Penser;Ils devraient réfléchir.;request;\r\n"


@pytest.fixture
def sheets(tmp_path: Path, settings: Any) -> dict[str, Path]:
    settings.MEDIA_ROOT = tmp_path / "media"
    RoundtableFactory(forum__year=2010, code="RT1", number=1)
    files = {"bad": tmp_path / "suivi.csv", "mended": tmp_path / "suivi-2.csv"}
    files["bad"].write_bytes((HEAD + GOOD + BAD).encode("cp1252"))
    files["mended"].write_bytes((HEAD + GOOD + MENDED).encode("cp1252"))
    return files


def looked_at(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands, wide and on a phone."""
    found = in_words(violations(page, WCAG))
    page.set_viewport_size({"width": 320, "height": 640})
    found += [f"{page.url}: {width} pixels too wide"] if (width := page.evaluate(WIDER)) > 0 else []
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def upload(staff: Staff, file: Path) -> None:
    staff.page.get_by_label("File:").set_input_files(file)
    staff.press("Show what it would do")


def test_a_foreign_sheet_is_mapped_mended_applied_and_undone(
    page: Page, live_server: Any, sheets: dict[str, Path]
) -> None:
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.follow("Import a spreadsheet")
    found = looked_at(page)
    page.get_by_label("Source:").fill("Ministère")
    upload(staff, sheets["bad"])

    found += looked_at(page)
    expect(page.get_by_role("combobox", name="Texte officiel")).to_have_value("official_text")
    page.get_by_role("combobox", name="Libellé").select_option("Headline (en)")
    staff.press("Show what it would do")
    expect(page.locator(".messagelist")).to_contain_text("2 rows were checked. 1 is refused.")
    staff.follow("Refused (1)")
    expect(page.locator("tr.is-refused")).to_contain_text("“demande pressante” is none of the values")
    found += looked_at(page)

    staff.follow("Upload a mended file")
    expect(page.get_by_label("Source:")).to_have_value("Ministère")
    upload(staff, sheets["mended"])
    expect(page.locator(".said")).to_have_text("Nothing was written yet. To be applied: 2 new rows, 0 changed rows.")
    staff.press("Apply")
    expect(page.locator(".messagelist")).to_contain_text("Applied: 2 new rows, 0 changed rows.")
    found += looked_at(page)
    assert set(Recommendation.objects.values_list("official_text", flat=True)) == {
        "« Les gouvernements devraient agir. »",
        "Ils devraient réfléchir.",
    }

    staff.follow("Undo this import")
    found += looked_at(page)
    staff.press("Undo it")
    expect(page.locator(".messagelist")).to_contain_text("Undone: 2 rows were taken back")
    assert Recommendation.objects.count() == 0
    staff.follow("Imports of spreadsheets")
    expect(page.locator("#result_list")).to_contain_text("Undone")
    assert found == []


def test_a_large_sheet_tells_how_far_it_is_without_scripts(
    browser: Browser, live_server: Any, sheets: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets_checking, "LONG", 10)
    page = browser.new_context(java_script_enabled=False).new_page()
    staff = Staff(page, live_server.url)
    staff.sign_in()
    staff.open("/admin/tracker/sheetimport/add/?kind=recommendations&source=Minist%C3%A8re")
    upload(staff, sheets["mended"])
    page.get_by_role("combobox", name="Libellé").select_option("Headline (en)")
    staff.press("Show what it would do")
    staff.press("Check the rows")
    expect(page.locator(".steps li").last).to_contain_text("2")
    expect(page.locator(".worked")).to_contain_text("2 rows were checked.")
    staff.follow("Show the rows")
    staff.press("Apply")
    expect(page.locator(".worked")).to_contain_text("Applied: 2 new rows, 0 changed rows.")
    assert Recommendation.objects.count() == 2
    assert staff.complaints == []
