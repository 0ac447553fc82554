"""What the public sees: the tables of which every change, by whatever way, makes pages new (docs/decisions/0010)."""

from django.apps import apps
from django.db import connection, models

COUNTS = frozenset({"DayCount", "EntryCount", "Filing", "StatusCount"})
SHEETS = frozenset({"ImportedRow", "SheetColumns", "SheetImport"})
UNSEEN = frozenset({"AuditEvent", "DiaryNote", "DocumentImport", "RecordHead", "User"}) | COUNTS | SHEETS
"""Models of which no page shows anything that is not told already. Histories are the desk's, too."""

TELLING = "tracker.telling"
"""PostgreSQL's setting that is ``yes`` within ``writing``: it tells once of all that is written inside."""


def public_tables() -> list[str]:
    """Return the tables behind the public pages, those between two models included."""
    ours = apps.get_app_config("tracker").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in ours if _is_seen(model))


def _is_seen(model: type[models.Model]) -> bool:
    names = {model.__name__, getattr(model._meta.auto_created, "__name__", "")}
    return not hasattr(model, "instance_type") and not names & UNSEEN


def tell_at_the_end(whether: bool) -> None:
    """Say whether what follows in this transaction is told at its end. SQLite tells of each row: it has no settings."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [TELLING, "yes" if whether else ""])
