"""The drafts of a roundtable, corrected in place."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.actions.drafting import revise_drafts
from tracker.admin.roundtable_pages import RoundtableView
from tracker.errors import Refused
from tracker.forms.drafts import MOST_ROWS, DraftRows, rows_of
from tracker.models import Recommendation
from tracker.permissions import Verb, may


class DraftsView(RoundtableView):
    """One row for each draft; all are saved together, or none."""

    slug, permission = "drafts", "change"
    title = _("Drafts")
    template = "admin/tracker/roundtable/drafts.html"

    def begun(self) -> dict[str, Any]:
        """Return the drafts as they are."""
        return self._shown(self._rows())

    def shown_again(self) -> HttpResponse:
        """Show the drafts as they were typed."""
        return self.page(self._shown(self._rows(self.request.POST)))

    def received(self) -> HttpResponse:
        """Save the drafts that were changed."""
        rows = self._rows(self.request.POST)
        if not rows.is_valid():
            return self.page(self._shown(rows))
        deleted = {row.draft.pk for row in rows.deleted_forms if row.draft}
        revised = {row.draft.pk: row.value() for row in rows.kept() if row.draft}
        try:
            changed = revise_drafts(self.roundtable, by=self.request.user, drafts=revised, deleted=deleted)  # type: ignore[arg-type]
        except Refused as refusal:
            return self.refused(refusal, self._shown(rows))
        return self.done(saved_words(len(changed), len(deleted)))

    def _rows(self, *sent: Any) -> DraftRows:
        drafts = Recommendation.objects.drafts_of(self.roundtable)[:MOST_ROWS]
        return rows_of(*sent, roundtable=self.roundtable, drafts=list(drafts))

    def _shown(self, rows: DraftRows) -> dict[str, Any]:
        return {"rows": rows, "may_publish": may(self.request.user, Verb.PUBLISH_RECOMMENDATION)}  # type: ignore[arg-type]

    def next_address(self) -> str:
        """Stay with the drafts."""
        return self.address(self.roundtable)


def saved_words(changed: int, deleted: int) -> str:
    """Return the sentence that says how many drafts were changed and deleted."""
    saved = ngettext("%(number)d draft was changed.", "%(number)d drafts were changed.", changed)
    gone = ngettext("%(number)d draft was deleted.", "%(number)d drafts were deleted.", deleted)
    said = saved % {"number": changed}
    return f"{said} {gone % {'number': deleted}}" if deleted else said
