"""What a load did, in plain words."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Model


class Report:
    """Collects what was created, brought up to date, kept and left out. ``lines()`` tells it."""

    def __init__(self) -> None:
        self.created: Counter[type[Model]] = Counter()
        self.published: Counter[str] = Counter()
        self.drafts: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []
        self.left_out: list[str] = []

    @property
    def changes(self) -> int:
        """How many rows were made or changed."""
        return self.created.total() + len(self.updated)

    def lines(self) -> Iterable[str]:
        """Return the sentences for whoever ran the command; the last says how many changes there were."""
        if self.created:
            yield f"Created: {', '.join(_counted(model, number) for model, number in self.created.items())}."
        if self.published:
            counted = (f"{number} {what if number == 1 else what + 's'}" for what, number in self.published.items())
            yield f"Published: {', '.join(counted)}."
        yield from _listed("Drafts for a reviewer, because staff have begun to publish", self.drafts)
        yield from _listed("Brought up to date with this release", self.updated)
        yield from _listed("Differs from this release and was kept", self.kept)
        yield from _listed("Left out", self.left_out)
        yield f"{self.changes} change{'' if self.changes == 1 else 's'}."


def named(instance: Model, key: str) -> str:
    """Return what a line calls a row: its sort and its key in the fixture."""
    return f"{instance._meta.verbose_name} {key}"


def differing(name: str, field: str, kept: Any, shipped: Any) -> str:
    """Return the words of a difference."""
    return f"{name}: {field} is {_shown(kept)}; in this release {_shown(shipped)}"


def _counted(model: type[Model], number: int) -> str:
    return f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"


def _listed(heading: str, lines: list[str]) -> Iterable[str]:
    if lines:
        yield f"{heading}:"
        yield from (f"  {line}" for line in lines)


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "nothing"
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79]}…”"
