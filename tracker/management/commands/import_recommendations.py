"""``manage.py import_recommendations``: import drafts of recommendations from a spreadsheet."""

from tracker.management.importing import ImportCommand
from tracker.models import SheetKind


class Command(ImportCommand):
    """All or nothing, unless told otherwise; the same sheet again changes nothing."""

    help = "Import drafts of recommendations from a spreadsheet."
    kind = SheetKind.RECOMMENDATIONS
