"""Bringing a dump back: into an installation in which nothing is on record yet, whole and verified, or not at all."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models

from tracker import search
from tracker.dump.cells import reader
from tracker.dump.package import file_path, path_of
from tracker.dump.reading import Dump, NotADump, opened
from tracker.dump.tables import TABLES, Table
from tracker.models import Evidence, FollowUp, RecordEvent, RecordHead, User
from tracker.models.entry_parts import evidence_path
from tracker.record import copies
from tracker.record.chain import writing
from tracker.record.triggers import create_triggers, drop_triggers
from tracker.record.verification import verify

BATCH = 500
PUBLISHER, SUBMITTER = "dump", "dump-submitter"
"""Accounts that stand for those who acted where the dump was made: people are in no dump. Nobody signs in by them."""
Row = dict[str, Any]


def load(path: Path) -> RecordHead:
    """Load a dump; return the head of the record, which is that of the dump.

    Raises ``NotADump``, with nothing changed: where something is on record here, where the dump is damaged, and where
    the record that it makes does not verify.
    """
    kept: list[str] = []
    with opened(path) as dump:
        try:
            with writing():
                _refuse_unless_empty()
                with _without_guards():
                    _load_all(dump, kept)
                _derive()
                _verify(dump)
        except BaseException as error:
            for name in kept:
                default_storage.delete(name)
            if isinstance(error, DatabaseError | ValidationError):
                raise NotADump(f"The dump contradicts itself: {' '.join(str(error).split())}") from error
            raise
    return RecordHead.objects.get(pk=1)


def _refuse_unless_empty() -> None:
    for table in TABLES:
        if table.model._default_manager.exists():
            raise NotADump(
                f"There are {table.model._meta.verbose_name_plural} in this installation already: a dump is loaded "
                "into an empty database, right after `manage.py migrate`."
            )


@contextmanager
def _without_guards() -> Iterator[None]:
    """Take the guards of the record away, as for a migration, and put them back in the same transaction."""
    drop_triggers(connection)
    yield
    connection.check_constraints()  # what is deferred is checked now: PostgreSQL alters no table that awaits it
    create_triggers(connection)


def _load_all(dump: Dump, kept: list[str]) -> None:
    _load_events(dump)
    by = _account(PUBLISHER), _account(SUBMITTER)
    for table in TABLES:
        _load_table(dump, table, _completed(table, *by))
    _load_files(dump, kept)
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in TABLES])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _load_events(dump: Dump) -> None:
    RecordEvent.objects.all().delete()
    events = (RecordEvent(**{**told, "at": dt.datetime.fromisoformat(told["at"])}) for told in dump.events())
    try:
        _insert(RecordEvent, events)
        first = RecordEvent.objects.get(pk=1)
        last = RecordEvent.objects.order_by("pk").last() or first
    except (TypeError, KeyError, ValueError, RecordEvent.DoesNotExist):
        raise NotADump("record.jsonl: is not a chain of events as docs/record.md specifies it.") from None
    RecordHead.objects.filter(pk=1).update(
        sequence=last.sequence, digest=last.digest, installation=dump.head["installation"], opened_at=first.at
    )


def _account(username: str) -> User:
    account = User(username=username, is_active=False)
    account.set_unusable_password()
    account.save()
    return account


def _completed(table: Table, publisher: User, submitter: User) -> Callable[[Row], Row]:
    """Return what adds to a row the columns that no dump holds: who acted, and where a file lies."""
    names = {field.name for field in table.model._meta.concrete_fields if field.related_model is User}

    def complete(row: Row) -> Row:
        acted: Row = {name: publisher for name in names if row.get(f"{name.removesuffix('_by')}_at")}
        if table.model is FollowUp and row["basis"] == FollowUp.Basis.REPORTED and not row["waiver_reason"]:
            acted |= {"submitted_by": submitter, "submitted_at": row["published_at"]}
        if table.model is Evidence and row["sha256"]:
            acted["file"] = file_path(row["sha256"])  # until it is stored
        return {**row, **acted}

    return complete


def _load_table(dump: Dump, table: Table, complete: Callable[[Row], Row]) -> None:
    readers = {field.attname: reader(field) for field in table.fields()}

    def objects() -> Iterator[models.Model]:
        for line, cells in dump.rows(table):
            try:
                row = {name: read(cells[name] or "") for name, read in readers.items()}
            except (ValueError, KeyError):
                raise NotADump(f"{path_of(table)}, line {line}: holds a value that its column cannot have.") from None
            yield table.model(**complete(row))

    _insert(table.model, objects())


def _insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert rows as they are: what ``save`` would work out stands in them."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        model._default_manager.bulk_create(batch)


def _load_files(dump: Dump, kept: list[str]) -> None:
    """Store the files of evidence under new names; those of one digest once for each that holds it."""
    for evidence in Evidence.objects.exclude(file="").order_by("pk").iterator():
        source = dump.directory / file_path(evidence.sha256)
        if not source.is_file():
            raise NotADump(f"{file_path(evidence.sha256)}: is missing.")
        with source.open("rb") as file:
            name = default_storage.save(evidence_path(evidence, evidence.file_name), File(file))
        kept.append(name)
        Evidence.objects.filter(pk=evidence.pk).update(file=name)


def _derive() -> None:
    """Make what follows from the record, once the dump's own readings are seen to follow from it, too."""
    for recommendation, names in copies.differences():
        if wrong := sorted(set(names) - {"status_changes"}):
            raise NotADump(f"{recommendation.reference}: {', '.join(wrong)} do not follow from its entries.")
    copies.rebuild()
    search.rebuild()


def _verify(dump: Dump) -> None:
    outcome = verify()
    if not outcome.ok:
        raise NotADump(f"The record does not verify: {outcome.problems[0]}.")
    if outcome.head != dump.head["head"]:
        raise NotADump(f"The chain ends with {outcome.head}, but the descriptor names {dump.head['head']}.")
