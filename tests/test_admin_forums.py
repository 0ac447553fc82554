"""Forums, roundtables, actors and milestones at the desk: what follows from a change follows in the same step."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.admin_desk import Desk, errors, said, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    CollectiveFactory,
    EditorFactory,
    FollowUpFactory,
    ForumFactory,
    MembershipFactory,
    MilestoneFactory,
    RecommendationFactory,
    ReviewerFactory,
    RoundtableFactory,
    ThemeFactory,
    published_entry,
    published_recommendation,
)
from tests.test_forms_evidence import DOCX, PDF
from tracker.models import Evidence, FollowUp, Forum, Recommendation, Roundtable

pytestmark = pytest.mark.django_db


def test_the_closing_milestone_follows_its_forum() -> None:
    milestone = MilestoneFactory(forum=ForumFactory())
    desk = Desk(EditorFactory())
    assert desk.fill("forum_change", milestone.forum_id, closes_on="2010-11-20").status_code == 302
    milestone.refresh_from_db()
    assert milestone.date == dt.date(2010, 11, 20)


def test_drafts_are_renamed_with_the_year_of_their_forum() -> None:
    draft = RecommendationFactory()
    desk = Desk(EditorFactory())
    assert desk.fill("forum_change", draft.roundtable.forum_id, year="2011").status_code == 302
    assert Recommendation.objects.get().reference == "GFMD-2011-RT1-01"


def test_drafts_are_renamed_with_the_code_of_their_roundtable_in_capitals() -> None:
    draft, desk = RecommendationFactory(), Desk(EditorFactory())
    assert desk.fill("roundtable_change", draft.roundtable_id, code="rt9").status_code == 302
    assert (Roundtable.objects.get().code, Recommendation.objects.get().reference) == ("RT9", "GFMD-2010-RT9-01")


def test_the_code_of_a_roundtable_with_published_recommendations_stays() -> None:
    roundtable = published_recommendation().roundtable
    assert {"code", "forum"} & set(Desk(EditorFactory()).form("roundtable_change", roundtable.pk)) == set()


def test_links_lead_from_the_forum_to_its_recommendations() -> None:
    draft, desk = RecommendationFactory(headline_en="Skills <b>"), Desk(EditorFactory())
    forum, roundtable = draft.roundtable.forum, draft.roundtable
    page = desk.open("forum_change", forum.pk).content.decode()
    assert desk.address("roundtable_change", roundtable.pk) in page
    assert desk.address("roundtable_paste", roundtable.pk) in page
    assert f'<a href="{desk.address("roundtable_drafts", roundtable.pk)}">Drafts (1)</a>' in page
    page = desk.open("roundtable_change", roundtable.pk).content.decode()
    assert desk.address("recommendation_change", draft.pk) in page
    assert "Skills &lt;b&gt;</a>: Draft" in page
    assert "Save the Forum first." in desk.open("forum_add").content.decode()
    assert "Save the roundtable first." in desk.open("roundtable_add").content.decode()


def test_a_forum_that_holds_roundtables_is_not_deleted() -> None:
    roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
    answer = desk.client.post(desk.address("forum_delete", roundtable.forum_id), {"post": "yes"})
    assert "would require deleting the following protected related objects" in answer.content.decode()
    assert Roundtable.objects.count() == 1


def test_a_changed_seat_makes_open_forms_of_both_ends_stale() -> None:
    seat, desk = MembershipFactory(), Desk(EditorFactory())
    opened = {actor.pk: desk.form("actor_change", actor.pk) for actor in (seat.collective, seat.member)}
    assert desk.fill("membership_change", seat.pk, since_year="2010").status_code == 302
    for key, typed in opened.items():
        assert desk.send("actor_change", key, typed=typed).status_code == 200
    fresh = desk.form("actor_change", seat.collective_id)
    assert desk.fill("actor_change", seat.member_id, **{"seats-0-until_year": "2018"}).status_code == 302
    assert desk.send("actor_change", seat.collective_id, typed=fresh).status_code == 200
    before = desk.form("actor_change", seat.collective_id)
    desk.client.post(desk.address("membership_delete", seat.pk), {"post": "yes"})
    assert desk.send("actor_change", seat.collective_id, typed=before).status_code == 200


def test_a_collective_is_no_member_of_itself_by_way_of_another() -> None:
    outer, inner, desk = CollectiveFactory(), CollectiveFactory(), Desk(EditorFactory())
    MembershipFactory(collective=outer, member=inner)
    answer = desk.fill("membership_add", collective=inner.pk, member=outer.pk)
    assert errors(answer) == ["This would make the collective a member of itself."]


def test_both_versions_are_shown_in_words_whatever_the_field() -> None:
    recommendation, theme = published_recommendation(), ThemeFactory(name_en="Gender")
    actor = ActorFactory(name_en="Mexico")
    desk = Desk(EditorFactory())
    opened = desk.form("recommendation_change", recommendation.pk)
    desk.fill("recommendation_change", recommendation.pk, internal_note="Theirs")
    row = {"responsibilities-TOTAL_FORMS": "1", "responsibilities-0-actor": actor.pk}
    row["responsibilities-0-addressed"] = "inferred"
    typed = {**opened, **row, "nature": "finding", "themes": [theme.pk]}
    answer = desk.send("recommendation_change", recommendation.pk, typed=typed)
    assert [(shown.label, shown.theirs, shown.yours) for shown in answer.context["differences"]] == [
        ("Nature", "Request", "Finding"),
        ("Themes", "(empty)", "Gender"),
        ("Internal note", "Theirs", "(empty)"),
        ("Responsibility (new): Actor", "(empty)", "Mexico"),
        ("Responsibility (new): Addressed", "Addressed by the text", "Addressed in our reading"),
    ]
    member = ActorFactory()
    opened = desk.form("actor_change", member.pk)
    desk.fill("actor_change", member.pk, note="Theirs")
    answer = desk.send("actor_change", member.pk, typed={**opened, "is_collective": "on"})
    assert [(shown.theirs, shown.yours) for shown in answer.context["differences"]] == [
        ("no", "yes"),
        ("Theirs", "(empty)"),
    ]


@pytest.mark.parametrize("slug", ["publish", "retract", "preview"])
def test_a_page_about_nothing_answers_so(slug: str) -> None:
    desk = Desk(ReviewerFactory())
    answer = desk.client.get(desk.address(f"followup_{slug}", 10**12), follow=True)
    found = [answer.status_code, *(said(answer) if answer.context and "messages" in answer.context else [])]
    expected = (
        [404] if slug == "preview" else [200, "entry with ID “1000000000000” doesn’t exist. Perhaps it was deleted?"]
    )
    assert found == expected


def test_a_recommendation_is_published_on_a_page_of_its_own_too() -> None:
    draft, desk = RecommendationFactory(), Desk(ReviewerFactory())
    assert draft.official_text in desk.open("recommendation_publish", draft.pk).content.decode()
    assert desk.fill("recommendation_publish", draft.pk).status_code == 302
    assert Recommendation.objects.get().state == "published"


def test_a_recommendation_is_not_merged_into_itself() -> None:
    recommendation, desk = published_recommendation(), Desk(ReviewerFactory())
    answer = desk.fill("recommendation_withdraw", recommendation.pk, reason="x", merged_into=recommendation.pk)
    assert errors(answer) == [
        f"{recommendation.reference} cannot be merged into itself: choose another recommendation."
    ]


def test_a_replaced_file_goes_and_the_new_one_is_named(django_capture_on_commit_callbacks: Any) -> None:
    draft, desk = FollowUpFactory(evidence=0), Desk(EditorFactory())
    evidence = Evidence.objects.create(entry=draft, file=SimpleUploadedFile("old.pdf", PDF))
    old = Path(evidence.file.path)
    typed = desk.form("followup_change", draft.pk)
    sent = {**typed, "_save": "1", "evidence-0-file": SimpleUploadedFile("Loi <b>.docx", DOCX)}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.client.post(desk.address("followup_change", draft.pk), sent).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.file_name, old.exists(), Path(evidence.file.path).exists()) == ("Loi <b>.docx", False, True)
    page = desk.open("followup_change", draft.pk).content.decode()
    assert "Loi &lt;b&gt;.docx</a>" in page
    assert f"SHA-256 {evidence.sha256[:12]}" in page


def test_a_file_that_a_published_entry_names_stays_when_its_correction_is_given_up(
    django_capture_on_commit_callbacks: Any,
) -> None:
    draft, desk = FollowUpFactory(evidence=0), Desk(ReviewerFactory())
    evidence = Evidence.objects.create(entry=draft, file=SimpleUploadedFile("law.pdf", PDF))
    desk.fill("followup_change", draft.pk, button="_publish")
    desk.fill("followup_correct", draft.pk)
    correction = FollowUp.objects.get(replaces=draft)
    with django_capture_on_commit_callbacks(execute=True):
        desk.client.post(desk.address("followup_delete", correction.pk), {"post": "yes"})
    assert (FollowUp.objects.count(), Path(evidence.file.path).exists()) == (1, True)


def test_what_was_returned_to_the_list_keeps_its_filters() -> None:
    entry, desk = published_entry(), Desk(EditorFactory())
    address = f"{desk.address('followup_change', entry.pk)}?_changelist_filters=state__exact%3Dpublished"
    answer = desk.client.post(address, {**sent_by(desk.client.get(address)), "_save": "1"})
    assert answer.url == f"{desk.address('followup_changelist')}?state__exact=published"


def rows(model: str, *typed: dict[str, Any]) -> dict[str, Any]:
    """Return new rows of a Forum's form, as the browser sends them."""
    sent = {f"{model}-{index}-{name}": value for index, row in enumerate(typed) for name, value in row.items()}
    return {**sent, f"{model}-TOTAL_FORMS": len(typed)}


