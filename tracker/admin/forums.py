"""Forums and their roundtables."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import Blocks, Rows, WithHistory
from tracker.admin.conclusions import LinksDocuments
from tracker.admin.drafts import DraftsView
from tracker.admin.logging_from import LogsFollowUps
from tracker.admin.numbering import NumberedRow, NumberedRows, Numbering
from tracker.admin.pasting import PasteView
from tracker.admin.publishing import PublishDraftsView
from tracker.admin.responsibilities import ResponsibilitiesView
from tracker.admin.roundtable_pages import WorksOnRecommendations
from tracker.admin.sheet import LinksSheets
from tracker.admin.stale import VersionedForm
from tracker.models import (
    Conclusion,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    ForumSource,
    Recommendation,
    ReportedTheme,
    Roundtable,
)
from tracker.record.copies import refresh

CLOSING_CODE = "FUT"
DRAFT = Recommendation.State.DRAFT


def of_roundtable(**condition: Any) -> Coalesce:
    """Return how many recommendations a roundtable has, counted for the lines that are shown and for no other."""
    rows = Recommendation.objects.filter(roundtable=OuterRef("pk"), **condition).order_by()
    number = rows.values("roundtable").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


class ChairRows(Rows):
    """Who chaired it, in order."""

    model = ForumChair
    form, formset = NumberedRow, NumberedRows
    fields = ("actor", "position")
    autocomplete_fields = ("actor",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the names along."""
        return super().get_queryset(request).select_related("actor")


class ContributorRows(ChairRows):
    """Who contributed to its cost."""

    model = ForumContributor  # type: ignore[assignment]
    classes = ("collapse",)


class FigureRows(Blocks):
    """Participation and other figures, each with its source."""

    model = ForumFigure
    form, formset = NumberedRow, Numbering
    fields = (("kind", "value", "qualifier"), "words", ("citation", "url"), ("note", "position"))
    classes = ("collapse",)


class ConclusionBlocks(Blocks):
    """Statements of the Chair's document outside the roundtables."""

    model = Conclusion
    form, formset = NumberedRow, Numbering
    fields = (("position", "level"), "section", "text_en", "text_fr", "text_es", "tracked_as", "untracked_reason")
    autocomplete_fields = ("tracked_as",)
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the recommendations along."""
        return super().get_queryset(request).select_related("tracked_as")


class ThemeRows(Rows):
    """Roundtable themes of a Forum whose conclusions are not recorded."""

    model = ReportedTheme
    form, formset = NumberedRow, NumberedRows
    fields = ("position", "title")
    classes = ("collapse",)


class RoundtableRow(NumberedRow):
    """A roundtable within its Forum: whoever types a title has typed enough."""

    counted = "number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if code := self.fields.get("code"):
            code.required = False
            # It stands in references and addresses that are on record.
            code.disabled = getattr(self.instance, "is_on_record", False)

    def next_number(self) -> int | None:  # type: ignore[override]
        """Return the next number; the closing part has none."""
        return None if self.cleaned_data.get("kind") == Roundtable.Kind.CLOSING else super().next_number()

    def clean(self) -> dict[str, Any]:
        """Fill in number and code: "RT3", or "FUT"."""
        cleaned = super().clean()
        number = cleaned.get("number")
        cleaned["code"] = str(cleaned.get("code") or (CLOSING_CODE if number is None else f"RT{number}")).upper()
        return cleaned


class RoundtableRows(Rows):
    """Its roundtables, with what is done with each."""

    model = Roundtable
    form, formset = RoundtableRow, NumberedRows
    fields = ("number", "code", "kind", "title_en", "work")
    readonly_fields = ("work",)
    view_on_site = False
    verbose_name_plural = _("roundtables")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring along whether something of it is on record."""
        public = Recommendation.objects.public().filter(roundtable=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .select_related("forum")
            .annotate(is_on_record=Exists(public), drafts_in_all=of_roundtable(state=DRAFT))
        )

    @admin.display(description=_("recommendations"))
    def work(self, roundtable: Roundtable) -> str:
        """Lead to its form, to pasting, and to the drafts."""
        if not roundtable.pk:
            return str(_("Save the Forum first."))
        drafts = _("Drafts (%(number)d)") % {"number": getattr(roundtable, "drafts_in_all", 0)}
        form = reverse("admin:tracker_roundtable_change", args=[roundtable.pk])
        around = form.removesuffix("change/")  # its pages stand beside its form: looked up, they cost forty rows 4 ms
        pages = ((form, _("Open")), (f"{around}paste/", _("Paste recommendations")), (f"{around}drafts/", drafts))
        return format_html_join(" ", '<a href="{}">{}</a>', pages)


class SourceRows(Rows):
    """Where each fact about the Forum was found."""

    model = ForumSource
    fields = ("fact", "citation", "note")
    classes = ("collapse",)


