"""Pages on which staff work on the recommendations of a whole roundtable: pasting, drafts, who is addressed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from tracker.admin import once
from tracker.admin.links import Link, LinksBesideTitle
from tracker.admin.sign_in_again import just_signed_in, keeping_what_was_typed
from tracker.errors import Refused
from tracker.models import Roundtable
from tracker.record.chain import lock_head


class RoundtableView:
    """Shows the page, or does what was sent, once. Subclasses say which forms it has and what is done with them.

    A POST holds the lock of the record's writers from before it is read, so that what it was checked against stays.
    """

    slug: ClassVar[str]
    title: ClassVar[Any]
    permission: ClassVar[str]
    """What one must be allowed to do with recommendations: "add" or "change"."""
    template: ClassVar[str]

    def __init__(self, desk: Any, request: HttpRequest, roundtable: Roundtable) -> None:
        self.desk, self.request, self.roundtable = desk, request, roundtable

    @classmethod
    def offered(cls, user: Any) -> bool:
        """Whether ``user`` may use the page."""
        return bool(user.has_perm(f"tracker.{cls.permission}_recommendation"))

    @classmethod
    def address(cls, roundtable: Roundtable) -> str:
        """Return where the page is."""
        return reverse(f"admin:tracker_roundtable_{cls.slug}", args=[roundtable.pk])

    def answer(self) -> HttpResponse:
        """Return the page, or lead on where something was done."""
        if self.request.method != "POST":
            return self.page(self.begun())
        if just_signed_in(self.request):
            messages.info(self.request, gettext("You are signed in again. Nothing is saved yet: look, then save."))
            return self.shown_again()
        with transaction.atomic():
            lock_head()
            if once.earlier_answer(self.request):
                messages.info(self.request, gettext("This form was sent twice: it was saved once."))
                return HttpResponseRedirect(self.next_address())
            return self.received()

    def begun(self) -> dict[str, Any]:
        """Return the forms as they are first shown."""
        raise NotImplementedError

    def shown_again(self) -> HttpResponse:
        """Show what was sent, and do nothing with it."""
        raise NotImplementedError

    def received(self) -> HttpResponse:
        """Answer what was sent, while holding the lock."""
        raise NotImplementedError

    def done(self, said: str) -> HttpResponse:
        """Note in the log of the roundtable what was done, say it, and lead on."""
        self.desk.log_change(self.request, self.roundtable, said)
        once.remember_answer(self.request, self.next_address())
        messages.success(self.request, said)
        return HttpResponseRedirect(self.next_address())

    def refused(self, refusal: Refused, forms: dict[str, Any]) -> HttpResponse:
        """Show the forms again with what an action refused; nothing was changed."""
        return self.page({**forms, "refusal": str(refusal)})

    def next_address(self) -> str:
        """Return where to go when it is done."""
        return str(reverse("admin:tracker_roundtable_change", args=[self.roundtable.pk]))

    def page(self, forms: dict[str, Any]) -> TemplateResponse:
        """Render the page with the forms."""
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": self.title,
            "opts": self.desk.opts,
            "original": self.roundtable,
            "submission": self.request.POST.get(once.FIELD) or once.new_submission(),
            "back": reverse("admin:tracker_roundtable_change", args=[self.roundtable.pk]),
            "media": self.desk.media,
            **forms,
        }
        return TemplateResponse(self.request, self.template, context)


class WorksOnRecommendations(LinksBesideTitle):
    """Gives the desk of roundtables these pages, each under ``<key>/<slug>/``, and leads to them."""

    views: ClassVar[Sequence[type[RoundtableView]]] = ()
    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the pages' addresses."""
        own = [
            path(
                f"<int:key>/{view.slug}/",
                keeping_what_was_typed(self.admin_site, self.roundtable_view),
                {"view": view},
                name=f"tracker_roundtable_{view.slug}",
            )
            for view in self.views
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def roundtable_view(self, request: HttpRequest, key: int, view: type[RoundtableView]) -> HttpResponse:
        """Answer for one page of one roundtable, to whoever may use it."""
        if not view.offered(request.user):
            raise PermissionDenied
        roundtable = Roundtable.objects.select_related("forum").filter(pk=key).first()
        if roundtable is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined, no-any-return]
        return view(self, request, roundtable).answer()

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the links to those of the pages that are offered."""
        own = [view for view in self.views if view.offered(request.user)]
        links = [Link(address=view.address(subject), label=view.title, slug=view.slug) for view in own]
        return [*links, *super().links_beside(request, subject)]
