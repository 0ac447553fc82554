"""Who is addressed by the recommendations of a roundtable, on one page: recommendations against collectives."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.actions.addressing import address_actors
from tracker.admin.roundtable_pages import RoundtableView
from tracker.admin.stale import VersionedForm
from tracker.admin.waiting import PARAMETER
from tracker.errors import Refused
from tracker.forms.addressing import AddressingForm, CollectivesField, collectives
from tracker.models import Recommendation

MOST_ROWS = 200
UNASSIGNED = "responsibility"
"""The name of the question on the index: which recommendations is nobody responsible for?"""


class ResponsibilitiesView(RoundtableView):
    """A choice for each recommendation and collective; all are saved together."""

    slug, permission = "responsibilities", "change"
    title = _("Who is addressed")
    template = "admin/tracker/roundtable/responsibilities.html"

    def begun(self) -> dict[str, Any]:
        """Return the choices as they are."""
        return {"table": self._table()}

    def shown_again(self) -> HttpResponse:
        """Show the choices as they were made."""
        return self.page({"table": self._table(self.request.POST)})

    def received(self) -> HttpResponse:
        """Save what was changed."""
        table = self._table(self.request.POST)
        if not table.is_valid():
            return self.page({"table": table})
        try:
            changed = address_actors(table.chosen(), by=self.request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            return self.refused(refusal, {"table": table})
        words = ngettext(
            "%(number)d recommendation was changed.", "%(number)d recommendations were changed.", len(changed)
        )
        return self.done(words % {"number": len(changed)})

    def _table(self, *sent: Any) -> AddressingForm:
        rows = self.roundtable.recommendations.exclude(state=Recommendation.State.WITHDRAWN).order_by("number")
        shown = rows.prefetch_related("responsibilities__actor")[:MOST_ROWS]
        return AddressingForm(*sent, recommendations=shown)

    def next_address(self) -> str:
        """Stay on the page."""
        return self.address(self.roundtable)


class AddressedForm(VersionedForm):
    """The form of a recommendation, with a choice for each collective."""

    collectives = CollectivesField(
        label=_("Collectives"),
        help_text=_("By the text where it names them; in our reading where we take it so."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("collectives")
        if isinstance(field, CollectivesField):
            rows = self.instance.responsibilities.all() if self.instance.pk else ()
            self.initial["collectives"] = field.offer(collectives(), rows)


class AddressesCollectives:
    """Saves the choices on the form of a recommendation, and leads to the table of its roundtable."""

    form: Any = AddressedForm

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Lead from each line of those nobody is responsible for to the table of its roundtable."""
        asked = request.GET.get(PARAMETER) == UNASSIGNED
        return [*super().get_list_display(request), *["in_table"] * asked]  # type: ignore[misc]

    @admin.display(description=_("who is addressed"))
    def in_table(self, recommendation: Recommendation) -> str:
        """Lead to its row in the table of its roundtable."""
        address = f"{ResponsibilitiesView.address(recommendation.roundtable)}#r{recommendation.pk}"
        return format_html(
            '<a href="{}">{}</a>', address, _("%(code)s table") % {"code": recommendation.roundtable.code}
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the collectives after the single actors."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if "collectives" in form.changed_data:
            chosen = {form.instance.pk: form.cleaned_data["collectives"]}
            address_actors(chosen, by=request.user)  # type: ignore[arg-type]
