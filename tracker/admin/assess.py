"""The assessment of one recommendation: status, reasoning, what remains, and the entries it rests on, on one page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker import actions
from tracker.admin import once
from tracker.admin.entry_pages import published_words
from tracker.admin.sign_in_again import just_signed_in
from tracker.errors import Refused
from tracker.forms import AssessmentForm, EvidenceRows
from tracker.forms.entries import show_refusal
from tracker.forms.sheet import reading_of
from tracker.models import FollowUp, Recommendation
from tracker.permissions import Verb, may
from tracker.record.chain import lock_head


class AssessView:
    """Shows the page, or publishes the assessment."""

    def __init__(self, desk: Any, request: HttpRequest, recommendation: Recommendation | None) -> None:
        self.desk, self.request, self.recommendation = desk, request, recommendation
        if not may(request.user, Verb.PUBLISH):  # type: ignore[arg-type]
            raise PermissionDenied

    def answer(self) -> HttpResponse:
        """Return the page, or lead back to the recommendation."""
        recommendation, back = self.recommendation, self._back()
        if recommendation is None:
            return HttpResponseRedirect(back)
        if recommendation.state != Recommendation.State.PUBLISHED:
            messages.error(self.request, str(Refused("not_public", reference=recommendation.reference)))
            return HttpResponseRedirect(back)
        draft = FollowUp(basis=FollowUp.Basis.ASSESSED, recommendation=recommendation)
        sent = self.request.POST if self.request.method == "POST" else None
        form, rows = AssessmentForm(sent, instance=draft), EvidenceRows(sent, prefix="evidence")
        for row in rows.forms:
            row.fields.pop("file", None)
        if just_signed_in(self.request):
            messages.info(self.request, _("You are signed in again. Nothing is published yet: look, then publish."))
        elif sent is not None and form.is_valid() & rows.is_valid():
            return self._published(form, rows) or self._page(form, rows)
        return self._page(form, rows)

    def _back(self) -> str:
        if self.recommendation is None:
            return str(self.desk.admin_site.reverse_index)
        return str(self.desk.change_address(self.recommendation))

    def _published(self, form: AssessmentForm, rows: Any) -> HttpResponse | None:
        """Publish what was sent, once; None where it was refused, which the form then says."""
        try:
            with transaction.atomic():
                lock_head()
                if once.earlier_answer(self.request):
                    messages.info(self.request, _("This form was sent twice: it was published once."))
                else:
                    entry = self._publish(form, rows)
                    self.desk.log_change(
                        self.request, self.recommendation, _("Assessed: %(reference)s") % {"reference": entry.reference}
                    )
                    once.remember_answer(self.request, self._back())
                    messages.success(self.request, published_words(entry))
        except Refused as refusal:
            show_refusal(form, refusal)
            return None
        return HttpResponseRedirect(self._back())

    def _publish(self, form: AssessmentForm, rows: Any) -> FollowUp:
        return actions.assess(
            self.recommendation,  # type: ignore[arg-type]
            by=self.request.user,  # type: ignore[arg-type]
            **reading_of(form.cleaned_data, rows.forms),
        )

    def _page(self, form: AssessmentForm, rows: Any) -> TemplateResponse:
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": _("Assess %(reference)s") % {"reference": self.recommendation.reference},  # type: ignore[union-attr]
            "opts": self.desk.opts,
            "original": self.recommendation,
            "form": form,
            "rows": rows,
            "submission": self.request.POST.get(once.FIELD) or once.new_submission(),
            "back": self._back(),
            "media": self.desk.media + form.media,
        }
        return TemplateResponse(self.request, "admin/tracker/recommendation/assess.html", context)
