"""What opens each format. Runs in the confined child: nothing of Django's models, nothing that is slow to import.

Each yields lines, as ``document.lines.from_reader`` takes them.
"""

from collections.abc import Iterator
from typing import IO, Any

from tracker.errors import Refused
from tracker.imports.formats.encodings import decoded
from tracker.imports.formats.html import lines_of


def read_html(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a web page."""
    yield from lines_of(decoded(file.read()))


def read_markdown(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a Markdown file, with their numbers in it."""
    from markdown_it import MarkdownIt

    text = decoded(file.read())
    parser = MarkdownIt("js-default", {"html": False, "breaks": True, "linkify": False}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(token.map[0] + 1))
    yield from lines_of(parser.renderer.render(tokens, parser.options, {}), numbered=True)


def read_docx(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs of a DOCX file. Refuses what ``check_package`` refuses."""
    import mammoth

    from tracker.imports.formats.package import check_package

    check_package(file)
    file.seek(0)
    told = mammoth.convert_to_html(
        file, style_map=STYLES, convert_image=lambda image: [], include_embedded_style_map=False
    )
    yield from lines_of(told.value)


STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        *(f"p[style-name='{word} {n}'] => h{n}:fresh" for n in (1, 2, 3, 4) for word in ("Titre", "Título", "Titulo")),
    ]
)


def read_pdf(file: IO[bytes], *, most_pages: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a PDF. Refuses: ``file_encrypted``, ``file_pages``, ``file_without_text``."""
    import pypdfium2

    from tracker.imports.formats.pdf import lines_of_pages

    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise Refused("file_encrypted" if "password" in str(error).lower() else "file_broken") from error
    if len(document) > most_pages:
        raise Refused("file_pages", pages=len(document), most=most_pages)
    found = list(lines_of_pages(document))
    if not found:
        raise Refused("file_without_text")
    yield from found
