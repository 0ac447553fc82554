"""A file with rows, as it was sent. It is opened in a confined process only, anew each time its rows are asked for."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from tracker.errors import Refused
from tracker.imports.confined import Limits, Usage, confined
from tracker.imports.sheets.reading import read

LARGEST = 20 * 1024 * 1024
OPENING, READING = Limits(seconds=10), Limits(seconds=40)
"""A file that is no sheet is refused in ten seconds. One that begins as a sheet may go on: 42,000 rows of a workbook
take six seconds of a processor, and thirteen where six programs share two."""
Cells = tuple[str, ...]


class Sheet:
    """A sheet of some source.

    Refuses what is no sheet at once: ``sheet_too_large``, and what ``read`` refuses.
    """

    def __init__(self, file: IO[bytes], *, name: str) -> None:
        self.file = file
        self.name = file_name(name)
        self.usage = Usage()
        if _size(file) > LARGEST:
            raise Refused("sheet_too_large", most=LARGEST // 1024 // 1024)
        about = next(confined(read, file, limits=OPENING, usage=self.usage))
        self.headings: Cells = tuple(about["headings"])
        self.about_rows = max(0, about["rows"] - about["line"])
        """About how many rows follow the headings; 0 where that is not known."""

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Yield the rows that hold something, each with its number in the file."""
        answer = confined(read, self.file, limits=READING)
        next(answer)
        for together in answer:
            for line, cells in together:
                yield line, tuple(cells)

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        digest = hashlib.sha256()
        self.file.seek(0)
        while chunk := self.file.read(1024 * 1024):
            digest.update(chunk)
        return digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Sheet]:
    """Give the sheet at a path. Refuses: ``sheet_directory``, ``sheet_missing`` and what ``Sheet`` refuses."""
    try:
        file = path.open("rb")
    except IsADirectoryError as error:
        raise Refused("sheet_directory", name=path) from error
    except OSError as error:
        raise Refused("sheet_missing", name=path) from error
    with file:
        yield Sheet(file, name=path.name)


def file_name(name: str) -> str:
    """Return what a file is called, without directories, and with nothing that is not to be seen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:200] or "sheet"


def _size(file: IO[bytes]) -> int:
    return file.seek(0, os.SEEK_END)
