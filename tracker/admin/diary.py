"""The diary at the desk: what was done, about whom or what, and when to come back to it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tracker.admin.base import WithHistory
from tracker.admin.diary_links import SUBJECTS
from tracker.admin.filters import ChoiceFilter
from tracker.admin.stale import VersionedForm
from tracker.admin.waiting import WaitingDiary
from tracker.models import DiaryNote, User
from tracker.progress import today
from tracker.record.chain import writing


class DiaryForm(VersionedForm):
    """A note, and whether it is done with."""

    done = forms.BooleanField(
        label=_("Done"), required=False, help_text=_("There is nothing to come back to any more.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["done"] = self.instance.done_at is not None


class OpenFilter(ChoiceFilter):
    """Notes that are open, or done with."""

    title = _("done")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [("no", pgettext_lazy("a note in the diary", "Open")), ("yes", _("Done"))]

    def narrowed(self, queryset: Any, chosen: str, request: HttpRequest) -> QuerySet[Any]:
        """Return the notes of a choice."""
        found: QuerySet[Any] = queryset.filter(done_at__isnull=chosen == "no")
        return found


@admin.register(DiaryNote)
class DiaryAdmin(WithHistory):
    """Notes of the secretariat's own steps, newest first. Staff only."""

    form = DiaryForm
    list_display = ("text_shown", "on", "about", "return_on", "written_by", "done_words")
    list_filter = (WaitingDiary, OpenFilter)
    search_fields = ("text", "actor__name_en", "recommendation__reference", "forum__host_city")
    date_hierarchy = "on"
    actions = ("mark_done",)
    autocomplete_fields = tuple(SUBJECTS)
    fields = ("text", "on", *SUBJECTS, "return_on", "done")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring along what the notes are about, and who wrote them."""
        return super().get_queryset(request).select_related(*SUBJECTS, "written_by", "done_by")

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """A note is of today unless said."""
        return {"on": today(), **super().get_changeform_initial_data(request)}

    @admin.display(description=_("what was done"))
    def text_shown(self, note: DiaryNote) -> str:
        """Return its first words."""
        return str(note)

    @admin.display(description=_("about"))
    def about(self, note: DiaryNote) -> str:
        """Name whom or what it is about."""
        return ", ".join(str(subject) for name in SUBJECTS if (subject := getattr(note, name))) or "–"

    @admin.display(description=_("done"))
    def done_words(self, note: DiaryNote) -> str:
        """Return who was done with it, when."""
        return f"{note.done_by}, {note.done_at:%d.%m.%Y}" if note.done_at else "–"

    @admin.action(description=_("Mark the chosen notes as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[DiaryNote]) -> None:
        """Be done with several."""
        user: Any = request.user
        open_ones = list(queryset.filter(done_at__isnull=True))
        with writing():
            for note in open_ones:
                set_done(note, by=user)
                note.version += 1
                note.save()
        said = ngettext("%(number)d note is done.", "%(number)d notes are done.", len(open_ones))
        messages.success(request, said % {"number": len(open_ones)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Say who wrote it, and who was done with it."""
        user: Any = request.user
        if not change:
            obj.written_by, obj.written_at = user, timezone.now()
        if form.cleaned_data["done"] != (obj.done_at is not None):
            set_done(obj, by=user if form.cleaned_data["done"] else None)
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go back to what it is about."""
        for name in SUBJECTS:
            if getattr(obj, name):
                return HttpResponseRedirect(reverse(f"admin:tracker_{name}_change", args=[getattr(obj, name).pk]))
        return super().response_post_save_add(request, obj)


def set_done(note: DiaryNote, *, by: User | None) -> None:
    """Mark a note as done, or as open again (``by`` None)."""
    note.done_by, note.done_at = by, timezone.now() if by else None