@admin.register(Forum)
class ForumAdmin(LinksSheets, LinksDocuments, WithHistory):
    """One edition with everything that is said of it as a whole."""

    list_display = ("year", "ordinal", "host_city", "opens_on", "closes_on", "roundtable_count")
    list_display_links = ("year", "host_city")
    search_fields = ("year", "host_city", "central_theme_en")
    search_help_text = _("Year, city or central theme")
    date_hierarchy = "closes_on"
    inlines = (ChairRows, RoundtableRows, FigureRows, ConclusionBlocks, ContributorRows, ThemeRows, SourceRows)
    fieldsets = (
        (None, {"fields": (("year", "ordinal"), ("host_city", "host_country"), ("opens_on", "closes_on"))}),
        (_("Central theme"), {"fields": ("central_theme_en", "central_theme_fr", "central_theme_es")}),
        (
            _("The Chair's conclusions"),
            {
                "fields": (
                    ("document_title_en", "document_title_fr", "document_title_es"),
                    ("presented_at_en", "presented_at_fr", "presented_at_es"),
                    "chairmanship",
                ),
                "classes": ("collapse",),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the roundtables in the same query."""
        return super().get_queryset(request).annotate(roundtables_in_all=Count("roundtables"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the year, which is in every reference and address, once a recommendation is published."""
        frozen = obj is not None and Recommendation.objects.of_forum(obj).public().exists()
        return ("year",) if frozen else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Count on from the last edition."""
        highest = Forum.objects.aggregate(highest=Max("ordinal"))["highest"] or 0
        return {"ordinal": highest + 1, **super().get_changeform_initial_data(request)}

    @admin.display(description=_("roundtables"), ordering="roundtables_in_all")
    def roundtable_count(self, forum: Any) -> int:
        """Return how many parts of the conclusions are recorded."""
        return int(forum.roundtables_in_all)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let what follows from the dates and the year follow: copies, the closing milestone, references of drafts."""
        super().save_model(request, obj, form, change)
        recommendations = Recommendation.objects.of_forum(obj).select_related("roundtable__forum")
        if change and "closes_on" in form.changed_data:
            for recommendation in recommendations:
                refresh(recommendation)
            if hasattr(obj, "milestone"):
                obj.milestone.save()
        if change and "year" in form.changed_data:
            rename_drafts(recommendations)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Let what follows from a changed roundtable follow: its version, and the references of its drafts."""
        super().save_formset(request, form, formset, change)
        for row, names in formset.changed_objects if formset.model is Roundtable else ():
            Roundtable.objects.filter(pk=row.pk).update(version=F("version") + 1)
            if "code" in names:
                rename_drafts(row.recommendations.select_related("roundtable__forum"))


def edited(forum_key: int) -> None:
    """Count the version of a Forum on whose form a changed roundtable is shown too."""
    Forum.objects.filter(pk=forum_key).update(version=F("version") + 1)


def rename_drafts(recommendations: Any) -> None:
    """Give the draft recommendations the references that follow from a new year or code."""
    for draft in recommendations.filter(state=Recommendation.State.DRAFT):
        draft.save()


class RoundtableForm(VersionedForm):
    """A roundtable; its code stands in references, in capitals."""

    def clean_code(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["code"]).upper()


@admin.register(Roundtable)
class RoundtableAdmin(LogsFollowUps, LinksSheets, WorksOnRecommendations, WithHistory):
    """One roundtable of a Forum, with links to its recommendations."""

    logs_as = "roundtable"
    views = (PasteView, DraftsView, ResponsibilitiesView, PublishDraftsView)

    form = RoundtableForm
    list_display = ("__str__", "title_en", "kind", "recommendation_count", "draft_count")
    date_hierarchy = "forum__closes_on"
    list_filter = ("forum", "kind")
    list_select_related = ("forum",)
    search_fields = ("forum__year", "forum__host_city", "code", "title_en", "title_fr", "title_es")
    search_help_text = _("Year, city, code or title")
    autocomplete_fields = ("forum",)
    fieldsets = (
        (None, {"fields": ("forum", ("code", "kind", "number"), "title_en", "title_fr", "title_es", "title_note")}),
        (_("Recommendations"), {"fields": ("recommendation_links",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the recommendations of each line in the same query."""
        counted = {"recommendations_in_all": of_roundtable(), "drafts_in_all": of_roundtable(state=DRAFT)}
        return super().get_queryset(request).select_related("forum").annotate(**counted)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep what every reference is made of, once a recommendation is published."""
        frozen = obj is not None and obj.recommendations.public().exists()
        return ("recommendation_links", "forum", "code") if frozen else ("recommendation_links",)

    @admin.display(description=_("recommendations"), ordering="recommendations_in_all")
    def recommendation_count(self, roundtable: Any) -> int:
        """Return how many recommendations it has, drafts included."""
        return int(roundtable.recommendations_in_all)

    @admin.display(description=_("drafts"), ordering="drafts_in_all")
    def draft_count(self, roundtable: Any) -> str:
        """Return how many of them are drafts, with a link to them."""
        number = int(roundtable.drafts_in_all)
        return format_html('<a href="{}">{}</a>', DraftsView.address(roundtable), number) if number else "0"

    @admin.display(description=_("recorded"))
    def recommendation_links(self, roundtable: Roundtable) -> str:
        """List the recommendations, each a link with where it stands."""
        if not roundtable.pk:
            return str(_("Save the roundtable first."))
        links = (
            (
                reverse("admin:tracker_recommendation_change", args=[row.pk]),
                row.short_reference,
                row.headline,
                row.get_status_display() if row.is_public else row.get_state_display(),
            )
            for row in roundtable.recommendations.order_by("number")
        )
        add = f"{reverse('admin:tracker_recommendation_add')}?roundtable={roundtable.pk}"
        return format_html(
            '<ul class="plain-list">{}</ul><a class="addlink" href="{}">{}</a>',
            format_html_join("", '<li><a href="{}">{} {}</a>: {}</li>', links),
            add,
            _("Add a recommendation"),
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Rename drafts whose references follow from a new code."""
        super().save_model(request, obj, form, change)
        edited(obj.forum_id)
        if change and {"code", "forum"} & set(form.changed_data):
            rename_drafts(obj.recommendations.select_related("roundtable__forum"))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Make open forms of its Forum stale."""
        super().delete_model(request, obj)
        edited(obj.forum_id)
