"""When a document no longer says what it should: the columns whose change makes it stale, read by the triggers."""

from dataclasses import dataclass

from django.db import models

from tracker.models import EntryTranslation, FollowUp, Language, Partner, Recommendation, Responsibility, SearchStale

STALE = SearchStale._meta.db_table
OF_ENTRY = f"(SELECT p.recommendation_id FROM {FollowUp._meta.db_table} p WHERE p.id = {{row}}.entry_id)"
PLACED = ("state", "sequence", "recommendation_id")
SAID = ("title", "body", "remaining")
TEXTS = tuple(f"{name}_{language}" for name in ("headline", "translation") for language in Language.values)


@dataclass(frozen=True)
class Watch:
    """Rows of a table of which a document is made. ``key``: SQL for the recommendation's key, of a row named ``{row}``.

    ``columns``: those whose update counts; none: every one. ``operations``: what else counts.
    """

    model: type[models.Model]
    key: str
    columns: tuple[str, ...] = ()
    operations: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")

    @property
    def table(self) -> str:
        """The table that is watched."""
        return self.model._meta.db_table

    def mark(self, row: str) -> str:
        """Return the statement that writes down which document a row has made stale."""
        key = self.key.format(row=row)
        known = f"SELECT 1 FROM {STALE} s WHERE s.recommendation_id = {key}"
        added = f"INSERT INTO {STALE} (recommendation_id) SELECT {key} WHERE NOT EXISTS ({known})"
        return f"{added} ON CONFLICT DO NOTHING"  # another's mark, not yet committed, is no mistake


WATCHED = (
    Watch(Recommendation, "{row}.id", ("reference", "forum_year", "official_text", "official_language", *TEXTS)),
    Watch(Recommendation.themes.through, "{row}.recommendation_id"),
    Watch(Responsibility, "{row}.recommendation_id"),
    # What is published is frozen: of that, the state, its place and its removal alone; all else is the desk's drafts.
    Watch(
        FollowUp, "{row}.recommendation_id", ("state", "sequence", "recommendation_id", "actor_id", "language", *SAID)
    ),
    Watch(Partner, OF_ENTRY),
    Watch(EntryTranslation, OF_ENTRY),
)
