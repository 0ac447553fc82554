"""A Chair's document: what is found in it, and how each item is likely to be read. Nothing is written here.

Read: ``outline`` (what is found), ``reading`` (from bytes to an outline), ``lines`` and ``paragraphs`` (the one form of
all formats), ``patterns`` and ``headings`` (the words of Chairs), ``structure`` (the machine that knows where it is),
``cues`` and ``suggesting`` (readings). Formats are opened by ``tracker.imports.formats``, in a confined child.
"""

from tracker.imports.confined import Usage
from tracker.imports.document.known_here import known_here
from tracker.imports.document.outline import Outline
from tracker.imports.document.reading import read_document
from tracker.imports.document.suggesting import Known, with_readings

__all__ = ["Known", "Outline", "Usage", "known_here", "read_document", "recognise", "with_readings"]


def recognise(content: bytes, name: str, *, language: str | None = None, year: int | None = None) -> Outline:
    """Return what is found in a document, with suggestions from what this installation knows.

    ``content`` is that of a file, or pasted text as UTF-8; ``name`` that of the file, or empty. Refuses as
    ``read_document`` does, with a code that begins with ``file_``.
    """
    outline = read_document(content, name, language, year)
    return with_readings(outline, known_here(outline.forum.year))
