"""``manage.py import_translations``: import translations from a spreadsheet."""

from tracker.management.importing import ImportCommand
from tracker.models import SheetKind


class Command(ImportCommand):
    """All or nothing, unless told otherwise; the same sheet again changes nothing."""

    help = "Import translations from a spreadsheet."
    kind = SheetKind.TRANSLATIONS