def test_a_new_edition_is_entered_in_one_place() -> None:
    ForumFactory(ordinal=4)
    desk, chair = Desk(EditorFactory()), ActorFactory(name_en="Switzerland")
    answer = desk.fill(
        "forum_add",
        year="2011",
        host_city="Geneva",
        opens_on="2011-12-01",
        closes_on="2011-12-02",
        **rows("chair_rows", {"actor": chair.pk}),
        **rows(
            "roundtables",
            {"kind": "roundtable", "title_en": "Labour mobility"},
            {"kind": "roundtable", "title_en": "Irregular migration", "number": "5"},
            {"kind": "closing", "title_en": "The way forward"},
            {"kind": "roundtable", "title_en": "Tools", "code": "rtx"},
        ),
        **rows(
            "figures", *[{"kind": "states", "value": "160", "qualifier": "over", "citation": text} for text in "AB"]
        ),
        **rows("conclusions", *[{"level": "0", "section": "Preamble", "text_en": text} for text in "CD"]),
    )
    assert answer.status_code == 302
    forum = Forum.objects.get(year=2011)
    assert (forum.ordinal, [row.position for row in forum.chair_rows.all()]) == (5, [1])
    assert list(forum.roundtables.order_by("pk").values_list("code", "number", "title_en")) == [
        ("RT6", 6, "Labour mobility"),
        ("RT5", 5, "Irregular migration"),
        ("FUT", None, "The way forward"),
        ("RTX", 7, "Tools"),
    ]
    assert [row.position for row in forum.figures.all()] == [1, 2]
    assert [(row.position, row.text_en) for row in forum.conclusions.all()] == [(1, "C"), (2, "D")]


