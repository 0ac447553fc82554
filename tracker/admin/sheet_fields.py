"""The fields of the sheet's rows as HTML. Where nothing is typed they differ by keys alone, and are rendered once."""

from collections.abc import Iterable

from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tracker.forms.sheet import SheetRow, SupportsForm

ANY = "__row__"
"""Stands for the prefix of a row, as Django's own ``__prefix__`` does in rows that are added."""


class SheetFields:
    """Renders rows; of those of the same nature, whose statuses are the same, in which nothing is typed, one."""

    def __init__(self) -> None:
        self._blank: dict[str, tuple[str, str]] = {}

    def of(self, row: SheetRow) -> SafeString:
        """Return the fields of a row."""
        if row.sent is not None:
            return _rendered(row.fields)
        nature = row.recommendation.nature
        if nature not in self._blank:
            self._blank[nature] = _around_supports(row)
        before, after = (part.replace(ANY, row.prefix) for part in self._blank[nature])
        supports = _rendered(SupportsForm(follow_ups=row.follow_ups, prefix=row.prefix))
        return SafeString(f"{before}{supports}{after}")


def _around_supports(row: SheetRow) -> tuple[str, str]:
    """Return the fields of a row like this one, before and after what it rests on."""
    blank = SheetRow(row.recommendation, [], None)
    blank.prefix = ANY
    fields = blank.fields
    place = [field.name for field in fields].index("supports")
    return _rendered(fields[:place]), _rendered(fields[place + 1 :])


def _rendered(fields: Iterable[BoundField]) -> SafeString:
    return render_to_string("admin/tracker/includes/sheet_fields.html", {"fields": fields})
