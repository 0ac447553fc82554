"""The progress report of the real record: page, PDF and command say what ``manage.py progress`` says."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override
from pytest_django.plugin import DjangoDbBlocker

from tests import pdfs
from tests.reading import parts, words
from tests.real_record import real_record
from tracker.models import RecordHead, Status

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("report")]  # one process makes the record once

THREE = "roundtable=2010-RT1&roundtable=2010-RT2&roundtable=2010-RT3"
DIALOGUE = "as_of=hld-2013"
LANGUAGES = ["en", "fr", "es"]


@pytest.fixture(scope="module", autouse=True)
def _record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with real_record(django_db_blocker):
        yield


def figures(*options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("progress", "--forum", "2010", "--format", "json", *options, stdout=out)
    return json.loads(out.getvalue())


def legend(counts: dict[str, int]) -> list[str]:
    """Return what a legend says of counts: those that occur, and "No information" in any case."""
    return [
        f"{number} {Status(value).label}"
        for value, number in counts.items()
        if number or value == Status.NO_INFORMATION
    ]


def prefix(language: str) -> str:
    return "" if language == "en" else f"/{language}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", ["hld-2013", "2010-12-31", ""])
def test_page_and_pdf_have_the_figures_of_the_command_that_counts(client: Client, language, day):
    counted = figures(*(["--as-of", day] if day else []))
    query = f"forum=2010&as_of={day}" if day else "forum=2010"
    page = client.get(f"{prefix(language)}/report/?{query}")
    pdf = client.get(f"{prefix(language)}/report.pdf?{query}")
    with override(language):
        said = legend(counted["counts"])
    assert parts(page, "ul.legend")[0] == " ".join(said)
    assert "".join(pdfs.squeezed(one) for one in said) in pdfs.joined(pdf.content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_pdf_say_the_same(client: Client, language):
    page = client.get(f"{prefix(language)}/report/?{THREE}&{DIALOGUE}")
    shown = pdfs.joined(client.get(f"{prefix(language)}/report.pdf?{THREE}&{DIALOGUE}").content)
    said = [*parts(page, "p.answer"), *parts(page, "p.caveat")[:1], *parts(page, "p.name"), *parts(page, "blockquote")]
    assert len(said) == 2 + 13 + 13
    assert [text for text in said if pdfs.squeezed(text) not in shown] == []


def test_one_row_tells_of_each_recommendation(client: Client):
    page = client.get(f"/report/?{THREE}&{DIALOGUE}")
    rows = [
        row
        for table in re.findall(r"<tbody>.*?</tbody>", page.content.decode(), re.DOTALL)
        for row in table.split("<tr>")[1:]
    ]
    assert len(rows) == 13
    assert [re.search(r"RT\d-\d\d", row)[0] for row in rows][:7] == [f"RT1-0{n}" for n in range(1, 7)] + ["RT2-01"]
    row = " ".join(re.sub(r"<[^>]*>", " ", rows[8]).split())
    assert row == (
        "RT2-03 Portable pensions and social rights; cost-effective health care The portability of pensions and other "
        "social rights ought to be considered, as well as cost-effective health care models. What remains Agreements "
        "beyond some regions; cost-effective models of health care. Conclusions of the 2010 GFMD Chair, Roundtable 2, "
        "main recommendations, item 3 Partly implemented since 1 May 2011 provisional 1 follow-up, 1 May 2011"
    )


def test_the_report_says_what_changed_and_what_remains(client: Client):
    page = client.get(f"/report/?{THREE}&{DIALOGUE}")
    assert "What changed since the 2011 General Assembly thematic debate" in words(page)
    assert "Of 13 recommendations, 11 changed status between 19 May 2011 and 4 October 2013" in words(page)
    changes, remaining = parts(page, "ol.steps")
    assert changes.startswith(
        "RT1-01 Human rights of migrants, regardless of immigration status No information →then Continuing since"
    )
    assert remaining.count("RT") == 9


def test_the_report_says_of_which_state_of_the_record_it_is(client: Client):
    digest = RecordHead.objects.get(pk=1).digest
    page, pdf = client.get(f"/report/?{THREE}&{DIALOGUE}"), client.get(f"/report.pdf?{THREE}&{DIALOGUE}")
    address = f"http://testserver/report/?as_of=2013-10-04&{THREE}"
    for shown in (pdfs.squeezed(words(page)), pdfs.joined(pdf.content)):
        assert digest in shown
        assert pdfs.squeezed(address) in shown
        assert "CCBY4.0" in shown
        assert "Reconstructedin" in shown
        assert "NotendorsedbytheChair" in shown


def test_the_report_of_today_is_not_reconstructed(client: Client):
    assert "Reconstructed" not in words(client.get("/report/?forum=2010"))


def test_items_about_the_forum_are_counted_apart(client: Client):
    whole = client.get("/report/?forum=2010")
    assert "of 13 recommendations" in parts(whole, "p.answer")[0]
    assert "Five items about the Forum itself are counted apart." in parts(whole, "p.answer")[0]
    closing = client.get("/report/?roundtable=2010-FUT")
    assert "of 5 items about the Forum itself, 3 are implemented" in parts(closing, "p.answer")[0]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Progress report: Puerto Vallarta 2010, Roundtables 1 to 3"),
        ("fr", "Rapport d’étape : Puerto Vallarta 2010, Tables rondes 1 à 3"),
        ("es", "Informe de avance: Puerto Vallarta 2010, Mesas redondas 1 a 3"),
    ],
)
def test_the_pdf_is_tagged_with_title_and_language(client: Client, language, title):
    pdf = client.get(f"{prefix(language)}/report.pdf?{THREE}&{DIALOGUE}").content
    assert pdfs.tables_without_heads(pdf) == 0
    found = pdfs.told(pdf)
    assert " ".join(found["title"].split()) == title
    assert (found["language"], found["tagged"], found["standard"]) == (language, True, True)
    assert {"/H1", "/H2", "/H3", "/Table", "/TR", "/TH", "/TD", "/Link"} <= found["tags"]


def write(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("report", "--forum", "2010", "--out", str(path), *options, stdout=out)
    return out.getvalue()


def test_the_command_writes_what_the_site_hands_out(client: Client, tmp_path: Path, settings):
    settings.SITE_URL = "https://tracker.example.org"
    said = write(tmp_path / "it.pdf", "--roundtable", "RT1", "rt2", "RT3", "--as-of", "hld-2013", "--language", "fr")
    assert said == f"{tmp_path / 'it.pdf'}: Puerto Vallarta 2010, Tables rondes 1 à 3, 4 octobre 2013.\n"
    handed = client.get(f"/fr/report.pdf?{THREE}&{DIALOGUE}").content
    assert pdfs.words((tmp_path / "it.pdf").read_bytes()) == pdfs.words(handed)


def test_the_command_writes_a_page_that_needs_no_site(client: Client, tmp_path: Path):
    write(tmp_path / "it.html", "--as-of", "2013-10-04", "--format", "html")
    html = (tmp_path / "it.html").read_text(encoding="utf-8")
    assert re.findall(r"<(?:link|script|img)\b", html) == []
    assert "@layer print" in html
    assert html.count("<blockquote") == 18
    answer = re.search(r'<p class="answer">(.*?)</p>', html)[1]
    assert [answer] == parts(client.get("/report/?forum=2010&as_of=2013-10-04"), "p.answer")


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (["--roundtable", "RT9"], "--roundtable RT9: no such roundtable; the Forum of 2010 has RT1, RT2, RT3, FUT."),
        (["--as-of", "soon"], "--as-of soon: give a date such as 2013-10-04 or a milestone"),
        (["--as-of", "2009-01-01"], "--as-of 2009-01-01: On 1 January 2009 the Forum had not closed"),
        (["--out", "/nowhere/it.pdf"], "--out /nowhere/it.pdf: No such file or directory."),
    ],
)
def test_the_command_refuses_in_one_line(options, refusal, tmp_path: Path):
    with pytest.raises(CommandError) as refused:
        write(tmp_path / "it.pdf", *options)
    assert str(refused.value).startswith(refusal)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_command_knows_which_forums_there_are():
    with pytest.raises(CommandError, match=r"--forum 1999: no such Forum; on record are 2007, 2008") as refused:
        call_command("report", "--forum", "1999")
    assert refused.value.returncode == 2


def test_the_milestone_and_its_date_make_one_report(client: Client):
    by_name = client.get(f"/report/?{THREE}&{DIALOGUE}")
    by_date = client.get(f"/report/?{THREE}&as_of={dt.date(2013, 10, 4)}")
    assert by_name.content == by_date.content