def test_a_roundtable_that_has_the_code_of_another_is_refused_and_kept() -> None:
    roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
    opened = desk.form("forum_change", roundtable.forum_id)
    new = {"roundtables-TOTAL_FORMS": "2", "roundtables-1-kind": "roundtable", "roundtables-1-title_en": "Typed"}
    answer = desk.send("forum_change", roundtable.forum_id, typed={**opened, **new, "roundtables-1-code": "rt1"})
    formset = next(
        one.formset for one in answer.context["inline_admin_formsets"] if one.formset.prefix == "roundtables"
    )
    assert formset.non_form_errors() == ["Please correct the duplicate data for code."]
    assert sent_by(answer)["roundtables-1-title_en"] == "Typed"


def test_a_code_changed_on_the_form_of_the_forum_renames_drafts_and_makes_the_roundtables_form_stale() -> None:
    draft, desk = RecommendationFactory(), Desk(EditorFactory())
    opened = desk.form("roundtable_change", draft.roundtable_id)
    assert desk.fill("forum_change", draft.roundtable.forum_id, **{"roundtables-0-code": "rt7"}).status_code == 302
    assert Recommendation.objects.get().reference == "GFMD-2010-RT7-01"
    assert desk.send("roundtable_change", draft.roundtable_id, typed=opened).status_code == 200


def test_a_roundtable_changed_on_its_own_form_makes_that_of_its_forum_stale() -> None:
    roundtable, desk = RoundtableFactory(), Desk(EditorFactory())
    opened = desk.form("forum_change", roundtable.forum_id)
    desk.fill("roundtable_change", roundtable.pk, title_en="Theirs")
    assert desk.send("forum_change", roundtable.forum_id, typed=opened).status_code == 200
    opened = desk.form("forum_change", roundtable.forum_id)
    desk.client.post(desk.address("roundtable_delete", roundtable.pk), {"post": "yes"})
    assert desk.send("forum_change", roundtable.forum_id, typed=opened).status_code == 200


def test_the_code_of_a_roundtable_on_record_is_not_changed_on_the_form_of_its_forum() -> None:
    roundtable, desk = published_recommendation().roundtable, Desk(EditorFactory())
    typed = {"roundtables-0-code": "RT9", "roundtables-0-title_en": "New"}
    assert desk.fill("forum_change", roundtable.forum_id, **typed).status_code == 302
    roundtable.refresh_from_db()
    assert (roundtable.code, roundtable.title_en) == ("RT1", "New")


def test_a_roundtable_with_recommendations_is_not_deleted_on_the_form_of_its_forum() -> None:
    draft, desk = RecommendationFactory(), Desk(EditorFactory())
    answer = desk.fill("forum_change", draft.roundtable.forum_id, **{"roundtables-0-DELETE": "on"})
    assert "would require deleting the following protected related objects" in answer.content.decode()
    assert Roundtable.objects.count() == 1


def test_each_roundtable_of_a_forum_leads_to_its_form_to_pasting_and_to_its_drafts() -> None:
    part = RoundtableFactory()
    page = Desk(AdministratorFactory()).open("forum_change", part.forum_id).content.decode()
    for name in ("change", "paste", "drafts"):
        assert f'<a href="{reverse(f"admin:tracker_roundtable_{name}", args=[part.pk])}">' in page
