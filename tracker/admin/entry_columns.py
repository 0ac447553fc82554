"""What the lists and frozen pages of the desk show of an entry."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.models import FollowUp
from tracker.sentences import day_words, span_words

BASES = {
    FollowUp.Basis.REPORTED: _("Reported"),
    FollowUp.Basis.DOCUMENTED: _("Documented"),
    FollowUp.Basis.ASSESSED: _("Assessment"),
}


class EntryColumns:
    """The columns of a list of entries, and what a frozen entry says of itself."""

    @admin.display(description=_("entry"), ordering="reference")
    def name(self, entry: FollowUp) -> str:
        """Return the reference, or that of the recommendation it is to stand on."""
        return entry.reference or f"{entry.recommendation.reference}-…"

    @admin.display(description=_("when"), ordering="occurred_until")
    def when_words(self, entry: FollowUp) -> str:
        """Return the date at its precision."""
        return span_words(entry.occurred_from, entry.occurred_until, entry.precision)

    @admin.display(description=_("counts from"), ordering="counts_from")
    def counts_from_words(self, entry: FollowUp) -> str:
        """Return the day from which it counts."""
        return day_words(entry.counts_from) if entry.counts_from else "–"

    @admin.display(description=_("what"), ordering="title")
    def what(self, entry: FollowUp) -> str:
        """Return who did what, or the status that an assessment reads."""
        return _labelled(entry.actor, entry.title) if entry.actor else str(entry.get_status_display())

    @admin.display(description=_("basis"), ordering="basis")
    def basis_word(self, entry: FollowUp) -> Any:
        """Return the basis in one word."""
        return BASES[FollowUp.Basis(entry.basis)]

    @admin.display(description=_("state"))
    def state_words(self, entry: FollowUp) -> str:
        """Return the state with who, when and why."""
        words = str(entry.get_state_display())
        reason = entry.withholding_reason or entry.retraction_reason or entry.waiver_reason
        return _labelled(words, reason) if reason else words

    @admin.display(description=_("rests on"))
    def supported(self, entry: FollowUp) -> str:
        """Return the references of what an assessment rests on."""
        return ", ".join(str(row.entry.reference) for row in entry.support_rows.select_related("entry")) or "–"


def _labelled(label: object, value: str) -> str:
    """Return "Philippines: Law adopted"."""
    return str(_("%(label)s: %(value)s")) % {"label": label, "value": value}
