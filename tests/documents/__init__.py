"""Documents as Chairs might write them, for the tests of the importer: what each looks like, and what is in it.

``texts`` has those of plain text, ``marked`` Markdown and HTML, ``word`` DOCX, ``printed`` PDF; ``unseen`` those to
which nothing was tuned; ``hostile`` files that are no documents. All of them are invented.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Expected:
    """What is in a document: per roundtable its code, title and recommendations; items of the closing part."""

    roundtables: dict[tuple[str, str], list[str]]
    closing: list[str] = field(default_factory=list)
    statements: list[tuple[str, str]] | None = None
    """Section and text of the other statements, where the test looks at them."""


@dataclass(frozen=True)
class Document:
    """A document, the name of its file, and what is in it."""

    name: str
    content: bytes
    expected: Expected
    language: str = "en"
    year: int | None = None
