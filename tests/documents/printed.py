"""PDF files, set by typst: headings, headers, footers, words divided at line ends, pages that end in a sentence."""

import typst

from tests.documents import Document, Expected

HOUSE = """
#set page(width: 12cm, height: 12cm, margin: 1.6cm,
  header: text(8pt)[HEADER],
  footer: align(center, text(8pt, context counter(page).display("1 / 1", both: true))))
#set text(10pt, lang: "LANGUAGE", hyphenate: true)
#set par(justify: true)
"""


def pdf(body: str, *, header: str, language: str) -> bytes:
    """Return the PDF of a document in typst's own markup."""
    source = HOUSE.replace("HEADER", header).replace("LANGUAGE", language) + body
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


ENGLISH = """
= Conclusions of the 2044 GFMD Chair
== Roundtable 1. Recognition of qualifications and of what was learnt at work
The roundtable was chaired by two countries. It heard five presentations, and discussed how long recognition takes.
=== Main recommendations
- Governments should recognise qualifications that were acquired through informal apprenticeship, notwithstanding
  differences between the administrative arrangements of their vocational institutions.
- Employers' organisations ought to be consulted.
  - before standards are set;
  - when they are reviewed.
- Internationally comparable descriptions of occupations are indispensable for everybody who wants to recruit
  responsibly, and for everyone who applies for an advertised position from another country or continent.
== Roundtable 2. Portable pensions
=== Main recommendations
+ Agreements should cover self-employed workers.
+ Interinstitutional communication between administrations should be uncomplicated and electronic wherever possible.
== The future of the Forum
- The Forum should keep its informal character.
"""
ENGLISH_EXPECTED = Expected(
    {
        ("RT1", "Recognition of qualifications and of what was learnt at work"): [
            (
                "Governments should recognise qualifications that were acquired through informal apprenticeship, "
                "notwithstanding differences between the administrative arrangements of their vocational institutions."
            ),
            "Employers’ organisations ought to be consulted.\nbefore standards are set;\nwhen they are reviewed.",
            (
                "Internationally comparable descriptions of occupations are indispensable for everybody who wants to "
                "recruit responsibly, and for everyone who applies for an advertised position from another country or "
                "continent."
            ),
        ],
        ("RT2", "Portable pensions"): [
            "Agreements should cover self-employed workers.",
            (
                "Interinstitutional communication between administrations should be uncomplicated and electronic "
                "wherever possible."
            ),
        ],
    },
    ["The Forum should keep its informal character."],
)

SPANISH = """
#align(center, text(15pt, weight: "bold")[Conclusiones de la Presidencia del FMMD 2045])

#text(12pt, weight: "bold")[Mesa redonda 1. Agua y migración]

*Principales recomendaciones*

#set enum(numbering: "a)")
+ Los gobiernos deberían incluir a las personas migrantes en los planes nacionales de abastecimiento y saneamiento,
  independientemente de su situación administrativa.
+ Se recomienda financiar infraestructuras transfronterizas.

#text(12pt, weight: "bold")[Mesa redonda 2. Ciudades]

*Principales recomendaciones*

+ Las municipalidades deberían empadronar a todas las personas que residan habitualmente en su territorio.
"""
SPANISH_EXPECTED = Expected(
    {
        ("RT1", "Agua y migración"): [
            (
                "Los gobiernos deberían incluir a las personas migrantes en los planes nacionales de abastecimiento y "
                "saneamiento, independientemente de su situación administrativa."
            ),
            "Se recomienda financiar infraestructuras transfronterizas.",
        ],
        ("RT2", "Ciudades"): [
            "Las municipalidades deberían empadronar a todas las personas que residan habitualmente en su territorio.",
        ],
    },
)

DOCUMENTS = [
    Document(
        "printed.pdf", pdf(ENGLISH, header="GFMD 2044 — Conclusions", language="en"), ENGLISH_EXPECTED, "en", 2044
    ),
    Document("impreso.pdf", pdf(SPANISH, header="FMMD 2045", language="es"), SPANISH_EXPECTED, "es", 2045),
]
