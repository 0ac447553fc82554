"""Recommendations: the official words, who is addressed, and the record, from where one logs and assesses."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.admin.actor_filter import AddressedFilter, PicksActors
from tracker.admin.assess import AssessView
from tracker.admin.base import Picker, Rows, WithHistory
from tracker.admin.filters import RoundtableFilter, ThemeFilter
from tracker.admin.links import Link
from tracker.admin.pages import Page, PageForm, PagesMixin, reason_field
from tracker.admin.reiterations import SuggestsReiterations
from tracker.admin.responsibilities import AddressesCollectives
from tracker.admin.searching import FindsByWords
from tracker.admin.sheet import HasSheet, sheet_address
from tracker.admin.sign_in_again import keeping_what_was_typed
from tracker.admin.standing import standing_words
from tracker.admin.waiting import WaitingRecommendations
from tracker.admin.year_filter import LastFollowUpFilter
from tracker.errors import Refused
from tracker.models import FollowUp, Recommendation, Reiteration, Responsibility, SheetKind
from tracker.permissions import Verb, may
from tracker.search import Search

WORDS = ("official_text", "official_language", "sic", "source_document", "source_locator")
PLACE = ("roundtable", "number", "reference")
TEXT = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})


def _not_published(subject: Recommendation) -> Refused | None:
    published = subject.state == Recommendation.State.PUBLISHED
    return None if published else Refused("not_public", reference=subject.reference)


class WordsForm(PageForm):
    """Asks for the official words as they should be."""

    text = forms.CharField(label=_("Official words"), max_length=100_000, widget=TEXT)
    sic = forms.CharField(label=_("Misprint (sic)"), max_length=200, required=False)
    reason = reason_field()

    def prepare(self) -> None:
        """Begin with the words as they stand."""
        self.initial.update(text=self.subject.official_text, sic=self.subject.sic)


class CorrectWordsPage(Page):
    """Mend the official words of a published recommendation."""

    slug, verb, form = "correct-words", Verb.CORRECT_WORDS, WordsForm
    title, button = _("Correct the official words"), _("Correct the words")

    def refusal(self, subject: Recommendation) -> Refused | None:
        """Refuse what is not published."""
        return _not_published(subject)

    def consequences(self, subject: Recommendation) -> list[Any]:
        """Say that both versions stay on the record."""
        return [_("The old words, the new words and your reason stay on the record for ever.")]

    def act(self, subject: Recommendation, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Correct them."""
        actions.correct_official_text(
            subject, by=by, text=cleaned["text"], sic=cleaned["sic"], reason=cleaned["reason"]
        )
        return _("The official words were corrected.")


class WithdrawForm(PageForm):
    """Asks for the reason, and what it is merged into."""

    merged_into = forms.ModelChoiceField(
        Recommendation.objects.published(),
        required=False,
        label=_("Merged into"),
        help_text=_("If another recommendation takes its place."),
        widget=Picker(Recommendation._meta.get_field("merged_into"), admin.site),
    )
    reason = reason_field()


