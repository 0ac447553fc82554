"""What a file holds and says of itself, in each form, and how it is sent."""

import datetime as dt
import gzip
import io
import json
import re
import zipfile
from typing import get_type_hints

import pytest
from django.test import Client

from tests import factories, pdfs
from tests.exported import csv_rows, json_rows, taken, workbook, xlsx_rows
from tests.reading import links, parts, words
from tracker.actions import retract
from tracker.api.shapes import ActorShape, EntryShape, RecommendationShape
from tracker.exports.columns import ACTORS, ENTRIES, RECOMMENDATIONS
from tracker.models import Recommendation, RecordHead

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'x", '=HYPERLINK("https://evil.example.org","x")']
FORMS = ("csv", "json", "xlsx")


@pytest.fixture
def entry():
    """A recommendation with a follow-up and a reading."""
    table = factories.usual_roundtable()
    mexico = factories.ActorFactory(slug="mexico", name_en="Mexico", name_fr="Mexique")
    one = factories.published_recommendation(
        roundtable=table, themes=[factories.ThemeFactory(slug="return")], addressed=[mexico], headline_fr="Un titre"
    )
    heard = factories.published_entry(recommendation=one, actor=mexico, occurred_from=dt.date(2012, 1, 31))
    factories.published_assessment(recommendation=one, rests_on=[heard], occurred_from=dt.date(2012, 2, 1))
    return heard


def test_csv_is_utf_8_with_its_mark_and_lines_as_rfc_4180_has_them(entry):
    file = taken("/recommendations.csv")
    assert file.startswith(b"\xef\xbb\xbfreference,forum,roundtable,")
    assert file.count(b"\r\n") == 2
    assert b"\n" not in file.replace(b"\r\n", b"")


def test_csv_tells_what_the_api_tells(entry):
    (row,) = csv_rows(taken("/recommendations.csv"))
    assert list(row) == [column.key for column in RECOMMENDATIONS]
    expected = {
        "reference": "GFMD-2010-RT1-01",
        "forum": "2010",
        "headline_en": "Thing 1 of RT1",
        "headline_fr": "Un titre",
        "headline_es": "",
        "status": "in_progress",
        "status_words": "In progress",
        "status_since": "2012-02-01",
        "remaining_en": "Much remains to be done.",
        "last_followup_on": "2012-01-31",
        "followup_count": "1",
        "themes": "return",
        "addressed_explicit": "mexico",
        "addressed_inferred": "",
        "html": "http://testserver/recommendations/GFMD-2010-RT1-01/",
    }
    assert {key: row[key] for key in expected} == expected


def test_a_list_as_of_a_day_tells_what_was_known_then(entry):
    address = "/recommendations.csv?as_of=2012-01-31"
    (row,) = csv_rows(taken(address))
    assert (row["status"], row["followup_count"], row["remaining_en"]) == ("no_information", "1", "")
    assert json.loads(taken(address.replace(".csv", ".json")))["meta"]["as_of"] == "2012-01-31"


def test_words_stand_in_the_language_of_the_address(entry):
    (row,) = csv_rows(taken("/fr/recommendations.csv?header=localised"))
    assert row["Référence"] == "GFMD-2010-RT1-01"
    assert "En cours" in row.values()
    assert "http://testserver/fr/recommendations/GFMD-2010-RT1-01/" in row.values()
    assert json.loads(taken("/es/recommendations.json"))["meta"]["language"] == "es"


@pytest.mark.parametrize(
    ("name", "columns", "shape"),
    [
        ("recommendations", RECOMMENDATIONS, RecommendationShape),
        ("updates", ENTRIES, EntryShape),
        ("actors", ACTORS, ActorShape),
    ],
)
def test_json_rows_are_those_of_the_api_and_columns_are_named_by_them(client, entry, name, columns, shape):
    resource = {"updates": "entries"}.get(name, name)
    rows = json_rows(taken(f"/{name}.json"))
    assert rows == client.get(f"/api/v1/{resource}/").json()["results"]
    keys = set(get_type_hints(shape))
    assert set(rows[0]) == keys
    stems = {column.key.removesuffix("_words") for column in columns} - {"addressed_explicit", "addressed_inferred"}
    assert {stem for stem in stems if not {stem, stem.rpartition("_")[0]} & keys} == set()


