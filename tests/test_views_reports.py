"""The addresses of reports: forms, headers, what is refused, odd texts, and how much is asked of the database."""

import datetime as dt

import pytest
from django.test import Client

from tests import factories, pdfs
from tests.odd_records import ARABIC, LONG_TEXT, foreign, long_roundtable
from tests.reading import links, parts, words
from tracker import actions
from tracker.models import Recommendation
from tracker.record.chain import writing
from tracker.report.paper import MOST_HANDED_OUT

pytestmark = pytest.mark.django_db

HOSTILE = '#let x = [*no*] $1$ @ref <b>bold</b> \\ "quoted" {{ name }} %s // gone /* gone */'


@pytest.mark.parametrize("number", [1, 12])
def test_a_report_takes_eight_queries_whatever_its_size(client: Client, number, django_assert_num_queries):
    table = long_roundtable(number)
    factories.published_entry(recommendation=table.recommendations.get(number=1))
    factories.MilestoneFactory(slug="hld")
    for path in ("/report/?forum=2010", "/report.pdf?roundtable=2010-RT1&as_of=2012-01-01"):
        with django_assert_num_queries(8):
            assert client.get(path).status_code == 200


def test_the_form_offers_forums_roundtables_and_days(client: Client):
    factories.published_recommendation()
    factories.ClosingPartFactory()
    factories.MilestoneFactory(slug="hld", title_en="Dialogue")
    page = client.get("/report/")
    assert parts(page, "main")[0].split("Puerto")[0].startswith("Progress reports")
    assert parts(page, "h2") == ["City 2010 2010"]
    assert parts(page, "label.check") == ["Roundtable 1: Subject of RT1", "The future of the Forum and the agenda"]
    assert parts(page, "option") == ["Today", "Dialogue, 3 October 2013"]
    assert parts(page, "button") == ["Show the report", "PDF"]


def test_the_form_of_an_empty_record_says_so(client: Client):
    assert "No recommendation is on record yet." in words(client.get("/report/"))


def test_the_form_offers_five_forums_and_leads_to_the_others(client: Client):
    for year in range(2010, 2016):
        table = factories.RoundtableFactory(forum=factories.ForumFactory(year=year))
        factories.published_recommendation(roundtable=table)
    page = client.get("/report/")
    assert parts(page, "h2") == [f"City {year} {year}" for year in range(2015, 2010, -1)]
    assert "The page of each earlier Forum leads to its report." in words(page)
    assert "/report/?forum=2010" in links(client.get("/forums/2010/"))


def test_what_the_form_sends_leads_to_a_short_address(client: Client):
    sent = "forum=2010&roundtable=2010-RT1&roundtable=2010-RT2&as_of=hld&day=2013-10-04"
    moved = client.get(f"/report/?{sent}")
    assert moved.status_code == 302
    assert moved.url == "/report/?forum=2010&roundtable=2010-RT1&roundtable=2010-RT2&as_of=2013-10-04"
    assert client.get("/report.pdf?forum=2010&as_of=&day=").url == "/report.pdf?forum=2010"
    assert client.get("/report/?day=").url == "/report/"


def test_the_canonical_address_names_roundtables_in_order_and_the_day(client: Client):
    for number in (1, 2):
        factories.published_recommendation(roundtable=factories.RoundtableFactory(number=number))
    factories.MilestoneFactory(slug="hld")
    page = client.get("/report/?forum=2010&roundtable=2010-RT2&as_of=hld&roundtable=2010-RT1&utm_source=mail")
    canonical = "http://testserver/report/?as_of=2013-10-03&roundtable=2010-RT1&roundtable=2010-RT2"
    assert canonical in links(page)
    assert "This page has no parameter utm_source: it was left out." in words(page)
    assert f"/report.pdf?{canonical.partition('?')[2]}" in links(page)
    assert f"http://testserver/fr/report/?{canonical.partition('?')[2]}" in links(page)


@pytest.mark.parametrize(
    ("query", "name", "allowed"),
    [
        ("forum=1999", "forum", "the year of a Forum, as in 2010"),
        ("forum=二〇一〇", "forum", "the year of a Forum, as in 2010"),
        ("forum=" + "9" * 400, "forum", "the year of a Forum, as in 2010"),
        ("roundtable=RT1", "roundtable", "year and code of a roundtable, as in 2010-RT1"),
        ("roundtable=2010-RT9", "roundtable", "year and code of roundtables of one Forum, as in 2010-RT1"),
        ("roundtable=2010-RT1&roundtable=2011-RT1", "roundtable", "year and code of roundtables of one Forum"),
        ("forum=2011&roundtable=2010-RT1", "roundtable", "year and code of roundtables of one Forum"),
        ("forum=2010&as_of=soon", "as_of", "a date, as in 2013-10-04, or the name of a milestone"),
        ("forum=2010&as_of=2010-11-01", "as_of", "the Forum had not closed"),
        ("forum=2010&as_of=2999-01-01", "as_of", "the record knows nothing of the future"),
        ("forum=2010&forum=2011", "forum", "one value; the address gives several"),
    ],
)
@pytest.mark.parametrize("path", ["/report/", "/report.pdf"])
def test_a_value_that_cannot_be_used_is_named(client: Client, path, query, name, allowed):
    for year in (2010, 2011):
        factories.RoundtableFactory(forum=factories.ForumFactory(year=year), number=1)
    page = client.get(f"{path}?{query}")
    assert page.status_code == 400
    assert parts(page, "p.answer")[0].startswith(f"The parameter {name} cannot be")
    assert allowed in words(page)


