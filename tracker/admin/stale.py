"""Two people at once: a form carries the version it started from, and a stale one is shown beside what now stands."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.forms import RefusesNul
from tracker.forms.entries import show_refusal
from tracker.models import FollowUp
from tracker.models.fields import Versioned

FIELD = "started_from"


def version_token(row: models.Model) -> str:
    """Return what an edit of ``row`` starts from.

    An entry on record keeps its version for ever, while its state and its internal note may change: they are part.
    """
    parts = [str(getattr(row, "version", "")), str(getattr(row, "state", ""))]
    if isinstance(row, FollowUp):
        parts.append(hashlib.sha256(row.internal_note.encode()).hexdigest()[:12])
    return ".".join(parts)


class Versioning(RefusesNul):
    """Refuses to overwrite what somebody else saved since the form was opened."""

    refusal: Refused | None = None
    """What an action refused in this request; shown beside its field."""
    stale = False

    @cached_property
    def token(self) -> str:
        """The version that is being shown. Read first before what was typed reaches the row."""
        row: Any = self.instance  # type: ignore[attr-defined]
        if not row.pk:
            return ""
        return version_token(row) if isinstance(row, Versioned) else self._digest(row)

    def _digest(self, row: models.Model) -> str:
        """Return what stands for the version of a row that counts none: its values that the form shows."""
        names = set(self.fields) - {"password"}
        values = sorted((name, str(value)) for name, value in forms.model_to_dict(row, fields=names).items())
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        """Refuse a stale edit; show what an action refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.token and self.data.get(FIELD) != self.token:
            self.stale = True
            show_refusal(self, Refused("stale"))
        if self.refusal:
            show_refusal(self, self.refusal)
        return cleaned


class VersionedForm(Versioning, forms.ModelForm):  # type: ignore[type-arg]
    """The form of whatever has none of its own."""


@dataclass(frozen=True)
class Difference:
    """One field in which what stands and what was typed differ."""

    label: str
    theirs: str
    yours: str


def differences(form: forms.BaseForm, formsets: list[Any]) -> Iterator[Difference]:
    """Yield every field in which the sent form differs from what now stands, those of its rows included."""
    yield from _of_form(form, "")
    for formset in formsets:
        for row in formset.forms:
            if row.has_changed():
                name = capfirst(str(formset.model._meta.verbose_name))
                yield from _of_form(row, f"{name} {row.instance if row.instance.pk else _('(new)')}: ")


def _of_form(form: forms.BaseForm, prefix: str) -> Iterator[Difference]:
    for name in form.changed_data:
        bound = form[name]
        if not bound.is_hidden:
            label = prefix + capfirst(str(bound.label))
            yield Difference(label, _shown(bound.field, bound.initial), _shown(bound.field, bound.data))


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool) or isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return _("(empty)")
    if isinstance(field, forms.ModelChoiceField):
        return _objects(field, value if isinstance(value, list) else [value])
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value), value))
    return str(value)


def _objects(field: Any, values: list[Any]) -> str:
    keys = [str(getattr(value, "pk", value)) for value in values]
    found = field.queryset.filter(pk__in=[key for key in keys if key.isascii() and key.isdigit()])
    return ", ".join(field.label_from_instance(row) for row in found)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        yield str(value), str(label)


def last_change(row: models.Model) -> LogEntry | None:
    """Return who last changed the row at the desk, and when."""
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    return log.select_related("user").order_by("-action_time").first()
