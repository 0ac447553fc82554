"""The public page of a roundtable as it will be once its drafts are published: for staff, under ``/admin/``."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from tracker.forms.drafts import state_of
from tracker.models import Recommendation, Responsibility, Roundtable
from tracker.permissions import Verb, may
from tracker.progress import today
from tracker.readings.stand import Stand
from tracker.sentences import roundtable_answer
from tracker.views.head import caveats
from tracker.views.page import Address


def form_of(draft: Recommendation) -> str:
    """Return where a draft is changed."""
    return reverse("admin:tracker_recommendation_change", args=[draft.pk])


class StandWithDrafts(Stand):
    """A roundtable with its drafts among the published recommendations. Links of drafts lead to where they change."""

    def __init__(
        self, roundtable: Roundtable, day: dt.date, *, address_of: Callable[[Recommendation], str] = form_of
    ) -> None:
        super().__init__(roundtable, day)
        self.drafts = list(Recommendation.objects.drafts_of(roundtable))
        for draft in self.drafts:
            draft.roundtable = roundtable
            # A draft has no public page: what will link to its page leads to where it is changed.
            vars(draft)["get_absolute_url"] = partial(address_of, draft)
        self.recommendations = sorted([*self.recommendations, *self.drafts], key=lambda one: one.number)

    def unaddressed(self) -> list[Recommendation]:
        """Return the drafts that address nobody yet."""
        rows = Responsibility.objects.filter(recommendation__in=self.drafts)
        addressed = set(rows.values_list("recommendation", flat=True))
        return [draft for draft in self.drafts if draft.pk not in addressed]


def roundtable_preview(request: HttpRequest, key: int) -> HttpResponse:
    """Show the page, with a button that publishes its drafts for those who may."""
    user = request.user
    if not user.has_perm("tracker.view_recommendation"):
        raise PermissionDenied
    found = Roundtable.objects.select_related("forum").filter(pk=key).first()
    if found is None:
        raise Http404
    stand = StandWithDrafts(found, today())
    context = {
        **page_of(request, stand),
        "seen": state_of(stand.drafts),
        "unaddressed": stand.unaddressed(),
        "may_publish": may(user, Verb.PUBLISH_RECOMMENDATION),  # type: ignore[arg-type]
    }
    return TemplateResponse(request, "admin/tracker/roundtable/preview.html", context)


def page_of(request: HttpRequest, stand: StandWithDrafts) -> dict[str, Any]:
    """Return what the public page of a roundtable shows of it and of its drafts."""
    found = stand.roundtable
    return {
        "address": Address(request.path, request.path),
        "contact_email": settings.CONTACT_EMAIL,
        "today": today(),
        "kept": QueryDict(),
        "roundtable": found,
        "forum": found.forum,
        "answer": roundtable_answer(found, stand.counted, stand.in_numbers(), changed=0, since="", day=None),
        "counted": stand.counted,
        "readings": stand.readings,
        "matrix": stand.matrix(),
        "drafts": stand.drafts,
        **caveats(request, provisional=stand.counted.provisional),
    }
