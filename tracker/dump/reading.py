"""Opening a dump: a directory or a ZIP file, whole and as its descriptor says, or refused with a sentence."""

import csv
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.dump.package import DESCRIPTOR, EVENTS, VERSION, path_of
from tracker.dump.tables import TABLES, Table

LONGEST_CELL = 2**31 - 1
"""A text may be longer than the csv module expects."""


class NotADump(Exception):
    """What was given is no dump, or no longer what was dumped; the message says what is wrong with it."""


@dataclass(frozen=True)
class Dump:
    """A dump in a directory, with what its descriptor says."""

    directory: Path
    descriptor: dict[str, Any]

    @property
    def head(self) -> dict[str, Any]:
        """What the descriptor says of the record: ``installation``, ``events`` and ``head``."""
        told: dict[str, Any] = self.descriptor["record"]
        return told

    def events(self) -> Iterator[dict[str, Any]]:
        """Yield the events of the chain in order."""
        with (self.directory / EVENTS).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield json.loads(line)
                except ValueError:
                    raise NotADump(f"{EVENTS}, line {number}: is not JSON.") from None

    def rows(self, table: Table) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows of a table, each with the number of its line."""
        csv.field_size_limit(LONGEST_CELL)
        with (self.directory / path_of(table)).open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            expected = [field.attname for field in table.fields()]
            if lines.fieldnames != expected:
                raise NotADump(f"{path_of(table)}: has other columns than {', '.join(expected)}.")
            for row in lines:
                yield lines.line_num, row


@contextmanager
def opened(path: Path) -> Iterator[Dump]:
    """Open a dump and check every file of it against its checksum. Raises ``NotADump``."""
    if path.is_dir():
        yield _checked(path)
    elif zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory(prefix="gfmd-dump-") as directory:
            _unpack(path, Path(directory))
            yield _checked(Path(directory))
    else:
        raise NotADump(f"{path} is neither a directory nor a ZIP file: name what `dump_record` made.")


def _unpack(path: Path, directory: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(directory)  # the module itself keeps names inside of the directory
    except (zipfile.BadZipFile, OSError) as error:
        raise NotADump(f"{path} cannot be unpacked: {error}.") from None


def _checked(directory: Path) -> Dump:
    descriptor = _descriptor(directory / DESCRIPTOR)
    for told in [*descriptor["resources"], *descriptor["files"]]:
        _check(directory, told["path"], told["hash"])
    return Dump(directory, descriptor)


def _descriptor(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        version, named = told["dump_version"], {one["path"] for one in told["resources"]}
        complete = {"record", "files"} <= told.keys() and {EVENTS, *map(path_of, TABLES)} <= named
    except (OSError, ValueError, TypeError, KeyError):
        raise NotADump(f"{path.name} is missing or is not that of a dump.") from None
    if version != VERSION:
        raise NotADump(f"The dump is of version {version}; this software reads version {VERSION}.")
    if not complete:
        raise NotADump(f"{path.name} does not name all that a dump holds.")
    return dict(told)


def _check(directory: Path, name: str, told: str) -> None:
    path = (directory / name).resolve()
    if not path.is_relative_to(directory.resolve()) or not path.is_file():
        raise NotADump(f"{name}: is missing.")
    with path.open("rb") as file:
        if f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" != told:
            raise NotADump(f"{name}: is not what was dumped (its checksum differs).")
