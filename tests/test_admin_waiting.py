"""What waits at the desk: the questions with 0, 1 and 2 answers, and the index, whose numbers lead to as many rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    AssessmentFactory,
    DiaryNoteFactory,
    DocumentImportFactory,
    EditorFactory,
    FollowUpFactory,
    ForumFactory,
    RecommendationFactory,
    ReportFactory,
    ReviewerFactory,
    RoundtableFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.admin import waiting
from tracker.admin.waiting import QUESTIONS
from tracker.models import FollowUp, Recommendation, Roundtable, User
from tracker.progress import today

pytestmark = pytest.mark.django_db

TRANSLATED = {
    "headline_fr": "Chose",
    "headline_es": "Cosa",
    "translation_fr": "Les gouvernements …",
    "translation_es": "Los gobiernos …",
}


@pytest.fixture
def me() -> User:
    return ReviewerFactory()


def settled(**given: Any) -> Recommendation:
    """Return a published recommendation about which nothing waits."""
    return published_recommendation(**TRANSLATED, addressed=[ActorFactory()], **given)


def submitted(by: User) -> FollowUp:
    return actions.submit(FollowUpFactory(recommendation=settled()), by=by)


def returned(author: User) -> FollowUp:
    draft = FollowUpFactory(recommendation=settled(), created_by=author)
    return actions.return_to_author(actions.submit(draft, by=author), by=ReviewerFactory(), reason="Which page?")


def outdated(me: User) -> Recommendation:
    """Return a recommendation with a follow-up of the day after its assessment."""
    entry = published_entry(recommendation=settled())
    reading = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    later = reading.counts_from + dt.timedelta(days=1)
    return published_entry(recommendation=entry.recommendation, occurred_from=later).recommendation


WAITING: dict[str, Callable[[User], object]] = {
    "review": lambda me: submitted(EditorFactory()),
    "returned": returned,
    "drafts": lambda me: FollowUpFactory(recommendation=settled(), created_by=me),
    "evidence": lambda me: ReportFactory(recommendation=settled()),
    "assessment": outdated,
    "responsibility": lambda me: published_recommendation(**TRANSLATED),
    "translation": lambda me: RecommendationFactory(),
    "diary": lambda me: DiaryNoteFactory(return_on=today()),
    "documents": lambda me: DocumentImportFactory(),
}


def numbers(user: User) -> dict[str, int]:
    """Return the numbers on the index of ``user``."""
    page = Desk(user).client.get(reverse("admin:index"))
    return {question.name: int(words.split()[0]) for question, words in page.context["waiting"]}


@pytest.mark.parametrize("name", WAITING)
def test_the_number_on_the_index_is_that_of_the_list_it_leads_to(name: str, me: User) -> None:
    question = next(question for question in QUESTIONS if question.name == name)
    assert numbers(me) == {}
    for number in (1, 2):
        WAITING[name](me)
        assert numbers(me) == {name: number}
        assert Desk(me).client.get(question.list_address).context["cl"].result_count == number


def test_what_others_submitted_leads_to_the_review_of_as_many(me: User) -> None:
    question = next(question for question in QUESTIONS if question.name == "review")
    for number in (1, 2):
        submitted(EditorFactory())
        assert Desk(me).client.get(question.address).context["number"] == number


def test_what_is_not_translated_leads_to_the_list_of_as_many(me: User) -> None:
    question = next(question for question in QUESTIONS if question.name == "translation")
    for number in (1, 2):
        RecommendationFactory()
        assert Desk(me).client.get(question.address).context["page"].paginator.count == number


def test_every_question_is_tested() -> None:
    assert WAITING.keys() == {question.name for question in QUESTIONS}


def test_what_does_not_wait_is_not_counted(me: User) -> None:
    submitted(me)  # somebody else reviews it
    returned(EditorFactory())
    FollowUpFactory(recommendation=settled(), created_by=EditorFactory())
    AssessmentFactory(recommendation=settled())
    entry = published_entry(recommendation=settled())
    published_assessment(recommendation=entry.recommendation, rests_on=[entry])
    RecommendationFactory(**TRANSLATED)
    withdrawn = published_recommendation()
    actions.withdraw_recommendation(withdrawn, by=me, reason="Entered twice.")
    DiaryNoteFactory(return_on=today() + dt.timedelta(days=1))
    DiaryNoteFactory()
    DiaryNoteFactory(return_on=today(), done_by=me, done_at=timezone.now())
    assert numbers(me) == {}


def test_follow_ups_that_nobody_assessed_wait_too(me: User) -> None:
    entry = published_entry(recommendation=settled())
    assert list(Recommendation.objects.newer_than_assessment()) == [entry.recommendation]


@pytest.mark.parametrize("column", TRANSLATED)
def test_one_missing_translation_is_enough(column: str) -> None:
    draft = RecommendationFactory(**{**TRANSLATED, column: ""})
    assert list(Recommendation.objects.untranslated()) == [draft]


def test_words_that_were_french_need_no_french_translation_but_an_english_one() -> None:
    french = {**TRANSLATED, "translation_fr": "", "official_language": "fr"}
    RecommendationFactory(**french, translation_en="Governments should …")
    draft = RecommendationFactory(**french)
    assert list(Recommendation.objects.untranslated()) == [draft]


def test_the_index_leads_to_the_sheet_of_each_roundtable_with_something_to_assess(me: User) -> None:
    settled(roundtable=RoundtableFactory(number=3))
    for number in (1, 2, 2):
        roundtable = Roundtable.objects.filter(number=number).first() or RoundtableFactory(number=number)
        published_entry(recommendation=settled(roundtable=roundtable))
    index = Desk(me).client.get(reverse("admin:index"))
    assert [(part.code, part.to_assess) for part in index.context["sheets"]] == [("RT1", 1), ("RT2", 2)]
    assert "Sheet of 2010 RT2: 2 to assess" in index.content.decode()


def test_an_editor_is_not_asked_to_do_what_only_reviewers_do() -> None:
    editor = EditorFactory()
    submitted(EditorFactory())
    outdated(editor)
    assert numbers(editor) == {}


def test_an_index_without_work_says_so(me: User) -> None:
    page = Desk(me).client.get(reverse("admin:index")).content.decode()
    assert "Nothing waits for you." in page


def test_staff_without_rights_see_an_empty_desk() -> None:
    visitor = EditorFactory(groups=[])
    page = Desk(visitor).client.get(reverse("admin:index"))
    assert (page.status_code, page.context["waiting"], page.context["forums"]) == (200, [], [])
    assert reverse("admin:tracker_followup_add") not in page.content.decode()


@pytest.mark.parametrize("name", ["followup", "recommendation"])
def test_a_question_that_is_none_is_refused(name: str, me: User) -> None:
    answer = Desk(me).open(f"{name}_changelist", query="?waits=everything")
    assert (answer.status_code, answer.url) == (302, f"{reverse(f'admin:tracker_{name}_changelist')}?e=1")


def test_the_index_lists_the_forums_with_their_roundtables(me: User) -> None:
    part = RoundtableFactory()
    page = Desk(me).client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:tracker_roundtable_change", args=[part.pk]) in page
    assert f"{reverse('admin:tracker_followup_add')}?forum={part.forum_id}" in page


def test_the_index_lists_so_many_forums_and_roundtables_as_one_looks_over(
    me: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_FORUMS", 2)
    monkeypatch.setattr(waiting, "MOST_PARTS", 1)
    for year in (2009, 2011, 2010):
        forum = ForumFactory(year=year)
        for number in (2, 1):
            RoundtableFactory(forum=forum, number=number)
    page = Desk(me).client.get(reverse("admin:index"))
    shown = [(forum.year, [part.number for part in forum.parts]) for forum in page.context["forums"]]
    assert shown == [(2011, [1]), (2010, [1])]
    assert f'href="{reverse("admin:tracker_forum_changelist")}">All Forums' in page.content.decode()


def test_what_waits_to_be_assessed_is_listed_newest_forum_first_unless_one_asks_otherwise(me: User) -> None:
    for year in (2009, 2011, 2010):
        published_entry(recommendation=settled(roundtable=RoundtableFactory(forum=ForumFactory(year=year))))
    desk, found = Desk(me), []
    for order in ("", "&o=1"):
        page = desk.open("recommendation_changelist", query=f"?waits=assessment{order}")
        found.append([row.roundtable.forum.year for row in page.context["cl"].result_list])
    assert found == [[2011, 2010, 2009], [2009, 2010, 2011]]


def test_the_index_leads_to_the_newest_sheets(me: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST_SHEETS", 2)
    for year in (2009, 2011, 2010):
        part = RoundtableFactory(forum=ForumFactory(year=year), number=1)
        for _entry in range(2):
            published_entry(recommendation=settled(roundtable=part))
    index = Desk(me).client.get(reverse("admin:index"))
    assert [(part.forum.year, part.to_assess) for part in index.context["sheets"]] == [(2011, 2), (2010, 2)]


def test_the_index_asks_as_much_for_one_as_for_many() -> None:
    found, me = [], ReviewerFactory()
    client: Client = Desk(me).client
    for _round in range(2):
        for make in WAITING.values():
            make(me)
        RoundtableFactory()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("admin:index")).status_code == 200
        found.append(len(queries))
    assert found == [10, 10]
