"""The rows of the screen on which a Chair's document is corrected, against what stands now and what was opened.

Each row carries a digest of what it began with. What somebody else changed and the sender did not is theirs; what both
changed is shown beside the other, and nothing is saved.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

Values = dict[str, list[str]]
"""What the fields of a row hold, as a browser sends it."""
STARTED_FROM = "started_from"


def digest(values: Values) -> str:
    """Return what stands for the values of a row. A browser sends nothing of boxes of which none is ticked."""
    told = {name: value for name, value in values.items() if value}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def typed_into(prefix: str, sent: QueryDict) -> Values:
    """Return what was sent of the fields of a row, but for what it began with."""
    names = [name.removeprefix(f"{prefix}-") for name in sent if name.startswith(f"{prefix}-")]
    return {
        name: [value.replace("\r\n", "\n") for value in sent.getlist(f"{prefix}-{name}")]
        for name in names
        if name != STARTED_FROM
    }


def _where_otherwise(these: Values, those: Values) -> str:
    """Return what these values say where those say something else."""
    return "; ".join(", ".join(value) for name, value in these.items() if value != those.get(name) and any(value))


class Row:
    """One form of the screen. ``now`` is what stands; ``sent`` what came back, if anything did."""

    def __init__(
        self, prefix: str, now: Values, sent: QueryDict | None, make: Callable[..., forms.Form], **given: Any
    ) -> None:
        self.prefix, self.now, self.token = prefix, now, digest(now)
        started = sent.get(f"{prefix}-{STARTED_FROM}") if sent is not None else None
        self.typed = now if sent is None or started is None else typed_into(prefix, sent)
        self.touched = digest(self.typed) not in {started, self.token}
        self.conflict = self.touched and started != self.token
        values = self.typed if self.touched else now
        self.form = make(data=MultiValueDict(self._named(values)), prefix=prefix, **given)
        if self.conflict:
            self.complain(self._both_versions())

    def _named(self, values: Values) -> Values:
        return {f"{self.prefix}-{name}": value for name, value in values.items()}

    def _both_versions(self) -> str:
        return _(
            "Somebody else changed this since you opened it. It now reads: “%(now)s”. What you typed stands below: "
            "compare, then save."
        ) % {"now": _where_otherwise(self.now, self.typed)}

    def complain(self, sentence: str, field: str | None = None) -> None:
        """Say beside the row, or one of its fields, what is wrong."""
        self.form.add_error(field, sentence)

    @property
    def value(self) -> dict[str, Any]:
        """What was typed, cleaned."""
        return self.form.cleaned_data

    @property
    def otherwise(self) -> str:
        """What was typed that stands otherwise, in words."""
        return _where_otherwise(self.typed, self.now)

    @property
    def errors(self) -> list[str]:
        """What is wrong in the row, in sentences."""
        return [str(error) for found in self.form.errors.values() for error in found]
