"""The buttons under the form of an entry, and what each does to the entries that were just saved, all or none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.admin import entry_pages
from tracker.admin.acts import Logged, address_of_act
from tracker.admin.logging_from import address_of_another
from tracker.errors import Refused
from tracker.models import FollowUp, User
from tracker.permissions import Verb, may

State = FollowUp.State

BUTTONS = {
    "_submit": _("Submit to a reviewer"),
    "_preview": _("Save and preview"),
    "_publish": _("Publish"),
    "_publish_another": _("Publish and log another"),
}
PUBLISHES = {"_publish", "_publish_another"}


def offered_buttons(entry: FollowUp | None, user: User) -> list[str]:
    """Return the names of the buttons that ``user`` may press on an entry as it now is; None: on a new one."""
    state = entry.state if entry else State.DRAFT
    if state not in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
        return []
    submits = state != State.SUBMITTED and may(user, Verb.SUBMIT)
    publishes = state != State.RETURNED and may(user, Verb.PUBLISH)
    another = publishes and (entry is None or not (entry.is_assessment or entry.replaces_id))
    return ["_preview"] + ["_submit"] * submits + ["_publish"] * publishes + ["_publish_another"] * another


def save_words(entry: FollowUp | None) -> Any:
    """Return what stands on the button that only saves."""
    if entry is not None and entry.is_on_record:
        return _("Save the note")
    return _("Save as draft") if entry is None or entry.state == State.DRAFT else _("Save")


class EntryButtons:
    """Does what the pressed button says; a refusal undoes the saving too."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Do it to every entry that the form logged."""
        answer = self._pressed(request, obj.logged)
        return answer or super().response_add(request, obj, post_url_continue)  # type: ignore[misc]

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Do it to the entry that was changed; where others log the same act, ask whether it is done to them too."""
        asked = entry_pages.page_for_act(request.POST.keys(), obj, by=request.user)
        if asked:
            return HttpResponseRedirect(self.page_address(asked, obj))  # type: ignore[attr-defined]
        return self._pressed(request, Logged([obj])) or super().response_change(request, obj)  # type: ignore[misc]

    def _pressed(self, request: HttpRequest, logged: Logged) -> HttpResponse | None:
        publishes = bool(PUBLISHES & request.POST.keys())
        if logged.reading and not publishes:
            raise Refused("reading_alone")
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:tracker_followup_preview", args=[logged.entries[0].pk]))
        if "_submit" in request.POST:
            return self._submitted(request, logged)
        if publishes:
            return self._published(request, logged)
        if "_changelist_filters" in request.GET or "_popup" in request.POST:
            return None
        return self._saved(request, logged)

    def _saved(self, request: HttpRequest, logged: Logged) -> HttpResponse:
        names = [entry.recommendation.reference for entry in logged.entries]
        several = _("Saved on %(references)s.") % {"references": ", ".join(names)}
        messages.success(request, several if len(names) > 1 else _("Saved."))
        return self._leaving(logged)

    def _submitted(self, request: HttpRequest, logged: Logged) -> HttpResponse:
        user: Any = request.user
        actions.submit_together(logged.entries, by=user)
        return self._said(request, logged, str(_("Submitted: a reviewer sees it now.")))

    def _published(self, request: HttpRequest, logged: Logged) -> HttpResponse:
        user: Any = request.user
        first = FollowUp.objects.select_related("replaces").get(pk=logged.entries[0].pk)
        if logged.reading:
            both = actions.publish_and_assess(first, by=user, **logged.reading)
            return self._said(request, logged, entry_pages.published_words(*both))
        if may(user, Verb.PUBLISH) and entry_pages.needs_words(first, user):
            return HttpResponseRedirect(reverse("admin:tracker_followup_publish", args=[first.pk]))
        return self._said(request, logged, entry_pages.publish([first, *logged.entries[1:]], by=user))

    def _said(self, request: HttpRequest, logged: Logged, sentence: str) -> HttpResponse:
        for entry in logged.entries:
            self.log_change(request, entry, strip_tags(sentence))  # type: ignore[attr-defined]
        messages.success(request, sentence)
        if "_publish_another" in request.POST:
            return HttpResponseRedirect(address_of_another(request, logged.entries[0]))
        return self._leaving(logged)

    def _leaving(self, logged: Logged) -> HttpResponse:
        first = logged.entries[0]
        several = len(logged.entries) > 1
        return HttpResponseRedirect(address_of_act(first) if several else self.next_address(first))  # type: ignore[attr-defined]
