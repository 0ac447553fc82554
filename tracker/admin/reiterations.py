"""What a recommendation repeats: the likeliest of earlier Forums are suggested, others are searched for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.actions.reiterating import reiterate
from tracker.admin.links import Link, LinksBesideTitle
from tracker.forms.reiterations import ReiterationsForm, SearchForm
from tracker.likeness import likeliest
from tracker.models import Recommendation
from tracker.record.chain import lock_head

NAME = "tracker_recommendation_reiterations"


class SuggestsReiterations(LinksBesideTitle):
    """Gives the desk of recommendations the page, and leads to it."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the page's address."""
        view = self.admin_site.admin_view(self.reiterations_view)
        return [path("<int:key>/reiterations/", view, name=NAME), *super().get_urls()]  # type: ignore[misc]

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the link to the page."""
        others = super().links_beside(request, subject)
        if not request.user.has_perm("tracker.add_reiteration"):
            return others
        address = reverse(f"admin:{NAME}", args=[subject.pk])
        return [Link(address=address, label=_("What it repeats"), slug="repeats"), *others]

    def reiterations_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show suggestions and what was searched for, or keep what was ticked."""
        if not request.user.has_perm("tracker.add_reiteration"):
            raise PermissionDenied
        recommendation = Recommendation.objects.select_related("roundtable__forum").filter(pk=key).first()
        if recommendation is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined, no-any-return]
        if request.method != "POST":
            return self._page(request, recommendation)
        with transaction.atomic():
            lock_head()
            form = ReiterationsForm(request.POST, recommendation=recommendation)
            return self._kept(request, recommendation, form) or self._page(request, recommendation, form)

    def _kept(self, request: HttpRequest, recommendation: Recommendation, form: ReiterationsForm) -> Any:
        if not form.is_valid():
            return None
        new = reiterate(recommendation, earlier=form.cleaned_data["earlier"], by=request.user)  # type: ignore[arg-type]
        said = ngettext(
            "It repeats %(number)d recommendation more.", "It repeats %(number)d recommendations more.", len(new)
        )
        words = said % {"number": len(new)}
        self.log_change(request, recommendation, words)  # type: ignore[attr-defined]
        messages.success(request, words)
        return HttpResponseRedirect(reverse("admin:tracker_recommendation_change", args=[recommendation.pk]))

    def _page(
        self, request: HttpRequest, recommendation: Recommendation, form: ReiterationsForm | None = None
    ) -> TemplateResponse:
        search = SearchForm(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What it repeats"),
            "opts": self.opts,
            "original": recommendation,
            "search": search,
            "found": search.found(recommendation),
            "likeliest": likeliest(recommendation),
            "said": recommendation.reiterations.select_related("earlier"),
            "form": form,
            "back": reverse("admin:tracker_recommendation_change", args=[recommendation.pk]),
        }
        return TemplateResponse(request, "admin/tracker/recommendation/reiterations.html", context)
