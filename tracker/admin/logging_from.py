"""Logging a follow-up from where one stands: what the address says is filled in, and what resembles it is shown."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import is_key
from tracker.admin.links import Link, LinksBesideTitle
from tracker.errors import Refused
from tracker.models import FollowUp, FollowUpQuerySet, Recommendation, RecommendationQuerySet

PLACES = {"roundtable": "roundtable", "forum": "roundtable__forum"}
EVIDENCE = ("citation", "url")
MOST_CHOICES = 100  # more recommendations than these are searched for, not listed
SEEN = "duplicates_seen"
MOST_SHOWN = 5


def address_of_logging(**filled: Any) -> str:
    """Return where a follow-up is logged with these fields filled in; those without a value are left out."""
    given = {name: value for name, value in filled.items() if value}
    return f"{reverse('admin:tracker_followup_add')}?{urlencode(given)}"


def recommendations_nearby(request: HttpRequest) -> RecommendationQuerySet | None:
    """Return those of the roundtable or Forum in the address; None where none is named, or they are none or many."""
    for place, column in PLACES.items():
        key = request.GET.get(place, "")
        if is_key(key):
            nearby = Recommendation.objects.published().filter(**{column: int(key)})
            number = nearby.order_by()[: MOST_CHOICES + 1].count()
            return nearby.select_related("roundtable__forum").in_order() if 0 < number <= MOST_CHOICES else None
    return None


def evidence_in_address(request: HttpRequest) -> list[dict[str, str]]:
    """Return the first row of evidence of a new entry, as far as the address says it."""
    kept = {name: request.GET[name] for name in EVIDENCE if request.GET.get(name)}
    return [kept] if kept else []


def address_of_another(request: HttpRequest, entry: FollowUp) -> str:
    """Return where the next follow-up is logged: same actor, same source, from the same place."""
    source = entry.evidence.order_by("position").values(*EVIDENCE).first() or {}
    places = {place: request.GET.get(place, "") for place in PLACES}
    return address_of_logging(actor=entry.actor_id, **places, **source)


class LogsFollowUps(LinksBesideTitle):
    """Offers to log a follow-up on the page of an object, which is filled in as ``logs_as``."""

    logs_as: ClassVar[str]

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the link to the form in which one is logged."""
        others = super().links_beside(request, subject)
        if not request.user.has_perm("tracker.add_followup"):
            return others
        address = address_of_logging(**{self.logs_as: subject.pk})
        return [Link(address=address, label=_("Log a follow-up"), slug="log"), *others]


# What resembles


def warn_of_duplicates(request: HttpRequest, entries: list[FollowUp]) -> None:
    """Show once what resembles follow-ups that were just saved: raises ``Refused``. Sent again, it goes through."""
    seen = set(request.POST.get(SEEN, "").split())
    found = [other for entry in entries for other in _resembling(entry)]
    if {str(other.pk) for other in found} - seen:
        request.duplicates = found  # type: ignore[attr-defined]
        raise Refused("resembles")


def _resembling(entry: FollowUp) -> FollowUpQuerySet:
    return FollowUp.objects.resembling(entry).select_related("recommendation", "actor")[:MOST_SHOWN]


def may_resemble(form: Any, formsets: Any, *, change: bool) -> bool:
    """Whether a follow-up is new, or was changed in what is compared."""
    if form.instance.is_assessment or "when" not in form.fields:
        return False
    rows = (row for formset in formsets for row in formset.forms)
    compared = {"recommendation", "actor", "when", "title"} & set(form.changed_data)
    return not change or bool(compared) or any("url" in row.changed_data for row in rows)


def duplicates_shown(request: HttpRequest) -> dict[str, Any]:
    """Return what the form shows of it, and what it sends along when it is sent again."""
    found = getattr(request, "duplicates", [])
    seen = " ".join(str(entry.pk) for entry in found) or request.POST.get(SEEN, "")
    return {"duplicates": found, "duplicates_seen": seen}
