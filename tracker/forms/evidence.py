"""Evidence as it is sent: a citation, a link or a file; and a file is what its name says it is."""

import codecs
import io
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from tracker.forms.text import RefusesNul
from tracker.models import Evidence

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile

ALLOWED = _("PDF, Word (docx), Excel (xlsx), PNG, JPEG, CSV or plain text")
SNIFFED = 8192
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe")
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def _whole_pdf(file: Upload) -> bool:
    file.seek(-min(1024, file.size or 0), io.SEEK_END)
    return b"%%EOF" in bytes(file.read())


def _whole_png(file: Upload) -> bool:
    file.seek(-min(12, file.size or 0), io.SEEK_END)
    return bytes(file.read()).endswith(b"IEND\xaeB`\x82")


def _whole_jpeg(file: Upload) -> bool:
    file.seek(-min(2, file.size or 0), io.SEEK_END)
    return bytes(file.read()) == b"\xff\xd9"


def _ends_as_archive(file: Upload) -> bool:
    file.seek(-min(22, file.size or 0), io.SEEK_END)
    return bytes(file.read()).startswith(b"PK\x05\x06")


def _office(kind: str) -> Callable[[Upload], bool]:
    def whole(file: Upload) -> bool:
        """A document of its kind, without macros, and nothing before or after the archive."""
        if file.file is None or not _ends_as_archive(file):
            return False
        try:
            with zipfile.ZipFile(file.file) as archive:
                names, start = set(archive.namelist()), min(entry.header_offset for entry in archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", OFFICE[kind]} <= names and not macros and start == 0

    return whole


def _plain_text(file: Upload) -> bool:
    """UTF-8 throughout, and no NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        return all("\0" not in decoder.decode(chunk) for chunk in file.chunks()) and decoder.decode(b"", True) == ""
    except UnicodeDecodeError:
        return False


# Extension → what `filetype` calls it (None: it knows no text), and the check that the whole file is of that kind.
KINDS: dict[str, tuple[str | None, Callable[[Upload], bool]]] = {
    "pdf": ("pdf", _whole_pdf),
    "docx": ("docx", _office("docx")),
    "xlsx": ("xlsx", _office("xlsx")),
    "png": ("png", _whole_png),
    "jpg": ("jpg", _whole_jpeg),
    "jpeg": ("jpg", _whole_jpeg),
    "csv": (None, _plain_text),
    "txt": (None, _plain_text),
}


def check_file(file: Upload) -> None:
    """Raise ValidationError, in words, unless the file is of an allowed kind, not too large, and what it says it is."""
    extension = PurePosixPath(str(file.name)).suffix.lower().lstrip(".")
    if extension not in KINDS:
        raise _refusal(_("“%(name)s” is of a kind that is not taken. Send %(allowed)s."), file)
    if (file.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise _refusal(_("“%(name)s” has %(size)s; at most %(most)s are taken. Send a smaller one, or a link."), file)
    expected, whole = KINDS[extension]
    file.seek(0)
    start = file.read(SNIFFED)
    found = filetype.guess(start) if start else None
    same_kind = (found.extension if found else None) == expected
    disguised = any(mark in start[:1024].lower() for mark in MARKUP)
    try:
        if not same_kind or disguised or not whole(file):
            raise _refusal(
                _("“%(name)s” is not what its name says, or holds something else too. Save it anew as %(allowed)s."),
                file,
            )
    finally:
        file.seek(0)


def _refusal(message: "StrOrPromise", file: Upload) -> ValidationError:
    values = {
        "name": file.name,
        "allowed": ALLOWED,
        "size": filesizeformat(file.size or 0),
        "most": filesizeformat(settings.EVIDENCE_MAX_BYTES),
    }
    return ValidationError(message, code="file", params=values)


class LinkField(forms.URLField):
    """A link typed without its scheme is taken for https, as Django 6 will."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class EvidenceForm(RefusesNul, forms.ModelForm):  # type: ignore[type-arg]
    """One row of evidence: at least a citation, a link or a file."""

    class Meta:
        model = Evidence
        fields = ("citation", "url", "file", "quality")
        widgets = {"citation": forms.TextInput(attrs={"class": "wide"})}
        field_classes = {"url": LinkField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].widget.attrs["class"] = "vURLField wide"
        self.fields["url"].error_messages["invalid"] = _("Enter the whole address, as in https://example.org/page.")
        file = self.fields.get("file")
        if isinstance(file, forms.FileField):
            file.max_length = None  # the name of its sender is shortened, and it is kept under a generated one
            file.help_text = _("%(allowed)s; at most %(most)s.") % {
                "allowed": ALLOWED,
                "most": filesizeformat(settings.EVIDENCE_MAX_BYTES),
            }
            file.error_messages["empty"] = _("This file is empty: choose another.")

    def clean_file(self) -> Any:
        """Check a newly sent file; one that was kept before has been checked."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            check_file(file)
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says nothing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("citation") or cleaned.get("url") or cleaned.get("file")):
            raise ValidationError(_("Give a citation, a link or a file, or remove this row."), code="evidence")
        return cleaned


EvidenceRows = forms.formset_factory(EvidenceForm, extra=1, max_num=20, absolute_max=20)
