"""Reading a PDF in tests: its words, and what assistive technology is told of it."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def words(pdf: bytes) -> str:
    """Return the words of all pages; signs at which a long word may be broken are none."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").split())


def joined(pdf: bytes) -> str:
    """Return the words without what stands between them: lines are broken, and words hyphenated, as they fit."""
    return squeezed(words(pdf))


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens."""
    return "".join(text.split()).replace("-", "").replace("\u2010", "").replace("\u00ad", "")


def told(pdf: bytes) -> dict[str, Any]:
    """Return title, language, whether it is tagged, its part of the standard, and the kinds of its tags."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    return {
        "title": reader.metadata.title if reader.metadata else "",
        "language": root.get("/Lang"),
        "tagged": bool(root["/MarkInfo"]["/Marked"]),
        "standard": "pdfuaid:part" in metadata,
        "tags": set(_tags(root["/StructTreeRoot"])),
    }


def tables_without_heads(pdf: bytes) -> int:
    """Return how many tables have no cell that says what a column holds."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    return sum("/TH" not in set(_tags(table)) for table in _named("/Table", root))


def _named(tag: str, node: Any) -> Iterator[Any]:
    """Yield the parts that have a tag."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for one in node:
            yield from _named(tag, one)
    elif isinstance(node, dict) and node.get("/S") == tag:
        yield node
    elif isinstance(node, dict):
        yield from _named(tag, node.get("/K", []))


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        yield from _tags(node.get("/K", []))
