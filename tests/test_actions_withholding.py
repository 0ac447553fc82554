"""Lawful removal: the content goes from every place that keeps it; that it stood here stays, and the chain verifies."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from tests.factories import (
    AdministratorFactory,
    EntryTranslationFactory,
    EvidenceFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_assessment,
    published_entry,
    system_account,
)
from tests.refusals import assert_refused
from tests.tampering import dump
from tracker import actions
from tracker.models import Evidence, FollowUp, RecordEvent, Status, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

State = FollowUp.State
SECRET = "Amina-Doe"
REASON = "A court order of 3 May"


@pytest.fixture
def administrator() -> User:
    return AdministratorFactory()


def published_with_secret(**facts: Any) -> FollowUp:
    """Publish an entry that names somebody in every place that can."""
    draft = FollowUpFactory(evidence=0, title=f"Of {SECRET}", body=f"By {SECRET}", internal_note=SECRET, **facts)
    EvidenceFactory(entry=draft, citation=f"Letter of {SECRET}", url=f"https://example.org/{SECRET}")
    EvidenceFactory(entry=draft, citation=SECRET, url="", file=ContentFile(SECRET.encode(), name=f"{SECRET}.pdf"))
    EntryTranslationFactory(entry=draft, title=SECRET, body=SECRET, remaining=SECRET)
    actions.submit(draft, by=system_account())
    actions.return_to_author(draft, by=system_account(), reason=f"Who is {SECRET}?")
    actions.submit(draft, by=system_account())
    LogEntry.objects.create(
        user=system_account(),
        content_type=ContentType.objects.get_for_model(FollowUp),
        object_id=str(draft.pk),
        object_repr=f"Draft Of {SECRET}",
        action_flag=CHANGE,
        change_message=f"Changed {SECRET}",
    )
    return actions.publish(draft, by=system_account())


def files() -> list[bytes]:
    """Return the content of every file that is kept."""
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def places_of_the_secret() -> list[str]:
    """Return the tables that still hold it, the log of the desk included."""
    found = [table for table, rows in dump().items() if SECRET in repr(rows)]
    logged = SECRET in repr(list(LogEntry.objects.values_list()))
    return found + (["log"] if logged else []) + (["files"] if SECRET.encode() in files() else [])


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


class TestContent:
    """What goes, and what stays."""

    def withheld(self, entry: FollowUp, by: User, capture: Any, **facts: Any) -> FollowUp:
        with capture(execute=True):
            actions.withhold(entry, by=by, reason=REASON, **facts)
        return FollowUp.objects.get(pk=entry.pk)

    def test_goes_from_every_place(self, administrator: User, django_capture_on_commit_callbacks: Any) -> None:
        entry = published_with_secret()
        everywhere = [*("tracker_entrytranslation", "tracker_evidence", "tracker_followup", "tracker_recordevent")]
        assert places_of_the_secret() == [*everywhere, "log", "files"]
        self.withheld(entry, administrator, django_capture_on_commit_callbacks)
        assert places_of_the_secret() == []
        assert verify().problems == []

    def test_leaves_what_does_not_name_it(self, administrator: User, django_capture_on_commit_callbacks: Any) -> None:
        before = published_with_secret()
        entry = self.withheld(before, administrator, django_capture_on_commit_callbacks)
        stay = "reference number actor basis relation occurred_from counts_from sequence published_at".split()
        assert [getattr(entry, name) for name in stay] == [getattr(before, name) for name in stay]
        event = RecordEvent.objects.get(kind="content_removed")
        assert (entry.state, entry.withheld_by, entry.withheld_at) == (State.WITHHELD, administrator, event.at)
        assert entry.withholding_reason == REASON
        assert [(row.citation, row.file_size, row.sha256) for row in entry.evidence.all()] == [("", None, "")] * 2
        removed = RecordEvent.objects.get(sequence=entry.sequence)
        assert (removed.payload, removed.salt, len(removed.content_digest)) == ("", "", 64)
        told = json.loads(event.payload)
        assert (told["removed"], told["reason"]) == (entry.sequence, REASON)
        assert not {"title", "body", "remaining", "evidence"} & told["kept"].keys()
        assert LogEntry.objects.get().object_repr == entry.reference

    def test_of_a_retracted_entry(self, administrator: User, django_capture_on_commit_callbacks: Any) -> None:
        entry = published_with_secret()
        actions.retract(entry, by=administrator, reason="Wrong body")
        entry = self.withheld(entry, administrator, django_capture_on_commit_callbacks)
        assert (entry.state, entry.retraction_reason) == (State.WITHHELD, "Wrong body")
        assert places_of_the_secret() == []
        assert verify().problems == []

    def test_goes_from_unfinished_corrections(
        self, administrator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        entry = published_with_secret()
        draft = actions.start_correction(entry, by=administrator)
        self.withheld(entry, administrator, django_capture_on_commit_callbacks)
        assert places_of_the_secret() == []
        assert not FollowUp.objects.filter(pk=draft.pk).exists()

    def test_file_of_a_correction_stays_until_nobody_uses_it(
        self, administrator: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        entry = published_with_secret()
        draft = actions.start_correction(entry, by=administrator)
        newer = actions.correct(entry, by=administrator, replacement=draft, reason="A slip")
        self.withheld(entry, administrator, django_capture_on_commit_callbacks)
        assert files() == [SECRET.encode()]
        assert Path(newer.evidence.exclude(file="").get().file.path).read_bytes() == SECRET.encode()
        self.withheld(newer, administrator, django_capture_on_commit_callbacks)
        assert files() == []
        assert verify().problems == []

    def test_file_stays_while_the_removal_may_still_fail(self, administrator: User) -> None:
        actions.withhold(published_with_secret(), by=administrator, reason=REASON)
        assert files() == [SECRET.encode()]

    def test_assessment_decides_no_more(self, administrator: User, django_capture_on_commit_callbacks: Any) -> None:
        assessment = published_assessment()
        self.withheld(assessment, administrator, django_capture_on_commit_callbacks)
        assessment.recommendation.refresh_from_db()
        assert assessment.recommendation.status == Status.NO_INFORMATION
        assert verify().problems == []


class TestAssessmentsOnIt:
    """Each is replaced or retracted in the same action."""

    def test_neither(self, administrator: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        sentence = assert_refused("supports_others", actions.withhold, entry, by=administrator, reason=REASON)
        assert str(assessment.reference) in sentence

    def test_retracted(self, administrator: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        facts = {"retract_too": [assessment, assessment, entry]}
        actions.withhold(entry, by=administrator, reason=REASON, **facts)
        assessment.refresh_from_db()
        assert (assessment.state, assessment.retraction_reason) == (State.RETRACTED, REASON)
        assert verify().problems == []

    def test_replaced(self, administrator: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        draft = actions.start_correction(assessment, by=administrator)
        draft.support_rows.all().delete()
        actions.withhold(entry, by=administrator, reason=REASON, replacements={assessment: draft})
        entry.recommendation.refresh_from_db()
        assert (entry.recommendation.verdict, entry.recommendation.status) == (draft, Status.IN_PROGRESS)
        assert verify().problems == []

    def test_replaced_by_one_that_rests_on_it_still(self, administrator: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        draft = actions.start_correction(assessment, by=administrator)
        facts = {"reason": REASON, "replacements": {assessment: draft}}
        assert_refused("supports_others", actions.withhold, entry, by=administrator, **facts)

    def test_retracted_already(self, administrator: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        actions.retract(assessment, by=administrator, reason="Wrong")
        facts = {"reason": REASON, "retract_too": [assessment]}
        assert_refused("not_published", actions.withhold, entry, by=administrator, **facts)

    def test_of_another_recommendation_whose_copies_follow(self, administrator: User) -> None:
        other = published_assessment()
        actions.withhold(published_entry(), by=administrator, reason=REASON, retract_too=[other])
        assert verify().problems == []

    def test_on_a_retracted_entry_go_together_with_what_rests_on_them(self, administrator: User) -> None:
        """What goes along is refused like any retraction, also where the entry itself no longer counts."""
        entry, support = published_entry(), published_entry()
        published_assessment(recommendation=support.recommendation, rests_on=[support])
        actions.retract(entry, by=administrator, reason="Wrong")
        facts = {"reason": REASON, "retract_too": [support]}
        assert_refused("supports_others", actions.withhold, entry, by=administrator, **facts)


class TestRefusals:
    """Only an administrator, only with a reason, only what was published, only once."""

    def test_without_the_right(self) -> None:
        assert_refused("not_allowed", actions.withhold, published_entry(), by=ReviewerFactory(), reason=REASON)

    def test_without_a_reason(self, administrator: User) -> None:
        assert_refused("reason_missing", actions.withhold, published_entry(), by=administrator, reason=" ")

    def test_draft(self, administrator: User) -> None:
        assert_refused("not_on_record", actions.withhold, FollowUpFactory(), by=administrator, reason=REASON)

    def test_second_time(self, administrator: User) -> None:
        entry = published_entry()
        actions.withhold(entry, by=administrator, reason=REASON)
        assert_refused("not_on_record", actions.withhold, entry, by=administrator, reason=REASON)
        assert Evidence.objects.filter(entry=entry).exclude(citation="").count() == 0
