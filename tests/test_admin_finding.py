"""Finding Forums, roundtables, recommendations and actors in lists that stay quick however long they are."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk, sent_by
from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    EditorFactory,
    FollowUpFactory,
    ForumFactory,
    RecommendationFactory,
    ResponsibilityFactory,
    RoundtableFactory,
    published_entry,
    published_recommendation,
)
from tests.test_admin_filters import listed
from tracker.admin import paging, searching
from tracker.models import Recommendation
from tracker.record.chain import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(EditorFactory())


def test_recommendations_that_address_an_actor_are_found_by_picking_it(desk: Desk) -> None:
    row = ResponsibilityFactory(actor=ActorFactory(name_en="Mexico"))
    ResponsibilityFactory()
    assert listed(desk, "recommendation", f"?actor={row.actor_id}") == {row.recommendation}
    page = desk.open("recommendation_changelist", query=f"?actor={row.actor_id}&state__exact=draft&q=GFMD")
    sent = sent_by(page)  # of the search and of the picker: each keeps what the other says
    assert (set(sent["actor"]), set(sent["state__exact"]), set(sent["q"])) == ({str(row.actor_id)}, {"draft"}, {"GFMD"})
    assert ">Mexico</option>" in page.content.decode()


@pytest.mark.parametrize("key", ["x", "1.5", "-1", "9" * 30])
def test_an_actor_that_is_no_key_is_refused(desk: Desk, key: str) -> None:
    answer = desk.open("recommendation_changelist", query=f"?actor={key}")
    assert (answer.status_code, answer.url) == (302, desk.address("recommendation_changelist") + "?e=1")


def test_a_list_offers_no_actor_that_is_not_picked(desk: Desk) -> None:
    ActorFactory.create_batch(3, name_en="Atlantis")
    for name in ("recommendation", "actor", "forum", "roundtable"):
        assert "Atlantis</option>" not in desk.open(f"{name}_changelist").content.decode()


def test_actors_are_found_by_the_collective_in_which_they_sit(desk: Desk) -> None:
    member = ActorFactory()
    collective = CollectiveFactory(members=[member])
    assert listed(desk, "actor", f"?in={collective.pk}") == {member}
    assert desk.open("actor_changelist", query=f"?in={member.pk}").status_code == 302


def test_dates_lead_to_forums_roundtables_and_recommendations(desk: Desk) -> None:
    old, new = ForumFactory(year=2010), ForumFactory(year=2011)
    roundtable = RoundtableFactory(forum=new)
    entry = published_entry(occurred_from=dt.date(2013, 5, 2), occurred_until=dt.date(2013, 5, 2))
    assert listed(desk, "forum", "?closes_on__year=2011") == {new}
    assert listed(desk, "forum", "?closes_on__year=2010") == {old}
    assert listed(desk, "roundtable", "?forum__closes_on__year=2011") == {roundtable}
    assert listed(desk, "recommendation", "?last=2013") == {entry.recommendation}


def test_every_year_between_the_first_and_the_last_follow_up_is_offered(desk: Desk) -> None:
    for year in (2012, 2014):
        day = dt.date(year, 5, 2)
        published_entry(occurred_from=day, occurred_until=day)
    page = desk.open("recommendation_changelist").content.decode()
    assert [year for year in range(2010, 2017) if f'"?last={year}"' in page] == [2012, 2013, 2014]
    assert listed(desk, "recommendation", "?last=2013") == set()
    assert desk.open("recommendation_changelist", query="?last=2015").status_code == 302


def test_the_drafts_of_a_roundtable_are_counted_and_linked(desk: Desk) -> None:
    draft = RecommendationFactory()
    address = desk.address("roundtable_drafts", draft.roundtable_id)
    assert f'<a href="{address}">1</a>' in desk.open("roundtable_changelist").content.decode()


def test_a_list_is_counted_to_a_bound_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    RecommendationFactory.create_batch(3)
    more = "There are more than the first"
    assert more not in desk.open("recommendation_changelist").content.decode()
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    with CaptureQueriesContext(connection) as queries:
        page = desk.open("recommendation_changelist")
    assert (page.context["cl"].result_count, more in page.content.decode()) == (2, True)
    counting = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert all("LIMIT 3" in sql for sql in counting)
    assert len(counting) == 1


@pytest.mark.parametrize("sought", ["gfmd-2010-rt1-01", "remittances", "COSTS money"])
def test_recommendations_are_found_by_reference_headline_and_words(desk: Desk, sought: str) -> None:
    with writing():
        found = RecommendationFactory(headline_en="Remittances", official_text="Sending money costs too much.")
        RecommendationFactory()
    assert listed(desk, "recommendation", f"?q={sought}") == {found}
    assert Recommendation.objects.count() == 2


def test_entries_of_an_actor_are_found_by_picking_it_as_a_partner_too(desk: Desk) -> None:
    own = FollowUpFactory()
    as_partner = FollowUpFactory(partners=[own.actor])
    FollowUpFactory()
    assert listed(desk, "followup", f"?actor={own.actor_id}") == {own, as_partner}


def picked(desk: Desk, model: str, field: str, term: str) -> list[str]:
    """Return what a picker offers while ``term`` is typed."""
    asked = {"app_label": "tracker", "model_name": model, "field_name": field, "term": term}
    return [row["text"] for row in desk.client.get("/admin/autocomplete/", asked).json()["results"]]


@pytest.fixture
def some_record() -> None:
    """A published recommendation with an entry and a draft of one; a draft recommendation; two actors."""
    utopia = ActorFactory(name_en="Utopia", name_es="Utopía", acronym_en="UTO")
    pension = published_recommendation(
        headline_en="Portable pensions", headline_fr="Des pensions à l’étranger", official_text="Let rights travel."
    )
    published_entry(recommendation=pension, actor=utopia, title="A treaty", body="On *dromedaries*.")
    with writing():
        FollowUpFactory(recommendation=pension, actor=ActorFactory(name_en="Côte d’Or"), title="Échos d’un brouillon")
        RecommendationFactory(headline_en="Cities welcome", official_text="Municipalities should plan.")


RECOMMENDATIONS = {
    "PENSION": ["01"],
    "etranger": ["01"],
    "dromedary": ["01"],
    "utopia": ["01"],
    "municipality": ["02"],
    "munic": ["02"],
    "gfmd-2010-rt1-0": ["01", "02"],
    "RT1-02": ["02"],
    '"rights travel" pensions': ["01"],
    "rights -pensions": [],
    "xyzzy": [],
    "%": [],
    "": ["01", "02"],
}


@pytest.mark.parametrize("typed", RECOMMENDATIONS)
def test_recommendations_are_listed_and_picked_by_words_drafts_too(desk: Desk, some_record: None, typed: str) -> None:
    expected = [f"GFMD-2010-RT1-{number}" for number in RECOMMENDATIONS[typed]]
    found = listed(desk, "recommendation", f"?{urlencode({'q': typed})}")
    assert sorted(row.reference for row in found) == expected
    offered = picked(desk, "followup", "recommendation", typed)
    assert [text.split()[0] for text in offered] == expected


ENTRIES = {
    "treaties": ["A treaty"],
    "dromedaries": ["A treaty"],
    "utopia": ["A treaty"],
    "echo": ["Échos d’un brouillon"],
    "brouill": ["Échos d’un brouillon"],
    "cote d'or": ["Échos d’un brouillon"],
    "GFMD-2010-RT1-01-F1": ["A treaty"],
    "gfmd-2010-rt1-01": ["A treaty", "Échos d’un brouillon"],
    "-treaty": ["Échos d’un brouillon"],
    "xyzzy": [],
}


@pytest.mark.parametrize("typed", ENTRIES)
def test_entries_are_listed_by_words_drafts_too(desk: Desk, some_record: None, typed: str) -> None:
    found = listed(desk, "followup", f"?{urlencode({'q': typed})}")
    assert sorted(entry.title for entry in found) == ENTRIES[typed]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("utopia", ["Utopia"]),
        ("UTOPÍA", ["Utopia"]),
        ("uto", ["Utopia"]),
        ("cote d'", ["Côte d’Or"]),
        ("côte d’o", ["Côte d’Or"]),
        ("or", ["Côte d’Or"]),
        ("xyzzy", []),
    ],
)
def test_actors_are_listed_and_picked_by_names(desk: Desk, some_record: None, typed: str, names: list[str]) -> None:
    assert [str(row) for row in listed(desk, "actor", f"?{urlencode({'q': typed})}")] == names
    assert picked(desk, "followup", "actor", typed) == names


@pytest.mark.parametrize("typed", ['" OR * NEAR( NOT', "a\0b", "x" * 5000, "🙂", "_", "-", "' --", "*"])
def test_anything_may_be_typed(desk: Desk, some_record: None, typed: str) -> None:
    for name in ("recommendation", "followup", "actor"):
        assert desk.open(f"{name}_changelist", query=f"?{urlencode({'q': typed})}").status_code in (200, 302, 400)


@pytest.mark.parametrize(("typed", "number"), [("", 2), ("words", 2), ("wor", 2), ("RT1-03", 1)])
def test_a_picker_offers_the_first_and_who_looks_for_another_types_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, number: int
) -> None:
    monkeypatch.setattr(searching, "MOST", 2)
    with writing():
        for each in (1, 2, 3):
            published_recommendation(number=each, official_text="Some words.")
    offered = [text.split()[0] for text in picked(desk, "followup", "recommendation", typed)]
    assert len(offered) == number
    assert typed != "RT1-03" or offered == ["GFMD-2010-RT1-03"]
    assert typed or offered == ["GFMD-2010-RT1-01", "GFMD-2010-RT1-02"]
