"""The drafts of a roundtable are published together, as they stood in the preview of its page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracker.actions.drafting import publish_recommendations
from tracker.admin.roundtable_pages import RoundtableView
from tracker.errors import Refused
from tracker.forms.drafts import state_of
from tracker.models import Recommendation
from tracker.permissions import Verb, may


class PublishDraftsView(RoundtableView):
    """Publishes; whatever is to be said first stands on the preview."""

    slug, title = "publish", _("Preview and publish")

    @classmethod
    def offered(cls, user: Any) -> bool:
        """Whether ``user`` may publish."""
        return may(user, Verb.PUBLISH_RECOMMENDATION)

    def answer(self) -> HttpResponse:
        """Lead to the preview, unless its button was pressed."""
        return super().answer() if self.request.method == "POST" else self._back()

    def shown_again(self) -> HttpResponse:
        """Lead to the preview: it is looked at before anything is published."""
        return self._back()

    def received(self) -> HttpResponse:
        """Publish all of the drafts, if they are still those that were seen."""
        drafts = list(Recommendation.objects.drafts_of(self.roundtable).select_related("roundtable__forum"))
        if not drafts:
            return self._back(gettext("The roundtable has no drafts: nothing was published."))
        if self.request.POST.get("seen") != state_of(drafts):
            return self._back(gettext("The drafts are no longer those that you saw. Look at them again, then publish."))
        try:
            published = publish_recommendations(drafts, by=self.request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            return self._back(gettext("Nothing was published. %(reason)s") % {"reason": refusal})
        return self.done(self._said(len(published)))

    def _said(self, number: int) -> str:
        words = ngettext("%(number)d recommendation is published.", "%(number)d recommendations are published.", number)
        return format_html(
            '{} <a href="{}">{}</a>',
            words % {"number": number},
            self.roundtable.get_absolute_url(),
            gettext("The public page"),
        )

    def _back(self, why: str = "") -> HttpResponse:
        if why:
            messages.error(self.request, why)
        return HttpResponseRedirect(reverse("admin:tracker_roundtable_preview", args=[self.roundtable.pk]))
