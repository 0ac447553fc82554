"""One act on several recommendations, at the desk: chosen in one form, drafted on each, linked ever after."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.actions.acts import refuse_unless_for_others
from tracker.admin.base import ForgivingPicker
from tracker.admin.logging_from import recommendations_nearby
from tracker.admin.pages import Page, PageForm
from tracker.admin.stale import Versioning
from tracker.errors import Refused
from tracker.forms import NewEntryForm
from tracker.forms.keys import SeveralField
from tracker.forms.new_entry import CHOICE_ERRORS
from tracker.models import FollowUp, Recommendation
from tracker.permissions import Verb, may

MOST_LISTED = 50


class PickSeveral(ForgivingPicker, AutocompleteSelectMultiple):
    """A picker of several recommendations."""

    def __init__(self) -> None:
        super().__init__(FollowUp._meta.get_field("recommendation"), admin.site)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say what to do where nothing is chosen."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": _("Type to search")}


def pick_several(chosen: Any) -> None:
    """Let the recommendations of a form's field be searched for."""
    chosen.widget = PickSeveral()
    chosen.widget.is_required = chosen.required
    chosen.queryset = chosen.queryset  # hands the choices to the new widget


class NewEntryDeskForm(Versioning, NewEntryForm):
    """A new follow-up at the desk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.nearby is None:
            pick_several(self.fields["recommendations"])


def told(form: Any, request: HttpRequest) -> Any:
    """Tell the class of a new entry's form from where one logs, and whether one may make the reading too."""
    user: Any = request.user
    form.nearby, form.assesses = recommendations_nearby(request), may(user, Verb.PUBLISH)
    return form


@dataclass(frozen=True)
class Logged:
    """What one sending of the form logged: an entry on each recommendation, and the reading that goes with it."""

    entries: list[FollowUp]
    reading: dict[str, str] = field(default_factory=dict)


def log_act(form: Any, *, by: Any) -> Logged:
    """Draft the act of a saved form on its other recommendations too."""
    entry, given = form.instance, form.cleaned_data
    entries = [entry, *actions.log_on_others(entry, recommendations=given["recommendations"][1:], by=by)]
    if not given.get("reading"):
        return Logged(entries)
    reading = {
        "status": given["reading"],
        "remaining": given["reading_remaining"],
        "reasoning": given["reading_reasoning"],
    }
    return Logged(entries, reading)


def siblings_of(entry: FollowUp) -> QuerySet[FollowUp]:
    """Return the other entries that log the same act, drafts included, in the order of their recommendations."""
    siblings = FollowUp.objects.logging(entry.act).exclude(pk=entry.pk).select_related("recommendation", "actor")
    return siblings.order_by("recommendation__reference", "pk")


def address_of_act(entry: FollowUp) -> str:
    """Return the list of the entries that log one act."""
    return f"{reverse('admin:tracker_followup_changelist')}?act={entry.act}"


class ElsewhereForm(PageForm):
    """Asks on which recommendations an act is logged too."""

    recommendations = SeveralField(
        Recommendation.objects.published().select_related("roundtable__forum"),
        label=_("Recommendations"),
        error_messages=CHOICE_ERRORS,
    )

    def prepare(self) -> None:
        """Let them be searched for."""
        pick_several(self.fields["recommendations"])


class ElsewherePage(Page):
    """Log the act of an entry on other recommendations too."""

    slug, verb, form = "also", Verb.SUBMIT, ElsewhereForm
    title, button = _("Log on other recommendations too"), _("Make the drafts")

    def refusal(self, subject: FollowUp) -> Refused | None:
        """Refuse what is not logged elsewhere."""
        try:
            refuse_unless_for_others(subject)
        except Refused as refusal:
            return refusal
        return None

    def consequences(self, subject: FollowUp) -> list[Any]:
        """Say what is made, and where this entry cannot be linked to it."""
        said = [
            _("Each recommendation gets a draft with the same facts, partners and evidence, to be published apart.")
        ]
        if subject.is_on_record and not subject.act:
            said.append(
                _("This entry was published without a key for its act: the new ones name each other, but not this one.")
            )
        return said

    def act(self, subject: FollowUp, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Make the drafts; the admin leads to the first."""
        drafts = actions.log_on_others(subject, recommendations=cleaned["recommendations"], by=by)
        subject.leads_to = drafts[0]  # type: ignore[attr-defined]
        names = ", ".join(draft.recommendation.reference for draft in drafts)
        return _("Drafted on %(references)s.") % {"references": names}
