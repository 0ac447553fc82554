"""``manage.py import_followups``: import drafts of follow-ups with their evidence from a spreadsheet."""

from tracker.management.importing import ImportCommand
from tracker.models import SheetKind


class Command(ImportCommand):
    """All or nothing, unless told otherwise; the same sheet again changes nothing."""

    help = "Import drafts of follow-ups with their evidence from a spreadsheet."
    kind = SheetKind.FOLLOWUPS