def test_a_report_that_is_too_long_for_a_pdf_has_its_page(client: Client):
    with writing():
        for _ in range(MOST_HANDED_OUT + 1):
            factories.published_recommendation()
    refused = client.get("/report.pdf?forum=2010")
    assert refused.status_code == 400
    assert "at most 300 recommendations, and these are 301" in words(refused)
    assert "http://testserver/report/?forum=2010" in words(refused)
    assert [link for link in links(client.get("/report/?forum=2010")) if "report.pdf" in link] == []


def test_a_pdf_without_a_forum_leads_to_the_form(client: Client):
    assert client.get("/fr/report.pdf").url == "/fr/report/"


def test_a_report_of_nothing_says_so(client: Client):
    factories.RoundtableFactory()
    assert "None is on record yet." in words(client.get("/report/?forum=2010"))
    assert "None is on record yet." in pdfs.words(client.get("/report.pdf?forum=2010").content)


@pytest.mark.parametrize(
    ("address", "name", "language"),
    [
        ("/report.pdf?forum=2010&as_of=2013-10-04", "gfmd-2010-2013-10-04.pdf", "en"),
        ("/fr/report.pdf?roundtable=2010-RT1&as_of=2013-10-04", "gfmd-2010-rt1-2013-10-04-fr.pdf", "fr"),
        (
            "/report.pdf?roundtable=2010-RT3&roundtable=2010-RT2&roundtable=2010-RT1&as_of=2013-10-04",
            "gfmd-2010-rt1-rt3-2013-10-04.pdf",
            "en",
        ),
    ],
)
def test_a_pdf_has_a_name_a_language_and_a_tag_and_asks_for_no_cookie(client: Client, address, name, language):
    for number in (1, 2, 3):
        factories.published_recommendation(roundtable=factories.RoundtableFactory(number=number))
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert answer["Content-Language"] == language
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert not answer.cookies
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_an_odd_text_is_inert_and_legible(client: Client):
    factories.published_recommendation(official_text=HOSTILE, headline_en="#panic() *odd*", sic="misprint")
    factories.published_recommendation(official_text=LONG_TEXT)
    page, pdf = client.get("/report/?forum=2010"), pdfs.joined(client.get("/report.pdf?forum=2010").content)
    assert parts(page, "blockquote") == [f"{HOSTILE} [sic]", LONG_TEXT]
    for text in (f"{HOSTILE} [sic]", "#panic() *odd*"):
        assert pdfs.squeezed(text) in pdf
    assert pdf.count("sayso") == LONG_TEXT.count("say so")


def test_a_text_in_another_script_is_whole_on_the_page_and_said_to_be_missing_on_paper(client: Client):
    foreign()
    page, pdf = client.get("/report/?forum=2010"), pdfs.words(client.get("/report.pdf?forum=2010").content)
    assert ARABIC[:40] in words(page)
    assert "ينبغي" not in pdf
    assert "“…” stands for signs that this document has no letters for" in pdf


def test_a_report_leaves_out_drafts_and_what_was_taken_back(client: Client):
    kept = factories.published_entry(title="Kept")
    gone = factories.published_entry(recommendation=kept.recommendation, title="Gone")
    actions.retract(gone, by=factories.ReviewerFactory(), reason="Wrong.")
    factories.RecommendationFactory(roundtable=kept.recommendation.roundtable, headline_en="A draft")
    page, pdf = words(client.get("/report/?forum=2010")), pdfs.words(client.get("/report.pdf?forum=2010").content)
    for shown in (page, pdf):
        assert ("Kept" in shown, "Gone" in shown, "A draft" in shown) == (True, False, False)


def test_pages_lead_to_their_report(client: Client):
    found: Recommendation = factories.published_recommendation()
    factories.MilestoneFactory(slug="hld", date=dt.date(2013, 10, 3))
    table = found.roundtable.get_absolute_url()
    assert "/report/?roundtable=2010-RT1" in links(client.get(table))
    assert "/report/?as_of=2013-10-03&roundtable=2010-RT1" in links(client.get(f"{table}?as_of=hld"))
    assert "/report/?forum=2010" in links(client.get("/forums/2010/"))
    assert "/report/?as_of=hld&forum=2010" in links(client.get("/milestones/hld/"))
