"""The triggers: what SQL cannot do to the record, on both engines and past Django."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection

from tests.factories import AdministratorFactory, published_entry
from tests.tampering import EVENT, EVIDENCE, FOLLOW_UP, HARM, RECOMMENDATION, Names, copied, dump, run, small_record
from tracker import actions
from tracker.models import Evidence, FollowUp, Partner, Recommendation, RecordEvent, RestsOn
from tracker.record.guards import GUARDED
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> Names:
    return small_record()


def assert_refused(statement: str, names: Names) -> None:
    """The guard, nothing else, refuses the statement, and nothing has changed."""
    before = dump()
    with pytest.raises(DatabaseError, match=r"\(\w+ refused\)"):
        run(statement, names)
    assert dump() == before


def test_sql_is_refused(names: Names) -> None:
    for statement, _named in HARM.values():
        assert_refused(statement, names)


@pytest.mark.engine("postgresql")
def test_truncate_is_refused(names: Names) -> None:
    connection.check_constraints()
    for model in GUARDED:
        assert_refused(f"TRUNCATE {model._meta.db_table} CASCADE", names)


# Each key by which a new or changed row could push a frozen one out, for each guarded table.
NOWHERE = "(SELECT 1 + MAX(id) FROM {table})"
DRAFT = {
    **dict.fromkeys(("published_at", "published_by_id", "counts_from", "sequence", "precedence"), "NULL"),
    "state": "'draft'",
    "reference": "NULL",
}
DRAFT_RECOMMENDATION = {
    **dict.fromkeys(("published_at", "published_by_id", "words_sequence"), "NULL"),
    "state": "'draft'",
}
NEXT_EVENT = {"sequence": "{last} + 1", "subject": "'GFMD-X'"}
REPLACING: dict[str, str] = {
    "an entry by its id": copied(FollowUp, "{draft}", id="{entry}"),
    "an entry by its number": copied(FollowUp, "{draft}", number="1"),
    "an assessment by its number": copied(FollowUp, "{assessment}", **DRAFT),
    "evidence by its id": copied(Evidence, "{draft_evidence}", id="{evidence}"),
    "a partner by its id": copied(Partner, "{draft_partner}", id="{partner}"),
    "a support by its id": copied(RestsOn, "{support}", id="{support}", assessment_id="{draft}"),
    "a recommendation by its id": copied(
        Recommendation, "{other}", id="{recommendation}", number="77", reference="'X'", **DRAFT_RECOMMENDATION
    ),
    "a recommendation by its reference": copied(Recommendation, "{other}", number="77", **DRAFT_RECOMMENDATION),
    "a recommendation by its number": copied(Recommendation, "{other}", reference="'X'", **DRAFT_RECOMMENDATION),
    "an event by its sequence": copied(RecordEvent, "{event}", sequence="{event}", digest="'0'"),
    "an event by its digest": copied(RecordEvent, "{event}", **NEXT_EVENT),
    "an event by its rowid": copied(
        RecordEvent,
        "{event}",
        rowid="(SELECT rowid FROM tracker_recordevent WHERE sequence = {event})",
        digest="'0'",
        **NEXT_EVENT,
    ),
}
MOVING: dict[str, str] = {
    "an entry by its id": f"UPDATE OR REPLACE {FOLLOW_UP} SET id = {{entry}} WHERE id = {{draft}}",
    "an entry by its number": f"UPDATE OR REPLACE {FOLLOW_UP} SET number = 1 WHERE id = {{draft}}",
    "evidence by its id": f"UPDATE OR REPLACE {EVIDENCE} SET id = {{evidence}} WHERE id = {{draft_evidence}}",
    "a partner by its id": "UPDATE OR REPLACE tracker_partner SET id = {partner} WHERE id = {draft_partner}",
    "a recommendation by its number": (
        f"UPDATE OR REPLACE {RECOMMENDATION} SET number = 1 WHERE id = {{draft_recommendation}}"
    ),
    "a recommendation by its reference": (
        f"UPDATE OR REPLACE {RECOMMENDATION} SET reference = 'GFMD-2010-RT1-01' WHERE id = {{draft_recommendation}}"
    ),
    "an event by its rowid": (
        f"UPDATE OR REPLACE {EVENT} SET rowid = (SELECT rowid FROM {EVENT} WHERE sequence = 2) "
        "WHERE sequence = {event}"
    ),
}


@pytest.fixture(params=["ON", "OFF"])
def recursive_triggers(request: pytest.FixtureRequest) -> Iterator[None]:
    """With OFF, SQLite runs no delete trigger for the row that OR REPLACE pushes out."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={request.param}")
        yield
        cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.engine("sqlite")
