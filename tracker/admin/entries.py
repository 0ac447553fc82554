"""Entries of the record: log a follow-up, edit drafts, and look at what is frozen."""

from typing import Any

from django.contrib import admin, messages
from django.forms import Select
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from tracker import actions
from tracker.admin import entry_pages
from tracker.admin.base import RecordAdmin, note_stored
from tracker.admin.entry_columns import EntryColumns
from tracker.admin.evidence import EvidenceRows, PartnerRows, discard_unused, file_of, files_of, is_frozen
from tracker.admin.filters import EvidenceFilter, MineFilter
from tracker.admin.logging_from import (
    address_of_another,
    duplicates_shown,
    evidence_in_address,
    may_resemble,
    recommendations_nearby,
    warn_of_duplicates,
)
from tracker.admin.pages import PagesMixin
from tracker.admin.preview import preview
from tracker.admin.stale import VersionedForm, Versioning, differences
from tracker.admin.waiting import WaitingEntries
from tracker.errors import Refused
from tracker.forms import AssessmentForm, EntryForm
from tracker.models import Evidence, FollowUp, RestsOn, User
from tracker.permissions import Verb, may

State = FollowUp.State


class EntryDeskForm(Versioning, EntryForm):
    """A follow-up at the desk."""


class AssessmentDeskForm(Versioning, AssessmentForm):
    """An assessment at the desk: the draft that corrects a published one."""


FOLLOW_UP_FIELDS = (
    (None, {"fields": ("recommendation", "actor", "when", "before_forum_confirmed", "title", "body", "relation")}),
    (_("How we know"), {"fields": (("basis", "received_via"), "status")}),
    (_("More"), {"fields": (("language", "act"), "internal_note"), "classes": ("collapse",)}),
)
ASSESSMENT_FIELDS = (
    (None, {"fields": ("recommendation", "when", "status", "standing", "body", "remaining", "supports")}),
    (_("More"), {"fields": ("language", "internal_note"), "classes": ("collapse",)}),
)
FROZEN_FIELDS = (
    "reference recommendation state_words actor when_words counts_from title body relation basis received_via status "
    "standing remaining supported act language"
).split()
BUTTONS = {
    "_submit": _("Submit to a reviewer"),
    "_preview": _("Save and preview"),
    "_publish": _("Publish"),
    "_publish_another": _("Publish and log another"),
}


def draft_form(entry: FollowUp | None) -> type[EntryDeskForm] | type[AssessmentDeskForm]:
    """Return the form in which an entry of this sort is drafted."""
    return AssessmentDeskForm if entry and entry.is_assessment else EntryDeskForm


@admin.register(FollowUp)
class FollowUpAdmin(EntryColumns, PagesMixin, RecordAdmin):
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
        "actor__kind",
        "relation",
    )
    list_select_related = ("recommendation", "actor")
    search_fields = ("reference", "recommendation__reference", "title", "actor__name_en", "actor__sort_en")
    search_help_text = _("Reference, title or actor")
    autocomplete_fields = ("recommendation", "actor")
    radio_fields = {"relation": admin.VERTICAL, "basis": admin.VERTICAL}
    inlines = (EvidenceRows, PartnerRows)
    actions = None

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
        if not self._shown_only(request, obj):
            return ASSESSMENT_FIELDS if obj and obj.is_assessment else FOLLOW_UP_FIELDS
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
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """List the recommendations of the place from which one logs, where it is named."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        nearby = recommendations_nearby(request) if db_field.name == "recommendation" else None
        if nearby is not None:
            field.widget, field.queryset = Select(), nearby
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
        context["buttons"] = [(name, BUTTONS[name]) for name in self._buttons(obj, user)]
        context["page_links"] = [
            link for link in (self.page_links(obj, user) if obj else []) if link["slug"] != "publish"
        ]
        context["entry"] = obj
        context |= duplicates_shown(request)
        context["save_words"] = self._save_words(obj)
        context["show_save_and_add_another"] = False
        context["show_save_and_continue"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _save_words(self, entry: FollowUp | None) -> Any:
        if is_frozen(entry):
            return _("Save the note")
        return _("Save as draft") if entry is None or entry.state == State.DRAFT else _("Save")

    def _buttons(self, entry: FollowUp | None, user: User) -> list[str]:
        state = entry.state if entry else State.DRAFT
        if state not in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
            return []
        submits = state != State.SUBMITTED and may(user, Verb.SUBMIT)
        publishes = state != State.RETURNED and may(user, Verb.PUBLISH)
        another = publishes and (entry is None or not (entry.is_assessment or entry.replaces_id))
        return ["_preview"] + ["_submit"] * submits + ["_publish"] * publishes + ["_publish_another"] * another

    # Saving

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
        """Say who made it."""
        if not change:
            obj.created_by, obj.created_at = request.user, timezone.now()
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
        if may_resemble(form, formsets, change=change):
            warn_of_duplicates(request, form.instance)

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

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Do what the button says."""
        return self._pressed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Do what the button says."""
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, entry: FollowUp) -> HttpResponse | None:
        """Submit, publish or preview what was just saved; a refusal undoes the saving too."""
        user: Any = request.user
        entry = FollowUp.objects.select_related("replaces").get(pk=entry.pk)
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:tracker_followup_preview", args=[entry.pk]))
        if "_submit" in request.POST:
            actions.submit(entry, by=user)
            return self._said(request, entry, str(_("Submitted: a reviewer sees it now.")))
        if {"_publish", "_publish_another"} & request.POST.keys():
            if may(user, Verb.PUBLISH) and entry_pages.needs_words(entry, user):
                return HttpResponseRedirect(reverse("admin:tracker_followup_publish", args=[entry.pk]))
            return self._said(request, entry, entry_pages.publish(entry, by=user))
        if "_changelist_filters" in request.GET or "_popup" in request.POST:
            return None
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.next_address(entry))

    def _said(self, request: HttpRequest, entry: FollowUp, sentence: str) -> HttpResponse:
        self.log_change(request, entry, strip_tags(sentence))
        messages.success(request, sentence)
        another = "_publish_another" in request.POST
        return HttpResponseRedirect(address_of_another(request, entry) if another else self.next_address(entry))

    def next_address(self, subject: Any) -> str:
        """Lead to the recommendation, where the record is; a correction leads to its draft."""
        draft = getattr(subject, "draft_of_correction", None)
        if draft is not None:
            return self.change_address(draft)
        return reverse("admin:tracker_recommendation_change", args=[subject.recommendation_id])

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead to the public page of what is on record."""
        return obj.get_absolute_url() if is_frozen(obj) else None

    # Pages

    def get_urls(self) -> Any:
        """Add the preview and the files."""
        return [
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
        buttons = [name for name in self._buttons(entry, request.user) if name != "_preview"]  # type: ignore[arg-type]
        return preview(request, self, entry, buttons)

    def evidence_view(self, request: HttpRequest, key: int) -> Any:
        """Hand a kept file to staff, to be saved, never shown in the page."""
        evidence = Evidence.objects.filter(pk=key).exclude(file="").select_related("entry").first()
        if evidence is None or not self.has_view_permission(request, evidence.entry):
            raise Http404
        return file_of(evidence)
