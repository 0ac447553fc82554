"""Correcting: one act publishes the new version and retracts the old; nothing that rests on it falls."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    EvidenceFactory,
    ReviewerFactory,
    UserFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    published_report,
)
from tests.refusals import assert_refused
from tracker import actions
from tracker.actions.correction import successor
from tracker.actions.retraction import resting_on
from tracker.models import Evidence, FollowUp, RecordEvent, Status, StatusChange, User
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

State = FollowUp.State
DAY = dt.timedelta(days=1)


@pytest.fixture
def reviewer() -> User:
    return ReviewerFactory()


def corrected(entry: FollowUp, by: User, **changes: object) -> FollowUp:
    """Correct an entry in some columns; return the new version."""
    draft = actions.start_correction(entry, by=by)
    FollowUp.objects.filter(pk=draft.pk).update(**changes)
    return actions.correct(entry, by=by, replacement=draft, reason="A slip")


class TestStart:
    """A draft, filled in from what is published."""

    def test_copies_everything_that_is_said(self, reviewer: User) -> None:
        partners = [ActorFactory(), ActorFactory()]
        entry = published_entry(partners=partners, evidence=2, act="one-act", internal_note="By phone")
        Evidence.objects.filter(entry__state=State.DRAFT).delete()
        draft = actions.start_correction(entry, by=reviewer)
        same = "basis received_via recommendation actor relation act title body language internal_note".split()
        assert [getattr(draft, name) for name in same] == [getattr(entry, name) for name in same]
        assert (draft.state, draft.replaces, draft.created_by) == (State.DRAFT, entry, reviewer)
        assert [row.actor for row in draft.partner_rows.all()] == partners
        said = ("citation", "url", "quality", "position")
        assert list(draft.evidence.values_list(*said)) == list(entry.evidence.values_list(*said))
        assert verify().problems == []

    def test_shares_the_files(self, reviewer: User) -> None:
        entry = published_with_file()
        copy = actions.start_correction(entry, by=reviewer).evidence.get()
        kept = entry.evidence.get()
        facts = ("file", "file_name", "file_size", "sha256")
        assert [getattr(copy, name) for name in facts] == [getattr(kept, name) for name in facts]
        assert copy.pk != kept.pk

    def test_second_time_returns_the_unfinished_one(self, reviewer: User) -> None:
        entry = published_entry()
        draft = actions.start_correction(entry, by=reviewer)
        assert actions.start_correction(entry, by=reviewer) == draft
        assert actions.start_correction(entry, by=ReviewerFactory()) != draft

    def test_of_an_assessment_rests_on_the_newest_versions(self, reviewer: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        newer = corrected(corrected(entry, reviewer), reviewer)
        draft = actions.start_correction(assessment, by=reviewer)
        assert list(draft.rests_on.all()) == [newer]
        assert successor(entry) == newer

    def test_without_the_right(self) -> None:
        assert_refused("not_allowed", actions.start_correction, published_entry(), by=EditorFactory())

    def test_of_a_retracted_entry(self, reviewer: User) -> None:
        entry = published_entry()
        actions.retract(entry, by=reviewer, reason="Wrong")
        assert_refused("not_published", actions.start_correction, entry, by=reviewer)


def published_with_file() -> FollowUp:
    """Return a published entry whose evidence is a file."""
    from tests.factories import FollowUpFactory, system_account

    draft = FollowUpFactory(evidence=0)
    EvidenceFactory(entry=draft, file=ContentFile(b"%PDF-1.4 a letter", name="Letter of May.pdf"))
    return actions.publish(draft, by=system_account())


class TestCorrect:
    """The new version in the place of the old."""

    def test_entry(self, reviewer: User) -> None:
        entry = published_entry()
        newer = corrected(entry, reviewer, title="A decree was adopted")
        entry.refresh_from_db()
        assert (entry.state, entry.retraction_reason) == (State.RETRACTED, "A slip")
        assert (newer.state, newer.reference, newer.replaces) == (State.PUBLISHED, "GFMD-2010-RT1-01-F2", entry)
        assert newer.precedence == entry.sequence
        kinds = list(RecordEvent.objects.order_by("-sequence").values_list("kind", "subject")[:2])
        assert kinds == [("entry_retracted", entry.reference), ("entry_published", newer.reference)]
        entry.recommendation.refresh_from_db()
        assert entry.recommendation.followup_count == 1
        assert verify().problems == []

    def test_what_rested_on_it_rests_on_its_successor(self, reviewer: User) -> None:
        entry = published_entry()
        assessment = published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        newest = corrected(corrected(entry, reviewer), reviewer)
        assert resting_on(newest) == [assessment]
        assert_refused("supports_others", actions.retract, newest, by=reviewer, reason="Wrong")
        actions.retract(newest, by=reviewer, reason="Wrong", together_with=[assessment])
        assert verify().problems == []

    def test_no_dip_in_the_trend(self, reviewer: User) -> None:
        entry = published_entry()
        assessment = published_assessment(
            recommendation=entry.recommendation, rests_on=[entry], status=Status.IMPLEMENTED
        )
        before = list(StatusChange.objects.values("date", "status", "delta"))
        corrected(entry, reviewer, title="A decree was adopted")
        corrected(assessment, reviewer, body="Both laws are in force.")
        assert list(StatusChange.objects.values("date", "status", "delta")) == before

    def test_counts_as_the_first_version_did(self, reviewer: User) -> None:
        """A month published before its end counts from that day, however late it is corrected."""
        from django.utils import timezone

        today = timezone.now().date()
        entry = published_entry(occurred_from=today, occurred_until=today + 40 * DAY, precision="month")
        newer = corrected(corrected(entry, reviewer), reviewer)
        assert newer.counts_from == entry.counts_from == entry.published_at.date()

    def test_keeps_its_place_among_the_readings_of_a_day(self, reviewer: User) -> None:
        recommendation = published_recommendation()
        first = published_assessment(recommendation=recommendation)
        second = published_assessment(recommendation=recommendation, status=Status.IMPLEMENTED, evidence=1)
        corrected(first, reviewer, body="Only one law is on record.")
        recommendation.refresh_from_db()
        assert recommendation.verdict == second

    def test_of_the_deciding_assessment(self, reviewer: User) -> None:
        assessment = published_assessment()
        newer = corrected(assessment, reviewer, status=Status.PARTIALLY_IMPLEMENTED)
        recommendation = assessment.recommendation
        recommendation.refresh_from_db()
        assert (recommendation.verdict, recommendation.status) == (newer, Status.PARTIALLY_IMPLEMENTED)

    def test_report_needs_four_eyes_again(self, reviewer: User) -> None:
        report = published_report()
        draft = actions.start_correction(report, by=reviewer)
        assert_refused("four_eyes", actions.correct, report, by=reviewer, replacement=draft, reason="A slip")
        draft = actions.submit(draft, by=EditorFactory())
        assert actions.correct(report, by=reviewer, replacement=draft, reason="A slip").state == State.PUBLISHED

    def test_report_is_waived_by_an_administrator(self) -> None:
        report, administrator = published_report(), AdministratorFactory()
        draft = actions.start_correction(report, by=administrator)
        facts = {"replacement": draft, "reason": "A slip", "waiver": "On duty alone"}
        assert actions.correct(report, by=administrator, **facts).waiver_reason == "On duty alone"


class TestRefusals:
    """What a correction cannot do."""

    def test_without_the_right(self, reviewer: User) -> None:
        entry = published_entry()
        draft = actions.start_correction(entry, by=reviewer)
        facts = {"replacement": draft, "reason": "A slip"}
        assert_refused("not_allowed", actions.correct, entry, by=UserFactory(), **facts)

    def test_without_a_reason(self, reviewer: User) -> None:
        entry = published_entry()
        draft = actions.start_correction(entry, by=reviewer)
        assert_refused("reason_missing", actions.correct, entry, by=reviewer, replacement=draft, reason=" ")

    def test_after_another_correction(self, reviewer: User) -> None:
        entry = published_entry()
        late = actions.start_correction(entry, by=ReviewerFactory())
        corrected(entry, reviewer)
        assert_refused("not_published", actions.correct, entry, by=reviewer, replacement=late, reason="A slip")

    def test_published_as_if_it_were_none(self, reviewer: User) -> None:
        """Otherwise both versions would count."""
        entry = published_entry()
        draft = actions.start_correction(entry, by=reviewer)
        sentence = assert_refused("is_correction", actions.publish, draft, by=reviewer)
        assert sentence.startswith(f"This corrects {entry.reference}:")

    def test_published_version_is_published_already(self, reviewer: User) -> None:
        newer = corrected(published_entry(), reviewer)
        assert_refused("already_published", actions.publish, newer, by=reviewer)

    def test_by_an_entry_that_corrects_nothing(self, reviewer: User) -> None:
        entry, other = published_entry(), published_entry()
        facts = {"replacement": other, "reason": "A slip"}
        assert_refused("wrong_replacement", actions.correct, entry, by=reviewer, **facts)

    @pytest.mark.parametrize("change", ["recommendation", "basis"])
    def test_of_another_place_or_sort(self, change: str, reviewer: User) -> None:
        entry = published_entry()
        draft = actions.start_correction(entry, by=reviewer)
        if change == "recommendation":
            draft.recommendation = published_recommendation()
        else:
            draft.basis, draft.actor, draft.title, draft.relation = FollowUp.Basis.ASSESSED, None, "", ""
            draft.status, draft.standing = Status.SUPERSEDED, "provisional"
        draft.save()
        facts = {"replacement": draft, "reason": "A slip"}
        assert_refused("wrong_replacement", actions.correct, entry, by=reviewer, **facts)

    def test_later_than_what_rests_on_it(self, reviewer: User) -> None:
        entry = published_entry()
        published_assessment(recommendation=entry.recommendation, rests_on=[entry])
        draft = actions.start_correction(entry, by=reviewer)
        draft.occurred_until += DAY
        draft.save()
        facts = {"replacement": draft, "reason": "A slip"}
        assert_refused("rests_on_later", actions.correct, entry, by=reviewer, **facts)

    def test_without_the_evidence_of_what_is_implemented(self, reviewer: User) -> None:
        """Also where the entry was corrected before, and another support has none."""
        first = published_entry()
        report = published_report(recommendation=first.recommendation)
        facts = {"status": Status.IMPLEMENTED, "rests_on": [first, report]}
        published_assessment(recommendation=first.recommendation, **facts)
        entry = corrected(first, reviewer)
        draft = actions.start_correction(entry, by=reviewer)
        FollowUp.objects.filter(pk=draft.pk).update(basis="reported")
        draft.evidence.all().delete()
        draft = actions.submit(draft, by=EditorFactory())
        refused = {"replacement": draft, "reason": "A slip"}
        assert_refused("evidence_missing", actions.correct, entry, by=reviewer, **refused)
        EvidenceFactory(entry=draft)
        assert actions.correct(entry, by=reviewer, **refused).state == State.PUBLISHED
