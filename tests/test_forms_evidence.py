"""Evidence: a row says something, and a file is what its name says."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from tracker.forms import EvidenceForm, check_file

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\1" * 40 + b"\xff\xd9"


def office(part: str, *more: str) -> bytes:
    kind = "wordprocessingml" if part.startswith("word/") else "spreadsheetml"
    types = f'<Types xmlns="x"><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        for name in ("_rels/.rels", part, *more):
            archive.writestr(name, "<x/>")
    return sent.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")


def refusal(name: str, content: bytes) -> str:
    try:
        check_file(SimpleUploadedFile(name, content))
    except ValidationError as error:
        return str(error.messages[0])
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", PDF),
        ("law.PDF", PDF),
        ("letter.docx", DOCX),
        ("table.xlsx", XLSX),
        ("photo.png", PNG),
        ("photo.jpg", JPEG),
        ("photo.jpeg", JPEG),
        ("table.csv", "année;État\n2010;Côte d’Ivoire\n".encode()),
        ("note.txt", "﻿1 < 2, and 移民\n".encode()),
    ],
)
def test_a_file_of_an_allowed_kind_is_taken(name: str, content: bytes) -> None:
    assert refusal(name, content) == ""


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "program.exe", "letter.doc", "archive.zip", "noname", ".pdf"]
)
def test_other_kinds_are_refused(name: str) -> None:
    assert "of a kind that is not taken" in refusal(name, PDF)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", b"<html><script>alert(1)</script>"),
        ("law.pdf", PNG),
        ("law.pdf", b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF"),
        ("law.pdf", b"%PDF-1.4\nno end"),
        ("photo.png", JPEG),
        ("photo.png", PNG + b"<script>alert(1)</script>"),
        ("photo.jpg", JPEG + DOCX),
        ("letter.docx", XLSX),
        ("table.xlsx", DOCX),
        ("letter.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("letter.docx", DOCX + b"appended"),
        ("letter.docx", DOCX[:200]),
        ("letter.docx", office("other.xml")),
        ("table.csv", PDF),
        ("table.csv", b"a;b\0c"),
        ("table.csv", "é".encode("latin-1")),
        ("note.txt", b"truncated \xc3"),
        ("note.txt", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("note.txt", b"  <!DOCTYPE html><p>"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    assert "is not what its name says" in refusal(name, content)


@override_settings(EVIDENCE_MAX_BYTES=10)
def test_a_file_that_is_too_large_is_refused() -> None:
    assert "at most 10\xa0bytes are taken" in refusal("law.pdf", PDF)


def form(typed: dict[str, Any], **files: Any) -> EvidenceForm:
    return EvidenceForm({"quality": "official", **typed}, files)


@pytest.mark.parametrize("typed", [{"citation": "The law"}, {"url": "https://example.org/law"}])
def test_a_citation_or_a_link_is_enough(typed: dict[str, str]) -> None:
    assert form(typed).is_valid()


def test_a_file_is_enough() -> None:
    assert form({}, file=SimpleUploadedFile("law.pdf", PDF)).is_valid()


def test_a_row_that_says_nothing_is_refused() -> None:
    assert form({}).non_field_errors() == ["Give a citation, a link or a file, or remove this row."]


def test_an_empty_file_is_refused() -> None:
    assert form({}, file=SimpleUploadedFile("law.pdf", b"")).errors["file"] == ["This file is empty: choose another."]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "nonsense", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    assert form({"url": address}).errors["url"] == ["Enter the whole address, as in https://example.org/page."]


def test_nul_is_refused_in_words() -> None:
    assert "An invisible character (NUL)" in form({"citation": "a\0b"}).errors["citation"][0]
