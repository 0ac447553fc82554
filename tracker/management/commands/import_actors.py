"""``manage.py import_actors``: import actors with their seats in collectives from a spreadsheet."""

from tracker.management.importing import ImportCommand
from tracker.models import SheetKind


class Command(ImportCommand):
    """All or nothing, unless told otherwise; the same sheet again changes nothing."""

    help = "Import actors with their seats in collectives from a spreadsheet."
    kind = SheetKind.ACTORS
