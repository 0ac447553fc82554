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
MISSING = "\uffff"
NO_GLYPH = re.compile(rf"{MISSING}(?:\s*{MISSING})*")


def typeset(template: Path, data: Mapping[str, Any], language: str) -> bytes:
    """Return a document as PDF: tagged, PDF/UA-1, with its title and language.

    ``template``: a file of ours that begins with ``#import "/report/house.typ": *`` and ``#show: house``. ``data``:
    anything that JSON can hold, with ``title``, ``name`` (of the tracker), ``header`` (what stands at the head of each
    page) and ``address`` (at its foot). Signs without letters are shown as "…", and the document says so.
    """
    text, left_out = legible(json.dumps(plain(data), ensure_ascii=False))
    inputs = {"data": text, "language": language, "left_out": _left_out() if left_out else ""}
    compiled = _compiler().compile(input=template.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    if not isinstance(compiled, bytes):
        raise TypeError(f"{template} makes no document")
    return compiled


def _left_out() -> str:
    return _("“…” stands for signs that this document has no letters for; the page at the address below shows them.")


@cache
def _compiler() -> typst.Compiler:
    """Return what sets type, with the letters that come with the software: a machine may have others, or none."""
    return typst.Compiler(root=ROOT, font_paths=[Path(str(FONTS))], ignore_system_fonts=True)


def plain(value: Any) -> Any:
    """Return data whose texts are composed, without the signs that have no shape and only steer others."""
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in STEERING)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def legible(text: str) -> tuple[str, int]:
    """Return a text in which "…" stands for each run of signs that cannot be shown, and how many runs those are."""
    return NO_GLYPH.subn("…", "".join(sign if has_glyph(sign) else MISSING for sign in text))


@lru_cache(maxsize=4096)
def has_glyph(sign: str) -> bool:
    """Tell whether the font can draw a sign."""
    return sign.isspace() or bytes(_letters().getmask(sign)) != bytes(_letters().getmask(MISSING))


@cache
def _letters() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO((FONTS / "SourceSansPro-Regular.ttf").read_bytes()), 30)