def test_json_says_what_it_is(entry):
    meta = json.loads(taken("/recommendations.json?status=in_progress&forum=2010"))["meta"]
    head = RecordHead.objects.get(pk=1)
    assert meta["title"] == "Recommendations"
    assert meta["filter"] == "Forum: City 2010 2010; Status: In progress"
    assert meta["parameters"] == {"forum": ["2010"], "status": ["in_progress"]}
    assert meta["order"] == "Forum, newest first"
    assert meta["address"] == "http://testserver/recommendations/?forum=2010&status=in_progress"
    assert meta["record"] == {"events": head.sequence, "head": head.digest}
    assert meta["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "Provisional reading" in meta["notices"][0]
    assert json.loads(taken("/actors.json"))["meta"]["notices"] == []


def test_a_day_before_the_record_was_kept_is_said_to_be_reconstructed(entry):
    notices = json.loads(taken("/recommendations.json?as_of=2012-06-01"))["meta"]["notices"]
    assert [note.split(" ")[0] for note in notices] == ["Provisional", "Reconstructed"]


def test_beside_a_csv_stands_what_it_is_and_what_its_columns_are(entry):
    told = json.loads(taken("/fr/recommendations.csv-metadata.json?status=in_progress"))
    assert told["url"] == "http://testserver/fr/recommendations.csv?status=in_progress"
    assert told["dc:identifier"] == RecordHead.objects.get(pk=1).digest
    assert told["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    columns = {column["name"]: column for column in told["tableSchema"]["columns"]}
    header = taken("/fr/recommendations.csv").decode("utf-8-sig").split("\r\n")[0].split(",")
    assert list(columns) == header
    assert columns["reference"]["titles"] == ["reference", "Référence"]
    assert (columns["status_since"]["datatype"], columns["themes"]["separator"]) == ("date", "; ")


def test_workbook_has_dates_a_header_that_stays_and_a_filter(entry):
    book = workbook(taken("/recommendations.xlsx?header=keys"))
    sheet, about = book.worksheets
    assert (sheet.title, about.title) == ("Recommendations", "About this file")
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    (row,) = xlsx_rows(taken("/recommendations.xlsx?header=keys"))
    assert row["status_since"] == dt.datetime(2012, 2, 1)  # noqa: DTZ001 (a day, as spreadsheets have it)
    assert row["followup_count"] == 1
    published = Recommendation.objects.get().published_at
    assert abs(row["published_at"].replace(tzinfo=dt.UTC) - published) < dt.timedelta(seconds=1)
    assert row["sic"] is None


def test_workbook_says_what_it_is(entry):
    _rows, about = workbook(taken("/recommendations.xlsx?forum=2010")).worksheets
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said["Filters"] == "Forum: City 2010 2010"
    assert said["Head of the chain"] == RecordHead.objects.get(pk=1).digest
    assert said["Address"] == "http://testserver/recommendations/?forum=2010"
    assert "CC BY 4.0" in said["Licence"]
    assert said["status_words"] == "Status in words"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_run(text):
    factories.published_recommendation(headline_en=text, official_text=text)
    (row,) = csv_rows(taken("/recommendations.csv"))
    assert (row["headline_en"], row["official_text"]) == (f"'{text}", f"'{text}")
    sheet = workbook(taken("/recommendations.xlsx?header=keys")).worksheets[0]
    kept = text.replace("\r", "\n")
    found = [cell for cell in sheet[2] if cell.value == kept]
    assert [(cell.data_type, cell.hyperlink) for cell in found] == [("s", None), ("s", None)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('a "quoted", text;\nwith lines', None),
        ("العربية ‏中文 🙂", None),
        ("a\x0bb\x1fc", "abc"),
        ("_x0041_ & <b>", "_x005F_x0041_ & <b>"),  # a spreadsheet would read "A"; openpyxl leaves the guard as it is
        ("https://example.org/a?b=c", None),
        ("007", None),
        ("x" * 40_000, "x" * 32_000 + "…"),
    ],
)
def test_odd_texts_come_through(text, kept):
    factories.published_recommendation(official_text=text)
    assert csv_rows(taken("/recommendations.csv"))[0]["official_text"] == text
    assert json_rows(taken("/recommendations.json"))[0]["official_text"] == text
    assert xlsx_rows(taken("/recommendations.xlsx?header=keys"))[0]["official_text"] == (kept or text)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_list_is_a_file_without_rows(form):
    file = taken(f"/recommendations.{form}?header=keys")
    assert {"csv": csv_rows, "json": json_rows, "xlsx": xlsx_rows}[form](file) == []


@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
@pytest.mark.parametrize("address", ["/recommendations.docx", "/updates.pdf", "/actors.csv.csv", "/updates."])
def test_a_form_that_does_not_exist_is_not_found(client, prefix, address):
    page = client.get(f"{prefix}{address}")
    assert page.status_code == 404
    if address != "/updates.":
        assert "csv, json, xlsx" in words(page)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/recommendations.csv?status=abc", 400),
        ("/recommendations.json?as_of=9999-99-99", 400),
        ("/recommendations.xlsx?header=big", 400),
        ("/recommendations.csv?header=keys&header=keys", 400),
        ("/updates.csv?q=a&q=b", 400),
        ("/actors.json?q=" + "a" * 600, 400),
        ("/recommendations.csv?actor__name__startswith=a", 200),
        ("/recommendations.csv?page=2&cursor=x", 200),
        ("/updates.json?page=zzz&status=abc", 200),
    ],
)
def test_bad_values_are_refused_as_on_the_page_and_what_is_unknown_is_left_out(client, entry, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    if status == 400:
        assert len(words(answer)) > 100


def test_a_file_is_named_by_what_it_holds_its_day_and_its_language(client, entry):
    named = {
        "/recommendations.csv?as_of=2012-01-31": "gfmd-recommendations-2012-01-31.csv",
        "/fr/updates.json": f"gfmd-updates-{dt.datetime.now(dt.UTC).date()}-fr.json",
        "/es/actors.xlsx": f"gfmd-actors-{dt.datetime.now(dt.UTC).date()}-es.xlsx",
    }
    for address, name in named.items():
        assert client.get(address).headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("form", [*FORMS, "csv-metadata.json"])
def test_a_file_is_kept_and_asked_again_as_a_page_is(client, entry, form):
    address = f"/recommendations.{form}"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert not first.cookies
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    factories.published_recommendation()
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_text_is_compressed_on_its_way_and_what_is_packed_is_not(client, entry):
    packed = client.get("/recommendations.csv", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed.streaming_content)) == taken("/recommendations.csv")
    book = client.get("/recommendations.xlsx", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in book.headers
    assert zipfile.is_zipfile(io.BytesIO(b"".join(book.streaming_content)))


def test_head_says_what_get_would_and_makes_nothing(client, entry, django_assert_num_queries):
    whole = client.get("/actors.csv")
    with django_assert_num_queries(1):
        head = client.head("/actors.csv")
    assert {name: head.headers[name] for name in ("Content-Type", "Content-Disposition", "ETag")} == {
        name: whole.headers[name] for name in ("Content-Type", "Content-Disposition", "ETag")
    }


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/recommendations.csv", 8),
        ("/recommendations.json?as_of=2013-01-01", 11),
        ("/updates.csv", 11),
        ("/actors.xlsx", 6),
    ],
)
def test_files_take_as_many_queries_for_one_row_as_for_many(django_assert_num_queries, entry, address, number):
    with django_assert_num_queries(number):
        taken(address)
    for _ in range(3):
        one = factories.published_recommendation(themes=[factories.ThemeFactory()])
        heard = factories.published_entry(recommendation=one)
        factories.published_assessment(recommendation=one, rests_on=[heard])
    with django_assert_num_queries(number):
        taken(address)


