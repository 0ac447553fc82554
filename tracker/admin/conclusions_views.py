"""What the pages about one Chair's document share: who may use them, and that what is sent is done once."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from tracker.admin import once
from tracker.admin.sign_in_again import just_signed_in
from tracker.models import DocumentImport
from tracker.record.chain import lock_head

RIGHTS = ("tracker.add_recommendation", "tracker.add_documentimport", "tracker.change_documentimport")
"""What one must be allowed to do for any of it: drafts come of it in the end."""


def may_enter(user: Any) -> bool:
    """Tell whether ``user`` may enter conclusions from a document."""
    return bool(user.has_perms(RIGHTS))


class DocumentView:
    """Shows a page about a document, or does what was sent while it holds the lock of the record's writers."""

    template: ClassVar[str]
    title: ClassVar[Any]

    def __init__(self, desk: Any, request: HttpRequest, document: DocumentImport | None) -> None:
        self.desk, self.request = desk, request
        self._document = document

    @property
    def document(self) -> DocumentImport:
        """The document that the page is about."""
        assert self._document is not None  # noqa: S101 - only the page that begins one is about none
        return self._document

    def answer(self) -> HttpResponse:
        """Return the page, or lead on where something was done."""
        if self.request.method != "POST":
            return self.begun()
        if just_signed_in(self.request):
            messages.info(self.request, gettext("You are signed in again. Nothing is saved yet: look, then save."))
            return self.shown_again()
        self.prepare()
        with transaction.atomic():
            lock_head()
            if earlier := once.earlier_answer(self.request):
                messages.info(self.request, gettext("This form was sent twice: it was saved once."))
                return HttpResponseRedirect(earlier)
            if self._document is not None:
                self._document = get_object_or_404(DocumentImport, pk=self._document.pk)
            return self.received()

    def prepare(self) -> None:
        """Do what takes long and needs no lock, before it is taken."""

    def begun(self) -> HttpResponse:
        """Return the page as it is first shown."""
        raise NotImplementedError

    def shown_again(self) -> HttpResponse:
        """Show what was sent, and do nothing with it."""
        return self.begun()

    def received(self) -> HttpResponse:
        """Answer what was sent."""
        raise NotImplementedError

    def to(self, address: str, said: str = "") -> HttpResponse:
        """Lead on after something was done, and remember where to."""
        once.remember_answer(self.request, address)
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(address)

    def page(self, **shown: Any) -> TemplateResponse:
        """Render the page."""
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": self.title,
            "opts": self.desk.opts,
            "original": self._document,
            "submission": once.new_submission(),
            "back": reverse("admin:tracker_documentimport_changelist"),
            "media": self.desk.media,
            **shown,
        }
        return TemplateResponse(self.request, self.template, context)


def address_of(document: DocumentImport, page: str = "correct", fragment: str = "") -> str:
    """Return where a page about a document is."""
    found = reverse(f"admin:tracker_documentimport_{page}", args=[document.pk])
    return f"{found}#{fragment}" if fragment else found
