"""What stands beside an entry: its evidence with files, and its partners."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.actions.correction import files_still_used
from tracker.admin.base import Blocks, RowForm, Rows
from tracker.forms import EvidenceForm
from tracker.models import Evidence, FollowUp, Partner


def is_frozen(entry: FollowUp | None) -> bool:
    """Whether there is an entry, and it is on record."""
    return entry is not None and entry.is_on_record


class Frozen:
    """What an inline of an entry allows: nothing, once the entry is on record."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse new rows on a frozen entry."""
        return not is_frozen(obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse changes on a frozen entry."""
        return not is_frozen(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse removals from a frozen entry."""
        return not is_frozen(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class PartnerRows(Frozen, Rows):
    """Other bodies that took part."""

    model = Partner
    fields = ("actor",)
    autocomplete_fields = ("actor",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the names along."""
        return super().get_queryset(request).select_related("actor")


class EvidenceRowForm(RowForm, EvidenceForm):
    """A row of evidence at the desk."""


class EvidenceRows(Frozen, Blocks):
    """What supports the entry."""

    model = Evidence
    form = EvidenceRowForm
    fields = ("citation", "url", ("file", "kept"), "quality")
    readonly_fields = ("kept",)
    verbose_name_plural = _("evidence: a citation, with a link or a file where there is one")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what is said of kept files where none can be yet, and the choice of one where none can be made."""
        if obj is None:
            return ("citation", "url", "file", "quality")
        return ("citation", "url", "kept", "quality") if obj.is_on_record else self.fields

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Offer a first row where there is none yet."""
        return 0 if obj else 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave addresses of files out of the form: their stored names say nothing."""
        if db_field.name == "file":
            kwargs["widget"] = forms.FileInput
        if db_field.name == "citation":
            kwargs["widget"] = forms.TextInput(attrs={"class": "wide"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("kept file"))
    def kept(self, evidence: Evidence) -> str:
        """Name the file that is kept, with a link for staff, its size and its digest."""
        if not evidence.pk or not evidence.file:
            return "–"
        address = reverse("admin:tracker_followup_evidence", args=[evidence.pk])
        return format_html(
            '<a href="{}">{}</a><br><span class="digest">SHA-256 {}…</span>',
            address,
            evidence.file_name,
            evidence.sha256[:12],
        )


def file_of(evidence: Evidence) -> FileResponse:
    """Return a kept file, to be saved by the browser and never shown in a page."""
    answer = FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.file_name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def files_of(entry: FollowUp) -> set[str]:
    """Return the stored names of the files of an entry."""
    return set(entry.evidence.exclude(file="").values_list("file", flat=True))


def discard_unused(files: set[str]) -> None:
    """Remove, once all is saved, those of the files that no evidence names any more."""
    for name in files - files_still_used(files):
        transaction.on_commit(partial(default_storage.delete, name))