def test_one_recommendation_is_taken_away_with_its_record(client, entry):
    one = entry.recommendation
    file = json.loads(taken(f"/recommendations/{one.reference}.json"))
    assert file["recommendation"] == client.get(f"/api/v1/recommendations/{one.reference}/").json()
    assert [row["reference"] for row in file["results"]] == [f"{one.reference}-A1", f"{one.reference}-F1"]
    assert [row["reference"] for row in csv_rows(taken(f"/recommendations/{one.reference}.csv?as_of=2012-01-31"))] == [
        f"{one.reference}-F1"
    ]
    book = workbook(taken(f"/fr/recommendations/{one.reference}.xlsx"))
    assert {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}["Texte officiel"] == one.official_text


def test_a_recommendation_under_an_old_name_or_on_no_day_of_its_own(client, entry):
    one = entry.recommendation
    factories.ReferenceAliasFactory(reference="GFMD-OLD-RT1-01", recommendation=one)
    for old in ("GFMD-OLD-RT1-01", one.reference.lower()):
        answer = client.get(f"/fr/recommendations/{old}.csv?as_of=2012-01-31")
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"/fr/recommendations/{one.reference}.csv?as_of=2012-01-31",
        )
    assert client.get(f"/recommendations/{one.reference}.csv?as_of=2009-01-01").status_code == 400
    assert client.get(f"/recommendations/{one.reference}.docx").status_code == 404
    assert client.get("/recommendations/GFMD-2010-RT1-99.csv").status_code == 404
    draft = factories.RecommendationFactory()
    assert client.get(f"/recommendations/{draft.reference}.csv").status_code == 404
    named = client.get(f"/recommendations/{one.reference}.json?as_of=2012-01-31").headers["Content-Disposition"]
    assert named == 'attachment; filename="gfmd-2010-rt1-01-2012-01-31.json"'
    page = client.get(f"/es/recommendations/{one.reference}/?as_of=2012-01-31")
    assert f"/es/recommendations/{one.reference}.xlsx?as_of=2012-01-31" in links(page)


