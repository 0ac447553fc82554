"""Two people on one form: the second saver sees both versions and keeps what they typed, in every form of the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.forms.models import _get_foreign_key
from django.urls import reverse

from tests.admin_desk import Desk, errors, sent_by
from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    ConclusionFactory,
    DiaryNoteFactory,
    EvidenceFactory,
    FollowUpFactory,
    ForumChairFactory,
    ForumContributorFactory,
    ForumFactory,
    ForumFigureFactory,
    ForumSourceFactory,
    MembershipFactory,
    MilestoneFactory,
    PartnerFactory,
    RecommendationFactory,
    ReferenceAliasFactory,
    ReiterationFactory,
    ReportedThemeFactory,
    ResponsibilityFactory,
    RoundtableFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    published_entry,
    published_recommendation,
)
from tracker.admin.base import RecordAdmin

pytestmark = pytest.mark.django_db
STALE = "Somebody else changed this since you opened it. Nothing of theirs was overwritten: compare, then save."

# What is edited, and the field into which two people type.
FORMS: dict[str, tuple[Callable[[], Any], str]] = {
    "followup": (FollowUpFactory, "title"),
    "recommendation": (RecommendationFactory, "headline_en"),
    "roundtable": (RoundtableFactory, "title_en"),
    "forum": (ForumFactory, "host_city"),
    "actor": (ActorFactory, "name_en"),
    "membership": (MembershipFactory, "since_year"),
    "theme": (ThemeFactory, "name_en"),
    "milestone": (MilestoneFactory, "title_en"),
    "referencealias": (ReferenceAliasFactory, "reference"),
    "diarynote": (DiaryNoteFactory, "text"),
    "user": (UserFactory, "first_name"),
    "group": (lambda: Group.objects.create(name="observers"), "name"),
}
ON_RECORD: dict[str, tuple[Callable[[], Any], str]] = {
    "followup": (published_entry, "internal_note"),
    "recommendation": (published_recommendation, "headline_en"),
}
THEIRS, YOURS = "2001", "2002"


def address(name: str) -> str:
    return f"{'auth' if name == 'group' else 'tracker'}_{name}_change"


class At(Desk):
    """A desk whose pages are named with their application."""

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{name}", args=args)


def typed_into(desk: At, name: str, subject: Any, words: dict[str, str]) -> Any:
    return desk.send(address(name), subject.pk, typed={**desk.form(address(name), subject.pk), **words})


# What is not edited, and what has pages of its own instead of Django's form, tested with those pages.
NO_FORM = {"recordevent", "auditevent", "documentimport", "sheetimport"}


def test_every_form_of_the_desk_is_tested() -> None:
    ours = {model._meta.model_name for model, desk in admin.site._registry.items() if isinstance(desk, RecordAdmin)}
    assert ours - NO_FORM == FORMS.keys()


@pytest.mark.parametrize(
    ("name", "made"),
    [*FORMS.items(), *ON_RECORD.items()],
    ids=[*FORMS, *(f"{name} on record" for name in ON_RECORD)],
)
def test_the_second_saver_sees_both_versions(name: str, made: tuple[Callable[[], Any], str]) -> None:
    make, field = made
    subject, first, second = make(), At(SuperuserFactory()), At(SuperuserFactory())
    opened = second.form(address(name), subject.pk)
    assert typed_into(first, name, subject, {field: THEIRS}).status_code == 302
    answer = second.send(address(name), subject.pk, typed={**opened, field: YOURS})
    assert (answer.status_code, errors(answer)) == (200, [STALE])
    assert [(row.theirs, row.yours) for row in answer.context["differences"]] == [(THEIRS, YOURS)]
    subject.refresh_from_db()
    assert str(getattr(subject, field)) == THEIRS
    kept = sent_by(answer)
    assert kept[field] == YOURS
    assert second.send(address(name), subject.pk, typed=kept).status_code == 302
    subject.refresh_from_db()
    assert str(getattr(subject, field)) == YOURS


@pytest.mark.parametrize("name", FORMS)
def test_one_person_twice_in_a_row_is_nobody_else(name: str) -> None:
    make, field = FORMS[name]
    subject, desk = make(), At(SuperuserFactory())
    for words in (THEIRS, YOURS):
        assert typed_into(desk, name, subject, {field: words}).status_code == 302


def rows_of_a_forum(make: Callable[..., Any]) -> Callable[[], tuple[str, models.Model]]:
    def made() -> tuple[str, models.Model]:
        forum = ForumFactory()
        make(forum=forum)
        return "forum", forum

    return made


def of_actor() -> tuple[str, models.Model]:
    return "actor", MembershipFactory().member


def of_collective() -> tuple[str, models.Model]:
    collective = CollectiveFactory()
    MembershipFactory(collective=collective)
    return "actor", collective


def of_recommendation(make: Callable[..., Any], column: str) -> Callable[[], tuple[str, models.Model]]:
    def made() -> tuple[str, models.Model]:
        recommendation = RecommendationFactory()
        make(**{column: recommendation})
        return "recommendation", recommendation

    return made


def of_entry(make: Callable[..., Any]) -> Callable[[], tuple[str, models.Model]]:
    def made() -> tuple[str, models.Model]:
        entry = FollowUpFactory(evidence=0)
        make(entry=entry)
        return "followup", entry

    return made


# A row of a form: whose form, and which column of it two people change.
ROWS: dict[str, tuple[Callable[[], tuple[str, models.Model]], str, str, str]] = {
    "chairs": (rows_of_a_forum(ForumChairFactory), "chair_rows-0-position", "7", "8"),
    "contributors": (rows_of_a_forum(ForumContributorFactory), "contributor_rows-0-position", "7", "8"),
    "roundtables": (rows_of_a_forum(RoundtableFactory), "roundtables-0-title_en", "Theirs", "Yours"),
    "figures": (rows_of_a_forum(ForumFigureFactory), "figures-0-value", "7", "8"),
    "sources": (rows_of_a_forum(ForumSourceFactory), "sources-0-note", "Theirs", "Yours"),
    "reported themes": (rows_of_a_forum(ReportedThemeFactory), "reported_themes-0-title", "Theirs", "Yours"),
    "conclusions": (rows_of_a_forum(ConclusionFactory), "conclusions-0-text_en", "Theirs", "Yours"),
    "seats": (of_actor, "seats-0-since_year", "2001", "2002"),
    "members": (of_collective, "memberships-0-since_year", "2001", "2002"),
    "responsibilities": (
        of_recommendation(ResponsibilityFactory, "recommendation"),
        "responsibilities-0-addressed",
        "inferred",
        "explicit",
    ),
    "reiterations": (of_recommendation(ReiterationFactory, "later"), "reiterations-0-note", "Theirs", "Yours"),
    "evidence": (of_entry(EvidenceFactory), "evidence-0-citation", "Theirs", "Yours"),
    "partners": (of_entry(PartnerFactory), "partner_rows-0-DELETE", "on", "on"),
}


@pytest.mark.parametrize("rows", ROWS)
def test_rows_that_a_colleague_changed_are_not_overwritten(rows: str) -> None:
    make, column, theirs, yours = ROWS[rows]
    name, subject = make()
    first, second = Desk(SuperuserFactory()), Desk(SuperuserFactory())
    opened = second.form(f"{name}_change", subject.pk)
    assert first.fill(f"{name}_change", subject.pk, **{column: theirs}).status_code == 302
    answer = second.send(f"{name}_change", subject.pk, typed={**opened, column: yours})
    assert answer.status_code == 200
    assert STALE in errors(answer)
    now = second.form(f"{name}_change", subject.pk)
    assert now.get(column, "gone") == (theirs if theirs != "on" else "gone")


def test_every_sort_of_row_is_tested() -> None:
    found = {
        _get_foreign_key(desk.model, inline.model, fk_name=inline.fk_name).remote_field.get_accessor_name()
        for desk in admin.site._registry.values()
        if isinstance(desk, RecordAdmin)
        for inline in desk.inlines
    }
    of_actors = {"seats", "memberships"}  # which of them are shown depends on the actor
    assert found | of_actors == {column.split("-")[0] for _make, column, _theirs, _yours in ROWS.values()}
