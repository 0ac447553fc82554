"""The unofficial translations of one entry, side by side with its own words. They stand outside the chain."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin.stale import differences
from tracker.errors import Refused
from tracker.forms import RefusesNul
from tracker.models import EntryTranslation, FollowUp, Language
from tracker.models.untranslated import OF_ENTRIES, label_of_entry
from tracker.record.chain import writing

WIDGETS = {
    "title": forms.TextInput(attrs={"class": "wide"}),
    "body": forms.Textarea(attrs={"rows": 12}),
    "remaining": forms.Textarea(attrs={"rows": 3}),
}


class TranslationForm(RefusesNul, forms.ModelForm):  # type: ignore[type-arg]
    """The texts of an entry in one language. It carries what it started from."""

    started_from = forms.CharField(required=False, widget=forms.HiddenInput)
    stale = False

    class Meta:
        model = EntryTranslation
        fields = OF_ENTRIES
        widgets = WIDGETS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.language
        self.token = digest_of(self.instance)
        self.initial["started_from"] = self.token
        for name in OF_ENTRIES:
            self.fields[name].widget.attrs |= {"lang": language}
            if not getattr(self.instance.entry, name):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what a colleague saved meanwhile."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"started_from"} and cleaned.get("started_from") != self.token:
            self.stale = True
            self.add_error(None, str(Refused("stale")))
        return cleaned

    def keep(self) -> None:
        """Save what was typed; a translation without a text is none."""
        if not set(self.changed_data) - {"started_from"}:
            return
        if any(self.cleaned_data.get(name) for name in OF_ENTRIES):
            self.save()
        elif self.instance.pk:
            self.instance.delete()


def digest_of(row: EntryTranslation) -> str:
    """Return what names the texts of a translation as they stand."""
    return hashlib.sha256("\0".join(getattr(row, name) for name in OF_ENTRIES).encode()).hexdigest()[:16]


def translate_entry(request: HttpRequest, key: int) -> HttpResponse:
    """Show the texts of an entry in all languages, and save the translations."""
    if not request.user.has_perm("tracker.change_entrytranslation"):
        raise PermissionDenied
    if request.method != "POST":
        entry = _entry(key)
        return _page(request, entry, _forms(entry, None))
    with writing():
        entry = _entry(key)
        asked = _forms(entry, request.POST)
        if sum(form.is_valid() for form in asked) < len(asked):
            return _page(request, entry, asked)
        for form in asked:
            form.keep()
    messages.success(request, _("The translations were saved."))
    return HttpResponseRedirect(reverse("admin:tracker_followup_change", args=[entry.pk]))


def _entry(key: int) -> FollowUp:
    """Return the entry; 404 where there is none, or its content was removed."""
    rows = FollowUp.objects.exclude(state=FollowUp.State.WITHHELD).prefetch_related("translations")
    return get_object_or_404(rows.select_related("recommendation", "actor"), pk=key)


def _forms(entry: FollowUp, sent: Any) -> list[TranslationForm]:
    there = {row.language: row for row in entry.translations.all()}
    for row in there.values():
        row.entry = entry
    return [
        TranslationForm(sent, prefix=code, instance=there.get(code) or EntryTranslation(entry=entry, language=code))
        for code in Language.values
        if code != entry.language
    ]


def _page(request: HttpRequest, entry: FollowUp, asked: list[TranslationForm]) -> TemplateResponse:
    columns = [
        {"language": Language(form.instance.language).label, "code": form.instance.language, "form": form}
        for form in asked
    ]
    own = [(label_of_entry(name), getattr(entry, name)) for name in OF_ENTRIES]
    context = {
        **admin.site.each_context(request),
        "title": _("Translations"),
        "opts": FollowUp._meta,
        "original": entry,
        "back": reverse("admin:tracker_followup_change", args=[entry.pk]),
        "own_language": Language(entry.language).label,
        "own": [(label, text) for label, text in own if text],
        "columns": columns,
        "differences": [row for form in asked if form.stale for row in differences(form, [])],
        "errors": any(form.errors for form in asked),
    }
    return TemplateResponse(request, "admin/tracker/followup/translate.html", context)
