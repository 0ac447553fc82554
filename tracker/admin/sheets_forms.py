"""What is asked of a spreadsheet: the file or what was copied, whose it is, and what its columns hold."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.forms import RefusesNul
from tracker.imports.sheets.kind import Kind
from tracker.imports.sheets.mapping import NOT_READ
from tracker.models import SheetKind

MOST_PASTED = 1_000_000
"""Letters that are taken from the box; more than that is a file."""


class UploadForm(RefusesNul, forms.Form):
    """Asks for a sheet: what it is about, whose it is, and the file, or its rows pasted."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are about"), choices=SheetKind)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=120,
        help_text=gettext_lazy("Who keeps the sheet. Its columns are read the same way next time."),
        widget=forms.TextInput(attrs={"list": "sources", "class": "vTextField"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("CSV or XLSX, up to 20 MB; for translations a PO file too."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.po"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or pasted rows"),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        help_text=gettext_lazy("Copied from a spreadsheet, with the row of headings."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the one or the other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [bool(cleaned.get("file")), bool(cleaned.get("pasted", "").strip())]
        if not self.errors and sum(given) != 1:
            self.add_error("file", _("Choose a file, or paste rows: one of the two."))
        return cleaned

    @property
    def sheet(self) -> tuple[IO[bytes], str]:
        """What was given, with its name."""
        file = self.cleaned_data["file"]
        return (file, file.name) if file else (ContentFile(self.cleaned_data["pasted"].encode()), "pasted.csv")


class ColumnsForm(forms.Form):
    """Asks what each column of a sheet holds."""

    def __init__(
        self, data: Any, *, kind: type[Kind], headings: Sequence[str], columns: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind, self.headings = kind, [heading for heading in headings if heading]
        choices = [(NOT_READ, _("(not read)")), *((column.key, column.shown) for column in kind.columns)]
        for place, heading in enumerate(self.headings):
            field = forms.ChoiceField(label=heading, choices=choices, required=False, initial=columns.get(heading, ""))
            field.widget.attrs["aria-label"] = heading
            self.fields[f"column-{place}"] = field

    @property
    def columns(self) -> dict[str, str]:
        """By each heading: the key of what it is read as."""
        return {heading: self.cleaned_data[f"column-{place}"] for place, heading in enumerate(self.headings)}

    def clean(self) -> dict[str, Any]:
        """Read no two columns as the same, and at least one as something."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for place, heading in enumerate(self.headings):
            key = cleaned.get(f"column-{place}", NOT_READ)
            if key != NOT_READ and key in seen:
                self.add_error(f"column-{place}", _("“%(other)s” is read as this already.") % {"other": seen[key]})
            seen.setdefault(key, heading)
        if not self.errors and not set(seen) - {NOT_READ}:
            self.add_error(None, _("Read at least one column as something."))
        return cleaned

    def rows(self, first: Sequence[Sequence[str]], places: Sequence[int]) -> Iterator[tuple[Any, str, list[str]]]:
        """Yield each field with its heading and the first cells of its column. ``places``: of the headings in a row."""
        for number, (heading, place) in enumerate(zip(self.headings, places, strict=True)):
            cells = [cells[place] for cells in first if place < len(cells) and cells[place].strip()]
            yield self[f"column-{number}"], heading, cells
