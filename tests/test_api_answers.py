"""What the API tells: every list and every thing in it, the keys of their shapes and of the models, and no more."""

import datetime as dt
from typing import Any, get_type_hints

import pytest
from django.db.models import Field, Model
from django.test import Client

from tests import factories
from tracker import actions
from tracker.api import shapes
from tracker.api.urls import RESOURCES
from tracker.models import (
    Actor,
    Conclusion,
    Evidence,
    FollowUp,
    Forum,
    ForumFigure,
    ForumSource,
    Membership,
    Milestone,
    Recommendation,
    RecordEvent,
    Responsibility,
    Roundtable,
    Status,
    Theme,
    User,
)
from tracker.record.canonical import event_digest

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def asked(path: str, **query: Any) -> Any:
    """Return what the API answers."""
    answer = Client().get(f"{API}{path}", query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json"), answer.content
    return answer.json()


@pytest.fixture
def entry() -> FollowUp:
    """An entry by an actor of a collective, on a recommendation that reiterates one; an assessment rests on it."""
    mexico = factories.ActorFactory(slug="mexico")
    factories.CollectiveFactory(slug="governments", members=[mexico])
    factories.ConclusionFactory()
    factories.ForumFigureFactory()
    factories.ForumSourceFactory()
    earlier, one = (
        factories.published_recommendation(),
        factories.published_recommendation(
            themes=[factories.ThemeFactory(slug="gender", name_fr="Genre")], addressed=[mexico], headline_fr="Titre"
        ),
    )
    factories.ReiterationFactory(later=one, earlier=earlier)
    factories.MilestoneFactory(slug="hld", date=dt.date(2013, 10, 4))
    found = factories.published_entry(
        recommendation=one,
        actor=mexico,
        partners=[factories.ActorFactory(slug="iom")],
        occurred_from=dt.date(2012, 5, 1),
        title="A law",
    )
    factories.EntryTranslationFactory(entry=found, language="fr", title="Une loi", body="Un texte.")
    factories.published_assessment(
        recommendation=one,
        rests_on=[found],
        status=Status.IN_PROGRESS,
        remaining="All other countries.",
        occurred_from=dt.date(2012, 6, 1),
    )
    return found


EXAMPLES = {
    "forums": "2010",
    "roundtables": "2010-RT1",
    "recommendations": "GFMD-2010-RT1-02",
    "entries": "GFMD-2010-RT1-02-F1",
    "actors": "mexico",
    "themes": "gender",
    "milestones": "hld",
    "events": "1",
}


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_thing_is_told_in_its_list_as_by_itself(name: str) -> None:
    one = asked(f"{name}/{EXAMPLES[name]}/")
    assert one in asked(f"{name}/")["results"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_links_of_a_thing_lead_to_it_and_to_its_page(name: str) -> None:
    one = asked(f"{name}/{EXAMPLES[name]}/")
    if name == "events":
        assert "url" not in one
        return
    assert one["url"] == f"http://testserver{API}{name}/{EXAMPLES[name]}/"
    assert Client().get(one["html"], follow=True).status_code == 200
    assert asked(f"{name}/{EXAMPLES[name]}/", language="fr")["html"].startswith("http://testserver/fr/")


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("resource", RESOURCES)
def test_the_keys_are_those_of_the_shape_in_its_order(resource: Any) -> None:
    one = asked(f"{resource.name}/{EXAMPLES[resource.name]}/")
    assert list(one) == list(get_type_hints(resource.shape))


def test_a_recommendation(entry: FollowUp) -> None:
    one = asked("recommendations/GFMD-2010-RT1-02/")
    assert one["headline"] == {"en": "Thing 2 of RT1", "fr": "Titre", "es": None}
    assert (one["forum"], one["roundtable"], one["number"]) == (2010, "2010-RT1", 2)
    assert one["themes"] == ["gender"]
    assert one["responsibilities"] == [{"actor": "mexico", "addressed": "explicit"}]
    assert (one["reiterates"], one["reiterated_by"]) == (["GFMD-2010-RT1-01"], [])
    assert (one["status"], one["standing"], one["verdict"]) == ("in_progress", "provisional", "GFMD-2010-RT1-02-A1")
    assert one["remaining"] == {"en": "All other countries.", "fr": None, "es": None}
    assert (one["last_followup_on"], one["followup_count"]) == ("2012-05-01", 1)


def test_a_recommendation_as_of_a_day(entry: FollowUp) -> None:
    keys = ("status", "standing", "status_since", "verdict", "remaining", "last_followup_on", "followup_count")
    nothing = {"en": None, "fr": None, "es": None}
    then = {"2012-04-30": ["no_information", None, None, None, nothing, None, 0]}
    then["2012-05-31"] = ["no_information", None, None, None, nothing, "2012-05-01", 1]
    remaining = {"en": "All other countries.", "fr": None, "es": None}
    now = ["in_progress", "provisional", "2012-06-01", "GFMD-2010-RT1-02-A1", remaining, "2012-05-01", 1]
    for day, expected in {**then, "hld": now, "2013-10-04": now}.items():
        one = asked("recommendations/GFMD-2010-RT1-02/", as_of=day)
        assert [one[key] for key in keys] == expected, day
        assert one in asked("recommendations/", as_of=day)["results"]


def test_an_entry(entry: FollowUp) -> None:
    one = asked("entries/GFMD-2010-RT1-02-F1/")
    assert one["title"] == {"en": "A law", "fr": "Une loi", "es": None}
    assert (one["actor"], one["partners"], one["status"]) == ("mexico", ["iom"], None)
    assert one["evidence"][0]["citation"]
    assert asked("entries/GFMD-2010-RT1-02-A1/")["rests_on"] == ["GFMD-2010-RT1-02-F1"]


def test_a_correction_and_what_it_corrects_name_each_other(entry: FollowUp) -> None:
    reviewer = factories.ReviewerFactory()
    new = actions.start_correction(entry, by=reviewer)
    assert asked(f"entries/{entry.reference}/")["replaced_by"] is None, "a draft is nobody's business"
    actions.correct(entry, by=reviewer, replacement=new, reason="Misread.")
    new.refresh_from_db()
    assert asked(f"entries/{entry.reference}/")["replaced_by"] == new.reference
    assert asked(f"entries/{new.reference}/")["replaces"] == entry.reference


def test_what_was_withheld_has_no_content(entry: FollowUp) -> None:
    other = factories.published_entry(recommendation=entry.recommendation, title="Gone", body="Secret")
    actions.withhold(other, by=factories.AdministratorFactory(), reason="A court order")
    one = asked(f"entries/{other.reference}/")
    assert (one["state"], one["withholding_reason"], one["evidence"]) == ("withheld", "A court order", [])
    assert one["title"] == one["body"] == {"en": None, "fr": None, "es": None}


def test_a_withdrawn_recommendation_is_told_by_itself_and_in_no_list(entry: FollowUp) -> None:
    gone = factories.published_recommendation()
    actions.withdraw_recommendation(gone, by=factories.AdministratorFactory(), reason="Twice.")
    one = asked(f"recommendations/{gone.reference}/")
    assert (one["state"], one["withdrawal_reason"]) == ("withdrawn", "Twice.")
    assert gone.reference not in [row["reference"] for row in asked("recommendations/")["results"]]


def test_an_event_has_the_nine_fields_and_they_verify(entry: FollowUp) -> None:
    events = asked("events/")["results"]
    assert len(events) == RecordEvent.objects.count()
    for before, event in zip([None, *events], events, strict=False):
        assert list(event) == (
            ["sequence", "kind", "subject", "at", "previous", "salt", "payload", "content_digest", "digest"]
        )
        facts = {name: event[name] for name in ("sequence", "kind", "subject", "previous")}
        at = dt.datetime.fromisoformat(event["at"])
        assert event_digest(**facts, at=at, content=event["content_digest"]) == event["digest"]
        assert before is None or before["digest"] == event["previous"]


def test_the_index_leads_everywhere(entry: FollowUp) -> None:
    found = asked("")
    assert found["record"]["sequence"] == RecordEvent.objects.count()
    assert set(found["links"]) == {*EXAMPLES, "progress", "schema", "docs"}
    for name, address in found["links"].items():
        assert Client().get(address, {"forum": "2010"} if name == "progress" else {}).status_code == 200


# What of each model stays out, beside keys and what belongs to the desk. Everything else has to be told.
DESK = {"id", "version", "internal_note", "created_at", "submitted_at", "returned_at", "return_reason"}
NOT_TOLD: dict[type[Model], set[str]] = {
    Forum: set(),
    ForumFigure: {"forum", "position"},
    ForumSource: {"forum"},
    Conclusion: {"forum"},
    Roundtable: set(),
    Recommendation: {"place", "forum_year", "status_place"},  # by which lists are sorted
    Responsibility: {"recommendation"},
    FollowUp: {"number", "precedence", "before_forum_confirmed", "waiver_reason"},  # they follow, or are the desk's
    Evidence: {"entry", "position", "file_name"},  # a sender's name for a file may name a person
    Actor: {"sort", "groups_follow_ups"},  # how pages sort and group
    Membership: {"member", "collective"},
    Theme: set(),
    Milestone: set(),
    RecordEvent: set(),
}
SHAPES: dict[type[Model], Any] = {
    Forum: shapes.ForumShape,
    ForumFigure: shapes.FigureShape,
    ForumSource: shapes.SourceShape,
    Conclusion: shapes.ConclusionShape,
    Roundtable: shapes.RoundtableShape,
    Recommendation: shapes.RecommendationShape,
    Responsibility: shapes.ResponsibilityShape,
    FollowUp: shapes.EntryShape,
    Evidence: shapes.EvidenceShape,
    Actor: shapes.ActorShape,
    Membership: shapes.SeatShape,
    Theme: shapes.ThemeShape,
    Milestone: shapes.MilestoneShape,
    RecordEvent: shapes.EventShape,
}
OWN = {
    *("url", "html", "roundtable", "track", "forum", "actor"),  # names and addresses
    *("chairs", "contributors", "roundtables", "reported_themes", "figures", "sources", "conclusions"),
    *("themes", "responsibilities", "reiterates", "reiterated_by", "remaining"),
    *("partners", "rests_on", "replaced_by", "evidence", "collectives"),
}
"""Keys that are no column of the row: addresses, and what other rows say."""


def column_names(model: type[Model]) -> set[str]:
    """Return the columns of a model, a text in three languages as one, without people and the desk's own."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, Field)]
    public = [field.name for field in fields if field.related_model is not User and field.name not in DESK]
    translated = {name[:-3] for name in public if name.endswith("_en")}
    return {name[:-3] if name[:-3] in translated else name for name in public}


@pytest.mark.parametrize("model", SHAPES)
def test_every_column_is_told_or_is_known_to_stay_out(model: type[Model]) -> None:
    keys = set(get_type_hints(SHAPES[model]))
    columns = column_names(model)
    assert columns - keys == NOT_TOLD[model]
    assert keys - columns <= OWN


def test_no_shape_names_people_or_notes() -> None:
    told = [shape for shape in vars(shapes).values() if hasattr(shape, "__required_keys__")]
    every = {name for shape in told for name in get_type_hints(shape)}
    assert {name for name in every if name.endswith("_by")} == {"succeeded_by", "reiterated_by", "replaced_by"}
    assert every & {"internal_note", "user", "username", "version"} == set()
