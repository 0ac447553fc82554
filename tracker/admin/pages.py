"""Pages of the desk that do one thing to one object: what it means is said first, a reason is asked, it is done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from tracker.admin.links import Link
from tracker.errors import Refused
from tracker.forms import RefusesNul
from tracker.forms.entries import show_refusal
from tracker.permissions import Verb, may
from tracker.record.chain import writing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def reason_field(*, public: bool = True) -> forms.CharField:
    """Return the field that asks for a reason."""
    return forms.CharField(
        label=_("Reason"),
        help_text=_("Shown to the public for as long as the record exists.") if public else _("Its author reads this."),
        error_messages={"required": _("Give a reason.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class PageForm(RefusesNul, forms.Form):
    """The form of a page; ``subject`` is the object it is about."""

    def __init__(self, *args: Any, subject: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.by = subject, by
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the subject."""


class Page:
    """One such page. Subclasses say its address, who may use it, its words, its form and what it does."""

    slug: ClassVar[str]
    verb: ClassVar[Verb]
    title: ClassVar["StrOrPromise"]
    button: ClassVar["StrOrPromise"]
    form: ClassVar[type[PageForm]] = PageForm
    lasting = False
    """Whether it cannot be taken back, which its button says by its colour."""

    def refusal(self, subject: Any) -> Refused | None:
        """Return why the page makes no sense for the subject as it is now, or None."""
        return None

    def consequences(self, subject: Any) -> Sequence["StrOrPromise"]:
        """Return, in sentences, what will happen."""
        return ()

    def act(self, subject: Any, *, by: Any, cleaned: dict[str, Any]) -> "StrOrPromise":
        """Do it, and return a sentence that says so."""
        raise NotImplementedError

    def offered(self, subject: Any, by: Any) -> bool:
        """Whether ``by`` may do it to the subject as it is now."""
        return may(by, self.verb) and self.refusal(subject) is None


class PagesMixin:
    """Gives a ModelAdmin its pages, each under ``<key>/<slug>/``."""

    pages: ClassVar[Sequence[Page]] = ()
    admin_site: Any
    model: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the pages' addresses."""
        own = [
            path(
                f"<int:key>/{page.slug}/",
                self.admin_site.admin_view(self.page_view),
                {"page": page},
                name=f"{self.opts.app_label}_{self.opts.model_name}_{page.slug}",
            )
            for page in self.pages
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def page_address(self, page: Page, subject: Any) -> str:
        """Return where the page about the subject is."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page.slug}", args=[subject.pk])

    def page_links(self, subject: Any, by: Any) -> list[Link]:
        """Return the pages that ``by`` may use on the subject now."""
        return [
            Link(address=self.page_address(page, subject), label=page.title, slug=page.slug)
            for page in self.pages
            if page.offered(subject, by)
        ]

    def fetch(self, request: HttpRequest, key: int) -> Any:
        """Return the object; answer 403 to whoever may not see it. None where there is none."""
        subject = self.get_object(request, unquote(str(key)))  # type: ignore[attr-defined]
        if not self.has_view_permission(request, subject):  # type: ignore[attr-defined]
            raise PermissionDenied
        return subject

    def page_view(self, request: HttpRequest, key: int, page: Page) -> HttpResponse:
        """Show the page, or do what it is for."""
        subject = self.fetch(request, key)
        if not may(request.user, page.verb):  # type: ignore[arg-type]
            raise PermissionDenied
        if subject is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined, no-any-return]
        refusal = page.refusal(subject)
        if refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.change_address(subject))
        form = page.form(request.POST if request.method == "POST" else None, subject=subject, by=request.user)
        if form.is_valid() and self._done(request, subject, page, form):
            return HttpResponseRedirect(self.next_address(subject))
        return self.show_page(request, subject, page, form)

    def _done(self, request: HttpRequest, subject: Any, page: Page, form: PageForm) -> bool:
        try:
            with writing():
                said = page.act(subject, by=request.user, cleaned=form.cleaned_data)
                # As it now is: the log must not keep a title that was just removed.
                after = self.model._base_manager.get(pk=subject.pk)
                self.log_change(request, after, strip_tags(str(said)))  # type: ignore[attr-defined]
        except Refused as refusal:
            show_refusal(form, refusal)
            return False
        messages.success(request, said)
        return True

    def show_page(self, request: HttpRequest, subject: Any, page: Page, form: PageForm) -> TemplateResponse:
        """Render the page."""
        context = {
            **self.admin_site.each_context(request),
            "title": page.title,
            "opts": self.opts,
            "original": subject,
            "page": page,
            "form": form,
            "consequences": page.consequences(subject),
            "back": self.change_address(subject),
            "media": self.media + form.media,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, f"admin/tracker/{self.opts.model_name}/page.html", context)

    def change_address(self, subject: Any) -> str:
        """Return where the subject's own form is."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[subject.pk])

    def next_address(self, subject: Any) -> str:
        """Return where to go when it is done."""
        return self.change_address(subject)
