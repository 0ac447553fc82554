"""What each filter keeps, what a bad value says, and how the form and the chips tell it back."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import factories
from tracker.filters import PARAMETERS, Options, RecommendationFilter, chips, counts, fields
from tracker.filters.options import MOST_LISTED
from tracker.models import Actor, FollowUp, Forum, Nature, Recommendation, Roundtable, Status

pytestmark = pytest.mark.django_db


def asked(query: str) -> RecommendationFilter:
    return RecommendationFilter.asked(QueryDict(query))


def kept(query: str) -> list[str]:
    """Return the short references that a query keeps."""
    chosen = asked(query)
    assert chosen.refusal() is None
    return [one.short_reference for one in chosen.sorted(chosen.qs, 0)]


@pytest.fixture
def record() -> None:
    """Two Forums; RT1-01 and RT1-02 and FUT-01 of 2010, RT1-01 of 2011; a draft that nothing may show."""
    forum = factories.usual_forum()
    table = factories.usual_roundtable()
    factories.published_recommendation(roundtable=table, nature=Nature.PRINCIPLE)
    factories.published_recommendation(roundtable=table)
    factories.published_recommendation(roundtable=factories.ClosingPartFactory(forum=forum))
    later = factories.RoundtableFactory(forum=factories.ForumFactory(year=2011))
    factories.published_recommendation(roundtable=later)
    factories.RecommendationFactory(roundtable=table)


def of(reference: str) -> Recommendation:
    return Recommendation.objects.get(reference=reference)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", ["RT1-01", "RT1-01", "RT1-02", "FUT-01"]),
        ("forum=2010", ["RT1-01", "RT1-02", "FUT-01"]),
        ("forum=2010&forum=2011", ["RT1-01", "RT1-01", "RT1-02", "FUT-01"]),
        ("roundtable=2010-RT1", ["RT1-01", "RT1-02"]),
        ("roundtable=2010-FUT&roundtable=2011-RT1", ["RT1-01", "FUT-01"]),
        ("forum=2011&roundtable=2010-RT1", []),
        ("track=closing", ["FUT-01"]),
        ("track=roundtables", ["RT1-01", "RT1-01", "RT1-02"]),
        ("track=roundtables&track=closing", ["RT1-01", "RT1-01", "RT1-02", "FUT-01"]),
        ("nature=principle", ["RT1-01"]),
        ("nature=principle&forum=", ["RT1-01"]),
        ("status=no_information", ["RT1-01", "RT1-01", "RT1-02", "FUT-01"]),
        ("status=implemented", []),
    ],
)
def test_filters_of_the_recommendation_itself(query, references):
    assert kept(query) == references


@pytest.mark.usefixtures("record")
def test_status_and_standing():
    entry = factories.published_entry(recommendation=of("GFMD-2010-RT1-02"))
    factories.published_assessment(
        recommendation=entry.recommendation,
        status=Status.IMPLEMENTED,
        rests_on=[entry],
        occurred_from=entry.counts_from,
    )
    assert kept("status=implemented") == ["RT1-02"]
    assert kept("status=implemented&status=in_progress&standing=provisional") == ["RT1-02"]
    assert kept("standing=confirmed") == []


@pytest.mark.usefixtures("record")
def test_an_actor_is_found_where_it_is_addressed_or_acted_or_took_part():
    body = factories.ActorFactory(slug="body")
    factories.ResponsibilityFactory(recommendation=of("GFMD-2010-RT1-01"), actor=body)
    factories.published_entry(recommendation=of("GFMD-2010-RT1-02"), actor=body)
    factories.published_entry(recommendation=of("GFMD-2010-FUT-01"), partners=[body])
    retracted = factories.FollowUpFactory(recommendation=of("GFMD-2011-RT1-01"), actor=body)
    assert retracted.state == FollowUp.State.DRAFT
    assert kept("actor=body") == ["RT1-01", "RT1-02", "FUT-01"]


@pytest.mark.usefixtures("record")
def test_a_collective_includes_its_members_and_theirs_but_not_the_other_way_round():
    member = factories.ActorFactory(slug="member")
    group = factories.CollectiveFactory(slug="group", members=[member])
    factories.CollectiveFactory(slug="all", members=[group])
    factories.ResponsibilityFactory(recommendation=of("GFMD-2010-RT1-01"), actor=group)
    factories.published_entry(recommendation=of("GFMD-2010-RT1-02"), actor=member)
    assert kept("actor=all") == ["RT1-01", "RT1-02"]
    assert kept("actor=group") == ["RT1-01", "RT1-02"]
    assert kept("actor=member") == ["RT1-02"]


@pytest.mark.usefixtures("record")
def test_kind_theme_relation_and_dates():
    first, second = of("GFMD-2010-RT1-01"), of("GFMD-2010-RT1-02")
    factories.ResponsibilityFactory(recommendation=first, actor=factories.ActorFactory(kind=Actor.Kind.CIVIL_SOCIETY))
    second.themes.add(factories.ThemeFactory(slug="return"))
    factories.published_entry(
        recommendation=first,
        relation=FollowUp.Relation.REFERS_TO_FORUM,
        occurred_from=dt.date(2013, 10, 4),
    )
    assert kept("kind=civil_society") == ["RT1-01"]
    assert kept("kind=civil_society&kind=government") == ["RT1-01"]
    assert kept("theme=return") == ["RT1-02"]
    assert kept("relation=refers_to_forum") == ["RT1-01"]
    assert kept("relation=same_subject") == []
    assert kept("last_followup_since=2013-10-04") == ["RT1-01"]
    assert kept("last_followup_before=2013-10-04") == []
    assert kept("last_followup_before=2013-10-05&last_followup_since=2013-10-04") == ["RT1-01"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "name", "value", "allowed"),
    [
        (
            "status=done",
            "status",
            "done",
            "implemented, partially_implemented, in_progress, ongoing, superseded, not_pursued, no_information",
        ),
        ("status=not_started", "status", "not_started", None),
        ("status=implemented&status=x&status=y", "status", "x, y", None),
        ("track=both", "track", "both", "roundtables, closing"),
        ("standing=sure", "standing", "sure", "provisional, confirmed"),
        ("nature=wish", "nature", "wish", "request, principle, finding, undertaking"),
        ("relation=x", "relation", "x", "refers_to_forum, same_subject, none"),
        ("forum=1999", "forum", "1999", "the year of a Forum, as in 2010"),
        ("roundtable=RT1", "roundtable", "RT1", "year and code of a roundtable, as in 2010-RT1"),
        (
            "actor=nobody",
            "actor",
            "nobody",
            "the name or acronym of an actor, or the short name that ends the address of its page",
        ),
        ("theme=x", "theme", "x", "the short name of a theme, as in human-rights"),
        ("last_followup_before=2013", "last_followup_before", "2013", "a date, as in 2013-10-04"),
        ("last_followup_since=2013-13-01", "last_followup_since", "2013-13-01", "a date, as in 2013-10-04"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(query, name, value, allowed):
    refusal = asked(query).refusal()
    assert refusal is not None
    assert refusal[:2] == (name, value)
    assert allowed is None or refusal[2] == allowed


@pytest.mark.usefixtures("record")
def test_chips_say_what_is_active_and_lead_away_from_it():
    shown = chips(asked("status=implemented&forum=2010&sort=status&status=ongoing&last_followup_since=2013-10-04"))
    assert [(chip.label, chip.value, chip.without) for chip in shown] == [
        ("Forum", "City 2010 2010", "last_followup_since=2013-10-04&sort=status&status=implemented&status=ongoing"),
        ("Status", "Implemented", "forum=2010&last_followup_since=2013-10-04&sort=status&status=ongoing"),
        ("Status", "Continuing", "forum=2010&last_followup_since=2013-10-04&sort=status&status=implemented"),
        ("Last follow-up since", "4 October 2013", "forum=2010&sort=status&status=implemented&status=ongoing"),
    ]


@pytest.mark.usefixtures("record")
def test_the_form_keeps_what_was_chosen():
    chosen = asked("status=ongoing&forum=2011&forum=2010")
    shown = {field.name: field for field in fields(chosen, counts(chosen))}
    assert list(shown) == list(PARAMETERS)
    assert [option.value for option in shown["status"].options if option.chosen] == ["ongoing"]
    assert [option.value for option in shown["forum"].options if option.chosen] == ["2011"]
    assert shown["forum"].more == ("2010",)


def test_options_are_read_in_one_query(django_assert_num_queries):
    for year in range(2010, 2020):
        factories.ClosingPartFactory(forum=factories.ForumFactory(year=year))
        factories.RoundtableFactory(forum=Forum.objects.get(year=year))
    factories.MilestoneFactory(slug="later", date=dt.date(2016, 1, 1))
    factories.MilestoneFactory(slug="earlier", date=dt.date(2011, 1, 1))
    factories.ActorFactory(slug="zambia", name_en="Zambia")
    factories.ActorFactory(slug="etats-unis", name_en="États-Unis")
    factories.ThemeFactory(slug="return")
    with django_assert_num_queries(1):
        options = Options.on_record(QueryDict())
    assert options.forum[0] == ("2019", "City 2019 2019")
    assert options.roundtable[:2] == [
        ("2019-RT1", "2019 RT1: Subject of RT1"),
        ("2019-FUT", "2019 FUT: The future of the Forum and the agenda"),
    ]
    assert options.actor == [("etats-unis", "États-Unis"), ("zambia", "Zambia")]
    assert options.theme == [("return", "Return")]
    assert [slug for slug, _title, _day in options.milestones] == ["earlier", "later"]


def test_too_many_to_list_leave_what_is_chosen_and_the_collectives():
    kind = Actor.Kind.GOVERNMENT
    Actor.objects.bulk_create(
        Actor(slug=f"a{n}", key=f"a{n}", name_en=f"A {n}", kind=kind) for n in range(MOST_LISTED + 1)
    )
    factories.CollectiveFactory(slug="all", name_en="All")
    assert Options.on_record(QueryDict("actor=a7&actor=a3")).actor == [("a3", "A 3"), ("a7", "A 7"), ("all", "All")]
    forum = factories.ForumFactory(year=2010)
    Roundtable.objects.bulk_create(
        Roundtable(forum=forum, code=f"RT{n}", number=n, title_en="It") for n in range(1, MOST_LISTED + 2)
    )
    assert Options.on_record(QueryDict()).roundtable == []
    assert len(Options.on_record(QueryDict("forum=2010")).roundtable) == MOST_LISTED + 1
    assert Options.on_record(QueryDict("forum=2011&roundtable=x&roundtable=２０１０-RT1")).roundtable == []
