"""Who did what, when: everything staff answer for is written down, outlives what it names, and nobody changes it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin_desk import Desk, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    FollowUpFactory,
    RecommendationFactory,
    ReviewerFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.errors import Refused
from tracker.models import AuditEvent, FollowUp, Recommendation, RecordEvent, User

pytestmark = pytest.mark.django_db
What = AuditEvent.What
PASSWORD = "correct horse battery staple"


def told(who: User) -> list[tuple[str, str, str]]:
    """Return what was done, to what, in which detail, first things first; sign-ins of the tests left out."""
    acts = AuditEvent.objects.filter(who=who).exclude(what=What.SIGNED_IN).order_by("pk")
    return [(act.what, str(act.account or act.subject), act.detail) for act in acts]


def sign_in(name: str, password: str) -> Client:
    client = Client()
    client.post(reverse("admin:login"), {"username": name, "password": password})
    return client


class TestSessions:
    def test_signing_in_and_out(self) -> None:
        user = EditorFactory(username="ana", password=PASSWORD)
        client = sign_in("ana", PASSWORD)
        client.post(reverse("admin:logout"))
        acts = AuditEvent.objects.order_by("pk").values_list("what", "who__username", "subject", "detail")
        assert list(acts) == [("signed_in", "ana", "", ""), ("signed_out", "ana", "", "")]
        assert AuditEvent.objects.filter(who=user).count() == 2

    def test_a_failed_sign_in_names_the_account_and_keeps_nothing_that_was_typed(self) -> None:
        EditorFactory(username="ana", password=PASSWORD)
        for name in ("ana", PASSWORD, "x" * 10_000):
            sign_in(name, "wrong")
        acts = AuditEvent.objects.order_by("pk").values_list("what", "who__username", "subject", "detail")
        assert list(acts) == [("sign_in_failed", who, "", "") for who in ("ana", None, None)]

    def test_a_name_that_the_database_could_not_be_asked_for_is_no_attempt(self) -> None:
        sign_in("a\0b", "wrong")
        assert AuditEvent.objects.count() == 0

    def test_sign_ins_are_forgotten_after_a_year_and_nothing_else_is(self, capsys: Any) -> None:
        user, now = EditorFactory(), timezone.now()
        for what in What.values:
            if what not in What.told_by_chain():
                for age in (364, 366):
                    AuditEvent.objects.create(at=now - dt.timedelta(days=age), who=user, what=what)
        others = {"deleted", "account_made", "account_changed", "password_changed", "group_changed"}
        others |= {"sheet_imported", "sheet_undone"}
        call_command("forget_sign_ins")
        kept = list(AuditEvent.objects.filter(at__lt=now - dt.timedelta(days=365)).values_list("what", flat=True))
        assert sorted(kept) == sorted(others)
        assert AuditEvent.objects.count() == 2 * len(others) + 3
        assert capsys.readouterr().out.startswith("3 sign-ins")


class TestTheRecord:
    def test_each_act_on_the_record_says_by_whom(self) -> None:
        reviewer, administrator = ReviewerFactory(), AdministratorFactory()
        recommendation = actions.publish_recommendation(RecommendationFactory(), by=reviewer)
        entry = actions.publish(FollowUpFactory(recommendation=recommendation), by=reviewer)
        actions.retract(entry, by=reviewer, reason="Wrong actor")
        actions.withhold(entry, by=administrator, reason="A court order")
        actions.correct_official_text(recommendation, by=reviewer, text="Other words.", reason="A misprint")
        actions.withdraw_recommendation(recommendation, by=administrator, reason="Entered twice")
        one, two = recommendation.reference, f"{recommendation.reference}-F1"
        assert told(reviewer) == [
            ("recommendation_published", one, ""),
            ("entry_published", two, ""),
            ("entry_retracted", two, ""),
            ("recommendation_corrected", one, ""),
        ]
        assert told(administrator) == [("content_removed", two, ""), ("recommendation_withdrawn", one, "")]
        events = RecordEvent.objects.exclude(kind="genesis").order_by("sequence")
        acts = AuditEvent.objects.filter(what__in=What.told_by_chain()).order_by("pk")
        assert list(acts.values_list("at", "what", "subject")) == list(events.values_list("at", "kind", "subject"))

    def test_every_kind_of_event_has_its_word(self) -> None:
        assert What.told_by_chain() == set(RecordEvent.Kind.values) - {"genesis"}

    def test_a_refused_act_is_not_told(self) -> None:
        entry = published_entry()
        before = AuditEvent.objects.count()
        with pytest.raises(Refused):
            actions.retract(entry, by=EditorFactory(), reason="No right to")
        assert AuditEvent.objects.count() == before


class TestTheDesk:
    def test_deleted_drafts_are_named_by_reference_never_by_what_they_said(self) -> None:
        desk = Desk(EditorFactory())
        draft = FollowUpFactory(title="A secret title", recommendation=published_recommendation())
        desk.client.post(desk.address("followup_delete", draft.pk), {"post": "yes"})
        other = RecommendationFactory(headline_en="A secret headline")
        desk.client.post(desk.address("recommendation_delete", other.pk), {"post": "yes"})
        assert told(desk.user) == [
            ("deleted", f"{draft.recommendation.reference}-…", "Draft"),
            ("deleted", other.reference, "Draft"),
        ]
        assert (FollowUp.objects.count(), Recommendation.objects.count()) == (0, 1)

    def test_deleting_several_tells_each(self) -> None:
        desk, themes = Desk(AdministratorFactory()), [ThemeFactory(name_en=name) for name in ("Gender", "Return")]
        chosen = {"action": "delete_selected", "_selected_action": [theme.pk for theme in themes], "post": "yes"}
        desk.client.post(desk.address("theme_changelist"), chosen)
        assert told(desk.user) == [("deleted", "theme Gender", ""), ("deleted", "theme Return", "")]

    def test_rights_given_to_an_account_are_told_as_they_now_are(self) -> None:
        desk = Desk(AdministratorFactory())
        colleague = UserFactory(username="ben", is_staff=True, groups=["editor"])
        groups = Group.objects.filter(name__in=["editor", "reviewer"]).values_list("pk", flat=True)
        typed = {**desk.form("user_change", colleague.pk), "groups": list(groups), "email": "ben@example.org"}
        assert desk.send("user_change", colleague.pk, typed=typed).status_code == 302
        assert told(desk.user) == [("account_changed", "ben", "email; groups: editor, reviewer")]
        typed = {**desk.form("user_change", colleague.pk)}
        del typed["is_active"]
        desk.send("user_change", colleague.pk, typed=typed)
        assert told(desk.user)[1:] == [("account_changed", "ben", "is_active: no")]

    def test_a_new_account_is_told(self) -> None:
        desk = Desk(AdministratorFactory())
        typed = {"username": "eva", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
        assert desk.fill("user_add", **typed).status_code == 302
        assert [(what, on) for what, on, _detail in told(desk.user)] == [("account_made", "eva")]

    def test_changed_passwords_are_told_ones_own_too(self) -> None:
        desk, colleague = Desk(AdministratorFactory(password=PASSWORD)), EditorFactory(username="ben")
        other = {"password1": f"{PASSWORD} 2", "password2": f"{PASSWORD} 2", "usable_password": "true"}
        answer = desk.client.post(reverse("admin:auth_user_password_change", args=[colleague.pk]), other)
        assert answer.status_code == 302
        own = {"old_password": PASSWORD, "new_password1": f"{PASSWORD} 3", "new_password2": f"{PASSWORD} 3"}
        assert desk.client.post(reverse("admin:password_change"), {**own, "new_password2": "other"}).status_code == 200
        assert desk.client.post(reverse("admin:password_change"), own).status_code == 302
        assert told(desk.user) == [("password_changed", "ben", ""), ("password_changed", desk.user.username, "")]

    def test_rights_given_to_a_group_are_told(self) -> None:
        desk, group = Desk(SuperuserFactory()), Group.objects.create(name="observers")
        right = group.permissions.model.objects.get(codename="view_theme")
        address = reverse("admin:auth_group_change", args=[group.pk])
        typed = sent_by(desk.client.get(address))
        answer = desk.client.post(address, {**typed, "permissions": [right.pk]})
        assert answer.status_code == 302
        desk.client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
        assert told(desk.user) == [
            ("group_changed", "observers", "view_theme"),
            ("deleted", "group observers", ""),
        ]


class TestTheList:
    def test_it_is_for_administrators(self) -> None:
        answers = {make: Desk(make()).open("auditevent_changelist").status_code for make in MAKERS}
        assert answers == {EditorFactory: 403, ReviewerFactory: 403, AdministratorFactory: 200, SuperuserFactory: 200}

    def test_it_is_filtered_by_who_what_and_when(self) -> None:
        reviewer, desk = ReviewerFactory(), Desk(AdministratorFactory())
        published_entry(by=reviewer)
        published_recommendation(by=reviewer)
        for query, number in (
            (f"?who__id__exact={reviewer.pk}", 2),
            (f"?who__id__exact={reviewer.pk}&what__exact=entry_published", 1),
            ("?q=RT1-01-F1", 1),
            (f"?q={reviewer.username}", 2),
            (f"?year={timezone.now().year}&what__exact=recommendation_published", 2),
            ("?at__gte=2999-01-01T00:00:00%2B00:00", 0),
        ):
            assert desk.open("auditevent_changelist", query=query).context["cl"].result_count == number, query

    @pytest.mark.parametrize("make", [AdministratorFactory, SuperuserFactory])
    def test_nobody_adds_changes_or_deletes_by_no_form(self, make: Any) -> None:
        desk = Desk(make())
        act = AuditEvent.objects.get(who=desk.user)
        before = AuditEvent.objects.values()[0]
        assert desk.open("auditevent_change", act.pk).status_code == 200
        typed = {"what": "deleted", "subject": "Other", "_save": "1", "post": "yes"}
        posts = [("auditevent_add",), ("auditevent_change", act.pk), ("auditevent_delete", act.pk)]
        answers = [desk.client.post(desk.address(*place), typed).status_code for place in posts]
        assert answers == [403, 403, 403]
        chosen = {"action": "delete_selected", "_selected_action": [act.pk], "post": "yes"}
        desk.client.post(desk.address("auditevent_changelist"), chosen)
        assert list(AuditEvent.objects.values()) == [before]

    def test_it_shows_what_it_holds_escaped(self) -> None:
        desk = Desk(AdministratorFactory())
        theme = ThemeFactory(name_en="<script>alert(1)</script>")
        desk.client.post(desk.address("theme_delete", theme.pk), {"post": "yes"})
        page = desk.open("auditevent_changelist").content.decode()
        assert "theme &lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


MAKERS = [EditorFactory, ReviewerFactory, AdministratorFactory, SuperuserFactory]


class TestTheDatabase:
    """SQL changes nothing either, and claims nothing that the chain does not tell."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE tracker_auditevent SET subject = 'GFMD-X'",
            "DELETE FROM tracker_auditevent",
            (
                "INSERT INTO tracker_auditevent (at, who_id, what, subject, detail) "
                "SELECT at, who_id, what, 'GFMD-X', detail FROM tracker_auditevent"
            ),
        ],
    )
    def test_sql_is_refused(self, statement: str) -> None:
        published_recommendation()
        before = list(AuditEvent.objects.values())
        with pytest.raises(DatabaseError, match=r"\(\w+ refused\)"), transaction.atomic():
            connection.cursor().execute(statement)
        assert list(AuditEvent.objects.values()) == before

    def test_an_account_in_it_cannot_be_deleted(self) -> None:
        user = Desk(EditorFactory()).user
        with pytest.raises(Exception, match="protected"):
            user.delete()

    def test_it_outlives_what_it_names(self) -> None:
        desk, actor = Desk(EditorFactory()), ActorFactory(name_en="Nobody")
        desk.client.post(desk.address("actor_delete", actor.pk), {"post": "yes"})
        assert told(desk.user) == [("deleted", "actor Nobody", "")]