@pytest.mark.usefixtures("recursive_triggers")
class TestReplacing:
    """SQLite's OR REPLACE deletes the row whose key is taken."""

    @pytest.mark.parametrize("insert", ["INSERT OR REPLACE", "REPLACE"])
    def test_insert_is_refused(self, insert: str, names: Names) -> None:
        for statement in REPLACING.values():
            assert_refused(statement.replace("INSERT INTO", f"{insert} INTO"), names)

    @pytest.mark.parametrize("key", MOVING)
    def test_update_is_refused(self, key: str, names: Names) -> None:
        draft = Recommendation.objects.get(pk=names["other"])
        draft.pk, draft.number, draft.state = None, 77, Recommendation.State.DRAFT
        draft.published_by = draft.published_at = draft.words_sequence = None
        draft.save(force_insert=True)
        assert_refused(MOVING[key], {**names, "draft_recommendation": draft.pk})

    def test_correction_of_the_corrected_is_refused(self) -> None:
        """A second version on record would push out the first by ``followup_replaced_once``."""
        administrator = AdministratorFactory()
        entry = published_entry()
        first = actions.start_correction(entry, by=administrator)
        second = actions.start_correction(entry, by=AdministratorFactory())
        version = actions.correct(entry, by=administrator, replacement=first, reason="A slip")
        last = RecordEvent.objects.count()
        reference = f"{version.recommendation.reference}-F9"
        forged = copied(
            RecordEvent,
            "{last}",
            sequence="{last} + 1",
            digest="'0'",
            kind="'entry_published'",
            subject=f"'{reference}'",
        )
        run(forged, {"last": last})
        assert_refused(
            f"UPDATE OR REPLACE {FOLLOW_UP} SET state = 'published', published_at = created_at, "
            f"published_by_id = created_by_id, reference = '{reference}', number = 9, counts_from = occurred_until, "
            f"sequence = {last + 1}, precedence = {last + 1} WHERE id = {second.pk}",
            {},
        )


class TestAllowed:
    """What may still happen to rows on record."""

    def test_internal_note_of_an_entry_stays_editable(self, names: Names) -> None:
        FollowUp.objects.filter(pk=names["entry"]).update(internal_note="Ask again in May")
        assert FollowUp.objects.get(pk=names["entry"]).internal_note == "Ask again in May"
        assert verify().problems == []

    def test_headline_of_a_recommendation_stays_editable(self, names: Names) -> None:
        Recommendation.objects.filter(pk=names["recommendation"]).update(headline_fr="Une chose")
        assert verify().problems == []

    def test_drafts_may_be_changed_and_deleted(self, names: Names) -> None:
        draft = FollowUp.objects.get(pk=names["draft"])
        draft.title = "Another title"
        draft.save()
        draft.evidence.update(citation="Another source")
        draft.delete()
        assert not Evidence.objects.filter(pk=names["draft_evidence"]).exists()
        assert verify().problems == []

    def test_payload_is_blanked_after_its_removal_alone(self, names: Names) -> None:
        """Only of the entry whose content was removed, and nothing of the event but payload and salt."""
        entry = FollowUp.objects.get(pk=names["draft"])
        entry.internal_note = ""
        published = actions.publish(entry, by=AdministratorFactory())
        actions.retract(published, by=AdministratorFactory(), reason="Wrong actor")
        actions.withhold(published, by=AdministratorFactory(), reason="A court order")
        events = list(RecordEvent.objects.filter(subject=published.reference))
        assert [(event.kind, event.payload == "") for event in events] == [
            ("entry_published", True),
            ("entry_retracted", False),
            ("content_removed", False),
        ]
        for sequence in (events[1].sequence, events[2].sequence, names["event"]):
            assert_refused(f"UPDATE {EVENT} SET payload = '', salt = '' WHERE sequence = {sequence}", {})
        first = events[0].sequence
        assert_refused(f"UPDATE {EVENT} SET payload = '', salt = '', digest = '0' WHERE sequence = {first}", {})
        assert_refused(f"UPDATE {EVENT} SET payload = '{{{{}}}}' WHERE sequence = {first}", {})
        assert run(f"UPDATE {EVENT} SET payload = '', salt = '' WHERE sequence = {first}", {}) == 1
        assert verify().problems == []
