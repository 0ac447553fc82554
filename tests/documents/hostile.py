"""Files that are no documents, or more than that: each does one thing to whoever opens it."""

import io
import struct
import zipfile
import zlib

from tests.documents import word

MEGABYTE = 1024 * 1024
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{}">{}]>'
NAME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EICAR_LIKE = bytes(range(256)) * 64


def bomb() -> bytes:
    """Return a DOCX of 200 kB whose text unpacks to 200 MB."""
    parts = word.parts_of(word.p("Roundtable 1: Bombs"))
    return word.package({**parts, "word/media/image1.png": bytes(200 * MEGABYTE)})


def lying_bomb() -> bytes:
    """Return a DOCX whose directory says that its text is small, which unpacks to 200 MB."""
    parts = word.parts_of(word.p("x"))
    packed = word.package({**parts, "word/document.xml": bytes(200 * MEGABYTE)})
    true, told = struct.pack("<L", 200 * MEGABYTE), struct.pack("<L", 1000)
    return packed.replace(true, told)


def entities() -> bytes:
    """Return a DOCX whose text is a billion laughs."""
    laughs = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
    parts = word.parts_of(word.p("&b9;"))
    text = str(parts["word/document.xml"]).replace("&amp;", "&")
    return word.package({**parts, "word/document.xml": ENTITIES.format("", laughs) + text.split("?>", 1)[1]})


def external_entity(url: str) -> bytes:
    """Return a DOCX whose text fetches an entity."""
    parts = word.parts_of(word.p("x"))
    text = str(parts["word/document.xml"]).split("?>", 1)[1].replace(">x<", ">&far;<")
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY far SYSTEM "{url}">]>'
    return word.package({**parts, "word/document.xml": declared + text})


def remote_template(url: str) -> bytes:
    """Return a DOCX whose template and picture lie elsewhere; its text is a document's."""
    body = [
        word.p("Conclusions of the 2051 GFMD Chair"),
        word.p("Roundtable 1: Templates", "H1"),
        word.p("Recommendations", "H2"),
        word.p("Templates should be attached.", bullet=0),
    ]
    template = f'<Relationship Id="t" Type="{NAME}/attachedTemplate" Target="{url}" TargetMode="External"/>'
    picture = f'<Relationship Id="p" Type="{NAME}/image" Target="{url}" TargetMode="External"/>'
    parts = word.parts_of(*body)
    related = str(parts["word/_rels/document.xml.rels"]).replace("</Relationships>", f"{picture}</Relationships>")
    settings = word.RELATED.format(template)
    return word.package({**parts, "word/_rels/document.xml.rels": related, "word/_rels/settings.xml.rels": settings})


def encrypted_docx() -> bytes:
    """Return what Word writes where a document has a password: a container of the old kind."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def encrypted_member() -> bytes:
    """Return a DOCX whose members are encrypted as those of a ZIP file."""
    packed = bytearray(word.docx(word.p("x")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = packed.find(mark)
        while start >= 0:
            packed[start + place] |= 1
            start = packed.find(mark, start + 4)
    return bytes(packed)


def pages(number: int, extra: bytes = b"") -> bytes:
    """Return a PDF of so many pages that share one page of text. ``extra`` stands in its catalogue."""
    text = zlib.compress(b"BT /F 12 Tf 50 700 Td (Roundtable 1. Pages) Tj ET")
    kids = b" ".join(b"%d 0 R" % (key + 5) for key in range(number))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % extra,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(text), text),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"] * number,
    ]
    return printed(objects)


def printed(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for key, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (key, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        made + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    )


def script_pdf() -> bytes:
    """Return a PDF that runs a script, a program and a form when it is opened."""
    script = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1/'\\);while\\(1\\){})>>"
    return pages(1, script + b"/AA<</WC<</S/Launch/F(/bin/sh)>>>>")


def encrypted_pdf() -> bytes:
    """Return a PDF with a password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pages(1)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def picture_pdf() -> bytes:
    """Return a PDF of one page without text."""
    return pages(1).replace(b"/Contents 4 0 R", b"/Rotate 0       ")


def swelling_pdf() -> bytes:
    """Return a PDF of 300 kB whose one page unpacks to 300 MB of text."""
    line = b"BT /F 12 Tf 50 700 Td (Roundtable) Tj ET\n"
    text = zlib.compress(line * (300 * MEGABYTE // len(line)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>",
    ]
    return printed(objects)


def polyglot() -> bytes:
    """Return a file that is a PDF to one program and a ZIP file to another."""
    return pages(1) + word.docx(word.p("x"))


def hidden_zip() -> bytes:
    """Return a ZIP file that begins as a text."""
    return b"Roundtable 1. Text\n" + word.docx(word.p("x"))


def spreadsheet() -> bytes:
    """Return what begins like a workbook."""
    return word.package({"[Content_Types].xml": word.TYPES, "xl/workbook.xml": "<workbook/>"})


def stored_zip() -> bytes:
    """Return a ZIP file of a picture."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("picture.png", bytes(1000))
    return file.getvalue()


def deep_html() -> bytes:
    """Return a page of a quarter of a million elements within each other."""
    return b"<html><body>" + b"<div><ul><li>" * 80_000 + b"Roundtable 1. Depth"


def long_lines() -> bytes:
    """Return a text that makes careless patterns slow: long lines of what begins like a heading or emphasis."""
    lines = [
        b"Roundtable " * 5_000,
        b"*" * 50_000,
        b"1.1.1." * 20_000,
        b"- " * 50_000,
        b"of the " * 20_000 + b":",
        b"_a_ " * 25_000,
    ]
    return b"\n".join(lines)


TITLE = "Conclusions of the 2051 GFMD Chair\n\n"
SLOW = {
    "comments.txt": "<!---->" * 5_000 + "x",
    "the.txt": f"{TITLE}Roundtable 1\n\n{'The ' * 5_000}x\n\nTable ronde 2\n\n{'Les des de la ' * 5_000}x\n",
    "dots.txt": f"{TITLE}{'.' * 100_000}\n{'_' * 100_000}\n",
    "one-paragraph.txt": TITLE + "a\n" * 19_000,
    "one-word.txt": f"{TITLE}- a-\n" + "b-\n" * 19_000,
    "statements.html": "<p>Of its own" * 19_000,
    "titles.txt": f"# {'#' * 100_000}a\n{'*a ' * 100_000}\n",
    "points.html": "<ul><li>a" * 19_000,
    "figures.txt": f"{TITLE}- {'contributions € of from contributions to cover ' * 10_000}\n",
    "roundtables.txt": TITLE + "".join(f"Roundtable 1: A{n}\nRecommendations\n- x{n}\n" for n in range(6_000)),
    "headers.txt": f"{TITLE}\f" + "".join(f"{chr(n + 0x4E00)}x\n" * 2 for n in range(9_000)),
}
"""Texts that made one rule or another slow: the time for each grew with the square of its length, or without end."""
