"""Readers of formats, as functions: they tell what comes out of the process in which strangers' files are read."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents import Document, marked, printed, unseen, word
from tests.hostile_sheets import workbook
from tracker.errors import Refused
from tracker.imports.confined import confined
from tracker.imports.document.reading import reader_of
from tracker.imports.sheets.reading import LONGEST_CELL, read

DOCUMENTS = [
    document
    for document in [*marked.DOCUMENTS, *word.DOCUMENTS, *printed.DOCUMENTS, *unseen.DOCUMENTS]
    if reader_of(document.content, document.name)[0]
]
PO = (
    b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    b'msgctxt "theme:return:name:fr"\nmsgid "a"\nmsgstr "b"\n'
)
SHEETS = {
    "commas": b"a,b\n1,2\n\n3,4\n",
    "semicolons in cp1252": "Größe;b\nï;2\n".encode("cp1252"),
    "UTF-16": "a\tb\n1\t2\n".encode("utf-16"),
    "a workbook": workbook([["a", "b", "c"], [7.0, 1.5, True], ["x", "", "=1+1"]]),
    "a catalogue": PO,
}


def told(reader: Callable[..., Any], content: bytes, **options: Any) -> Any:
    """Return what a reader tells, as it would come out of its process."""
    return json.loads(json.dumps(list(reader(io.BytesIO(content), **options))))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_is_told_alike_here_and_confined(document: Document) -> None:
    reader, options = reader_of(document.content, document.name)
    assert reader is not None
    lines = told(reader, document.content, **options)
    assert lines
    assert lines == list(confined(reader, document.content, **options))


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS.keys())
def test_a_sheet_is_told_alike_here_and_confined(content: bytes) -> None:
    rows = told(read, content)
    assert len(rows) >= 2
    assert rows == list(confined(read, content))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet_encrypted"),
        (b"%PDF-1.7", "sheet_unknown"),
        (b"a,a\n1,2\n", "sheet_headings"),
        (b"a\n" + b"x" * (LONGEST_CELL + 1), "sheet_cell"),
        (b"," * 8_000 + b"a\n", "sheet_columns"),
    ],
)
def test_what_is_no_sheet_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        told(read, content)
    assert refusal.value.code == code
