"""Sheets that mean harm, or are not what they seem: each as the bytes that somebody might send."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b"<?xml version='1.0'?><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
TAIL = b"</sheetData></worksheet>"


def workbook(rows: Iterable[Iterable[object]] = (("reference", "number"), ("GFMD-2010-RT1-07", 7))) -> bytes:
    """Return a plain workbook; a text that begins with "=" is a formula in it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(line, place, value)
    return out.getvalue()


def changed(parts: Mapping[str, bytes | Iterable[bytes]], *, of: bytes | None = None) -> bytes:
    """Return a workbook with some of its parts put in the place of others, or beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of or workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            with new.open(name, "w", force_zip64=True) as part:
                for chunk in [content] if isinstance(content, bytes) else content:
                    part.write(chunk)
    return out.getvalue()


def sheet_of(rows: Iterable[bytes]) -> bytes:
    """Return a workbook whose sheet holds these rows as XML."""
    return changed({SHEET: (chunk for part in ([HEAD], rows, [TAIL]) for chunk in part)})


def inline(text: str, cell: str = "A1") -> bytes:
    """Return a cell of a text as XML."""
    return f"<c r='{cell}' t='inlineStr'><is><t>{text}</t></is></c>".encode()


def bomb() -> bytes:
    """A sheet of 36 MB that is packed into a few thousand bytes."""
    row = b"<row>" + b"<c/>" * 300 + b"</row>"
    return sheet_of(row * 1000 for _ in range(30))


def strings_bomb() -> bytes:
    """Shared strings of 110 MB, none of which is used."""
    start = b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    one = b"<si><t>" + b"x" * 1000 + b"</t></si>"
    many = (part for part in ([start], (one * 1000 for _ in range(110)), [b"</sst>"]) for part in part)
    return changed({"xl/sharedStrings.xml": many})


def many_parts() -> bytes:
    """An archive of 3,000 parts."""
    return changed({f"xl/media/{number}.bin": b"x" for number in range(3000)})


def entities() -> bytes:
    """Entities that stand for a billion laughs."""
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    start = f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 'lol'>{levels}]>".encode()
    return changed({SHEET: start + HEAD.split(b"?>")[1] + b"<row>" + inline("&l9;") + b"</row>" + TAIL})


def external_entity() -> bytes:
    """An entity that is a file of the machine."""
    start = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    return changed({SHEET: start + HEAD.split(b"?>")[1] + b"<row>" + inline("&f;") + b"</row>" + TAIL})


def external_links() -> bytes:
    """A workbook that points to another one on the web."""
    relations = (
        b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' "
        b"Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath' "
        b"Target='http://127.0.0.1:9/evil.xlsx' TargetMode='External'/></Relationships>"
    )
    link = b"<externalLink xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    name = "externalLinks/externalLink1.xml"
    return changed({f"xl/{name}": link, f"xl/{name.replace('/', '/_rels/')}.rels": relations})


def sparse() -> bytes:
    """Two cells, a million rows apart, and an empty row for each number between them."""
    between = (b"<row/>" * 10_000 for _ in range(100))
    first = b"<row r='1'>" + inline("reference") + b"</row>"
    return sheet_of(
        part for parts in ([first], between, [b"<row r='1000005'>", inline("x"), b"</row>"]) for part in parts
    )


def macros() -> bytes:
    """A workbook with macros."""
    return changed({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def encrypted_part() -> bytes:
    """An archive of which a part has a password."""
    whole = bytearray(workbook())
    for at in _places(whole, b"PK\x01\x02"):
        whole[at + 8] |= 1
    for at in _places(whole, b"PK\x03\x04"):
        whole[at + 6] |= 1
    return bytes(whole)


def _places(whole: bytearray, signature: bytes) -> list[int]:
    found, at = [], whole.find(signature)
    while at >= 0:
        found.append(at)
        at = whole.find(signature, at + 1)
    return found


Refusals = dict[str, tuple[Callable[[], bytes], str]]
REFUSED: Refusals = {
    "xlsx bomb": (bomb, "file_swells"),
    "bomb of shared strings": (strings_bomb, "file_swells"),
    "zip of many parts": (many_parts, "file_swells"),
    "xml entities": (entities, "file_with_entities"),
    "external entity": (external_entity, "file_with_entities"),
    "a million sparse rows": (sparse, "sheet_rows"),
    "macros": (macros, "sheet_macros"),
    "a part with a password": (encrypted_part, "sheet_encrypted"),
    "a workbook with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "sheet_encrypted"),
    "zip that is no workbook": (lambda: _zip({"readme.txt": b"x"}), "sheet_unknown"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", "sheet_unknown"),
    "text with a workbook behind it": (lambda: b"reference,number\n" + workbook(), "file_two_in_one"),
    "workbook with a text behind it": (lambda: workbook() + b"\n<script>alert(1)</script>", "file_two_in_one"),
    "half a workbook": (lambda: workbook()[:2000], "file_broken"),
    "columns by the thousand": (lambda: b",".join(b"h%d" % n for n in range(8000)) + b"\n", "sheet_columns"),
    "columns by the thousand, in a workbook": (lambda: workbook([[f"h{n}" for n in range(8000)]]), "sheet_columns"),
    "nul": (lambda: b"reference,number\nGFMD\0,1\n", "sheet_not_text"),
    "bytes of no encoding": (lambda: b"reference,number\n\x81\x8d,1\n", "sheet_not_text"),
    "quotation mark that never closes": (lambda: b'a,b\n"' + b"x,y\n" * 400_000, "sheet_broken"),
    "cell of a million letters": (lambda: b"a,b\n" + b"x" * 500_000 + b",1\n", "sheet_cell"),
    "rows beyond number": (lambda: b"a,b\n" + b"1,2\n" * 100_001, "sheet_rows"),
    "empty": (lambda: b"", "file_empty"),
    "nothing but blanks": (lambda: b" \n,,\n\n", "file_empty"),
    "the same heading twice": (lambda: b"a,a\n1,2\n", "sheet_headings"),
}
"""By name: what makes the file, and the code with which it is refused."""


def _zip(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
