"""``manage.py rebuild_search``: write what search looks in anew, or check it."""

from collections.abc import Iterable
from itertools import chain

from tracker import search
from tracker.management.rebuilding import RebuildCommand


class Command(RebuildCommand):
    """Documents for searching follow from the record and what staff write; this writes them all anew."""

    help = "Write the documents for searching anew; with --check, only name what differs (exit 1)."
    written = "{count} documents written."

    def rebuild(self) -> int:
        """Write every document."""
        return search.rebuild()

    def differences(self) -> Iterable[tuple[str, list[str]]]:
        """Return the recommendations and the entries whose document is not what it should be."""
        return chain(search.differences(), search.entry_differences())
