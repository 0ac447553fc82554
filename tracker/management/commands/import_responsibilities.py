"""``manage.py import_responsibilities``: import whom recommendations address from a spreadsheet."""

from tracker.management.importing import ImportCommand
from tracker.models import SheetKind


class Command(ImportCommand):
    """All or nothing, unless told otherwise; the same sheet again changes nothing."""

    help = "Import whom recommendations address from a spreadsheet."
    kind = SheetKind.RESPONSIBILITIES
