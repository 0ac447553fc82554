"""Setting type: a document of ours, filled with data. No text of the record is ever source: it comes in as JSON."""

import io
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from PIL import ImageFont

import tracker

ROOT = Path(tracker.__file__).parent
"""What a template may read: it imports ``/report/house.typ`` from here."""
FONTS = files("font_source_sans_pro") / "files"
# What has no shape of its own and only steers others: it would be sought in vain in a font.
STEERING = {"Cc", "Cf"}
NO_GLYPH = re.compile("\uffff(?:\\s*\uffff)*")


def typeset(template: Path, data: Mapping[str, Any], language: str) -> bytes:
    """Return a document as PDF: tagged, PDF/UA-1, with its title and language.

    ``template``: a file of ours below ``ROOT`` that begins with ``#import "/report/house.typ": *``. ``data``: anything
    that JSON can hold, with ``title``, ``header`` (what stands at the head of each page) and ``address`` (at its foot).
    Signs that the document's letters do not have are shown as "…", and the document says so.
    """
    shown = legible(dict(data))
    note = _left_out() if shown != data else ""
    inputs = {"data": json.dumps(shown, ensure_ascii=False), "language": language, "left_out": note}
    compiled = _compiler().compile(input=template, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    if not isinstance(compiled, bytes):
        raise TypeError(f"{template} makes no document")
    return compiled


def _left_out() -> str:
    return _("“…” stands for signs that this document has no letters for; the page at the address below shows them.")


@cache
def _compiler() -> typst.Compiler:
    """Return what sets type, with the letters that come with the software: a machine may have others, or none."""
    return typst.Compiler(root=ROOT, font_paths=[Path(str(FONTS))], ignore_system_fonts=True)


def legible(value: Any) -> Any:
    """Return data in which every text consists of signs that can be shown; missing ones are "…", once for a run."""
    if isinstance(value, str):
        return _legible(str(value))
    if isinstance(value, Mapping):
        return {key: legible(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [legible(one) for one in value]
    return value


def _legible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in STEERING)
    return NO_GLYPH.sub("…", "".join(sign if has_glyph(sign) else "\uffff" for sign in kept))


@lru_cache(maxsize=4096)
def has_glyph(sign: str) -> bool:
    """Tell whether the font can draw a sign."""
    return sign.isspace() or bytes(_letters().getmask(sign)) != bytes(_letters().getmask("\uffff"))


@cache
def _letters() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO((FONTS / "SourceSansPro-Regular.ttf").read_bytes()), 30)
