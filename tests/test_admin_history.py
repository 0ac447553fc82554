"""What happened to what is not the record: every version, old and new side by side, rows included, escaped."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    CollectiveFactory,
    EditorFactory,
    ForumChairFactory,
    ForumFactory,
    MembershipFactory,
    MilestoneFactory,
    RecommendationFactory,
    RoundtableFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    published_recommendation,
)
from tracker.admin.history import MOST_WORDS, PER_PAGE, Change, Piece, compared
from tracker.models import Responsibility

pytestmark = pytest.mark.django_db


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def told(change: Change) -> tuple[str, str, str]:
    return change.label, text(change.old), text(change.new)


def history(desk: Desk, name: str, key: int) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Return who did what to which row, with what differs, the newest first."""
    page: Any = desk.open(f"{name}_history", key)
    return [
        (version.who, version.kind, version.row, [told(change) for change in version.changes])
        for version in page.context["history"].versions
    ]


CHANGED: dict[str, tuple[Callable[[], Any], str, str, str]] = {
    "forum": (ForumFactory, "host_city", "Host city", "Geneva"),
    "roundtable": (RoundtableFactory, "title_fr", "Title (français)", "Partenariats"),
    "recommendation": (RecommendationFactory, "headline_en", "Headline (English)", "Another headline"),
    "actor": (ActorFactory, "acronym_es", "Acronym (español)", "OIM"),
    "theme": (ThemeFactory, "name_en", "Name (English)", "Another name"),
    "milestone": (MilestoneFactory, "title_en", "Title (English)", "Another title"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_each_object_says_who_changed_what(name: str) -> None:
    make, field, label, new = CHANGED[name]
    subject, desk = make(), Desk(AdministratorFactory())
    old = getattr(subject, field)
    assert desk.fill(f"{name}_change", subject.pk, **{field: new}).status_code == 302
    newest, first = history(desk, name, subject.pk)
    assert newest == (desk.user.username, "~", "", [(label, old, new)])
    assert first == ("–", "+", "", [])


def test_the_words_of_a_published_recommendation_are_not_among_what_staff_edit() -> None:
    recommendation, desk = published_recommendation(), Desk(EditorFactory())
    desk.fill("recommendation_change", recommendation.pk, internal_note="Ask Mexico", nature="finding")
    who, kind, _row, changes = history(desk, "recommendation", recommendation.pk)[0]
    assert (who, kind) == (desk.user.username, "~")
    assert changes == [("Nature", "Request", "Finding"), ("Internal note", "", "Ask Mexico")]


def test_themes_are_named() -> None:
    gender, return_ = ThemeFactory(name_en="Gender"), ThemeFactory(name_en="Return")
    recommendation, desk = RecommendationFactory(themes=[gender]), Desk(EditorFactory())
    desk.fill("recommendation_change", recommendation.pk, themes=[return_.pk])
    newest, before, *_others = [version[3] for version in history(desk, "recommendation", recommendation.pk)]
    assert (newest, before) == ([("Themes", "", "Return")], [("Themes", "Gender", "")])


def test_rows_are_told_with_their_names() -> None:
    chair, member = ActorFactory(name_en="Mexico"), ActorFactory(name_en="Chile")
    forum, collective, desk = ForumFactory(), CollectiveFactory(name_en="Friends"), Desk(EditorFactory())
    row = {"chair_rows-TOTAL_FORMS": "1", "chair_rows-0-actor": chair.pk, "chair_rows-0-position": "1"}
    assert desk.fill("forum_change", forum.pk, **row, **{"chair_rows-0-forum": forum.pk}).status_code == 302
    added = history(desk, "forum", forum.pk)[0]
    assert added[:3] == (desk.user.username, "+", "Chair Mexico")
    assert ("Chair", "", "Mexico") in added[3]
    seat = MembershipFactory(collective=collective, member=member)
    assert desk.fill("actor_change", member.pk, **{"seats-0-since_year": "2010"}).status_code == 302
    expected = (desk.user.username, "~", "Membership Chile (Friends)", [("Since (year)", "", "2010")])
    assert history(desk, "actor", member.pk)[0] == expected
    assert history(desk, "actor", collective.pk)[0] == expected
    desk.fill("actor_change", member.pk, **{"seats-0-DELETE": "on"})
    removed = history(desk, "actor", collective.pk)[0]
    assert removed[:3] == (desk.user.username, "-", "Membership Chile (Friends)")
    assert ("Since (year)", "2010", "") in removed[3]
    assert seat.history.count() == 3


def test_what_a_row_named_may_be_gone() -> None:
    actor, recommendation, desk = ActorFactory(), RecommendationFactory(), Desk(EditorFactory())
    key = actor.pk
    Responsibility.objects.create(recommendation=recommendation, actor=actor)
    Responsibility.objects.all().delete()
    actor.delete()
    removed = history(desk, "recommendation", recommendation.pk)[0]
    assert removed[2].startswith("Responsibility ")
    assert removed[3] == [("Actor", f"#{key}", ""), ("Addressed", "Addressed by the text", "")]


def test_the_history_of_what_was_deleted_stays() -> None:
    theme, desk = ThemeFactory(name_en="Gender"), Desk(SuperuserFactory())
    key = theme.pk
    desk.client.post(desk.address("theme_delete", key), {"post": "yes"})
    assert [version[:2] for version in history(desk, "theme", key)] == [(desk.user.username, "-"), ("–", "+")]
    for nothing in (key + 1, "abc", "9" * 30):
        assert desk.open("theme_history", nothing).status_code == 404


@pytest.mark.parametrize("name", CHANGED)
def test_old_and_new_are_escaped(name: str) -> None:
    make, field, _label, _new = CHANGED[name]
    subject, desk = make(), Desk(AdministratorFactory())
    for words in ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'):
        assert desk.fill(f"{name}_change", subject.pk, **{field: words}).status_code == 302
    page = desk.open(f"{name}_history", subject.pk).content.decode()
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "<script>alert" not in page
    assert "<img" not in page


def test_nobody_without_rights_reads_it() -> None:
    theme, stranger = ThemeFactory(), Desk(UserFactory(is_staff=True))
    assert stranger.open("theme_history", theme.pk).status_code == 403
    assert Client().get(stranger.address("theme_history", theme.pk)).status_code == 302


def test_pages_hold_so_many_versions() -> None:
    theme, desk = ThemeFactory(), Desk(EditorFactory())
    for number in range(PER_PAGE + 1):
        theme.name_fr = f"Thème {number}"
        theme.save()
    assert len(history(desk, "theme", theme.pk)) == PER_PAGE
    last = desk.open("theme_history", theme.pk, query="?p=2").context["history"]
    assert [version.kind for version in last.versions] == ["~", "+"]
    assert desk.open("theme_history", theme.pk, query="?p=nonsense").status_code == 200


def test_it_asks_as_much_for_one_change_as_for_many() -> None:
    desk, found = Desk(SuperuserFactory()), []
    for rows in (1, 12):
        forum = ForumFactory()
        for _row in range(rows):
            ForumChairFactory(forum=forum)
            forum.save()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            assert desk.open("forum_history", forum.pk).status_code == 200
        found.append(len(queries))
    assert found == [10, 10]


class TestComparing:
    def test_words_that_differ_are_marked(self) -> None:
        old, new = compared("Governments should act now", "Governments must act")
        assert [(piece.text, piece.differs) for piece in old] == [
            ("Governments ", False),
            ("should act now", True),
        ]
        assert text(new) == "Governments must act"

    @pytest.mark.parametrize("words", ["", "one", "one  two\n\nthree ", "  lead"])
    def test_nothing_is_lost(self, words: str) -> None:
        for other in ("", "one", "two"):
            old, new = compared(words, other)
            assert (text(old), text(new)) == (words, other)

    def test_very_long_texts_are_shown_whole(self) -> None:
        long = "word " * MOST_WORDS
        assert compared(long, "x") == ([Piece(long, False)], [Piece("x", False)])
