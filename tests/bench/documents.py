"""``python -m tests.bench.documents``: how long a document of sixty pages takes to be read, in each format.

Three times each, after one that is not counted; the middle one is printed, with the memory of the process that reads.
"""

import os
import statistics
import sys
import time

import django

PAGES = 60
LINES = 40
TIMES = 3
SENTENCE = (
    "Governments should recognise the qualifications of migrant workers within three months, together with the "
    "organisations of employers and of workers, and publish each year how many were recognised."
)


def parts() -> list[tuple[str, list[str]]]:
    """Return titles of roundtables, each with its recommendations: about sixty pages in all."""
    each = PAGES * LINES // (3 * 20)
    return [(f"Roundtable {number}: Subject {number}", [SENTENCE] * each) for number in range(1, 21)]


def as_text() -> bytes:
    """Return them as plain text."""
    blocks = (
        "\n".join([title, "", "Recommendations", "", *(f"- {one}" for one in items), ""]) for title, items in parts()
    )
    return "\n".join(["Conclusions of the 2060 GFMD Chair", "", *blocks]).encode()


def as_docx() -> bytes:
    """Return them as DOCX."""
    from tests.documents.word import docx, p

    body = [p("Conclusions of the 2060 GFMD Chair", "Title")]
    for title, items in parts():
        body += [p(title, "H1"), p("Recommendations", "H2"), *(p(one, bullet=0) for one in items)]
    return docx(*body)


def as_pdf() -> bytes:
    """Return them as PDF."""
    from tests.documents.printed import pdf

    blocks = (
        "\n".join([f"== {title}", "=== Recommendations", *(f"- {one}" for one in items)]) for title, items in parts()
    )
    return pdf("= Conclusions of the 2060 GFMD Chair\n" + "\n".join(blocks), header="GFMD 2060", language="en")


def main() -> None:
    """Print a row for each format."""
    from tracker.imports.confined import Usage
    from tracker.imports.document import Known, read_document, with_readings

    sys.stdout.write("| format | recommendations | seconds | memory of the reader, MB |\n|---|---|---|---|\n")
    for name, content in (("text", as_text()), ("docx", as_docx()), ("pdf", as_pdf())):
        taken = []
        for _time in range(TIMES + 1):
            usage, begun = Usage(), time.perf_counter()
            outline = with_readings(read_document(content, f"sixty.{name}", usage=usage), Known())
            taken.append(time.perf_counter() - begun)
        row = [
            name,
            len(outline.recommendations),
            f"{statistics.median(taken[1:]):.2f}",
            usage.memory // 1024**2 or "-",
        ]
        sys.stdout.write(f"| {' | '.join(str(cell) for cell in row)} |\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gfmd.settings")
    django.setup()
    main()
