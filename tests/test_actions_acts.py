"""One act on several recommendations: drafts that share its key, its evidence and its fate."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    EvidenceFactory,
    FollowUpFactory,
    ForumFactory,
    ReviewerFactory,
    RoundtableFactory,
    UserFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tests.refusals import assert_refused
from tests.tampering import dump
from tracker import actions
from tracker.actions.acts import new_act
from tracker.models import FollowUp, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

REASON = "A court order"


@pytest.fixture
def editor() -> User:
    return EditorFactory()


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def draft_with_file(**facts: Any) -> FollowUp:
    draft = FollowUpFactory(evidence=0, partners=[ActorFactory()], internal_note="Ask again.", **facts)
    EvidenceFactory(entry=draft)
    EvidenceFactory(entry=draft, citation="The law", url="", file=ContentFile(b"law", name="law.pdf"))
    return draft


def test_each_recommendation_gets_a_draft_with_the_same_facts(editor: User) -> None:
    draft, others = draft_with_file(), [published_recommendation(), published_recommendation()]
    first, second = actions.log_on_others(draft, recommendations=others, by=editor)
    draft.refresh_from_db()
    assert [entry.recommendation for entry in (first, second)] == others
    assert {entry.act for entry in (first, second)} == {draft.act}
    assert len(draft.act) == len(new_act())
    same = "actor basis received_via relation occurred_from occurred_until precision title body internal_note".split()
    assert [getattr(second, name) for name in same] == [getattr(draft, name) for name in same]
    assert (second.state, second.created_by, second.reference) == ("draft", editor, None)
    assert list(second.partners.all()) == list(draft.partners.all())
    described = ("citation", "url", "file", "file_name", "file_size", "sha256", "quality", "position")
    assert list(second.evidence.values_list(*described)) == list(draft.evidence.values_list(*described))
    assert len(files()) == 1


def test_a_key_that_was_typed_is_kept_and_a_frozen_entry_stays_as_it_is(editor: User) -> None:
    typed, frozen = FollowUpFactory(act="gcm-2018"), published_entry()
    assert actions.log_on_others(typed, recommendations=[published_recommendation()], by=editor)[0].act == "gcm-2018"
    assert actions.log_on_others(frozen, recommendations=[published_recommendation()], by=editor)[0].act != ""
    frozen.refresh_from_db()
    assert frozen.act == ""


def test_what_ended_before_the_forum_stays_confirmed_only_where_it_did(editor: User) -> None:
    in_2009 = {"occurred_from": dt.date(2009, 5, 1), "occurred_until": dt.date(2009, 5, 1)}
    draft = FollowUpFactory(before_forum_confirmed=True, **in_2009)
    earlier = RoundtableFactory(forum=ForumFactory(year=2008, ordinal=90))
    there, here = actions.log_on_others(
        draft, recommendations=[published_recommendation(roundtable=earlier), published_recommendation()], by=editor
    )
    assert FollowUp.objects.get(pk=there.pk).before_forum_confirmed is False
    assert FollowUp.objects.get(pk=here.pk).before_forum_confirmed is True


def test_an_act_stands_once_on_a_recommendation(editor: User) -> None:
    draft, other = FollowUpFactory(), published_recommendation()
    actions.log_on_others(draft, recommendations=[other], by=editor)
    draft.refresh_from_db()
    for there in (draft.recommendation, other):
        sentence = assert_refused("logged_already", actions.log_on_others, draft, recommendations=[there], by=editor)
        assert sentence == f"This act is logged on {there.reference} already: leave it out."


def test_it_is_logged_again_where_it_was_taken_back(editor: User) -> None:
    draft, other = FollowUpFactory(), published_recommendation()
    gone = actions.publish(actions.log_on_others(draft, recommendations=[other], by=editor)[0], by=ReviewerFactory())
    actions.retract(gone, by=ReviewerFactory(), reason="Wrong")
    assert len(actions.log_on_others(draft, recommendations=[other], by=editor)) == 1


def test_what_does_not_stand_as_a_follow_up_is_not_logged_elsewhere(editor: User) -> None:
    reviewer, other = ReviewerFactory(), [published_recommendation()]
    correction = actions.start_correction(published_entry(), by=reviewer)
    taken_back = actions.retract(published_entry(), by=reviewer, reason="Wrong")
    for entry in (published_assessment(), correction, taken_back):
        assert_refused("not_for_others", actions.log_on_others, entry, recommendations=other, by=editor)
    assert_refused("not_allowed", actions.log_on_others, published_entry(), recommendations=other, by=UserFactory())


def test_all_are_submitted_or_none(editor: User) -> None:
    drafts = [FollowUpFactory(), FollowUpFactory()]
    actions.submit(drafts[1], by=editor)
    assert_refused("not_draft", actions.submit_together, drafts, by=editor)
    third = FollowUpFactory()
    assert [entry.state for entry in actions.submit_together([drafts[0], third], by=editor)] == ["submitted"] * 2


def test_a_file_goes_with_the_last_entry_that_names_it(django_capture_on_commit_callbacks: Any) -> None:
    administrator, draft = AdministratorFactory(), draft_with_file()
    others = actions.log_on_others(draft, recommendations=[published_recommendation()], by=administrator)
    first, second = actions.publish_several([draft, *others], by=administrator)
    name = str(second.evidence.exclude(file="").get().file)
    for entry, left in ((first, True), (second, False)):
        with django_capture_on_commit_callbacks(execute=True):
            actions.withhold(entry, by=administrator, reason=REASON)
        assert default_storage.exists(name) is left
    assert verify().problems == []


def test_a_follow_up_and_its_reading_are_published_together() -> None:
    reviewer, draft = ReviewerFactory(), FollowUpFactory()
    entry, reading = actions.publish_and_assess(
        draft, by=reviewer, status="partially_implemented", reasoning="A first law.", remaining="A second law."
    )
    assert (entry.state, reading.state, reading.standing) == ("published", "published", "provisional")
    assert (list(reading.rests_on.all()), reading.counts_from) == ([entry], reading.occurred_from)
    entry.recommendation.refresh_from_db()
    assert (entry.recommendation.verdict, entry.recommendation.status) == (reading, Status.PARTIALLY_IMPLEMENTED)
    assert verify().problems == []


def test_neither_is_published_where_the_reading_is_refused() -> None:
    reviewer, draft = ReviewerFactory(), FollowUpFactory()
    facts = {"status": "partially_implemented", "reasoning": "So."}
    before = dump()
    assert_refused("remaining_missing", actions.publish_and_assess, draft, by=reviewer, **facts)
    assert dump() == before
