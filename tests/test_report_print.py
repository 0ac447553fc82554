"""The report on A4, printed by a browser and set by typst: no row is split, each sheet says where it is from."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.pdfs import squeezed

# A browser does not see the engine.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]

QUERY = "as_of=2013-10-04&roundtable=2010-RT1&roundtable=2010-RT2&roundtable=2010-RT3"


def sheets(pdf: bytes) -> list[str]:
    """Return the words of each sheet, without what stands between them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    return [squeezed(page.extract_text().replace("\u200b", "")) for page in pages]


def rows(page: Page) -> list[tuple[str, str]]:
    """Return how each row begins (the official words) and what stands last in its cell (where they stand)."""
    cells = page.locator("table.report td:has(blockquote)")
    return [
        (squeezed(cell.locator("blockquote").inner_text())[:30], squeezed(cell.locator("p.soft").last.inner_text()))
        for cell in cells.all()
    ]


@pytest.mark.parametrize("kind", ["page", "pdf"])
def test_no_row_is_split_and_each_sheet_has_address_day_and_number(site, page: Page, kind):
    page.goto(f"{site}/report/?{QUERY}")
    wanted = rows(page)
    printed = sheets(
        page.pdf(prefer_css_page_size=True) if kind == "page" else page.request.get(f"{site}/report.pdf?{QUERY}").body()
    )
    assert len(wanted) == 13
    together = [
        any(re.search(f"{re.escape(start)}.*{re.escape(end)}", one) for one in printed) for start, end in wanted
    ]
    assert together == [True] * 13
    for number, one in enumerate(printed, 1):
        assert squeezed(f"{site}/report/?{QUERY}") in one
        assert f"{number}/{len(printed)}" in one


def test_the_keyboard_alone_leads_from_the_form_to_a_report(site, page: Page):
    page.goto(f"{site}/report/")
    page.get_by_role("checkbox", name="Roundtable 2").focus()
    page.keyboard.press("Space")
    page.get_by_label("Stand as of").focus()
    page.keyboard.type("2013 High")
    page.get_by_role("button", name="Show the report").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Progress report: Puerto Vallarta 2010, Roundtable 2")
    expect(page.locator(".as-of")).to_contain_text("As of 4 October 2013 (2013 High-level Dialogue")
    page.get_by_text("Other roundtables, another day").click()
    expect(page.get_by_role("checkbox", name="Roundtable 2")).to_be_checked()


def test_what_only_a_screen_can_use_is_not_printed(site, page: Page):
    page.emulate_media(media="print")
    page.goto(f"{site}/report/?{QUERY}")
    for part in (".report-form", ".tools-about", ".action", "header nav"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".where").first).to_be_visible()
