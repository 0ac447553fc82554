"""The rows of a form's inline: what is the same in each is made once, not forty times."""

from functools import cached_property
from typing import Any

from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst


class RowSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows of an inline."""

    @cached_property
    def empty_form(self) -> Any:
        """The row that is copied for each that is added. A page asks for it five times."""
        return super().empty_form


class LabelledRows(RowSet):
    """Rows whose fields say their names to those who do not see the head of the table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.labels: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name each field of the row, the box that removes it too."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if name not in self.labels:
                self.labels[name] = capfirst(str(field.label or ""))
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", self.labels[name])
