"""``datapackage.json``: what the files of a dump are, in the words of the Frictionless Data Package, with checksums."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models

from tracker.dump.cells import Field, type_of
from tracker.dump.tables import TABLES, Table
from tracker.models import RecordHead

DESCRIPTOR = "datapackage.json"
EVENTS = "record.jsonl"
VERSION = 1
"""The version of the dump's own shape: a reader refuses one that it does not know."""
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
NOTICE = (
    "The Chair's official words are quoted as data, with their source. Statuses are readings of this project, "
    "provisional unless confirmed, and endorsed by nobody else."
)


class Written(NamedTuple):
    """A file of a dump: its name, its size in bytes, its SHA-256 in lower-case hexadecimal, its rows (of a table)."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


def descriptor(written: dict[str, Written], head: RecordHead, at: dt.datetime) -> dict[str, Any]:
    """Return the descriptor of a dump made of these files (by their path) at a moment."""
    return {
        "profile": "data-package",
        "name": "gfmd-recommendation-tracker",
        "title": "GFMD recommendation tracker: the public record",
        "description": NOTICE,
        "homepage": settings.SITE_URL or None,
        "created": at.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "dump_version": VERSION,
        "record": {"installation": str(head.installation), "events": head.sequence, "head": head.digest},
        "resources": [_events(written[EVENTS]), *(_table(table, written[path_of(table)]) for table in TABLES)],
        "files": [_checksum(file) for path, file in sorted(written.items()) if path.startswith("files/")],
    }


def path_of(table: Table) -> str:
    """Return where in a dump a table stands."""
    return f"tables/{table.name}.csv"


def file_path(digest: str) -> str:
    """Return where in a dump the file with this SHA-256 stands."""
    return f"files/{digest}"


def _checksum(file: Written) -> dict[str, Any]:
    return {"path": file.path, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _events(file: Written) -> dict[str, Any]:
    return {
        "name": "record",
        "description": "The chain of the record, an event a line, as docs/record.md specifies it.",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        **_checksum(file),
    }


def _table(table: Table, file: Written) -> dict[str, Any]:
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": file.rows,
        **_checksum(file),
        "schema": {
            "fields": [_column(field) for field in table.fields()],
            "primaryKey": table.model._meta.pk.column if table.model._meta.pk else "",
            "foreignKeys": [_points(field) for field in table.fields() if isinstance(field, models.ForeignKey)],
        },
    }


def _column(field: Field) -> dict[str, Any]:
    """Return a column. Choices are told as what a value may be."""
    demands: dict[str, Any] = {} if field.null or field.empty_strings_allowed else {"required": True}
    if field.choices:
        demands["enum"] = [value for value, _label in field.flatchoices if value]
    return {"name": field.attname, "type": type_of(field), "constraints": demands}


def _points(field: "models.ForeignKey[Any, Any]") -> dict[str, Any]:
    names = {table.model: table.name for table in TABLES}
    return {"fields": field.attname, "reference": {"resource": names[field.related_model], "fields": "id"}}
