"""Making a dump: all of one moment, whole or not at all."""

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from tracker.dump.cells import written
from tracker.dump.package import DESCRIPTOR, EVENTS, Written, descriptor, file_path, path_of
from tracker.dump.tables import TABLES, Table
from tracker.models import Evidence, RecordEvent, RecordHead
from tracker.record.canonical import moment
from tracker.record.snapshot import one_moment

EVENT_FIELDS = ("sequence", "kind", "subject", "at", "previous", "salt", "payload", "content_digest", "digest")
CHUNK = 2000


def write(directory: Path) -> RecordHead:
    """Write a dump as ``directory``, which must not exist; return the head of the record it holds.

    Everything is read as of one moment while others may write. It is made beside its place and put there when it is
    whole, so that nobody finds half of one. Raises ``FileExistsError``, and ``OSError`` where there is no room.
    """
    _make_room_for(directory)
    beside = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        head = _fill(beside)
        beside.chmod(0o755)
        beside.rename(directory)
    except BaseException:
        shutil.rmtree(beside)
        raise
    return head


def _make_room_for(path: Path) -> None:
    if path.exists():
        raise FileExistsError(f"{path} exists already")
    if path.parent.exists() and not path.parent.is_dir():
        raise NotADirectoryError(f"{path.parent} is no directory")
    path.parent.mkdir(parents=True, exist_ok=True)


def _fill(directory: Path) -> RecordHead:
    with one_moment():
        head = RecordHead.objects.get(pk=1)
        files = [_write_events(directory), *(_write_table(directory, table) for table in TABLES)]
        files += _copy_files(directory)
    told = descriptor({file.path: file for file in files}, head, timezone.now().astimezone(dt.UTC))
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    _write(directory / DESCRIPTOR, [text.encode()])
    return head


def _write_events(directory: Path) -> Written:
    events = RecordEvent.objects.order_by("sequence").values(*EVENT_FIELDS).iterator(CHUNK)
    lines = (json.dumps({**event, "at": moment(event["at"])}, ensure_ascii=False) + "\n" for event in events)
    return _write_lines(directory, EVENTS, lines)


def _write_table(directory: Path, table: Table) -> Written:
    lines = _Lines()
    rows = csv.writer(lines)
    names = [field.attname for field in table.fields()]

    def told() -> Iterator[str]:
        rows.writerow(names)
        for row in table.public().values_list(*names).iterator(CHUNK):
            rows.writerow([written(value) for value in row])
            yield lines.taken()
        yield lines.taken()

    return _write_lines(directory, path_of(table), told())._replace(rows=table.public().count())


class _Lines:
    """What a CSV writer writes into: it gives each time what was added since."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        self.parts.append(text)
        return len(text)

    def taken(self) -> str:
        text, self.parts = "".join(self.parts), []
        return text


def _copy_files(directory: Path) -> Iterator[Written]:
    """Copy the files of evidence under their digests: one that several entries hold is copied once."""
    held = Evidence.objects.on_public_entries().exclude(file="").order_by("sha256")
    seen = ""
    for digest, name in held.values_list("sha256", "file").iterator():
        if digest != seen:
            seen = digest
            with default_storage.open(name) as file:
                yield _write_bytes(directory, file_path(digest), file.chunks())


def _write_lines(directory: Path, path: str, lines: Iterable[str]) -> Written:
    return _write_bytes(directory, path, (line.encode() for line in lines))


def _write_bytes(directory: Path, path: str, parts: Iterable[bytes]) -> Written:
    return Written(path, *_write(directory / path, parts))


def _write(path: Path, parts: Iterable[bytes]) -> tuple[int, str]:
    """Write a file to the disk; return its size and its digest."""
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        for part in parts:
            digest.update(part)
            size += file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def archived(path: Path) -> RecordHead:
    """Write a dump as a ZIP file, for those who take it away as one; otherwise as ``write``."""
    _make_room_for(path)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as beside:
        directory = Path(beside) / "record"
        head = write(directory)
        made = shutil.make_archive(str(Path(beside) / "record"), "zip", directory)
        Path(made).rename(path)
    return head
