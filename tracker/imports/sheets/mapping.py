"""Which heading of a sheet is read as which column: as given by hand, as kept of the source, or as its words say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.imports.sheets.columns import Column, plain
from tracker.imports.sheets.kind import Kind
from tracker.models import SheetColumns

NOT_READ = ""
"""What a heading is read as whose column is passed over."""
Columns = Mapping[str, str]
"""By the heading in the sheet: the key of a column, or ``NOT_READ``."""


@dataclass(frozen=True)
class Match:
    """What was made of the headings of a sheet."""

    columns: dict[str, str]
    missing: list[Column]
    """Columns without which nothing new is made, and which no heading is read as."""

    @property
    def passed_over(self) -> list[str]:
        """The headings that are not read."""
        return [heading for heading, key in self.columns.items() if key == NOT_READ]


def match(kind: type[Kind], headings: Sequence[str], *, source: str = "", given: Columns | None = None) -> Match:
    """Return what each heading is read as.

    Refuses: ``sheet_mapping`` where what is given names a heading or a column that is not there, or a column twice.
    """
    kept = kept_columns(kind, source)
    given = {_heading(heading, headings): key for heading, key in (given or {}).items()}
    columns: dict[str, str] = {}
    for heading in filter(None, headings):
        columns[heading] = given.get(heading, kept.get(heading, NOT_READ))
    _refuse_unknown(kind, columns)
    words = {name: column.key for column in reversed(kind.columns) for name in column.names()}
    words |= {name: column.key for column in kind.columns for name in [plain(column.key), *_own_headings(column)]}
    taken = set(columns.values())
    for heading in columns:
        found = words.get(plain(heading), NOT_READ)
        if heading not in given and heading not in kept and found not in taken:
            columns[heading] = found
            taken.add(found)
    missing = [column for column in kind.columns if column.required and column.key not in taken]
    return Match(columns, missing)


def _own_headings(column: Column) -> list[str]:
    return [plain(column.heading_in(language)) for language in ("en", "fr", "es")]


def _heading(asked: str, headings: Sequence[str]) -> str:
    """Return the heading that is meant. Refuses: ``sheet_mapping``."""
    found = [heading for heading in headings if heading == asked or plain(heading) == plain(asked)]
    if not found:
        known = ", ".join(heading for heading in headings if heading)
        why = _("there is no heading “%(heading)s”; there are %(known)s") % {"heading": asked, "known": known}
        raise Refused("sheet_mapping", why=why)
    return found[0]


def _refuse_unknown(kind: type[Kind], columns: Columns) -> None:
    known = [column.key for column in kind.columns]
    used = [key for key in columns.values() if key != NOT_READ]
    for key in used:
        if key not in known:
            why = _("there is no column “%(key)s”; there are %(known)s") % {"key": key, "known": ", ".join(known)}
            raise Refused("sheet_mapping", why=why)
        if used.count(key) > 1:
            raise Refused("sheet_mapping", why=_("two headings are read as “%(key)s”") % {"key": key})


def kept_columns(kind: type[Kind], source: str) -> dict[str, str]:
    """Return what is kept of a source: by its headings, the keys of columns that there still are."""
    row = SheetColumns.objects.filter(source=source, kind=kind.value).first() if source else None
    known = {column.key for column in kind.columns} | {NOT_READ}
    return {heading: key for heading, key in row.columns.items() if key in known} if row else {}


def keep_columns(kind: type[Kind], source: str, columns: Columns) -> None:
    """Keep how the columns of a source are read; what is kept of its other headings stays."""
    row, _created = SheetColumns.objects.get_or_create(source=source, kind=kind.value)
    row.columns |= dict(columns)
    row.save()
