"""Reading files that were taken away, in tests: what a program and a spreadsheet find in them."""

import csv
import io
import json
from typing import Any

from django.test import Client
from openpyxl import Workbook, load_workbook


def taken(address: str, client: Client | None = None) -> bytes:
    """Return a file, following where its address leads; fail unless it is there."""
    answer = (client or Client()).get(address, follow=True)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def csv_rows(file: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV by the names of its columns."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def workbook(file: bytes) -> Workbook:
    """Return an XLSX as a spreadsheet opens it."""
    return load_workbook(io.BytesIO(file))


def xlsx_rows(file: bytes) -> list[dict[str, Any]]:
    """Return the rows of the first sheet by the names of its columns."""
    header, *rows = workbook(file).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def json_rows(file: bytes) -> list[dict[str, Any]]:
    """Return the rows of a JSON file."""
    found: list[dict[str, Any]] = json.loads(file)["results"]
    return found
