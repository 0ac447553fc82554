"""Rows that are in an order: whoever adds one need not count."""

from functools import cached_property
from typing import Any

from tracker.admin.base import RowModelForm
from tracker.admin.rows import LabelledRows, RowSet


class NumberedRow(RowModelForm):
    """A row whose place may be left empty: it then comes after all others."""

    counted = "position"

    def __init__(self, *args: Any, taken: list[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = [] if taken is None else taken
        if self.counted in self.fields:
            self.fields[self.counted].required = False
        if self.instance.pk is None:
            self.initial[self.counted] = None

    def clean(self) -> dict[str, Any]:
        """Fill in the place of a row that has none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.counted not in self.errors and cleaned.get(self.counted) is None:
            cleaned[self.counted] = self.next_number()
        return cleaned

    def next_number(self) -> int:
        """Return the first number after all that are taken, and take it."""
        self.taken.append(max(self.taken, default=0) + 1)
        return self.taken[-1]


class Numbering(RowSet):
    """Tells each of its rows which numbers the others were given."""

    form: type[NumberedRow]

    @cached_property
    def taken(self) -> list[int]:
        """The numbers that were typed."""
        total = range(self.total_form_count()) if self.is_bound else ()
        typed = (self.data.get(f"{self.prefix}-{index}-{self.form.counted}", "") for index in total)
        return [int(number) for number in typed if number.isascii() and number.isdigit() and len(number) < 6]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Let the rows share one list."""
        return {**super().get_form_kwargs(index), "taken": self.taken}


class NumberedRows(Numbering, LabelledRows):
    """The same for rows of a table, whose fields say their names."""