class WithdrawPage(Page):
    """Withdraw a published recommendation, or merge it into another."""

    slug, verb, form, lasting = "withdraw", Verb.WITHDRAW, WithdrawForm, True
    title, button = _("Withdraw"), _("Withdraw it")

    def refusal(self, subject: Recommendation) -> Refused | None:
        """Refuse what is not published."""
        return _not_published(subject)

    def consequences(self, subject: Recommendation) -> list[Any]:
        """Say what stays."""
        return [_("Its page stays and says so, with your reason. It is counted no longer. This cannot be undone.")]

    def act(self, subject: Recommendation, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Withdraw it."""
        actions.withdraw_recommendation(subject, by=by, reason=cleaned["reason"], merged_into=cleaned["merged_into"])
        return _("%(reference)s was withdrawn.") % {"reference": subject.reference}


class PublishRecommendationPage(Page):
    """Put a draft recommendation on the record."""

    slug, verb = "publish", Verb.PUBLISH_RECOMMENDATION
    title, button = _("Publish"), _("Publish it")

    def refusal(self, subject: Recommendation) -> Refused | None:
        """Refuse what is published already."""
        return Refused("already_public", reference=subject.reference) if subject.is_public else None

    def consequences(self, subject: Recommendation) -> list[Any]:
        """Say what is frozen, and show the words."""
        return [
            _("Its reference and official words are frozen from then on. It is never deleted, only withdrawn."),
            subject.official_text,
        ]

    def act(self, subject: Recommendation, *, by: Any, cleaned: dict[str, Any]) -> Any:
        """Publish it."""
        actions.publish_recommendation(subject, by=by)
        return _("%(reference)s is published.") % {"reference": subject.reference}


class ResponsibilityRows(Rows):
    """Whom it addresses beside the collectives, which the form itself offers."""

    model = Responsibility
    autocomplete_fields = ("actor",)
    verbose_name_plural = _("also addressed: single governments and organisations")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the names along."""
        return super().get_queryset(request).filter(actor__is_collective=False).select_related("actor")


class ReiterationRows(Rows):
    """Earlier recommendations that it repeats."""

    model = Reiteration
    fk_name = "later"
    autocomplete_fields = ("earlier",)
    verbose_name_plural = _("reiterates")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the recommendations along."""
        return super().get_queryset(request).select_related("earlier", "later")


@admin.register(Recommendation)
class RecommendationAdmin(
    FindsByWords, HasSheet, AddressesCollectives, SuggestsReiterations, PicksActors, PagesMixin, WithHistory
):
    """One recommendation: its record first, then what is said of it."""

    pages = (PublishRecommendationPage(), CorrectWordsPage(), WithdrawPage())
    list_display = ("reference", "headline_en", "nature", "status", "standing", "last_followup_on", "state")
    list_filter = (
        WaitingRecommendations,
        "roundtable__forum",
        RoundtableFilter,
        AddressedFilter,
        LastFollowUpFilter,
        "state",
        "status",
        "standing",
        "nature",
        ThemeFilter,
    )
    search_fields = ("reference",)
    found_by = staticmethod(Search.matching)
    sheet_kind = SheetKind.RECOMMENDATIONS
    search_help_text = _("Reference, or words of the headline, of the official words or of the record")
    ordering = ("reference",)
    autocomplete_fields = ("roundtable",)
    inlines = (ResponsibilityRows, ReiterationRows)
    actions = None
    fieldsets = (
        (None, {"fields": ("headline_en", ("headline_fr", "headline_es"), "nature", "themes", "internal_note")}),
        (_("Addressed to"), {"fields": ("collectives",)}),
        (_("Official words"), {"fields": (PLACE, *WORDS)}),
        (_("Unofficial translations"), {"fields": ("translation_fr", "translation_es"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring along what its references and dates are made of."""
        return super().get_queryset(request).select_related("roundtable__forum")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Lead those who assess to the sheet from each line."""
        user: Any = request.user
        return [*super().get_list_display(request), *["on_sheet"] * may(user, Verb.PUBLISH)]

    @admin.display(description=_("assess"))
    def on_sheet(self, recommendation: Recommendation) -> str:
        """Lead to its row on the sheet of its roundtable."""
        if recommendation.state != Recommendation.State.PUBLISHED:
            return "–"
        address = f"{sheet_address(recommendation.roundtable_id)}#r{recommendation.pk}"
        return format_html(
            '<a href="{}">{}</a>', address, _("%(code)s sheet") % {"code": recommendation.roundtable.code}
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Freeze what is on the record once it is published."""
        return (*PLACE, *WORDS) if obj and obj.is_public else ("reference",)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the themes as boxes to tick."""
        if db_field.name == "themes":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts may be deleted; what was published is withdrawn."""
        return not (obj and obj.is_public) and super().has_delete_permission(request, obj)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj and obj.is_public else None

    def get_urls(self) -> Any:
        """Add the assessment."""
        view = keeping_what_was_typed(self.admin_site, self.assess_view)
        return [path("<int:key>/assess/", view, name="tracker_recommendation_assess"), *super().get_urls()]

    def assess_view(self, request: HttpRequest, key: int) -> Any:
        """Read where the whole recommendation stands."""
        return AssessView(self, request, self.fetch(request, key)).answer()

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the pages about it, but the one that the button leads to."""
        own = (
            link for link in self.page_links(subject, request.user) if link["slug"] != PublishRecommendationPage.slug
        )
        return [*own, *super().links_beside(request, subject)]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Show the record above the form, with what may be done."""
        user: Any = request.user
        if obj:
            context["record"], context["standing_words"] = record_of(obj), standing_words(obj)
            published = obj.state == Recommendation.State.PUBLISHED
            context["may_log"] = published and request.user.has_perm("tracker.add_followup")
            context["may_assess"] = published and may(user, Verb.PUBLISH)
            context["sheet"] = f"{sheet_address(obj.roundtable_id)}#r{obj.pk}"
        if not (obj and obj.is_public) and may(user, Verb.PUBLISH_RECOMMENDATION):
            context["buttons"] = [("_publish", _("Save and publish"))]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Publish where that button was pressed."""
        return self._pressed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Publish where that button was pressed."""
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, recommendation: Recommendation) -> HttpResponse | None:
        if "_publish" not in request.POST:
            return None
        actions.publish_recommendation(recommendation, by=request.user)  # type: ignore[arg-type]
        said = _("%(reference)s is published.") % {"reference": recommendation.reference}
        self.log_change(request, recommendation, str(said))
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:tracker_recommendation_change", args=[recommendation.pk]))


def record_of(recommendation: Recommendation) -> list[FollowUp]:
    """Return the entries of a recommendation: what waits first, then the record, latest first."""
    entries = recommendation.entries.select_related("actor").defer("body")
    waiting = sorted((entry for entry in entries if not entry.is_on_record), key=lambda entry: -entry.pk)
    recorded = [entry for entry in entries if entry.is_on_record]
    return [*waiting, *sorted(recorded, key=lambda entry: (entry.counts_from, entry.precedence), reverse=True)]
