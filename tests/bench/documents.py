"""``python -m tests.bench.documents``: how long a document of sixty pages takes to be read, in each format.

Three times each, after one that is not counted; the middle one is printed, with the memory of the process that reads.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

from tests.bench.tables import keep

PAGES = 60
LINES = 40
TIMES = 3
BUDGET = 2
"""Seconds."""
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


def measured() -> Iterator[str]:
    """Yield a row for each format."""
    from tracker.imports.confined import Usage
    from tracker.imports.document import Known, read_document, with_readings

    for name, content in (("text", as_text()), ("docx", as_docx()), ("pdf", as_pdf())):
        taken = []
        for _time in range(TIMES + 1):
            usage, begun = Usage(), time.perf_counter()
            outline = with_readings(read_document(content, f"sixty.{name}", usage=usage), Known())
            taken.append(time.perf_counter() - begun)
        median = statistics.median(taken[1:])
        memory = usage.memory // 1024**2 or "–"
        kept = "yes" if median <= BUDGET else "**no**"
        yield f"| {name} | {len(outline.recommendations)} | {median:.2f} | {memory} | {kept} |"


def main() -> None:
    """Print a row for each format; with ``--keep FILE`` put the table into that file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.documents")
    parser.add_argument("--keep", help="a file to put the table into")
    asked = parser.parse_args()
    head = [
        "## A document of sixty pages",
        "",
        f"| format | recommendations | seconds, budget {BUDGET} | memory of the reader (MB) | kept |",
        "|---|---:|---:|---:|---|",
    ]
    text = "\n".join([*head, *measured(), ""])
    sys.stdout.write(text)
    if asked.keep:
        keep(Path(asked.keep), text)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gfmd.settings")
    django.setup()
    main()
