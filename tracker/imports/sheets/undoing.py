"""Taking an import back: texts become the old ones, what was made is deleted, where nobody worked on it since."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.actions.bulk import delete_rows
from tracker.errors import Refused
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.outcome import Progress, Undone
from tracker.imports.sheets.planning import prepared
from tracker.models import AuditEvent, FollowUp, ImportedRow, Recommendation, SheetImport, SheetKind, User
from tracker.record.audit import note
from tracker.record.chain import writing

AT_ONCE = 500
MOST_NAMED = 50
DRAFTS: dict[type[Model], frozenset[str]] = {
    Recommendation: frozenset({Recommendation.State.DRAFT}),
    FollowUp: frozenset({FollowUp.State.DRAFT, FollowUp.State.RETURNED}),
}
"""The states in which these are the desk's alone."""


def undo(imported: SheetImport, *, by: User, progress: Progress | None = None) -> Undone:
    """Take back what an import did, in one transaction; what was worked on since, or is published, is left and named.

    Refuses: ``not_allowed``, ``sheet_not_applied``, ``sheet_undone``.
    """
    with writing():
        imported = SheetImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
        _may_be_undone(imported)
        work = _Undoing(imported, by, progress)
        work.restore()
        work.delete()
        imported.undone_by, imported.undone_at = by, timezone.now()
        imported.save()
        said = f"deleted {work.deleted}, restored {work.restored}, left {work.left_alone}"
        note(AuditEvent.What.SHEET_UNDONE, by=by, subject=str(imported), detail=said)
    return Undone(imported, work.deleted, work.restored, work.left)


def _may_be_undone(imported: SheetImport) -> None:
    if imported.applied_at is None:
        raise Refused("sheet_not_applied")
    if imported.undone_at is not None:
        raise Refused("sheet_undone")


class _Undoing:
    """One undoing: what is done of it so far."""

    def __init__(self, imported: SheetImport, by: User, progress: Progress | None) -> None:
        self.by, self.progress = by, progress
        self.kind: Kind = prepared(SheetKind(imported.kind), by=by, source=imported.source)
        self.rows = ImportedRow.objects.filter(imported=imported).order_by("-pk")
        self.deleted = self.restored = self.left_alone = self.done = 0
        self.left: list[str] = []
        self.total = self.rows.count()

    def restore(self) -> None:
        """Give what was changed its old texts."""
        for rows in self._parts(self.rows.filter(made=False)):
            left = self.kind.restore(rows)
            self.restored += len(rows) - len(left)
            for row in left:
                self._leave(_("Row %(line)d: what it changed has been changed since."), row)

    def delete(self) -> None:
        """Delete what was made, what stands on it first."""
        for rows in self._parts(self.rows.filter(made=True)):
            for name in dict.fromkeys(row.model for row in rows):
                self._delete(apps.get_model("tracker", name), [row for row in rows if row.model == name])

    def _delete(self, model: type[Model], rows: Sequence[ImportedRow]) -> None:
        there = model._default_manager.in_bulk([row.target for row in rows])
        free: dict[Any, ImportedRow] = {}
        for row in rows:
            target = there.get(row.target)
            if target is not None and _is_worked_on(target, row):
                self._leave(_("Row %(line)d: what it made is published, or has been changed since."), row)
            elif target is not None:
                free[target.pk] = row
        for kept in delete_rows(model, [there[key] for key in free], by=self.by):
            self._leave(_("Row %(line)d: what it made is in use."), free.pop(kept.pk))
        self.deleted += len(free)

    def _leave(self, why: str, row: ImportedRow) -> None:
        self.left_alone += 1
        if len(self.left) < MOST_NAMED:
            self.left.append(why % {"line": row.line})

    def _parts(self, rows: "QuerySet[ImportedRow]") -> Iterator[list[ImportedRow]]:
        """Yield rows, the last first, some hundred at a time."""
        last = 0
        while some := list((rows.filter(pk__lt=last) if last else rows)[:AT_ONCE]):
            yield some
            last = some[-1].pk
            self.done += len(some)
            if self.progress is not None:
                self.progress(self.done, self.total)


def _is_worked_on(target: Any, row: ImportedRow) -> bool:
    """Tell whether somebody has changed it since, or it is not the desk's alone any more."""
    if getattr(target, "version", row.version) != row.version:
        return True
    return getattr(target, "state", "") not in DRAFTS.get(type(target), {""})
