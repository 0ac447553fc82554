"""Dumps that anybody may take away: made when something has changed, the newest few kept under ``DATA_DIR``.

A dump is published by the description beside it, which is put there last: what is listed is whole.
"""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tracker.dump.package import VERSION
from tracker.dump.writing import archived
from tracker.models import RecordHead

KEPT = 3
"""A link to the newest one but two still answers; older states are in everybody's newer dump."""


@dataclass(frozen=True)
class Published:
    """A dump that can be taken. ``shape`` and ``version`` tell whether a new one would say anything else."""

    name: str
    bytes: int
    sha256: str
    created: str
    events: int
    head: str
    shape: int
    version: int

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(settings.DATA_DIR) / self.name

    @property
    def made(self) -> dt.datetime:
        """When it was made."""
        return dt.datetime.fromisoformat(self.created)


def published() -> list[Published]:
    """Return the dumps that can be taken, the newest first."""
    told = sorted(Path(settings.DATA_DIR).glob("gfmd-record-*.json"), reverse=True)
    return [Published(**json.loads(path.read_text())) for path in told]


def publish() -> Published | None:
    """Make and publish a dump, and remove those that are older than the newest few; None where nothing has changed."""
    head, newest = RecordHead.objects.get(pk=1), next(iter(published()), None)
    if newest and (newest.shape, newest.version, newest.head) == (VERSION, head.version, head.digest):
        return None
    made = _make()
    for old in published()[KEPT:]:
        _description(old.name).unlink()
        old.path.unlink()
    return made


def _make() -> Published:
    at = timezone.now().astimezone(dt.UTC)
    path = Path(settings.DATA_DIR) / f"gfmd-record-{at:%Y-%m-%dT%H%M%SZ}.zip"
    head = archived(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size, created = path.stat().st_size, at.isoformat(timespec="seconds")
    made = Published(path.name, size, digest, created, head.sequence, head.digest, VERSION, head.version)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(made), indent=2))
    beside.rename(_description(path.name))
    return made


def _description(name: str) -> Path:
    return (Path(settings.DATA_DIR) / name).with_suffix(".json")
