"""A small record, and every way to falsify it with SQL: the guards refuse each, verification names each.

``HARM`` maps what is done to the statement that does it, and to what ``verify_record`` must say of it when the guards
had been taken away. The names in braces are those of ``small_record``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EvidenceFactory,
    FollowUpFactory,
    published_assessment,
    published_entry,
    published_recommendation,
    published_report,
)
from tracker import actions
from tracker.models import EntryDocument, Evidence, FollowUp, Partner, Recommendation, RecordEvent, RestsOn
from tracker.record.triggers import create_triggers, drop_triggers

Names = dict[str, object]


def small_record() -> Names:
    """Make a follow-up (F1), an assessment (A1) that rests on it, a corrected text, a bare report, drafts."""
    recommendation = published_recommendation()
    entry = published_entry(recommendation=recommendation, partners=[ActorFactory()])
    assessment = published_assessment(recommendation=recommendation, rests_on=[entry])
    other = published_recommendation()
    actions.correct_official_text(other, by=AdministratorFactory(), text="Other words.", reason="A misprint")
    bare = published_report(recommendation=other)
    draft = FollowUpFactory(recommendation=recommendation, partners=[ActorFactory()])
    return {
        "recommendation": recommendation.pk,
        "other": other.pk,
        "entry": entry.pk,
        "bare": bare.pk,
        "assessment": assessment.pk,
        "evidence": entry.evidence.get().pk,
        "partner": entry.partner_rows.get().pk,
        "support": assessment.support_rows.get().pk,
        "draft": draft.pk,
        "draft_evidence": draft.evidence.get().pk,
        "draft_partner": draft.partner_rows.get().pk,
        "spare_evidence": EvidenceFactory(entry=draft).pk,
        "actor": ActorFactory().pk,
        "event": entry.sequence,
        "last": RecordEvent.objects.count(),
    }


def copied(model: type[models.Model], key: str, *, insert: str = "INSERT", **changes: str) -> str:
    """Return the statement that inserts a copy of the row ``key`` with some columns changed (SQL expressions)."""
    own = model._meta.pk
    columns = [field.column for field in model._meta.concrete_fields if field is not own or own.column in changes]
    values = [changes.get(column, column) for column in columns] + [
        changes[name] for name in changes if name == "rowid"
    ]
    named = columns + [name for name in changes if name == "rowid"]
    table = model._meta.db_table
    key_column = own.column if own else "id"
    return (
        f"{insert} INTO {table} ({', '.join(named)}) SELECT {', '.join(values)} FROM {table} WHERE {key_column} = {key}"
    )


def run(statement: str, names: Names) -> int:
    """Run a statement, or several with ``;;`` between them, in one savepoint; return how many rows the last touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        for one in statement.split(";;"):
            cursor.execute(one.format(**names))
        return cursor.rowcount


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the guards away, as someone with the keys of the database could, and put them back afterwards."""
    connection.check_constraints()  # PostgreSQL drops no trigger of a table whose checks are still to come
    drop_triggers(connection)
    yield
    connection.check_constraints()
    create_triggers(connection)


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of ours, for comparing."""
    tables = sorted(name for name in connection.introspection.table_names() if name.startswith("tracker_"))
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


PUBLISHED_COPY = {
    "reference": "'GFMD-2010-RT1-01-F9'",
    "sequence": "{last} + 1",
    "precedence": "{last} + 1",
    "number": "9",
}
FOLLOW_UP, EVIDENCE, RECOMMENDATION, EVENT, DOCUMENT = (
    model._meta.db_table for model in (FollowUp, Evidence, Recommendation, RecordEvent, EntryDocument)
)
F1, A1, R1, R2 = "GFMD-2010-RT1-01-F1", "GFMD-2010-RT1-01-A1", "GFMD-2010-RT1-01", "GFMD-2010-RT1-02"

