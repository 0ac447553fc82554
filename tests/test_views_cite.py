"""Citing a recommendation: the line on its page, BibTeX and RIS, frozen to the state of the record that they show."""

import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.reading import links, parts, words
from tracker import actions
from tracker.models import Recommendation, RecordHead
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db
PAGE = "/recommendations/GFMD-2010-RT1-01/"
MORNING = dt.datetime(2026, 10, 4, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def cited() -> Recommendation:
    """RT1-01, published at 10:00 on 4 October 2026."""
    with time_machine.travel(MORNING, tick=False):
        return factories.published_recommendation(source_locator="item 1")


def fields(record: str) -> dict[str, str]:
    """Return the fields of an RIS record."""
    return dict(line.split("  - ", 1) for line in record.split("\r\n") if line)


def braces_balance(text: str) -> bool:
    """Count braces as BibTeX does: whatever stands before them."""
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def test_the_line_names_whose_words_where_and_which_state(client, cited):
    assert (
        "Chair of the Global Forum on Migration and Development, City 2010 2010: recommendation GFMD-2010-RT1-01, "
        "“Thing 1 of RT1”. Official words: Conclusions of the Chair, item 1. GFMD recommendation tracker, "
        f"http://testserver{PAGE}, as published 10:00 UTC, 4 October 2026."
    ) in words(client.get(PAGE))


def test_the_state_cited_moves_with_the_record_and_not_with_the_clock(client, cited):
    before = parts(client.get(PAGE), "p.long")
    with time_machine.travel(MORNING + dt.timedelta(days=9), tick=False):
        assert parts(client.get(PAGE), "p.long") == before
        entry = factories.published_entry(recommendation=cited)
    assert "as published 10:00 UTC, 13 October 2026." in words(client.get(PAGE))
    with time_machine.travel(MORNING + dt.timedelta(days=10), tick=False):
        actions.retract(entry, by=factories.ReviewerFactory(), reason="Wrong country.")
    assert "as published 10:00 UTC, 14 October 2026." in words(client.get(PAGE))
    assert "as published 10:00 UTC, 14 October 2026." in client.get(f"{PAGE}cite.ris").content.decode()


def test_corrected_official_words_are_another_state(client, cited):
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        actions.correct_official_text(
            cited, by=factories.ReviewerFactory(), reason="A slip.", text="Governments should do it."
        )
    assert "as published 10:00 UTC, 5 October 2026." in words(client.get(PAGE))


def test_a_past_day_stays_in_the_citation_and_on_its_links(client, cited):
    page = client.get(f"{PAGE}?as_of=2013-10-04")
    assert f"{PAGE}?as_of=2013-10-04, as published 10:00 UTC, 4 October 2026, for 4 October 2013." in words(page)
    assert f"{PAGE}cite.bib?as_of=2013-10-04" in links(page)
    record = fields(client.get(f"{PAGE}cite.ris?as_of=2013-10-04").content.decode())
    assert record["UR"] == f"http://testserver{PAGE}?as_of=2013-10-04"
    assert client.get(f"{PAGE}cite.ris?as_of=yesterday").status_code == 400


def test_a_paragraph_can_be_copied_for_a_text_of_ones_own(client, cited):
    words_of_it = "City 2010 2010, recommendation GFMD-2010-RT1-01: “Governments should do thing 1 of RT1.” RT1-01"
    for query, said in (
        ("", f"{words_of_it}: nothing is on record; much may have been done. GFMD recommendation tracker, "),
        ("?as_of=2013-10-04", f"{words_of_it} on 4 October 2013: nothing is on record; much may have been done. "),
    ):
        page = client.get(f"{PAGE}{query}")
        (paragraph,) = (text for text in parts(page, "p.long") if text.startswith("City"))
        assert paragraph.startswith(said)
        assert f"http://testserver{PAGE}{query}, as published 10:00 UTC, 4 October 2026" in paragraph


def test_the_record_as_a_whole_is_cited_as_it_last_grew(client, cited):
    line = (
        "GFMD recommendation tracker: what became of the recommendations of the Global Forum on Migration and "
        "Development. http://testserver/, as published {}."
    )
    assert line.format("10:00 UTC, 4 October 2026") in parts(client.get("/about/"), "p.long")
    with time_machine.travel(MORNING + dt.timedelta(days=1), tick=False):
        factories.published_entry(recommendation=cited)
    assert line.format("10:00 UTC, 5 October 2026") in parts(client.get("/about/"), "p.long")


def test_bibtex(client, cited):
    file = client.get(f"{PAGE}cite.bib")
    assert file.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="GFMD-2010-RT1-01.bib"'
    assert file.content.decode() == (
        "@misc{GFMD-2010-RT1-01,\n"
        "  author = {{Chair of the Global Forum on Migration and Development, City 2010 2010}},\n"
        "  title = {{Thing 1 of RT1}},\n"
        "  year = {2010},\n"
        "  howpublished = {GFMD recommendation tracker},\n"
        "  note = {Recommendation GFMD-2010-RT1-01. Official words: Conclusions of the Chair, item 1. "
        "State of the record: as published 10:00 UTC, 4 October 2026.},\n"
        f"  url = {{http://testserver{PAGE}}},\n"
        "}\n"
    )


def test_ris(client, cited):
    file = client.get(f"{PAGE}cite.ris")
    assert file.headers["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="GFMD-2010-RT1-01.ris"'
    assert file.content.decode().startswith("TY  - ELEC\r\nAU  - Chair of the Global Forum")
    assert file.content.decode().endswith("ER  - \r\n")
    assert fields(file.content.decode()) == {
        "TY": "ELEC",
        "AU": "Chair of the Global Forum on Migration and Development, City 2010 2010",
        "TI": "Thing 1 of RT1",
        "PY": "2010",
        "T2": "GFMD recommendation tracker",
        "N1": (
            "Recommendation GFMD-2010-RT1-01. Official words: Conclusions of the Chair, item 1. "
            "State of the record: as published 10:00 UTC, 4 October 2026."
        ),
        "UR": f"http://testserver{PAGE}",
        "ER": "",
    }


def test_csl_json(client, cited):
    file = client.get(f"{PAGE}cite.json")
    assert file.headers["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="GFMD-2010-RT1-01.json"'
    assert file.json() == [
        {
            "id": "GFMD-2010-RT1-01",
            "type": "webpage",
            "author": [{"literal": "Chair of the Global Forum on Migration and Development, City 2010 2010"}],
            "title": "Thing 1 of RT1",
            "issued": {"date-parts": [[2010]]},
            "container-title": "GFMD recommendation tracker",
            "note": (
                "Recommendation GFMD-2010-RT1-01. Official words: Conclusions of the Chair, item 1. "
                "State of the record: as published 10:00 UTC, 4 October 2026."
            ),
            "URL": f"http://testserver{PAGE}",
        }
    ]


def test_the_page_of_a_recommendation_leads_to_each_file(client, cited):
    assert {f"{PAGE}{name}" for name in ("cite.bib", "cite.ris", "cite.json")} <= set(links(client.get(PAGE)))


@pytest.mark.parametrize(
    ("headline", "escaped"),
    [
        ("}, evil = {", r"{\textbraceright}, evil = {\textbraceleft}"),
        ("100% & #1_$x~^", r"100\% \& \#1\_\$x{\textasciitilde}{\textasciicircum}"),
        (r"\input{x", r"{\textbackslash}input{\textbraceleft}x"),
        ("Two\r\nER  - \u2028lines\x07", "Two ER - lines"),
        ("الهجرة 移民", "الهجرة 移民"),
    ],
)
def test_hostile_words_stay_words(client, headline, escaped):
    factories.published_recommendation(headline_en=headline, source_document=headline)
    bibtex = client.get(f"{PAGE}cite.bib").content.decode()
    assert f"  title = {{{{{escaped}}}}},\n" in bibtex
    assert braces_balance(bibtex)
    assert len(bibtex.splitlines()) == 8
    ris = client.get(f"{PAGE}cite.ris").content.decode()
    assert [line[:2] for line in ris.splitlines()] == ["TY", "AU", "TI", "PY", "T2", "N1", "UR", "ER"]


def test_addresses_bear_the_name_of_the_site(client, settings, cited):
    settings.SITE_URL = "https://tracker.example.org"
    assert "url = {https://tracker.example.org/recommendations/" in client.get(f"{PAGE}cite.bib").content.decode()
    assert f"https://tracker.example.org{PAGE}, as published" in words(client.get(PAGE))


@pytest.mark.parametrize("name", ["cite.bib", "cite.ris", "cite.json"])
def test_other_letters_and_old_references_lead_to_the_present_file(client, cited, name):
    factories.ReferenceAliasFactory(reference="OLD-1", recommendation=cited)
    for reference in ("gfmd-2010-rt1-01", "old-1"):
        moved = client.get(f"/recommendations/{reference}/{name}?as_of=2013-10-04")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"{PAGE}{name}?as_of=2013-10-04")


@pytest.mark.parametrize("name", ["cite.bib", "cite.ris", "cite.json"])
def test_a_draft_cannot_be_cited(client, name):
    draft = factories.RecommendationFactory()
    assert client.get(f"{draft.get_absolute_url()}{name}").status_code == 404
    assert client.get(f"/recommendations/NOTHING/{name}").status_code == 404


def test_a_withdrawn_one_can_still_be_cited(client, cited):
    with time_machine.travel(MORNING + dt.timedelta(days=2), tick=False):
        actions.withdraw_recommendation(cited, by=factories.AdministratorFactory(), reason="Twice.")
    assert "as published 10:00 UTC, 6 October 2026." in words(client.get(PAGE))
    assert client.get(f"{PAGE}cite.bib").status_code == 200


def test_an_error_is_reported_by_mail_or_as_the_about_page_says(client, settings, cited):
    assert "/about/#correct" in links(client.get(PAGE))
    assert 'id="correct"' in client.get("/about/").content.decode()
    settings.CONTACT_EMAIL = "desk@example.org"
    assert "mailto:desk@example.org?subject=GFMD-2010-RT1-01" in links(client.get(PAGE))


@pytest.mark.parametrize("number", [1, 12])
def test_a_file_takes_four_queries_whatever_the_size(client, cited, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            factories.published_entry(recommendation=cited)
    for name in ("cite.bib", "cite.ris", "cite.json"):
        with django_assert_num_queries(4):
            assert client.get(f"{PAGE}{name}?as_of=2013-10-04").status_code == 200


class TestTheRecordAsAWhole:
    """The data set's citation, with the head that it can be checked against."""

    def note(self, day: str = "") -> str:
        head = RecordHead.objects.get(pk=1)
        return (
            f"State of the record: as published 10:00 UTC, 4 October 2026{day}. "
            f"Head of the chain: event {head.sequence}, SHA-256 {head.digest}."
        )

    def test_as_csl_json(self, client, cited):
        file = client.get("/cite.json")
        assert file.headers["Content-Disposition"] == 'attachment; filename="GFMD-record-2026-10-04.json"'
        assert file.json() == [
            {
                "id": "GFMD-record-2026-10-04",
                "type": "dataset",
                "author": [{"literal": "GFMD recommendation tracker"}],
                "title": "What became of the recommendations of the Global Forum on Migration and Development",
                "issued": {"date-parts": [[2026, 10, 4]]},
                "container-title": "GFMD recommendation tracker",
                "note": self.note(),
                "URL": "http://testserver/",
            }
        ]

    def test_as_ris_and_bibtex_of_a_past_day(self, client, cited):
        found = fields(client.get("/cite.ris?as_of=2013-10-04").content.decode())
        assert (found["TY"], found["PY"], found["N1"]) == ("DATA", "2026", self.note(", for 4 October 2013"))
        assert found["UR"] == "http://testserver/recommendations/?as_of=2013-10-04"
        bibtex = client.get("/cite.bib?as_of=2013-10-04").content.decode()
        assert bibtex.startswith("@misc{GFMD-record-2013-10-04,\n")
        assert "  url = {http://testserver/recommendations/?as_of=2013-10-04},\n" in bibtex

    def test_in_french_of_a_milestone(self, client, cited):
        factories.MilestoneFactory(slug="hld-2013", date=dt.date(2013, 10, 4))
        (item,) = client.get("/fr/cite.json?as_of=hld-2013").json()
        assert item["URL"] == "http://testserver/fr/recommendations/?as_of=2013-10-04"
        assert item["container-title"] == "Suivi des recommandations du FMMD"

    @pytest.mark.parametrize("name", ["cite.bib", "cite.ris", "cite.json"])
    def test_of_no_day(self, client, cited, name):
        for query in ("as_of=yesterday", "as_of=2999-01-01", "as_of=2013-02-30", "as_of=2013-10-04&as_of=2014-10-04"):
            assert client.get(f"/{name}?{query}").status_code == 400, query
        assert client.get("/cite.xml").status_code == 404

    def test_the_page_about_it_leads_there(self, client, cited):
        assert {"/fr/cite.bib", "/fr/cite.ris", "/fr/cite.json"} <= set(links(client.get("/fr/about/")))

    def test_takes_two_queries(self, client, cited, django_assert_num_queries):
        with django_assert_num_queries(2):
            client.get("/cite.json")
