"""The results of a dry run in a file, a line for each row, to be shown page by page and compared with what is written.

Each line begins with the letter of its outcome, so that a page of 42,000 rows is found without reading them all. The
last line names what was seen.
"""

import hashlib
import json
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from django.core.files.base import File
from django.core.files.storage import default_storage

from tracker.imports.sheets.outcome import Outcome, RowResult
from tracker.models import SheetImport

LETTERS: dict[Outcome, bytes] = {outcome: outcome.value[:1].encode() for outcome in Outcome}
END = b"="


class Seen:
    """What names results, all of them and in their order: the same for the same rows with the same outcomes."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, result: RowResult) -> None:
        """Take the next result."""
        said = [result.line, result.outcome, [[one.column, one.old, one.new] for one in result.changes]]
        self._digest.update(json.dumps(said).encode())

    @property
    def name(self) -> str:
        """The name of what was added so far."""
        return self._digest.hexdigest()[:32]


def keep(imported: SheetImport, results: Iterable[RowResult]) -> None:
    """Keep the results of a check in the place of those of an earlier one."""
    seen = Seen()
    with tempfile.TemporaryFile() as file:
        for result in results:
            seen.add(result)
            file.write(LETTERS[result.outcome] + json.dumps(result.facts()).encode() + b"\n")
        file.write(END + seen.name.encode() + b"\n")
        file.seek(0)
        forget(imported)
        default_storage.save(_path(imported), File(file))


def forget(imported: SheetImport) -> None:
    """Delete what is kept of an import."""
    default_storage.delete(_path(imported))


def seen_of(imported: SheetImport) -> str:
    """Return what names the results that are kept; "" where there are none."""
    last = deque(_lines(imported), maxlen=1)
    return last[0].removeprefix(END).strip().decode() if last else ""


def kept_rows(
    imported: SheetImport, outcome: Outcome | None, first: int = 0, most: int | None = None
) -> list[RowResult]:
    """Return results of one outcome or of all, from ``first`` on (0 is the first), ``most`` at most."""
    wanted = tuple(LETTERS.values()) if outcome is None else LETTERS[outcome]
    lines = (line for line in _lines(imported) if line.startswith(wanted))
    end = None if most is None else first + most
    return [RowResult.of(json.loads(line[1:])) for line in islice(lines, first, end)]


def _lines(imported: SheetImport) -> Iterator[bytes]:
    with suppress(FileNotFoundError), default_storage.open(_path(imported)) as file:
        yield from file


def _path(imported: SheetImport) -> str:
    return f"sheets/{imported.pk}-{imported.uploaded_at:%Y%m%dT%H%M%S%f}.rows"
