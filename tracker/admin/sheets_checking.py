"""What screens do with a spreadsheet that was uploaded: open it, check its rows, apply what was seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext

from tracker.errors import Refused
from tracker.imports.sheets.applying import apply_sheet
from tracker.imports.sheets.kept import Seen, keep
from tracker.imports.sheets.outcome import Counts, Outcome, Progress
from tracker.imports.sheets.planning import dry_run
from tracker.imports.sheets.sheet import Sheet
from tracker.models import SheetImport, SheetKind, User
from tracker.record.chain import writing
from tracker.sentences import figure

LONG = 64 * 1024
"""Bytes of a file from which on its rows are checked and applied while the page tells how far it is."""
LONG_ROWS = 500


def is_long(imported: SheetImport) -> bool:
    """Tell whether work on a sheet takes longer than a page may be silent."""
    return imported.new + imported.changed > LONG_ROWS or bool(imported.file and imported.file.size > LONG)


@contextmanager
def opened_sheet(imported: SheetImport) -> Iterator[Sheet]:
    """Open the file that was uploaded. Refuses: ``sheet_applied`` where it is gone, and what ``Sheet`` refuses."""
    if imported.applied_at or not imported.file:
        raise Refused("sheet_applied")
    with imported.file.open("rb") as file:
        yield Sheet(file, name=imported.file_name)


def check(imported: SheetImport, *, by: User, progress: Progress | None = None) -> Counts:
    """Find out what each row would do, and keep it. Refuses as ``dry_run`` does."""
    counts = Counts()
    with opened_sheet(imported) as sheet:
        results = dry_run(
            sheet,
            SheetKind(imported.kind),
            by=by,
            source=imported.source,
            columns=imported.columns,
            progress=progress,
        )
        keep(imported, counts.counting(results))
    SheetImport.objects.waiting().filter(pk=imported.pk).update(**counts.by_name())
    return counts


def said_of_check(counts: Counts) -> str:
    """Return the sentence that says what a check found."""
    rows = ngettext("%(number)s row was checked.", "%(number)s rows were checked.", counts.total)
    refused = ngettext("%(number)s is refused.", "%(number)s are refused.", counts[Outcome.REFUSED])
    said = rows % {"number": figure(counts.total)}
    if not counts[Outcome.REFUSED]:
        return said
    return f"{said} {refused % {'number': figure(counts[Outcome.REFUSED])}}"


def check_at_once(request: HttpRequest, imported: SheetImport) -> HttpResponse:
    """Check a small sheet, and lead to its rows; a large one is checked there, when its button is pressed."""
    user: Any = request.user
    if not is_long(imported):
        try:
            messages.info(request, said_of_check(check(imported, by=user)))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:tracker_sheetimport_change", args=[imported.pk]))


def apply_as_seen(
    key: int, *, by: User, seen: str, only_good: bool = False, progress: Progress | None = None
) -> SheetImport:
    """Write what a check said of each row; its file is not kept any longer.

    Refuses: ``sheet_moved_on`` where the rows would do something else now than was seen, and as ``apply_sheet`` does.
    """
    written = Seen()
    with writing():
        imported = SheetImport.objects.select_for_update(of=("self",)).get(pk=key)
        with opened_sheet(imported) as sheet:
            done = apply_sheet(
                sheet,
                SheetKind(imported.kind),
                by=by,
                source=imported.source,
                columns=imported.columns,
                only_good=only_good,
                uploaded=imported,
                progress=progress,
                each=written.add,
            )
        if written.name != seen:
            raise Refused("sheet_moved_on")
        name, storage = str(done.file.name), done.file.storage
        SheetImport.objects.filter(pk=key).update(file="")
        transaction.on_commit(lambda: storage.delete(name))
    return done
