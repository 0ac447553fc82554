"""What became of a Chair's document: its drafts are saved here, listed by roundtable, and published together."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracker.actions.drafting import publish_recommendations
from tracker.admin.conclusions_views import DocumentView, address_of
from tracker.errors import Refused
from tracker.forms.drafts import state_of
from tracker.imports.correcting.drafting import draft_corrected
from tracker.models import DocumentImport, Recommendation, RecommendationQuerySet, Roundtable
from tracker.permissions import Verb, may

BUTTON = "do"
SEEN = "seen"
DRAFTED = DocumentImport.State.DRAFTED


class DraftedView(DocumentView):
    """Saves the drafts, once, and then leads to them."""

    template = "admin/tracker/documentimport/drafted.html"
    title = _("Drafts of the document")

    def begun(self) -> HttpResponse:
        """Show the drafts, or lead to where they are made."""
        if self.document.state != DRAFTED:
            return HttpResponseRedirect(address_of(self.document))
        drafts = list(self._drafts())
        return self.page(
            parts=self._parts(), drafts=drafts, seen=state_of(drafts), may_publish=self._may_publish, seen_name=SEEN
        )

    def received(self) -> HttpResponse:
        """Save the drafts, or publish them."""
        if self.request.POST.get(BUTTON) == "publish":
            return self._publish()
        return self._save() if self.document.state != DRAFTED else self.begun()

    def _save(self) -> HttpResponse:
        user: Any = self.request.user
        if self.request.POST.get(SEEN) != str(self.document.version):
            return self._back("preview", gettext("The draft is no longer what you saw. Look at it again, then save."))
        try:
            made = len(draft_corrected(self.document, by=user).recommendations)
        except Refused as refusal:
            return self._back("correct", gettext("Nothing was saved. %(reason)s") % {"reason": refusal})
        self.document.state = DRAFTED
        self.document.drafted_by, self.document.drafted_at = user, timezone.now()
        self.document.version += 1
        self.document.save()
        words = ngettext("%(number)d draft was saved.", "%(number)d drafts were saved.", made) % {"number": made}
        self.desk.log_change(self.request, self.document, words)
        return self.to(address_of(self.document, "drafted"), words)

    def _publish(self) -> HttpResponse:
        user: Any = self.request.user
        drafts = list(self._drafts())
        if self.request.POST.get(SEEN) != state_of(drafts):
            said = gettext("The drafts are no longer those that you saw. Look at them again, then publish.")
            return self._back("drafted", said)
        try:
            published = publish_recommendations(drafts, by=user)
        except Refused as refusal:
            return self._back("drafted", gettext("Nothing was published. %(reason)s") % {"reason": refusal})
        number = len(published)
        words = ngettext("%(number)d recommendation is published.", "%(number)d recommendations are published.", number)
        said = words % {"number": number}
        self.desk.log_change(self.request, self.document, said)
        return self.to(address_of(self.document, "drafted"), said)

    def _back(self, page: str, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return HttpResponseRedirect(address_of(self.document, page))

    @property
    def _may_publish(self) -> bool:
        return may(self.request.user, Verb.PUBLISH_RECOMMENDATION)  # type: ignore[arg-type]

    def _drafts(self) -> RecommendationQuerySet:
        drafts = Recommendation.objects.filter(
            roundtable__forum__year=self.document.year, state=Recommendation.State.DRAFT
        )
        return drafts.select_related("roundtable__forum").in_order()

    def _parts(self) -> list[Roundtable]:
        """Return the roundtables of the Forum, each with how many of its recommendations are drafts, and published."""
        number = {
            "drafted": Count("recommendations", Q(recommendations__state="draft")),
            "published": Count("recommendations", Q(recommendations__state="published")),
        }
        found = Roundtable.objects.filter(forum__year=self.document.year).select_related("forum")
        return list(found.annotate(**number))
