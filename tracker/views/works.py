"""A work as reference managers keep it: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# BibTeX counts braces even behind a backslash, so that one alone must go by its name.
BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)


@dataclass(frozen=True)
class Kind:
    """What a work is, as RIS and CSL name it; BibTeX has no word for either of ours."""

    ris: str
    csl: str


WEB_PAGE = Kind("ELEC", "webpage")
DATASET = Kind("DATA", "dataset")


@dataclass(frozen=True)
class Work:
    """A work with what is known of it. ``date``: year, month and day, or its beginning; ``within``: what it is part of.

    ``key``: its name among other works, and that of its file.
    """

    key: str
    kind: Kind
    author: str
    title: str
    date: tuple[int, ...]
    within: str
    note: str
    address: str

    def bibtex(self) -> str:
        """Return it as a BibTeX entry."""
        fields = {
            "author": f"{{{_for_bibtex(self.author)}}}",
            "title": f"{{{_for_bibtex(self.title)}}}",
            "year": str(self.date[0]),
            "howpublished": _for_bibtex(self.within),
            "note": _for_bibtex(self.note),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    def ris(self) -> str:
        """Return it as an RIS record, whose lines end as its specification says."""
        fields = [
            ("TY", self.kind.ris),
            ("AU", self.author),
            ("TI", self.title),
            ("PY", str(self.date[0])),
            ("T2", self.within),
            ("N1", self.note),
            ("UR", self.address),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)

    def csl(self) -> str:
        """Return it as CSL-JSON: a list of one item."""
        item = {
            "id": self.key,
            "type": self.kind.csl,
            "author": [{"literal": _one_line(self.author)}],
            "title": _one_line(self.title),
            "issued": {"date-parts": [list(self.date)]},
            "container-title": _one_line(self.within),
            "note": _one_line(self.note),
            "URL": self.address,
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


WRITTEN: dict[str, tuple[str, Callable[[Work], str]]] = {
    "bib": ("application/x-bibtex", Work.bibtex),
    "ris": ("application/x-research-info-systems", Work.ris),
    "json": ("application/vnd.citationstyles.csl+json", Work.csl),
}
"""Each form by the end of its file's name: what it is called on the wire, and how it is written."""


def attached(work: Work, form: str) -> HttpResponse:
    """Hand out a work as a file in one of the forms."""
    kind, write = WRITTEN[form]
    response = HttpResponse(write(work), content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{work.key}.{form}") or "attachment"
    return response


def file_name(reference: str) -> str:
    """Return a reference with nothing in it that BibTeX or a file system would read as more than a name."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", reference)


def _one_line(text: str) -> str:
    """Return a text on one line without control characters: none of it can begin a field of its own."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _for_bibtex(text: str) -> str:
    return _one_line(text).translate(BIBTEX)
