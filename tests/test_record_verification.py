"""``verify_record``: is the record what its chain says? Each falsification is named, and nothing else is."""

import json
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from tests.factories import AdministratorFactory, published_entry, published_recommendation, system_account
from tests.tampering import EVENT, F1, HARM, UNGUARDED_HARM, Names, run, small_record, unguarded
from tracker import actions
from tracker.models import Actor, FollowUp, Recommendation, RecordEvent, RecordHead
from tracker.record.triggers import create_triggers, drop_triggers, missing_names, triggers
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db


def verify_record(*options: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it printed."""
    printed = StringIO()
    try:
        call_command("verify_record", *options, stdout=printed)
    except SystemExit as ending:
        return int(str(ending.code)), printed.getvalue()
    return 0, printed.getvalue()


@pytest.fixture
def names() -> Names:
    return small_record()


def test_untouched_record_is_what_its_chain_says(names: Names) -> None:
    head = RecordHead.objects.get()
    assert verify_record() == (0, f"The record is what its chain says: 7 events.\nHead: {head.digest}\n")


def test_new_installation_is_what_its_chain_says() -> None:
    assert verify_record() == (
        0,
        f"The record is what its chain says: 1 events.\nHead: {RecordEvent.objects.get().digest}\n",
    )


@pytest.mark.parametrize("harm", [*HARM, *UNGUARDED_HARM])
def test_falsification_is_named(harm: str, names: Names) -> None:
    statement, named = (HARM | UNGUARDED_HARM)[harm]
    with unguarded():
        assert run(statement, names) == 1
    code, printed = verify_record()
    assert code == 1
    assert named in printed.splitlines()
    assert "trigger" not in printed


def test_each_missing_trigger_is_named(names: Names) -> None:
    connection.check_constraints()
    of_table = "" if connection.vendor == "sqlite" else " ON {0.table}"
    for trigger in triggers(connection.vendor):
        run(f"DROP TRIGGER {trigger.name}{of_table.format(trigger)}", {})
        assert missing_names(connection) == {trigger.name}
        for statement in trigger.statements:
            run(statement.replace("{", "{{").replace("}", "}}"), {})
    assert missing_names(connection) == set()


def test_missing_trigger_is_told_by_both_checks(names: Names) -> None:
    name, table = "guard_tracker_evidence_update", "tracker_evidence"
    assert_missing(name, f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


@pytest.mark.engine("postgresql")
def test_trigger_that_is_switched_off_is_missing(names: Names) -> None:
    name = "guard_tracker_evidence_update"
    assert_missing(name, f"ALTER TABLE tracker_evidence DISABLE TRIGGER {name}")


@pytest.mark.engine("postgresql")
def test_trigger_that_lets_everything_pass_is_missing_on_postgresql(names: Names) -> None:
    name = "guard_tracker_evidence_update"
    passing = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    assert_missing(name, passing)


@pytest.mark.engine("sqlite")
def test_trigger_that_lets_everything_pass_is_missing_on_sqlite(names: Names) -> None:
    name = "guard_tracker_evidence_update"
    run(f"DROP TRIGGER {name}", {})
    assert_missing(name, f"CREATE TRIGGER {name} BEFORE UPDATE ON tracker_evidence BEGIN SELECT 1; END")


def assert_missing(name: str, statement: str) -> None:
    connection.check_constraints()
    run(statement, {})
    assert verify_record() == (
        1,
        (
            "The record is NOT what its chain says: 1 found.\n"
            f"trigger: {name}: is missing or not ours: run manage.py migrate\n"
        ),
    )
    warnings = [message.msg for message in run_checks(databases=["default"]) if message.id == "tracker.W001"]
    assert warnings == [f"The trigger {name} is missing or not ours: what is published could change, or pages be old."]
    create_triggers(connection)
    assert verify().ok
    assert [message for message in run_checks(databases=["default"]) if message.id == "tracker.W001"] == []


class TestJson:
    """For machines."""

    def test_ok(self, names: Names) -> None:
        code, printed = verify_record("--format", "json")
        head = RecordHead.objects.get().digest
        assert (code, json.loads(printed)) == (0, {"ok": True, "events": 7, "head": head, "problems": []})

    def test_not_ok(self, names: Names) -> None:
        with unguarded():
            run(HARM["an evidence link"][0], names)
        code, printed = verify_record("--format", "json")
        detail = "is not what the chain says: evidence"
        assert (code, json.loads(printed)["problems"]) == (
            1,
            [{"kind": "differs", "reference": F1, "detail": detail}],
        )


class TestForgedChain:
    """Who can drop the guards can also write events that follow from each other."""

    @staticmethod
    def forge(names: Names, kind: RecordEvent.Kind, subject: str, payload: dict[str, Any]) -> None:
        from tracker.record.chain import append

        append(kind, subject, payload, by=system_account())

    def test_second_publication_does_not_cover_a_change(self, names: Names) -> None:
        """The row and a second event agree; the first event still says otherwise."""
        from tracker.record.canonical import entry_payload

        with unguarded():
            FollowUp.objects.filter(pk=names["entry"]).update(title="Another title")
            entry = FollowUp.objects.get(pk=names["entry"])
            self.forge(names, RecordEvent.Kind.ENTRY_PUBLISHED, F1, entry_payload(entry))
        assert [str(problem) for problem in verify().problems] == [
            f"chain: event 8 ({F1}): says “entry_published” a second time",
            f"differs: {F1}: is not what the chain says: title",
        ]

    def test_removal_of_another_does_not_cover_a_blank(self, names: Names) -> None:
        with unguarded():
            published = published_entry(recommendation=Recommendation.objects.get(pk=names["other"]))
            subject = str(published.reference)
            self.forge(names, RecordEvent.Kind.CONTENT_REMOVED, subject, {"removed": names["event"]})
            run(f"UPDATE {EVENT} SET payload = '', salt = '' WHERE sequence = {{event}}", names)
        found = [str(problem) for problem in verify().problems]
        assert f"chain: event {names['event']} ({F1}): its payload is blank and no event says why" in found

    def test_correction_of_words_that_never_stood(self, names: Names) -> None:
        subject = "GFMD-2010-RT1-01"
        self.forge(names, RecordEvent.Kind.RECOMMENDATION_CORRECTED, subject, {"old": {}, "new": {}, "reason": "So"})
        found = [str(problem) for problem in verify().problems]
        assert f"chain: event 8 ({subject}): corrects other words than the chain holds" in found

    def test_retraction_of_what_was_never_published(self, names: Names) -> None:
        self.forge(names, RecordEvent.Kind.ENTRY_RETRACTED, "GFMD-2010-RT1-01-F7", {"reason": "So"})
        assert [str(problem) for problem in verify().problems] == [
            "chain: event 8 (GFMD-2010-RT1-01-F7): says “entry_retracted” of what was never published"
        ]

    def test_what_is_left_of_a_removed_entry_is_still_compared(self, names: Names) -> None:
        published = published_entry(recommendation=Recommendation.objects.get(pk=names["other"]))
        actions.withhold(published, by=AdministratorFactory(), reason="A court order")
        assert verify().problems == []
        with unguarded():
            FollowUp.objects.filter(pk=published.pk).update(occurred_from="2010-01-01")
        assert [str(problem) for problem in verify().problems] == [
            f"differs: {published.reference}: is not what the chain says: occurred_from"
        ]


def test_head_that_is_gone_is_named(names: Names) -> None:
    RecordHead.objects.all().delete()
    assert verify_record()[1].splitlines()[1:] == ["chain: head: is missing: run manage.py migrate"]


def test_every_payload_unreadable_is_named_without_failing(names: Names) -> None:
    with unguarded():
        run(f"UPDATE {EVENT} SET payload = substr(payload, 2)", names)
    found = verify().problems
    assert sum("its payload is not what its digest says" in problem.detail for problem in found) == 7


def test_actor_renamed_later_is_no_difference(names: Names) -> None:
    entry = FollowUp.objects.get(pk=names["entry"])
    Actor.objects.filter(pk=entry.actor_id).update(name_en="A new name", slug="a-new-address")
    assert verify().problems == []


def test_line_ends_of_a_browser_and_decomposed_letters_are_no_difference() -> None:
    published_recommendation(official_text="One.\r\nTwo, to migre\u0301.\r")
    entry = published_entry(body="A first line.\r\nUn deuxie\u0300me.", title="E\u0301tat")
    actions.retract(entry, by=AdministratorFactory(), reason="Wrong:\r\nnot he\u0301")
    assert verify().problems == []


def test_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    small_record()
    with django_assert_num_queries(VERIFICATION):
        verify()
    for _ in range(5):
        published_entry()
    with django_assert_num_queries(VERIFICATION):
        verify()


VERIFICATION = 15


@pytest.mark.django_db(transaction=True)
def test_publications_during_a_verification_are_no_differences() -> None:
    """It reads one moment, without holding up who writes."""
    recommendations = [published_recommendation() for _ in range(3)]
    ended = threading.Event()

    def write() -> None:
        try:
            for number in range(40):
                published_entry(recommendation=recommendations[number % 3])
        finally:
            ended.set()
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    outcomes = []
    while not ended.is_set():
        outcomes.append(verify())
    writer.join()
    assert [problem for outcome in outcomes for problem in outcome.problems] == []
    assert len({outcome.events for outcome in outcomes}) > 1
    assert RecordEvent.objects.count() == 44


def test_guards_are_dropped_and_put_back(names: Names) -> None:
    connection.check_constraints()
    drop_triggers(connection)
    missing = {problem.reference for problem in verify().problems}
    create_triggers(connection)
    assert missing == {trigger.name for trigger in triggers(connection.vendor)}
    assert verify().ok
