"""What a CSV cannot say of itself: a document beside it, as CSV on the Web (W3C, 2015) has it."""

import json
from collections.abc import Iterator
from typing import Any

from tracker.exports.about import LICENCE, About
from tracker.exports.columns import BETWEEN, Column, Kind
from tracker.exports.rows import Table
from tracker.models import current_language

TYPES = {Kind.TEXT: "string", Kind.NUMBER: "integer", Kind.DAY: "date", Kind.MOMENT: "datetime"}


def written(about: About, table: Table, address: str) -> Iterator[bytes]:
    """Yield the description of the CSV that stands at ``address``."""
    yield json.dumps(described(about, table, address), ensure_ascii=False, indent=2).encode()


def described(about: About, table: Table, address: str) -> dict[str, Any]:
    """Return the description: Dublin Core for what the file is, a schema for its columns."""
    meta = about.meta()
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": current_language()}],
        "url": address,
        "dc:title": meta["title"],
        "dc:description": "\n".join(f"{label}: {words}" for label, words in about.lines()),
        "dc:publisher": meta["publisher"],
        "dc:source": {"@id": meta["address"]},
        "dc:license": {"@id": LICENCE},
        "dc:modified": meta["data_of"],
        "dc:temporal": meta["as_of"],
        "dc:identifier": meta["record"]["head"],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": table.columns[0].key,
        },
    }


def _column(column: Column) -> dict[str, Any]:
    several = {"separator": BETWEEN} if column.several else {}
    return {
        "name": column.key,
        "titles": [column.key, str(column.words)],
        "datatype": TYPES[column.kind],
        "null": "",
        **several,
    }
