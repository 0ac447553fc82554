"""Entries of the record: log a follow-up, edit drafts, and look at what is frozen."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.actions.acts import new_act
from tracker.admin import entry_pages
from tracker.admin.actor_filter import ActedFilter, PicksActors
from tracker.admin.acts import MOST_LISTED, NewEntryDeskForm, log_act, siblings_of, told
from tracker.admin.base import RecordAdmin, is_key, note_stored
from tracker.admin.entry_buttons import BUTTONS, EntryButtons, offered_buttons, save_words
from tracker.admin.entry_columns import EntryColumns
from tracker.admin.evidence import EvidenceRows, PartnerRows, discard_unused, file_of, files_of, is_frozen
from tracker.admin.filters import ActorKindFilter, EvidenceFilter, MineFilter
from tracker.admin.links import Link
from tracker.admin.logging_from import (
    duplicates_shown,
    evidence_in_address,
    may_resemble,
    warn_of_duplicates,
)
from tracker.admin.pages import PagesMixin
from tracker.admin.preview import markdown_preview, preview, shown_while_typed
from tracker.admin.review import ReviewsEntries
from tracker.admin.searching import FindsByWords
from tracker.admin.stale import VersionedForm, Versioning, differences
from tracker.admin.waiting import WaitingEntries
from tracker.errors import Refused
from tracker.forms import AssessmentForm, EntryForm
from tracker.forms.new_entry import READING
from tracker.models import Evidence, FollowUp, RestsOn, SheetKind
from tracker.permissions import Verb, may
from tracker.search import Search

State = FollowUp.State


class EntryDeskForm(Versioning, EntryForm):
    """A follow-up at the desk."""


class AssessmentDeskForm(Versioning, AssessmentForm):
    """An assessment at the desk: the draft that corrects a published one."""


WHAT = ("actor", "when", "before_forum_confirmed", "title", "body", "relation")
SOURCE: tuple[Any, ...] = (_("How we know"), {"fields": (("received_via", "status"),)})
MORE: tuple[Any, ...] = (_("More"), {"fields": (("language", "act"), "internal_note"), "classes": ("collapse",)})
FOLLOW_UP_FIELDS = ((None, {"fields": ("recommendation", *WHAT)}), SOURCE, MORE)
NEW_FIELDS = ((None, {"fields": ("recommendations", *WHAT)}), SOURCE, MORE)
READING_FIELDS = (_("And the reading is now …"), {"fields": READING, "classes": ("collapse",)})
ASSESSMENT_FIELDS = (
    (None, {"fields": ("recommendation", "when", "status", "standing", "body", "remaining", "supports")}),
    (_("More"), {"fields": ("language", "internal_note"), "classes": ("collapse",)}),
)
FROZEN_FIELDS = (
    "reference recommendation state_words actor when_words counts_from_words title body relation basis received_via "
    "status standing remaining supported language"
).split()


def draft_form(entry: FollowUp | None) -> type[NewEntryDeskForm | EntryDeskForm | AssessmentDeskForm]:
    """Return the form in which an entry of this sort is drafted."""
    if entry is None:
        return NewEntryDeskForm
    return AssessmentDeskForm if entry.is_assessment else EntryDeskForm


@admin.register(FollowUp)
class FollowUpAdmin(FindsByWords, EntryButtons, ReviewsEntries, EntryColumns, PicksActors, PagesMixin, RecordAdmin):
    """Entries. What is published is shown, not edited; but for the internal note, which is never public."""

    pages = entry_pages.PAGES
    list_display = ("name", "state", "when_words", "what", "basis_word")
    list_filter = (
        WaitingEntries,
        MineFilter,
        "state",
        "basis",
        EvidenceFilter,
        "recommendation__roundtable__forum",
        ActedFilter,
        ActorKindFilter,
        "relation",
    )
    list_select_related = ("recommendation", "actor")
    ordering = ("-pk",)  # as they were begun, the newest first: their primary key sorts them without reading them all
    search_fields = ("reference",)
    found_by = staticmethod(Search.matching_entries)
    search_help_text = _("Reference, actor, or words of the title or the text")
    sheet_kind = SheetKind.FOLLOWUPS
    autocomplete_fields = ("recommendation", "actor")
    radio_fields = {"relation": admin.VERTICAL}
    inlines = (EvidenceRows, PartnerRows)

    class Media:
        js = ["tracker/preview.js"]

    # The form

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring along what every form and line shows."""
        return super().get_queryset(request).select_related("recommendation__roundtable__forum", "actor", "replaces")

    def _shown_only(self, request: HttpRequest, entry: FollowUp | None) -> bool:
        return entry is not None and (entry.is_on_record or not self.has_change_permission(request, entry))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave a submitted entry to those who review it."""
        return not self._with_reviewer(request, obj) and super().has_change_permission(request, obj)

    def _with_reviewer(self, request: HttpRequest, entry: FollowUp | None) -> bool:
        user: Any = request.user
        return entry is not None and entry.state == State.SUBMITTED and not may(user, Verb.PUBLISH)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of a follow-up, of an assessment, or of an entry that is only shown."""
        user: Any = request.user
        if obj is None:
            return (*NEW_FIELDS[:-1], READING_FIELDS, MORE) if may(user, Verb.PUBLISH) else NEW_FIELDS
        if not self._shown_only(request, obj):
            return ASSESSMENT_FIELDS if obj.is_assessment else FOLLOW_UP_FIELDS
        shown = [name for name in FROZEN_FIELDS if self._says_something(obj, name)]
        return ((None, {"fields": ["internal_note"]}), (_("The entry"), {"fields": shown}))

    def _says_something(self, entry: FollowUp, name: str) -> bool:
        if name == "supported":
            return entry.is_assessment
        return hasattr(self, name) or bool(getattr(entry, name))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Freeze what is on record; the recommendation of an assessment or a correction never changes."""
        if self._shown_only(request, obj):
            return FROZEN_FIELDS
        return ("recommendation",) if obj and (obj.is_assessment or obj.replaces_id) else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form that fits the entry."""
        kwargs["form"] = VersionedForm if self._shown_only(request, obj) else draft_form(obj)
        form = super().get_form(request, obj, change, **kwargs)
        return told(form, request) if obj is None else form

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Choose the recommendations that the address names."""
        asked = [key for key in request.GET.getlist("recommendation") if is_key(key)]
        return {**super().get_changeform_initial_data(request), "recommendations": asked}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the text as it will be read while it is typed."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body":
            shown_while_typed(field)
        return field

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Fill in the evidence of a new entry as far as the address says it."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and isinstance(inline, EvidenceRows) and obj.pk is None:
            kwargs["initial"] = evidence_in_address(request)
        return kwargs

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Leave partners out of assessments, which have none."""
        return [EvidenceRows] if obj and obj.is_assessment else self.inlines

    def links_beside(self, request: HttpRequest, subject: Any) -> list[Link]:
        """Add the pages about it, but the one that the button leads to."""
        own = (link for link in self.page_links(subject, request.user) if link["slug"] != "publish")
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
        """Offer the buttons and pages that ``request.user`` may use on the entry as it now is."""
        user: Any = request.user
        context["buttons"] = [(name, BUTTONS[name]) for name in offered_buttons(obj, user)]
        context["entry"] = obj
        context["siblings"] = siblings_of(obj)[:MOST_LISTED] if obj and obj.act else []
        context |= duplicates_shown(request)
        context["save_words"] = save_words(obj)
        context["show_save_and_add_another"] = False
        context["show_save_and_continue"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Call it what people call it."""
        return super().add_view(request, form_url, {**(extra_context or {}), "title": _("Log a follow-up")})

    def is_frozen(self, obj: Any) -> bool:
        """Whether it is on record."""
        return bool(obj.is_on_record)

    def _changeform_view(self, request: HttpRequest, object_id: Any, form_url: str, extra_context: Any) -> Any:
        """Answer a button pressed twice, and an edit of what somebody published or submitted meanwhile."""
        if request.method == "POST" and object_id and "when" in request.POST:
            entry = self.get_object(request, object_id)
            if is_frozen(entry) or self._with_reviewer(request, entry):
                return self._frozen_meanwhile(request, entry, form_url)
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def _frozen_meanwhile(self, request: HttpRequest, entry: Any, form_url: str) -> Any:
        """Say that it can be edited no longer; show what was typed where it differs."""
        typed = list(differences(draft_form(entry)(request.POST, instance=entry), []))
        on_record = Refused("already_published", reference=entry.reference)
        refusal = on_record if entry.is_on_record else Refused("stale")
        if not typed:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.change_address(entry))
        request.method, request.POST = "GET", QueryDict()
        shown = {"differences": typed, "conflict": str(refusal)}
        return super()._changeform_view(request, str(entry.pk), form_url, shown)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Say who made it, and give its act a key by which it can be logged on others too."""
        if not change:
            obj.created_by, obj.created_at, obj.act = request.user, timezone.now(), obj.act or new_act()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, and what a drafted assessment rests on; show once what a follow-up resembles."""
        super().save_related(request, form, formsets, change)
        if "supports" in form.cleaned_data:
            entry, wanted = form.instance, form.cleaned_data["supports"]
            entry.support_rows.exclude(entry__in=wanted).delete()
            kept = set(entry.support_rows.values_list("entry_id", flat=True))
            for support in wanted:
                if support.pk not in kept:
                    RestsOn.objects.create(assessment=entry, entry=support)
        entries = [form.instance] if change else self._logged(request, form)
        if may_resemble(form, formsets, change=change):
            warn_of_duplicates(request, entries)

    def _logged(self, request: HttpRequest, form: Any) -> list[FollowUp]:
        form.instance.logged = log_act(form, by=request.user)
        entries: list[FollowUp] = form.instance.logged.entries
        for other in entries[1:]:
            self.log_addition(request, other, [{"added": {}}])
        return entries

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Number the rows as they stand; remove files that nothing names any more."""
        files = files_of(form.instance)
        for position, row in enumerate(formset.forms, start=1):
            row.instance.position = row.instance.position if row.instance.pk else position
        super().save_formset(request, form, formset, change)
        note_stored(request, formset)
        discard_unused(files)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a draft and its files."""
        files = files_of(obj)
        super().delete_model(request, obj)
        discard_unused(files)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts may be deleted; the record never."""
        return not is_frozen(obj) and super().has_delete_permission(request, obj)

    def next_address(self, subject: Any) -> str:
        """Lead to the recommendation, where the record is, or to the draft that was just begun."""
        draft = getattr(subject, "leads_to", None)
        if draft is not None:
            return self.change_address(draft)
        return reverse("admin:tracker_recommendation_change", args=[subject.recommendation_id])

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead to the public page of what is on record."""
        return obj.get_absolute_url() if is_frozen(obj) else None

    # Pages

    def get_urls(self) -> Any:
        """Add the previews and the files."""
        return [
            path("markdown/", self.admin_site.admin_view(markdown_preview), name="tracker_followup_markdown"),
            path("<int:key>/preview/", self.admin_site.admin_view(self.preview_view), name="tracker_followup_preview"),
            path(
                "evidence/<int:key>/", self.admin_site.admin_view(self.evidence_view), name="tracker_followup_evidence"
            ),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show the entry as its public page will."""
        entry = self.fetch(request, key)
        if entry is None:
            raise Http404
        buttons = [name for name in offered_buttons(entry, request.user) if name != "_preview"]  # type: ignore[arg-type]
        return preview(request, self, entry, buttons)

    def evidence_view(self, request: HttpRequest, key: int) -> Any:
        """Hand a kept file to staff, to be saved, never shown in the page."""
        evidence = Evidence.objects.filter(pk=key).exclude(file="").select_related("entry").first()
        if evidence is None or not self.has_view_permission(request, evidence.entry):
            raise Http404
        return file_of(evidence)
