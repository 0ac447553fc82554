"""Writing what a sheet says: drafts, in one transaction, all of them or none."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from tracker.errors import Refused
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.mapping import Columns, keep_columns, match
from tracker.imports.sheets.outcome import Counts, Outcome, Progress, RowResult, RowsRefused
from tracker.imports.sheets.planning import judged, prepared
from tracker.imports.sheets.row import Row
from tracker.imports.sheets.sheet import Sheet
from tracker.models import AuditEvent, ImportedRow, SheetImport, SheetKind, User
from tracker.record.audit import note
from tracker.record.chain import writing


def apply_sheet(
    sheet: Sheet,
    kind: SheetKind,
    *,
    by: User,
    source: str,
    columns: Columns | None = None,
    only_good: bool = False,
    uploaded: SheetImport | None = None,
    progress: Progress | None = None,
    each: Callable[[RowResult], Any] | None = None,
) -> SheetImport:
    """Write what the rows say; return the import, by which it can be undone.

    All or nothing: a refused row refuses them all (``RowsRefused``), unless ``only_good``. ``uploaded``: the import as
    it was uploaded, where it was. ``each`` is told the result of every row. What the columns of the source are read as
    is kept. Refuses also: ``not_allowed``, ``sheet_applied``, ``sheet_conflict``, and what ``dry_run`` refuses.
    """
    if uploaded is not None and uploaded.applied_at is not None:
        raise Refused("sheet_applied")
    counts = Counts()
    try:
        with writing():
            imported = _begun(sheet, kind, uploaded, by=by, source=source)
            one = prepared(kind, by=by, source=source)
            for rows in judged(sheet, one, columns, progress=progress):
                for result in counts.counting(row.result for row in rows):
                    if each is not None:
                        each(result)
                if only_good or not counts[Outcome.REFUSED]:
                    _write(one, rows, imported)
            if counts[Outcome.REFUSED] and not only_good:
                raise RowsRefused(counts)
            _end(imported, counts, match(type(one), sheet.headings, source=source, given=columns).columns)
            keep_columns(type(one), source, imported.columns)
            note(AuditEvent.What.SHEET_IMPORTED, by=by, subject=str(imported), detail=_said(counts))
    except IntegrityError as error:
        raise Refused("sheet_conflict", why=" ".join(str(error).split())) from error
    return imported


def _begun(sheet: Sheet, kind: SheetKind, uploaded: SheetImport | None, *, by: User, source: str) -> SheetImport:
    """Return the import, saved."""
    now = timezone.now()
    imported = uploaded or SheetImport(uploaded_by=by, uploaded_at=now)
    imported.kind, imported.source = kind, source
    imported.file_name, imported.sha256 = sheet.name, sheet.sha256
    imported.applied_by, imported.applied_at = by, now
    imported.save()
    return imported


def _write(kind: Kind, rows: Sequence[Row], imported: SheetImport) -> None:
    """Write the new and the changed of some rows, and what undoing them needs."""
    done = kind.write([row for row in rows if not row.problems])
    for row in done:
        row.imported = imported
    ImportedRow.objects.bulk_create(done)


def _end(imported: SheetImport, counts: Counts, columns: dict[str, str]) -> None:
    for name, number in counts.by_name().items():
        setattr(imported, name, number)
    imported.columns = columns
    imported.save()


def _said(counts: Counts) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.by_name().items())
