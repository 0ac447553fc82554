"""The counts that are kept follow whatever is written, and by whatever way."""

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    FollowUpFactory,
    ForumFactory,
    PartnerFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import DayCount, EntryCount, Recommendation, Responsibility, Roundtable, StatusCount
from tracker.record.counting import miscounted, recount

pytestmark = pytest.mark.django_db

CLOSES = dt.date(2010, 11, 11)


def of_all() -> list[tuple[str, str, str, int]]:
    return sorted(StatusCount.objects.of_all())


def test_a_published_recommendation_counts_in_every_scope() -> None:
    theme, actor = ThemeFactory(), ActorFactory()
    recommendation = published_recommendation()
    recommendation.themes.add(theme)
    Responsibility.objects.create(recommendation=recommendation, actor=actor)
    one = [("roundtable", "no_information", "", 1)]
    assert of_all() == list(StatusCount.objects.of_theme(theme.pk)) == one
    assert set(StatusCount.objects.addressing([actor.pk])) == {(actor.pk, *one[0]), (0, *one[0])}
    forum = recommendation.roundtable.forum_id
    assert set(StatusCount.objects.of_forums([forum])) == {(forum, *one[0]), (0, *one[0])}


def test_a_reading_moves_it_from_one_status_to_another() -> None:
    recommendation = published_recommendation()
    published_assessment(recommendation=recommendation, status="in_progress")
    assert of_all() == [("roundtable", "in_progress", "provisional", 1)]


def test_the_changes_of_a_day_are_added_up() -> None:
    recommendation = published_recommendation()
    published_assessment(recommendation=recommendation, status="in_progress", occurred_from=CLOSES + dt.timedelta(9))
    assert list(DayCount.objects.until(CLOSES - dt.timedelta(1))) == []
    assert list(DayCount.objects.until(CLOSES)) == [("roundtable", "no_information", "", 1)]
    assert list(DayCount.objects.until(CLOSES + dt.timedelta(9))) == [("roundtable", "in_progress", "provisional", 1)]


def test_entries_are_counted_by_who_acted_and_took_part() -> None:
    entry = published_entry()
    assert EntryCount.objects.in_numbers(entry.actor_id) == {
        "total": 1,
        "referring": int(entry.relation == "refers_to_forum"),
        "reported": 0,
        "as_partner": 0,
    }
    assert EntryCount.objects.by_actor([entry.actor_id]) == {entry.actor_id: 1}
    actions.retract(entry, by=AdministratorFactory(), reason="Wrong.")
    assert EntryCount.objects.by_actor([entry.actor_id]) == {}


def test_a_partner_is_counted_second() -> None:
    entry = FollowUpFactory()
    partner = PartnerFactory(entry=entry).actor
    actions.publish(entry, by=AdministratorFactory())
    assert EntryCount.objects.in_numbers(partner.pk)["as_partner"] == 1
    assert EntryCount.objects.in_numbers(entry.actor_id)["as_partner"] == 0
    assert list(miscounted()) == []


def withdraw(recommendation: Recommendation) -> None:
    actions.withdraw_recommendation(recommendation, by=AdministratorFactory(), reason="Entered twice.")


def drop_a_theme(recommendation: Recommendation) -> None:
    recommendation.themes.clear()


def drop_who_is_asked(recommendation: Recommendation) -> None:
    recommendation.responsibilities.all().delete()


def ask_another(recommendation: Recommendation) -> None:
    recommendation.responsibilities.update(actor=ActorFactory())


def make_it_the_closing_part(recommendation: Recommendation) -> None:
    Roundtable.objects.filter(pk=recommendation.roundtable_id).update(kind="closing", number=None)


def move_the_roundtable(recommendation: Recommendation) -> None:
    Roundtable.objects.filter(pk=recommendation.roundtable_id).update(forum=ForumFactory(year=2013), code="RT9")


def read_it_by_hand(recommendation: Recommendation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_recommendation SET status = 'implemented' WHERE id = %s", [recommendation.pk])


@pytest.mark.parametrize(
    "change",
    [
        *(withdraw, drop_a_theme, drop_who_is_asked, ask_another),
        *(make_it_the_closing_part, move_the_roundtable, read_it_by_hand),
    ],
)
def test_whatever_changes_is_counted(change: Callable[[Recommendation], None]) -> None:
    recommendation, other = published_recommendation(), published_recommendation()
    for one in (recommendation, other):
        one.themes.set([ThemeFactory(), ThemeFactory()])
        Responsibility.objects.create(recommendation=one, actor=ActorFactory())
    before = of_all_scopes()
    change(recommendation)
    assert list(miscounted()) == []
    assert of_all_scopes() != before


def of_all_scopes() -> set[tuple[object, ...]]:
    rows = StatusCount.objects.filter(number__gt=0)
    return set(rows.values_list("scope", "subject", "kind", "status", "standing", "number"))


def test_a_wrong_count_is_named_and_mended() -> None:
    published_recommendation()
    StatusCount.objects.filter(scope="whole").update(number=7)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("rebuild_statuses", check=True, stdout=said)
    assert said.getvalue() == "count whole 0 roundtable no_information: 7 instead of 1\n1 differences.\n"
    recount()
    assert list(miscounted()) == []