# What is done: the statement, and what verification says of it.
HARM: dict[str, tuple[str, str]] = {
    "a character of a title": (
        f"UPDATE {FOLLOW_UP} SET title = title || '.' WHERE id = {{entry}}",
        f"differs: {F1}: is not what the chain says: title",
    ),
    "a character of a text": (
        f"UPDATE {FOLLOW_UP} SET body = body || '.' WHERE id = {{assessment}}",
        f"differs: {A1}: is not what the chain says: body",
    ),
    "a status": (
        f"UPDATE {FOLLOW_UP} SET status = 'partially_implemented' WHERE id = {{assessment}}",
        f"differs: {A1}: is not what the chain says: status",
    ),
    "a date": (
        f"UPDATE {FOLLOW_UP} SET counts_from = '2011-11-12' WHERE id = {{entry}}",
        f"differs: {F1}: is not what the chain says: counts_from",
    ),
    "a precedence": (
        f"UPDATE {FOLLOW_UP} SET precedence = precedence + 9 WHERE id = {{entry}}",
        f"differs: {F1}: is not what the chain says: precedence",
    ),
    "an actor": (
        f"UPDATE {FOLLOW_UP} SET actor_id = {{actor}} WHERE id = {{entry}}",
        f"differs: {F1}: is not what the chain says: actor",
    ),
    "published back to draft": (
        (
            f"UPDATE {FOLLOW_UP} SET state = 'draft', published_at = NULL, published_by_id = NULL, reference = NULL, "
            "counts_from = NULL, sequence = NULL, precedence = NULL WHERE id = {entry}"
        ),
        f"missing: {F1}: is in the chain but no longer published",
    ),
    "retracted without an event": (
        (
            f"UPDATE {FOLLOW_UP} SET state = 'retracted', retracted_at = published_at, "
            "retracted_by_id = published_by_id, retraction_reason = 'So' WHERE id = {assessment}"
        ),
        f"differs: {A1}: is not what the chain says: state, retracted_at, retraction_reason",
    ),
    "withheld without an event": (
        (
            f"UPDATE {FOLLOW_UP} SET state = 'withheld', withheld_at = published_at, withheld_by_id = published_by_id, "
            "withholding_reason = 'So', title = '', body = '', remaining = '' WHERE id = {entry}"
        ),
        f"differs: {F1}: is not what the chain says: body, title, state, withheld_at, withholding_reason",
    ),
    "an entry deleted": (
        f"DELETE FROM {DOCUMENT} WHERE entry_id = {{bare}};; DELETE FROM {FOLLOW_UP} WHERE id = {{bare}}",
        f"missing: {R2}-F1: is in the chain but no longer published",
    ),
    "an entry inserted as published": (
        copied(FollowUp, "{entry}", **PUBLISHED_COPY),
        "extra: GFMD-2010-RT1-01-F9: is published but not in the chain",
    ),
    "a draft made published": (
        (
            f"UPDATE {FOLLOW_UP} SET state = 'published', published_at = created_at, published_by_id = created_by_id, "
            "reference = 'GFMD-2010-RT1-01-F9', number = 9, counts_from = occurred_until, sequence = {last} + 1, "
            "precedence = {last} + 1 WHERE id = {draft}"
        ),
        "extra: GFMD-2010-RT1-01-F9: is published but not in the chain",
    ),
    "an evidence link": (
        f"UPDATE {EVIDENCE} SET url = url || 'x' WHERE id = {{evidence}}",
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "evidence added": (
        copied(Evidence, "{draft_evidence}", entry_id="{entry}"),
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "evidence moved in": (
        f"UPDATE {EVIDENCE} SET entry_id = {{entry}} WHERE id = {{draft_evidence}}",
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "evidence moved away": (
        f"UPDATE {EVIDENCE} SET entry_id = {{draft}} WHERE id = {{evidence}}",
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "evidence emptied": (
        f"UPDATE {EVIDENCE} SET citation = '', url = '' WHERE id = {{evidence}}",
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "evidence deleted": (
        f"DELETE FROM {EVIDENCE} WHERE id = {{evidence}}",
        f"differs: {F1}: is not what the chain says: evidence",
    ),
    "a partner added": (
        copied(Partner, "{draft_partner}", entry_id="{entry}"),
        f"differs: {F1}: is not what the chain says: partners",
    ),
    "a partner changed": (
        "UPDATE tracker_partner SET actor_id = {actor} WHERE id = {partner}",
        f"differs: {F1}: is not what the chain says: partners",
    ),
    "a partner deleted": (
        "DELETE FROM tracker_partner WHERE id = {partner}",
        f"differs: {F1}: is not what the chain says: partners",
    ),
    "a support added": (
        copied(RestsOn, "{support}", entry_id="{draft}"),
        f"differs: {A1}: is not what the chain says: rests_on",
    ),
    "a support changed": (
        "UPDATE tracker_restson SET entry_id = {draft} WHERE id = {support}",
        f"differs: {A1}: is not what the chain says: rests_on",
    ),
    "a support deleted": (
        "DELETE FROM tracker_restson WHERE id = {support}",
        f"differs: {A1}: is not what the chain says: rests_on",
    ),
    "a character of an official text": (
        f"UPDATE {RECOMMENDATION} SET official_text = official_text || '.' WHERE id = {{recommendation}}",
        f"differs: {R1}: is not what the chain says: official_text",
    ),
    "an official text, with a number of no event": (
        (
            f"UPDATE {RECOMMENDATION} SET official_text = 'New.', words_sequence = {{last}} + 1 "
            "WHERE id = {recommendation}"
        ),
        f"differs: {R1}: is not what the chain says: official_text, words_sequence",
    ),
    "an official text, with another's event": (
        f"UPDATE {RECOMMENDATION} SET official_text = 'New.', words_sequence = {{last}} WHERE id = {{recommendation}}",
        f"differs: {R1}: is not what the chain says: official_text, words_sequence",
    ),
    "an official text, with an event that served": (
        f"UPDATE {RECOMMENDATION} SET official_text = 'New.' WHERE id = {{other}}",
        f"differs: {R2}: is not what the chain says: official_text",
    ),
    "a reference": (
        f"UPDATE {RECOMMENDATION} SET reference = 'GFMD-2010-RT1-77' WHERE id = {{recommendation}}",
        f"missing: {R1}: is in the chain but no longer published",
    ),
    "withdrawn without an event": (
        (
            f"UPDATE {RECOMMENDATION} SET state = 'withdrawn', withdrawn_at = published_at, "
            "withdrawn_by_id = published_by_id, withdrawal_reason = 'So' WHERE id = {other}"
        ),
        f"differs: {R2}: is not what the chain says: state, withdrawn_at, withdrawal_reason",
    ),
    "published back to a draft recommendation": (
        (
            f"UPDATE {RECOMMENDATION} SET state = 'draft', published_at = NULL, published_by_id = NULL, "
            "words_sequence = NULL WHERE id = {other}"
        ),
        f"missing: {R2}: is in the chain but no longer published",
    ),
    "a recommendation inserted as published": (
        copied(Recommendation, "{other}", number="77", reference="'GFMD-2010-RT1-77'"),
        "extra: GFMD-2010-RT1-77: is published but not in the chain",
    ),
    "a character of a payload": (
        f"UPDATE {EVENT} SET payload = replace(payload, 'Parliament', 'parliament') WHERE sequence = {{event}}",
        f"chain: event 3 ({F1}): its payload is not what its digest says",
    ),
    "a subject": (
        f"UPDATE {EVENT} SET subject = subject || '0' WHERE sequence = {{event}}",
        f"chain: event 3 ({F1}0): its digest is not what its facts say",
    ),
    "a kind": (
        f"UPDATE {EVENT} SET kind = 'entry_retracted' WHERE sequence = {{event}}",
        f"chain: event 3 ({F1}): its digest is not what its facts say",
    ),
    "a kind that is none": (
        f"UPDATE {EVENT} SET kind = 'entry_praised' WHERE sequence = {{event}}",
        f"chain: event 3 ({F1}): says “entry_praised”, which has no place here",
    ),
    "a payload blanked": (
        f"UPDATE {EVENT} SET payload = '', salt = '' WHERE sequence = {{event}}",
        f"chain: event 3 ({F1}): its payload is blank and no event says why",
    ),
    "an event deleted": (
        f"DELETE FROM {EVENT} WHERE sequence = {{event}}",
        f"chain: event 4 ({A1}): event 3 is missing before it",
    ),
    "an event out of turn": (
        copied(RecordEvent, "{event}", sequence="{last} + 2", digest="'0'"),
        f"chain: event 9 ({F1}): event 8 is missing before it",
    ),
}

# What the guards leave to verification: the copies and the head, which the actions rewrite all the time.
UNGUARDED_HARM: dict[str, tuple[str, str]] = {
    "a copied status": (
        f"UPDATE {RECOMMENDATION} SET status = 'implemented' WHERE id = {{recommendation}}",
        f"copy: {R1}: does not follow from the record: status",
    ),
    "a copied verdict": (
        f"UPDATE {RECOMMENDATION} SET verdict_id = NULL WHERE id = {{recommendation}}",
        f"copy: {R1}: does not follow from the record: verdict_id",
    ),
    "a status change": (
        "UPDATE tracker_statuschange SET date = '2015-01-01' WHERE delta = -1",
        f"copy: {R1}: does not follow from the record: status_changes",
    ),
    "the head": (
        "UPDATE tracker_recordhead SET sequence = sequence - 1",
        "chain: head: says event 6, but the chain ends with 7",
    ),
    "the opening": (
        "UPDATE tracker_recordhead SET opened_at = '2001-01-01 00:00:00+00:00'",
        "chain: head: names another installation, or another opening, than the chain",
    ),
    "an event appended that nobody meant": (
        copied(RecordEvent, "{event}", sequence="{last} + 1", digest="'0'"),
        f"chain: event 8 ({F1}): says “entry_published” a second time",
    ),
}