def test_pdf_holds_the_lines_of_the_page(client, entry):
    factories.published_recommendation(headline_en="=1+1", official_text="#evil[ $x$ ] *b* العربية")
    pdf = client.get("/recommendations.pdf?sort=reference").content
    said = pdfs.words(pdf)
    assert re.findall(r"GFMD-2010-RT1-0\d", said) == ["GFMD-2010-RT1-01", "GFMD-2010-RT1-02"]
    for words_of_it in ("=1+1", "#evil[ $x$ ] *b*", "In progress", "CC BY 4.0", "1 / 1", "Provisional reading"):
        assert pdfs.squeezed(words_of_it) in pdfs.joined(pdf)
    assert RecordHead.objects.get(pk=1).digest in pdfs.joined(pdf)
    told = pdfs.told(client.get("/fr/recommendations.pdf").content)
    assert (told["language"], told["tagged"], told["standard"]) == ("fr", True, True)
    assert {"/Table", "/TH", "/H1", "/H2"} <= told["tags"]


def test_pdf_of_a_recommendation_tells_its_record_as_the_page_does(client, entry):
    one = entry.recommendation
    gone = factories.published_entry(recommendation=one, title="A slip", body="Mistaken.")
    retract(gone, by=factories.ReviewerFactory(), reason="Named the wrong year.")
    pdf = client.get(f"/recommendations/{one.reference}.pdf").content
    said = pdfs.joined(pdf)
    for words_of_it in (
        one.official_text,
        "Addressed by the text: Mexico",
        "F1 31 January 2012",
        "Named the wrong year.",
    ):
        assert pdfs.squeezed(words_of_it) in said
    assert re.findall(r"\b([AF]\d) \d", pdfs.words(pdf)) == ["A1", "F1", "F2"]
    told = pdfs.told(client.get(f"/fr/recommendations/{one.reference}.pdf?as_of=2012-01-31").content)
    assert (told["language"], told["tagged"], told["standard"]) == ("fr", True, True)


def test_pdf_of_a_recommendation_takes_as_many_queries_for_one_entry_as_for_many(entry, django_assert_num_queries):
    address = f"/recommendations/{entry.recommendation.reference}.pdf"
    for others in (0, 5):
        for _number in range(others):
            factories.published_entry(recommendation=entry.recommendation)
        with django_assert_num_queries(9):
            assert Client().get(address).status_code == 200


def test_pdf_of_a_recommendation_without_a_record_says_so(client):
    one = factories.published_recommendation()
    said = pdfs.joined(client.get(f"/recommendations/{one.reference}.pdf").content)
    assert pdfs.squeezed("Nothing is on record yet.") in said


def test_a_list_that_nobody_prints_says_so_and_leads_to_its_csv(client, entry, monkeypatch):
    monkeypatch.setattr("tracker.exports.printed.MOST_PRINTED", 1)
    factories.published_recommendation()
    page = client.get("/fr/recommendations.pdf?forum=2010")
    assert page.status_code == 400
    assert "/fr/recommendations.csv?forum=2010" in links(page)
    assert client.get("/recommendations.pdf?status=in_progress").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_lists_lead_to_their_files_and_say_how_much_that_is(client, entry, prefix):
    factories.published_recommendation()
    page = client.get(f"{prefix}/recommendations/?forum=2010")
    assert [link for link in links(page) if link.startswith(f"{prefix}/recommendations.")] == [
        f"{prefix}/recommendations.{form}?forum=2010" for form in (*FORMS, "pdf")
    ]
    assert "2" in parts(page, "p.take")[0]
    assert [link for link in links(client.get(f"{prefix}/updates/")) if link.startswith(f"{prefix}/updates.")] == [
        f"{prefix}/updates.{form}" for form in FORMS
    ]
    assert parts(client.get("/actors/?q=mexico"), "p.take") == ["Take this actor away: CSV JSON XLSX"]
    assert parts(client.get("/recommendations/?q=nowhere"), "p.take") == []
