"""The list of recommendations: what it shows, how it is searched and read page by page, and what it refuses."""

import pytest

from tests import factories
from tests.reading import links, parts, words
from tracker import actions
from tracker.filters import PARAMETERS
from tracker.models import Actor, Nature
from tracker.record.chain import writing
from tracker.views.recommendation_list import recommendations

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


def test_the_list_shows_published_ones_in_order(client):
    for number in (1, 2):
        factories.published_recommendation(headline_en=f"Number {number}")
    factories.RecommendationFactory(headline_en="Draft")
    actions.withdraw_recommendation(
        factories.published_recommendation(headline_en="Gone"), by=factories.AdministratorFactory(), reason="Twice."
    )
    page = client.get(LIST)
    assert parts(page, "h3") == ["Number 1", "Number 2"]
    assert parts(page, "p.answer") == ["On record: both recommendations have no reading yet."]


def test_a_filter_shows_as_a_chip_that_leads_away_from_it(client):
    factories.published_recommendation(nature=Nature.PRINCIPLE)
    factories.published_recommendation()
    page = client.get(f"{LIST}?nature=principle")
    assert parts(page, "h3") == ["Thing 1 of RT1"]
    assert parts(page, "ul.chips") == ["Remove the filter Nature: Principle × Remove all"]
    assert f'<link rel="canonical" href="http://testserver{LIST}?nature=principle">' in page.content.decode()


def test_nothing_that_matches_says_so(client):
    factories.published_recommendation()
    page = client.get(f"{LIST}?status=implemented")
    assert parts(page, "p.answer") == ["No recommendation matches these filters."]
    assert "Remove a filter to see more." in words(page)


def test_a_bad_value_answers_400_and_names_it(client):
    page = client.get(f"{LIST}?nature=wish")
    assert page.status_code == 400
    assert parts(page, "p.answer") == ["The parameter nature cannot be wish."]
    assert "request, principle, finding, undertaking" in words(page)


def test_a_bad_value_cannot_smuggle_in_markup(client):
    page = client.get(LIST, {"actor": "<script>alert(1)</script>"})
    assert page.status_code == 400
    assert "<script>" not in page.content.decode()


def test_an_unknown_parameter_is_left_out_and_named(client):
    factories.published_recommendation()
    page = client.get(f"{LIST}?utm_source=mail&fbclid=1&nature=request")
    assert page.status_code == 200
    assert parts(page, "p.note") == [
        "This page has no parameters fbclid, utm_source: they were left out. The address without them"
    ]
    assert f"{LIST}?nature=request" in links(page)


def test_many_unknown_parameters_are_named_in_part(client):
    page = client.get(LIST + "?" + "&".join(f"p{number}=1" for number in range(9)))
    assert parts(page, "p.note") == [
        "This page has no parameters p0, p1, p2, p3, p4 …: they were left out. The address without them"
    ]


def test_fifty_a_page(client):
    with writing():
        for _ in range(51):
            factories.published_recommendation()
    first, second = client.get(f"{LIST}?nature=request"), client.get(f"{LIST}?nature=request&page=2")
    assert (len(parts(first, "li.rec")), len(parts(second, "li.rec"))) == (50, 1)
    assert "?nature=request&page=2" in links(first)
    assert parts(second, "nav.paging") == ["Previous page Page 2 of 2. Showing 51–51 of 51"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1.5", "9" * 40, "２"])
def test_a_page_that_is_not_there_is_refused(client, number):
    page = client.get(LIST, {"page": number})
    assert page.status_code == 400
    assert "a number from 1 to 1" in words(page)


def test_the_list_registers_every_parameter_of_the_filters():
    assert recommendations.parameters == {*PARAMETERS, "page", "cursor", "day"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_takes_five_queries_and_filtered_four_whatever_the_size(client, number, django_assert_num_queries):
    with writing():
        for _ in range(number):
            entry = factories.published_entry()
            factories.published_assessment(recommendation=entry.recommendation, occurred_from=entry.counts_from)
    for query, queries in (("", 5), ("?status=in_progress&actor=actor-1&kind=government&relation=same_subject", 4)):
        slug = Actor.objects.first().slug
        with django_assert_num_queries(queries):
            assert client.get(LIST + query.replace("actor-1", slug)).status_code == 200


class TestSearch:
    """Words in the address find recommendations, and show what was found."""

    @pytest.fixture(autouse=True)
    def _record(self, db):
        words = "Agreements on the portability of pensions and of other benefits."
        factories.published_recommendation(headline_en="Social security", official_text=words)
        factories.published_recommendation(headline_en="Pension agreements", official_text="Conclude agreements.")
        entry = factories.published_entry(title="A law on pensions")
        assert entry.recommendation.short_reference == "RT1-03"

    def test_what_was_found_is_marked_and_the_nearest_is_first(self, client):
        page = client.get("/recommendations/?q=pension")
        assert parts(page, "h3") == ["Pension agreements", "Social security", "Thing 3 of RT1"]
        assert parts(page, "mark") == ["Pension", "pensions"]
        assert parts(page, "p.found") == ["Agreements on the portability of pensions and of other benefits."]
        assert words(page).count("Found in its record, its actors or its themes.") == 1

    def test_takes_one_more_query_for_the_names_of_actors_and_themes(self, client, django_assert_num_queries):
        with django_assert_num_queries(5):
            assert client.get("/recommendations/?q=pension+agreement+-camps").status_code == 200

    def test_misspelt_word_is_mended_and_the_other_filters_stay(self, client):
        page = client.get("/recommendations/?q=portabilty&nature=request")
        assert "Did you mean portability ?" in words(page).replace("portability?", "portability ?")
        assert "?nature=request&q=portability" in links(page)

    def test_the_chip_and_the_box_hold_what_was_typed(self, client):
        page = client.get("/recommendations/?q=%3Cscript%3E+pension")
        html = " ".join(page.content.decode().split())
        assert 'name="q" value="&lt;script&gt; pension"' in html
        assert "Words: &lt;script&gt; pension" in html

    @pytest.mark.parametrize("typed", ["%", '" - *', "🙂"])
    def test_no_word_shows_all_and_says_so(self, client, typed):
        page = client.get("/recommendations/", {"q": typed})
        assert len(parts(page, "li.rec")) == 3
        assert "There is no word in" in page.content.decode()

    def test_many_words_are_cut_and_it_is_said(self, client):
        page = client.get("/recommendations/", {"q": "pension " * 60})
        assert "Only the first 16 words were looked for." in page.content.decode()
        assert len(parts(page, "li.rec")) == 3

    def test_longer_than_anybody_types_is_refused_in_words(self, client):
        page = client.get("/recommendations/", {"q": "p" * 501})
        assert page.status_code == 400
        assert "words to look for, at most 500 letters" in page.content.decode()
