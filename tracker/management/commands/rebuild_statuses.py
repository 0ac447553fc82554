"""``manage.py rebuild_statuses``: write the copies that follow from the record anew, or check them."""

from collections.abc import Iterator

from tracker.management.rebuilding import RebuildCommand
from tracker.record import copies
from tracker.record.counting import miscounted
from tracker.record.filing import misfiled
from tracker.record.places import misplaced


class Command(RebuildCommand):
    """What is kept beside the record (verdicts, changes, places, filings, counts) follows from it; this writes it."""

    help = "Write the statuses that follow from the record anew; with --check, only name what differs (exit 1)."
    written = "{count} recommendations rewritten."

    def rebuild(self) -> int:
        """Write the copies that differ."""
        return copies.rebuild()

    def differences(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the recommendations whose copies, places or filings differ from the record, and the counts that do."""
        yield from ((recommendation.reference, names) for recommendation, names in copies.differences())
        yield from misplaced()
        yield from misfiled()
        yield from miscounted()
