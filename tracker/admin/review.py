"""Review: entries side by side with their evidence, published or given back together, or not at all."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import actions
from tracker.actions.rules import may_be_published_by
from tracker.admin import once
from tracker.admin.base import is_key
from tracker.admin.entry_pages import published_words
from tracker.admin.pages import reason_field
from tracker.admin.sign_in_again import just_signed_in, keeping_what_was_typed
from tracker.admin.stale import version_token
from tracker.errors import Refused, SeveralRefused
from tracker.forms import RefusesNul
from tracker.forms.entries import show_refusal
from tracker.models import FollowUp, User
from tracker.permissions import Verb, may
from tracker.record.chain import lock_head

CHOSEN, SEEN = "entry", "seen-"
AT_A_TIME = 20  # what one person reads before deciding; the rest waits for the next page
MOST_CHOSEN = 50  # as many as a page of the list shows
BUTTONS = {
    "_publish": (Verb.PUBLISH, gettext_lazy("Publish the ticked")),
    "_return": (Verb.RETURN, gettext_lazy("Return the ticked to their authors")),
}


class ReviewsEntries:
    """Gives the desk of entries its review, and the ways to it from the list."""

    admin_site: Any
    actions: Any = ("publish_chosen", "return_chosen")

    def get_actions(self, request: HttpRequest) -> Any:
        """Leave out the deletion of several, which asks about none of them."""
        offered = super().get_actions(request)  # type: ignore[misc]
        offered.pop("delete_selected", None)
        return offered

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether ``request.user`` publishes."""
        return may(request.user, Verb.PUBLISH)  # type: ignore[arg-type]

    def has_return_permission(self, request: HttpRequest) -> bool:
        """Whether ``request.user`` gives entries back."""
        return may(request.user, Verb.RETURN)  # type: ignore[arg-type]

    @admin.action(description=gettext_lazy("Publish, after a look at each"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the review of what is chosen."""
        return _to_review(request, queryset, "_publish")

    @admin.action(description=gettext_lazy("Return to the authors, with a reason"), permissions=["return"])
    def return_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the review of what is chosen."""
        return _to_review(request, queryset, "_return")

    def get_urls(self) -> list[URLPattern]:
        """Add the review."""
        view = keeping_what_was_typed(self.admin_site, self.review_view)
        return [path("review/", view, name="tracker_followup_review"), *super().get_urls()]  # type: ignore[misc]

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Show what waits for review, or what was chosen in the list; publish or return what is ticked."""
        user: Any = request.user
        if not (may(user, Verb.PUBLISH) and self.has_view_permission(request)):  # type: ignore[attr-defined]
            raise PermissionDenied
        return ReviewView(self, request).answer()


def _to_review(request: HttpRequest, queryset: Any, button: str) -> HttpResponse | None:
    keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST_CHOSEN + 1])
    if len(keys) > MOST_CHOSEN:
        messages.error(request, _("Choose at most %(most)d: each is looked at.") % {"most": MOST_CHOSEN})
        return None
    query = urlencode([*((CHOSEN, key) for key in keys), ("do", button)])
    return HttpResponseRedirect(f"{reverse('admin:tracker_followup_review')}?{query}")


class ReasonForm(RefusesNul, forms.Form):
    """Why entries are given back."""

    reason = reason_field(public=False)
    reason.label, reason.help_text = gettext_lazy("Why they go back"), gettext_lazy("Their authors read this.")


class Card:
    """One entry in the review: whether it is ticked, and why it may not be published, or returned, here."""

    def __init__(self, entry: FollowUp, by: User, *, returning: bool) -> None:
        self.entry, self.by = entry, by
        self.ticked = False
        self.obstacle = self._not_to_return() if returning else self._not_to_publish()
        self.refusal: Refused | None = None

    @property
    def token(self) -> str:
        """The version that is being shown."""
        return version_token(self.entry)

    @property
    def seen_name(self) -> str:
        """The hidden field that says which version was shown."""
        return f"{SEEN}{self.entry.pk}"

    @property
    def alone(self) -> bool:
        """Whether it can be published on a page of its own, where its reason or a waiver is asked for."""
        code = self.obstacle.code if self.obstacle else ""
        return code == "is_correction" or (code == "four_eyes" and may(self.by, Verb.WAIVE))

    def _not_to_publish(self) -> Refused | None:
        """Why this person may not publish it here, whatever it says."""
        if self.entry.replaces and not self.entry.is_on_record:
            return Refused("is_correction", reference=self.entry.replaces.reference)
        try:
            may_be_published_by(self.entry, by=self.by)
        except Refused as refusal:
            return refusal
        return None

    def _not_to_return(self) -> Refused | None:
        """Why it cannot be given back."""
        state = str(self.entry.get_state_display()).lower()
        return None if self.entry.state == FollowUp.State.SUBMITTED else Refused("not_submitted", state=state)


class ReviewView:
    """Shows the cards, or does to those ticked what the pressed button says."""

    def __init__(self, desk: Any, request: HttpRequest) -> None:
        self.desk, self.request = desk, request
        self.user: Any = request.user
        self.asked = request.GET.get("do", "")
        self.chosen = {int(key) for key in request.GET.getlist(CHOSEN)[:MOST_CHOSEN] if is_key(key)}

    def answer(self) -> HttpResponse:
        """Return the page, or lead on."""
        if self.request.method != "POST":
            return self._page(self._waiting(), ReasonForm())
        with transaction.atomic():
            lock_head()  # nothing changes between the look at the cards and what is done to them
            if once.earlier_answer(self.request):
                messages.info(self.request, _("This form was sent twice: it was done once."))
                return HttpResponseRedirect(self._next())
            cards, reason = self._sent(), ReasonForm(initial=self.request.POST.dict())
            if just_signed_in(self.request):
                messages.info(self.request, _("You are signed in again. Nothing is done yet: look, then press again."))
                return self._page(cards, reason)
            form = ReasonForm(self.request.POST) if "_return" in self.request.POST else reason
            return self._done(cards, form) or self._page(cards, form)

    def _waiting(self) -> list[Card]:
        """Return what the address names, each ticked where nothing is in the way; else what others submitted."""
        if not self.chosen:
            return self._cards(self._submitted_by_others()[:AT_A_TIME])
        cards = self._cards(self._entries(self.chosen))
        for card in cards:
            card.ticked = card.obstacle is None
        return cards

    def _sent(self) -> list[Card]:
        """Return the cards that were on the page, ticked as they were; what is no entry of this desk is passed over."""
        names = (name.removeprefix(SEEN) for name in self.request.POST if name.startswith(SEEN))
        cards = self._cards(self._entries(int(key) for key in names if is_key(key)))
        ticked = set(self.request.POST.getlist("tick"))
        for card in cards:
            card.ticked = str(card.entry.pk) in ticked
        return cards

    def _entries(self, keys: Iterable[int]) -> Any:
        return self.desk.get_queryset(self.request).filter(pk__in=list(keys)[:MOST_CHOSEN]).for_review()

    def _submitted_by_others(self) -> Any:
        return self.desk.get_queryset(self.request).waiting_for_review(by=self.user).for_review()

    def _cards(self, entries: Iterable[FollowUp]) -> list[Card]:
        return [Card(entry, self.user, returning=self.asked == "_return") for entry in entries]

    def _done(self, cards: list[Card], form: ReasonForm) -> HttpResponse | None:
        """Do it to all that are ticked; None where something is in the way, which the page then says."""
        ticked = [card for card in cards if card.ticked]
        if not ticked:
            messages.error(self.request, _("Nothing was done: tick at least one entry."))
            return None
        for card in ticked:
            card.refusal = None if card.token == self.request.POST.get(card.seen_name) else Refused("stale")
        if any(card.refusal for card in ticked):
            return None
        try:
            said = self._act([card.entry for card in ticked], form)
        except SeveralRefused as refused:
            for card in ticked:
                card.refusal = refused.each.get(card.entry.pk)
            return None
        except Refused as refusal:
            show_refusal(form, refusal)
            return None
        return self._leave(said) if said else None

    def _act(self, entries: list[FollowUp], form: ReasonForm) -> str:
        """Publish or return them and say so; empty where no reason was given, or no button was pressed."""
        if "_publish" in self.request.POST:
            published = actions.publish_several(entries, by=self.user)
            return self._logged(published, published_words(*published))
        if not form.is_valid():
            return ""
        returned = actions.return_several(entries, by=self.user, reason=form.cleaned_data["reason"])
        words = ngettext("Returned %d entry with your reason.", "Returned %d entries with your reason.", len(returned))
        return self._logged(returned, words % len(returned))

    def _logged(self, entries: list[FollowUp], said: str) -> str:
        for entry in entries:
            self.desk.log_change(self.request, entry, strip_tags(said))
        return said

    def _leave(self, said: str) -> HttpResponse:
        once.remember_answer(self.request, self._next())
        messages.success(self.request, said)
        return HttpResponseRedirect(self._next())

    def _next(self) -> str:
        """Lead back to the list from which one came, or to what waits still."""
        return reverse("admin:tracker_followup_changelist") if self.chosen else self.request.path

    def _page(self, cards: list[Card], form: ReasonForm) -> TemplateResponse:
        offered = [name for name, (verb, _words) in BUTTONS.items() if may(self.user, verb)]
        shown = [self.asked] if self.asked in offered else offered
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": _("Review"),
            "opts": self.desk.opts,
            "cards": cards,
            "refused": [card for card in cards if card.refusal],
            "form": form,
            "buttons": [(name, BUTTONS[name][1]) for name in shown],
            "number": len(cards) if self.chosen else self._submitted_by_others().count(),
            "chosen": bool(self.chosen),
            "returning": self.asked == "_return",
            "submission": self.request.POST.get(once.FIELD) or once.new_submission(),
            "back": reverse("admin:tracker_followup_changelist"),
        }
        return TemplateResponse(self.request, "admin/tracker/review.html", context)
