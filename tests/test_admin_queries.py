"""Every list and form of the desk asks the database the same number of questions for one row and for many."""

from collections.abc import Callable

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    ConclusionFactory,
    DiaryNoteFactory,
    DocumentImportFactory,
    EditorFactory,
    EvidenceFactory,
    FollowUpFactory,
    ForumChairFactory,
    ForumFactory,
    MembershipFactory,
    MilestoneFactory,
    PartnerFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ResponsibilityFactory,
    RoundtableFactory,
    SuperuserFactory,
    ThemeFactory,
    published_recommendation,
)
from tracker.models import FollowUp, Forum, RecordEvent

pytestmark = pytest.mark.django_db


def asked(desk: Desk, name: str, *args: object) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert desk.open(name, *args).status_code == 200
    return len(queries)


def fill(make: Callable[[], object], number: int) -> None:
    for _number in range(number):
        make()


def _entry() -> None:
    recommendation = RecommendationFactory()
    FollowUpFactory(recommendation=recommendation, evidence=0)


LISTS = {
    "forum": (ForumFactory, 6),
    "roundtable": (RoundtableFactory, 7),
    "recommendation": (RecommendationFactory, 7),
    "actor": (ActorFactory, 5),
    "membership": (MembershipFactory, 5),
    "theme": (ThemeFactory, 4),
    "milestone": (MilestoneFactory, 4),
    "referencealias": (ReferenceAliasFactory, 4),
    "followup": (_entry, 5),
    "diarynote": (DiaryNoteFactory, 6),
    "documentimport": (DocumentImportFactory, 4),
    "recordevent": (published_recommendation, 4),
    "auditevent": (published_recommendation, 6),
    "user": (EditorFactory, 6),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_much_for_one_row_as_for_more_than_a_page(name: str) -> None:
    make, number = LISTS[name]
    desk = Desk(SuperuserFactory())
    fill(make, 1)
    one = asked(desk, f"{name}_changelist")
    fill(make, 30 if name in {"recordevent", "auditevent"} else 50)
    assert (one, asked(desk, f"{name}_changelist")) == (number, number)


@pytest.mark.parametrize(("name", "make"), [("followup", _entry), ("recommendation", RecommendationFactory)])
def test_what_sorts_a_list_joins_nothing(name: str, make: Callable[[], object]) -> None:
    """With the tables of a line joined to it, SQLite sorts the whole list instead of reading an index."""
    fill(make, 51)
    with CaptureQueriesContext(connection) as queries:
        Desk(SuperuserFactory()).open(f"{name}_changelist", query="?state__exact=draft")
    (found,) = (query["sql"] for query in queries if " LIMIT 50" in query["sql"])
    keys = found.partition(' IN (SELECT U0."id" AS "pk" ')[2].partition(")")[0]
    assert keys.startswith(f'FROM "tracker_{name}" U0 WHERE U0."state" = ')
    assert " JOIN " not in keys


def recommendation_page(rows: int) -> tuple[str, int]:
    recommendation = published_recommendation()
    fill(lambda: ResponsibilityFactory(recommendation=recommendation), rows)
    fill(lambda: FollowUpFactory(recommendation=recommendation), rows)
    return "recommendation", recommendation.pk


def entry_page(rows: int) -> tuple[str, int]:
    entry = FollowUpFactory(evidence=0)
    fill(lambda: PartnerFactory(entry=entry), rows)
    fill(lambda: EvidenceFactory(entry=entry), rows)
    return "followup", entry.pk


def actor_page(rows: int) -> tuple[str, int]:
    collective = CollectiveFactory()
    fill(lambda: MembershipFactory(collective=collective), rows)
    fill(lambda: MembershipFactory(member=collective), rows)
    return "actor", collective.pk


def forum_page(rows: int) -> tuple[str, int]:
    forum = ForumFactory()
    fill(lambda: ForumChairFactory(forum=forum), rows)
    fill(lambda: RoundtableFactory(forum=forum), rows)
    fill(lambda: ConclusionFactory(forum=forum, tracked_as=RecommendationFactory()), rows)
    return "forum", forum.pk


def roundtable_page(rows: int) -> tuple[str, int]:
    roundtable = RoundtableFactory()
    fill(lambda: RecommendationFactory(roundtable=roundtable), rows)
    return "roundtable", roundtable.pk


FORMS = {recommendation_page: 12, entry_page: 6, actor_page: 8, forum_page: 15, roundtable_page: 7}


@pytest.mark.parametrize("made", FORMS)
def test_a_form_asks_as_much_for_one_row_as_for_many(made: Callable[[int], tuple[str, int]]) -> None:
    desk = Desk(SuperuserFactory())
    found = []
    for rows in (1, 12):
        name, key = made(rows)
        found.append(asked(desk, f"{name}_change", key))
    assert found == [FORMS[made]] * 2


def test_a_collective_of_hundreds_has_a_list_instead_of_rows() -> None:
    collective = CollectiveFactory()
    fill(lambda: MembershipFactory(collective=collective), 101)
    page = Desk(SuperuserFactory()).open("actor_change", collective.pk)
    assert [inline.opts.__class__.__name__ for inline in page.context["inline_admin_formsets"]] == ["SeatRows"]
    assert "101 members" in page.content.decode()


def test_the_assessment_asks_as_much_for_one_entry_as_for_many() -> None:
    desk, found = Desk(SuperuserFactory()), []
    for rows in (1, 12):
        recommendation = published_recommendation()
        for _row in range(rows):
            FollowUpFactory(recommendation=recommendation)
        found.append(asked(desk, "recommendation_assess", recommendation.pk))
    assert found == [4, 4]
    assert (Forum.objects.count(), FollowUp.objects.count(), RecordEvent.objects.count()) == (1, 13, 3)
