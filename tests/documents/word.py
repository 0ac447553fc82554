"""DOCX files, built from their parts: paragraphs with styles, numbering and runs; tables."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.documents import Document, Expected

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATED = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
    for style, name in (("Title", "Title"), ("H1", "heading 1"), ("H2", "heading 2"), ("H3", "heading 3"))
)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{{}}"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
    for level in range(3)
)
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{key}">{LEVELS.replace("{}", kind)}</w:abstractNum>'
    for key, kind in ((0, "bullet"), (1, "decimal"))
) + "".join(f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>' for key in (0, 1))


def p(text: str, style: str = "", *, bullet: int | None = None, number: int | None = None, bold: bool = False) -> str:
    """Return a paragraph. ``bullet`` and ``number`` are levels of a list, from 0; ``**…**`` in a text is bold."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if bullet is not None or number is not None:
        level, key = (bullet, 1) if bullet is not None else (number, 2)
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    pieces = [text] if not bold else ["", text, ""]
    pieces = pieces if bold else text.split("**")
    runs = "".join(
        f'<w:r>{"<w:rPr><w:b/></w:rPr>" if place % 2 else ""}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for place, piece in enumerate(pieces)
        if piece
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """Return a table of plain cells."""
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def package(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return file.getvalue()


def parts_of(*body: str) -> dict[str, str | bytes]:
    """Return the parts of a document with this body."""

    def xml(root: str, inner: str) -> str:
        return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{MAIN}">{inner}</w:{root}>'

    related = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for place, name in enumerate(("styles", "numbering"), 1)
    )
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATED.format(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": RELATED.format(related),
        "word/document.xml": xml("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/styles.xml": xml("styles", STYLES),
        "word/numbering.xml": xml("numbering", NUMBERING),
    }


def docx(*body: str) -> bytes:
    """Return a DOCX file with this body."""
    return package(parts_of(*body))


STYLED = docx(
    p("Conclusions of the 2042 GFMD Chair", "Title"),
    p("Central theme: Migration and the ocean"),
    p("Preparatory process", "H1"),
    p("Three meetings of the Friends of the Forum were held.", bullet=0),
    p("Roundtable 1: Fisheries", "H1"),
    p("Discussion", "H2"),
    p("Crews come from nine countries."),
    p("Recommendations", "H2"),
    p("Flag States **should inspect** every vessel once a year.", number=0),
    p("Ports should be safe:", number=0),
    p("for crews;", number=1),
    p("for inspectors.", number=1),
    p("Roundtable 2: Islands", "H1"),
    p("Recommendations", "H2"),
    table(
        ("No.", "Text of the recommendation", "Addressees"),
        ("1", "Islands should share early warnings.", "Governments"),
        ("2", "Migrants’ associations should take part in drills.", "Civil society"),
    ),
    p("Future of the Forum", "H1"),
    p("The GFMD will meet in the Pacific in 2044.", bullet=0),
)
STYLED_EXPECTED = Expected(
    {
        ("RT1", "Fisheries"): [
            "Flag States should inspect every vessel once a year.",
            "Ports should be safe:\n1. for crews;\n2. for inspectors.",
        ],
        ("RT2", "Islands"): [
            "Islands should share early warnings.",
            "Migrants’ associations should take part in drills.",
        ],
    },
    ["The GFMD will meet in the Pacific in 2044."],
    [
        ("Preparatory process", "Three meetings of the Friends of the Forum were held."),
        ("Roundtable 1 – Discussion", "Crews come from nine countries."),
    ],
)

UNSTYLED = docx(
    p("Résumé de la Présidence du Forum mondial, 2043", bold=True),
    p(""),
    p("TABLE RONDE 1 – LE TRAVAIL SAISONNIER", bold=True),
    p("Recommandations principales :", bold=True),
    p("• Les visas saisonniers devraient être renouvelables."),
    p("• Les employeurs devraient loger les saisonniers :"),
    p("o Au prix du marché ;"),
    p("o Près de leur lieu de travail."),
    p("TABLE RONDE 2 – LES LANGUES", bold=True),
    p("Recommandations principales :", bold=True),
    p("• Proposer des cours gratuits dès l’arrivée."),
)
UNSTYLED_EXPECTED = Expected(
    {
        ("RT1", "LE TRAVAIL SAISONNIER"): [
            "Les visas saisonniers devraient être renouvelables.",
            "Les employeurs devraient loger les saisonniers :\nAu prix du marché ;\nPrès de leur lieu de travail.",
        ],
        ("RT2", "LES LANGUES"): ["Proposer des cours gratuits dès l’arrivée."],
    },
)

DOCUMENTS = [
    Document("styled.docx", STYLED, STYLED_EXPECTED, "en", 2042),
    Document("unstyled.docx", UNSTYLED, UNSTYLED_EXPECTED, "fr", 2043),
]
