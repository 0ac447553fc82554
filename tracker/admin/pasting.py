"""Many recommendations at once: pasted, shown one by one, mended, and kept as drafts of their roundtable."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.actions.drafting import draft_recommendations
from tracker.admin.drafts import DraftsView
from tracker.admin.roundtable_pages import RoundtableView
from tracker.errors import Refused
from tracker.forms.drafts import BatchForm, DraftRows, PasteForm, rows_of


class PasteView(RoundtableView):
    """First a box to paste into, then a table of what was found; only the second saves anything."""

    slug, permission = "paste", "add"
    title = _("Paste recommendations")
    template = "admin/tracker/roundtable/paste.html"

    def begun(self) -> dict[str, Any]:
        """Return the box to paste into."""
        titled = getattr(self.roundtable.forum, "document_title", "")
        return {"form": PasteForm(initial={"source_document": titled})}

    @property
    def is_table(self) -> bool:
        """Whether the table was sent, not the box."""
        return "rows-TOTAL_FORMS" in self.request.POST

    def shown_again(self) -> HttpResponse:
        """Show the table as it was typed; taking a text apart saves nothing anyway."""
        return self._table(*self._sent()) if self.is_table else self._take_apart()

    def received(self) -> HttpResponse:
        """Take apart what was pasted, or save the table."""
        return self._save() if self.is_table else self._take_apart()

    def _take_apart(self) -> HttpResponse:
        recorded = dict(self.roundtable.recommendations.values_list("number", "official_text"))
        form = PasteForm(self.request.POST, recorded=recorded.values())
        if not form.is_valid():
            return self.page({"form": form})
        rows = rows_of(roundtable=self.roundtable, initial=form.rows(max(recorded, default=0) + 1))
        return self._table(rows, BatchForm(self.request.POST), left_out=form.left_out)

    def _save(self) -> HttpResponse:
        rows, batch = self._sent()
        if not (rows.is_valid() & batch.is_valid()):
            return self._table(rows, batch)
        try:
            made = draft_recommendations(
                self.roundtable,
                by=self.request.user,  # type: ignore[arg-type]
                drafts=[row.value() for row in rows.kept()],
                **batch.cleaned_data,
            )
        except Refused as refusal:
            return self._table(rows, batch, refusal=str(refusal))
        words = ngettext(
            "%(number)d draft was saved: %(which)s.", "%(number)d drafts were saved: %(which)s.", len(made)
        )
        return self.done(words % {"number": len(made), "which": ", ".join(row.reference for row in made)})

    def _sent(self) -> tuple[DraftRows, BatchForm]:
        return rows_of(self.request.POST, roundtable=self.roundtable), BatchForm(self.request.POST)

    def _table(self, rows: DraftRows, batch: BatchForm, **shown: Any) -> HttpResponse:
        for field in batch.fields.values():
            field.widget = forms.HiddenInput()
        return self.page({"rows": rows, "batch": batch, **shown})

    def next_address(self) -> str:
        """Lead to the drafts of the roundtable."""
        return DraftsView.address(self.roundtable)
