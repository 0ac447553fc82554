"""What a dump holds of each table: which rows are public, and which columns.

People stand outside, as do drafts, internal notes, and what follows from the rest (counts, status changes, documents
for searching): whoever loads a dump makes that anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import models

from tracker.dump.cells import Field
from tracker.models import (
    Actor,
    Conclusion,
    EntryTranslation,
    Evidence,
    FollowUp,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    ForumSource,
    Membership,
    Milestone,
    Partner,
    Recommendation,
    ReferenceAlias,
    Reiteration,
    ReportedTheme,
    Responsibility,
    RestsOn,
    Roundtable,
    Theme,
    User,
)

Rows: TypeAlias = "models.QuerySet[Any]"

PRIVATE = frozenset({"version", "internal_note", "created_at", "submitted_at", "returned_at", "return_reason"})
"""Columns of the desk: how a text came about is the secretariat's, what it says is everybody's."""
PLACES = frozenset({"place", "forum_year", "status_place"})
"""Columns that triggers write from the rest."""
STORED = frozenset({"file"})
"""Where a file lies is each installation's own matter: a dump holds it under its digest."""


@dataclass(frozen=True)
class Table:
    """A table of a dump: a file ``tables/<name>.csv``. ``rows`` narrows a queryset to what is public."""

    name: str
    model: type[models.Model]
    rows: Callable[[Rows], Rows] = models.QuerySet.all

    def public(self) -> Rows:
        """Return the rows that everybody may see, in the order of their keys."""
        return self.rows(self.model._default_manager.all()).order_by("pk")

    def fields(self) -> list[Field]:
        """Return the fields of the columns, in the order in which the model has them."""
        return [field for field in self.model._meta.concrete_fields if not _is_private(field)]


def _is_private(field: Field) -> bool:
    return field.name in PRIVATE | PLACES | STORED or field.related_model is User


def _on_record(path: str) -> Callable[[Rows], Rows]:
    """Return what keeps the rows of entries on record. ``path``: from the row to its entry."""
    return lambda rows: rows.filter(**{f"{path}__in": FollowUp.objects.on_record().values("pk")})


def _of_public(path: str) -> Callable[[Rows], Rows]:
    """Return what keeps the rows of recommendations with a page. ``path``: from the row to its recommendation."""
    return lambda rows: rows.filter(**{f"{path}__in": Recommendation.objects.public().values("pk")})


def _both_public(rows: Rows) -> Rows:
    return _of_public("later")(_of_public("earlier")(rows))


def _tracked_in_public(rows: Rows) -> Rows:
    return rows.filter(tracked_as=None) | _of_public("tracked_as")(rows)


TABLES = (
    Table("actors", Actor),
    Table("memberships", Membership),
    Table("themes", Theme),
    Table("forums", Forum),
    Table("forum_chairs", ForumChair),
    Table("forum_contributors", ForumContributor),
    Table("forum_figures", ForumFigure),
    Table("forum_sources", ForumSource),
    Table("forum_reported_themes", ReportedTheme),
    Table("milestones", Milestone),
    Table("roundtables", Roundtable),
    Table("recommendations", Recommendation, lambda rows: Recommendation.objects.public()),
    Table("recommendation_themes", Recommendation.themes.through, _of_public("recommendation")),
    Table("reference_aliases", ReferenceAlias, _of_public("recommendation")),
    Table("responsibilities", Responsibility, _of_public("recommendation")),
    Table("reiterations", Reiteration, _both_public),
    Table("conclusions", Conclusion, _tracked_in_public),
    Table("entries", FollowUp, lambda rows: FollowUp.objects.on_record()),
    Table("entry_partners", Partner, _on_record("entry")),
    Table("entry_supports", RestsOn, _on_record("assessment")),
    Table("entry_evidence", Evidence, _on_record("entry")),
    Table("entry_translations", EntryTranslation, _on_record("entry")),
)
"""In an order in which each row finds those it points to, but for what points to a later row of its own kind."""
