"""What every desk page does: one base, the lock, stale and doubled edits refused, what was typed kept."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin_desk import Desk, errors, said, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    CollectiveFactory,
    EditorFactory,
    FollowUpFactory,
    ForumFactory,
    MembershipFactory,
    ReviewerFactory,
    ThemeFactory,
    UserFactory,
    published_recommendation,
)
from tracker.admin.base import RecordAdmin
from tracker.models import Actor, Forum, RecordHead, Theme

pytestmark = pytest.mark.django_db


def test_every_model_admin_of_ours_derives_from_the_base() -> None:
    ours = {
        model: desk
        for model, desk in admin.site._registry.items()
        if model in apps.get_app_config("tracker").get_models()
    }
    assert len(ours) == 15
    assert [model for model, desk in ours.items() if not isinstance(desk, RecordAdmin)] == []


def test_the_record_comes_first_in_the_index() -> None:
    answer = Desk(AdministratorFactory()).client.get("/admin/")
    assert [model["object_name"] for model in answer.context["app_list"][0]["models"]] == [
        *("FollowUp Recommendation Roundtable Forum Actor Membership Theme Milestone ReferenceAlias DiaryNote".split()),
        *("DocumentImport SheetImport".split()),
        *("RecordEvent AuditEvent User".split()),
    ]


def version() -> int:
    return RecordHead.objects.get().version


def test_a_saved_form_holds_the_lock_before_its_first_query_and_bumps_the_version() -> None:
    theme, desk, before = ThemeFactory(), Desk(AdministratorFactory()), version()
    typed = desk.form("theme_change", theme.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = desk.send("theme_change", theme.pk, typed={**typed, "name_en": "Children"})
    assert answer.status_code == 302
    touching = [query["sql"] for query in queries if '"tracker_' in query["sql"]]
    locked = next(index for index, sql in enumerate(touching) if "tracker_recordhead" in sql)
    assert [sql for sql in touching[:locked] if "tracker_theme" in sql or sql.startswith(("UPDATE", "INSERT"))] == []
    assert version() > before
    assert Theme.objects.get().name_en == "Children"


def test_a_refused_form_bumps_nothing() -> None:
    theme, desk, before = ThemeFactory(), Desk(AdministratorFactory()), version()
    answer = desk.fill("theme_change", theme.pk, name_en="")
    assert answer.status_code == 200
    assert version() == before


def test_deleting_bumps_the_version() -> None:
    theme, desk, before = ThemeFactory(), Desk(AdministratorFactory()), version()
    assert desk.client.post(desk.address("theme_delete", theme.pk), {"post": "yes"}).status_code == 302
    assert not Theme.objects.exists()
    assert version() > before


def test_deleting_several_bumps_the_version_and_leaves_out_what_is_no_key() -> None:
    first, second, desk, before = ThemeFactory(), ThemeFactory(), Desk(AdministratorFactory()), version()
    chosen = {"action": "delete_selected", "_selected_action": [first.pk, "nonsense", "1' OR 1=1"], "post": "yes"}
    assert desk.client.post(desk.address("theme_changelist"), chosen).status_code == 302
    assert Theme.objects.get() == second
    assert version() > before


def test_a_stale_edit_is_refused_with_both_versions_and_nothing_is_overwritten() -> None:
    actor = ActorFactory(name_en="Old name")
    first, second = Desk(EditorFactory(username="ana")), Desk(EditorFactory(username="ben"))
    opened = second.form("actor_change", actor.pk)
    first.fill("actor_change", actor.pk, name_en="Name of Ana")
    answer = second.send("actor_change", actor.pk, typed={**opened, "name_en": "Name of Ben", "note": "A note"})
    assert answer.status_code == 200
    assert errors(answer) == [
        "Somebody else changed this since you opened it. Nothing of theirs was overwritten: compare, then save."
    ]
    assert [(row.label, row.theirs, row.yours) for row in answer.context["differences"]] == [
        ("Name (English)", "Name of Ana", "Name of Ben"),
        ("Note", "(empty)", "A note"),
    ]
    assert "ana saved it at" in answer.content.decode()
    assert Actor.objects.get(pk=actor.pk).name_en == "Name of Ana"
    kept = sent_by(answer)
    assert (kept["name_en"], kept["note"]) == ("Name of Ben", "A note")
    assert second.send("actor_change", actor.pk, typed=kept).status_code == 302
    assert Actor.objects.get(pk=actor.pk).name_en == "Name of Ben"


def test_a_change_of_rows_alone_makes_an_open_form_stale() -> None:
    collective, member, newcomer = CollectiveFactory(), ActorFactory(), ActorFactory(name_en="Newcomer")
    MembershipFactory(collective=collective, member=member)
    first, second = Desk(EditorFactory()), Desk(EditorFactory())
    opened = second.form("actor_change", collective.pk)
    row = {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-member": newcomer.pk,
        "memberships-1-collective": collective.pk,
    }
    assert first.fill("actor_change", collective.pk, **row).status_code == 302
    answer = second.send("actor_change", collective.pk, typed={**opened, "memberships-0-since_year": "2010"})
    assert answer.status_code == 200
    assert [(row.label, row.theirs, row.yours) for row in answer.context["differences"]] == [
        (f"Membership {member} ({collective}): Since (year)", "(empty)", "2010")
    ]
    assert collective.memberships.filter(since_year=2010).count() == 0


def test_an_edit_without_its_version_is_refused() -> None:
    theme, desk = ThemeFactory(name_en="Kept"), Desk(AdministratorFactory())
    typed = desk.form("theme_change", theme.pk)
    del typed["started_from"]
    assert desk.send("theme_change", theme.pk, typed={**typed, "name_en": "Other"}).status_code == 200
    assert Theme.objects.get().name_en == "Kept"


def test_a_form_sent_twice_is_saved_once() -> None:
    desk = Desk(AdministratorFactory())
    typed = {**desk.form("theme_add"), "name_en": "Return", "slug": "return"}
    first = desk.send("theme_add", typed=typed)
    again = desk.client.post(desk.address("theme_add"), {**typed, "_save": "1"}, follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "This form was sent twice: it was saved once." in said(again)
    assert Theme.objects.count() == 1
    other = {**desk.form("theme_add"), "name_en": "Gender", "slug": "gender"}
    desk.send("theme_add", typed=other)
    assert Theme.objects.count() == 2


@pytest.mark.parametrize("field", ["name_en", "name_fr"])
def test_nul_is_refused_in_words_and_the_text_is_kept(field: str) -> None:
    theme, desk = ThemeFactory(name_en="Kept"), Desk(AdministratorFactory())
    answer = desk.fill("theme_change", theme.pk, **{field: "a\0b"})
    assert ["An invisible character (NUL)" in message for message in errors(answer)] == [True]
    assert Theme.objects.get().name_en == "Kept"


@pytest.mark.parametrize("key", ["abc", "1e9", "-1", "99999999999999999999999", "٣"])
def test_an_address_with_a_key_that_is_none_shows_the_empty_form(key: str) -> None:
    desk = Desk(EditorFactory())
    assert desk.open("followup_add", query=f"?recommendation={key}&actor={key}").status_code == 200


@pytest.mark.parametrize("name", ["followup", "recommendation", "roundtable", "forum", "actor", "theme", "recordevent"])
def test_nobody_without_rights_sees_a_list(name: str) -> None:
    stranger = Desk(UserFactory(is_staff=True))
    assert stranger.open(f"{name}_changelist").status_code == 403
    assert Client().get(stranger.address(f"{name}_changelist")).status_code == 302
    assert Desk(EditorFactory()).open(f"{name}_changelist").status_code == 200


def test_only_administrators_see_accounts() -> None:
    assert Desk(ReviewerFactory()).open("user_changelist").status_code == 403
    assert Desk(AdministratorFactory()).open("user_changelist").status_code == 200


def test_accounts_are_deactivated_never_deleted() -> None:
    desk, colleague = Desk(AdministratorFactory()), EditorFactory()
    assert desk.open("user_delete", colleague.pk).status_code == 403
    typed = desk.form("user_change", colleague.pk)
    del typed["is_active"]
    assert desk.send("user_change", colleague.pk, typed=typed).status_code == 302
    colleague.refresh_from_db()
    assert colleague.is_active is False


def test_events_are_shown_and_never_changed() -> None:
    published_recommendation()
    desk = Desk(EditorFactory())
    page = desk.open("recordevent_change", 2)
    assert (page.status_code, desk.open("recordevent_add").status_code) == (200, 403)
    assert desk.client.post(desk.address("recordevent_change", 2), {}).status_code == 403
    assert desk.open("recordevent_delete", 2).status_code == 403


def test_a_new_closing_day_moves_what_follows_from_it() -> None:
    recommendation = published_recommendation()
    forum: Any = Forum.objects.get()
    answer = Desk(EditorFactory()).fill("forum_change", forum.pk, closes_on="2010-11-12")
    assert answer.status_code == 302
    assert [str(change.date) for change in recommendation.status_changes.all()] == ["2010-11-12"]


def test_the_year_of_a_forum_with_published_recommendations_stays() -> None:
    published_recommendation()
    with_record, empty, desk = Forum.objects.get(), ForumFactory(), Desk(EditorFactory())
    assert "year" not in desk.form("forum_change", with_record.pk)
    assert "year" in desk.form("forum_change", empty.pk)


def test_the_address_of_an_actor_stays() -> None:
    assert "slug" not in Desk(EditorFactory()).form("actor_change", ActorFactory().pk)


def test_pickers_find_by_letters_without_accents() -> None:
    ActorFactory(name_en="Côte d’Ivoire")
    desk = Desk(EditorFactory())
    asked = {"app_label": "tracker", "model_name": "followup", "field_name": "actor"}
    for term in ("Côte", "cote d'iv", "COTE"):
        found = desk.client.get("/admin/autocomplete/", {**asked, "term": term}).json()["results"]
        assert [row["text"] for row in found] == ["Côte d’Ivoire"]


def test_a_draft_may_be_deleted_from_the_record_nothing_may() -> None:
    draft, desk = FollowUpFactory(), Desk(EditorFactory())
    assert desk.client.post(desk.address("followup_delete", draft.pk), {"post": "yes"}).status_code == 302
    assert desk.open("recommendation_delete", draft.recommendation_id).status_code == 403
