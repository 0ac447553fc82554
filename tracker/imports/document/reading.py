"""From a file, or a pasted text, to its outline. The format follows from the content, not from the name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.imports.confined import Usage, confined
from tracker.imports.document import facts, headings, natures, patterns
from tracker.imports.document.lines import Line, from_reader
from tracker.imports.document.outline import (
    Doubt,
    ForumFacts,
    FoundRecommendation,
    FoundRoundtable,
    FoundStatement,
    Outline,
    Proposal,
    Reading,
    Role,
    SourceLine,
)
from tracker.imports.document.paragraphs import furniture, paragraphs_of
from tracker.imports.document.plain_text import read_text
from tracker.imports.document.structure import Item, Part, Said, Structure, structure_of
from tracker.imports.formats import readers
from tracker.imports.formats.encodings import decoded

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_CHARACTERS = 2_000_000
MOST_PAGES = 500
OLE, ENCRYPTED_PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h1|table)\b", re.I | re.S
)
FIRST_LINES = 4
MARKDOWN = (".md", ".markdown")
WORD, SHEET = "word/document.xml", "xl/workbook.xml"


def read_document(
    content: bytes, name: str, language: str | None = None, year: int | None = None, *, usage: Usage | None = None
) -> Outline:
    """Return what is found in a document, without suggestions and without the database.

    ``name`` is that of its file, empty for pasted text; it says no more than that a text is Markdown. ``language`` and
    ``year`` go before what the document says of itself. ``usage`` tells what its reader took.

    Refuses: the codes that begin with ``file_`` (``errors``): what cannot, or may not, be read.
    """
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f"):
        raise Refused("file_empty")
    if len(content) > MOST_BYTES:
        raise Refused("file_too_large", most=MOST_BYTES // MEGABYTE)
    lines, shown, marked = _lines_of(content, name.lower(), usage or Usage())
    if sum(len(line.shown) for line in lines) > MOST_CHARACTERS:
        raise Refused("file_swells")
    dropped = furniture(lines)
    found = structure_of(paragraphs_of(lines, dropped, marked=marked))
    return _outline(found, shown, dropped, language=language, year=year)


def _lines_of(content: bytes, name: str, usage: Usage) -> tuple[list[Line], list[tuple[int, str]], bool]:
    """Return the lines, those to be shown by number, and whether stars and underlines in them are emphasis."""
    reader, options = _reader_of(content, name)
    if reader is None:
        lines = read_text(decoded(content))
        return lines, [(line.number, line.shown) for line in lines], True
    lines = from_reader(confined(reader, content, usage=usage, **options))
    if not lines:
        raise Refused("file_empty")
    if reader is readers.read_markdown:
        return lines, [(line.number, line.shown) for line in read_text(decoded(content))], False
    return lines, [(line.number, line.shown) for line in lines], False


def _reader_of(content: bytes, name: str) -> tuple[Any, dict[str, Any]]:
    """Return what reads the content in the confined child, and its options; none for plain text."""
    if content.startswith(OLE):
        encrypted = ENCRYPTED_PACKAGE in content
        raise Refused("file_encrypted") if encrypted else Refused("file_unknown", what=_("a file of an old Word"))
    if content.startswith(b"{\\rtf"):
        raise Refused("file_unknown", what="RTF")
    is_pdf, is_zip = b"%PDF-" in content[:1024], _ends_as_zip(content)
    if is_pdf and is_zip:
        raise Refused("file_two_in_one", one="PDF", other="ZIP")
    if is_pdf:
        return readers.read_pdf, {"most_pages": MOST_PAGES}
    if is_zip or content.startswith(b"PK\x03\x04"):
        return _package_reader(content), {}
    return _text_reader(content, name), {}


def _ends_as_zip(content: bytes) -> bool:
    return b"PK\x05\x06" in content[-65_600:]


def _package_reader(content: bytes) -> Any:
    """Return the reader of a package that begins as one and holds a document."""
    if not content.startswith(b"PK"):
        raise Refused("file_two_in_one", one=_("text or picture"), other="ZIP")
    if WORD.encode() in content:
        return readers.read_docx
    if SHEET.encode() in content:
        raise Refused("file_unknown", what=_("a spreadsheet"))
    if b"application/vnd.oasis.opendocument" in content[:200]:
        raise Refused("file_unknown", what=_("an OpenDocument file"))
    raise Refused("file_unknown", what=_("a ZIP file without a document"))


def _text_reader(content: bytes, name: str) -> Any:
    text = decoded(
        content[:65_536] if len(content) > 65_536 and content[:2] not in {b"\xff\xfe", b"\xfe\xff"} else content
    )
    if MARKUP.match(text):
        return readers.read_html
    return readers.read_markdown if name.endswith(MARKDOWN) else None


def _outline(
    found: Structure, shown: Sequence[tuple[int, str]], dropped: set[int], *, language: str | None, year: int | None
) -> Outline:
    parts = sorted(found.parts, key=lambda part: part.number)
    doubts = [*found.doubts, *_doubts_of(parts)]
    forum = _forum(found, shown, dropped, language=language, year=year)
    statements = tuple(_statement(said, found, forum.language) for said in found.said)
    closing = {f"S{number}" for number, one in enumerate(statements, 1) if one.proposed is Proposal.CLOSING_ITEM}
    if forum.year is None:
        doubts.append(Doubt(0, _("The document does not say which year's Forum it is.")))
    return Outline(
        forum=forum,
        roundtables=tuple(_roundtable(part) for part in parts),
        statements=statements,
        warnings=tuple(sorted(doubts, key=lambda doubt: doubt.line)),
        lines=tuple(_source_line(number, text, found, dropped, closing) for number, text in shown),
    )


def _roundtable(part: Part) -> FoundRoundtable:
    recommendations = tuple(_recommendation(number, item) for number, item in enumerate(part.items, 1))
    return FoundRoundtable(f"RT{part.number}", part.number, part.title, part.line, recommendations, part.named)


def _recommendation(number: int, item: Item) -> FoundRecommendation:
    notes = list(item.notes)
    own = re.search(r"\d+(?:\.\d+)*", item.paragraph.marker)
    if own and own.group() != str(number):
        notes.append(_("The document numbers it %(number)s.") % {"number": own.group()})
    emphasis = tuple(words for words in item.emphasis if words != item.text)
    line = item.paragraph.line
    return FoundRecommendation(number, item.text, line, tuple(notes), emphasis, context=item.context)


def _statement(said: Said, found: Structure, language: str) -> FoundStatement:
    paragraph = said.paragraph
    stated = FoundStatement(
        said.section or found.preamble.title,
        paragraph.text,
        paragraph.line,
        level=said.level,
        emphasis=paragraph.emphasis,
    )
    last = max((place for place, part in enumerate(found.parts, 1) if part.items), default=len(found.parts))
    closing = not said.in_roundtable and found.parts and said.after >= last and headings.is_closing(said.section)
    if not closing or said.level:
        return stated
    nature = natures.nature_of(paragraph.text, language)
    if natures.asks_something(nature):
        return replace(stated, proposed=Proposal.CLOSING_ITEM, reading=Reading(nature=nature))
    return replace(stated, untracked_reason=_("Nobody is asked to do anything."))


def _doubts_of(parts: Sequence[Part]) -> list[Doubt]:
    """Return what is unsure about roundtables: those without recommendations or title, numbers that are left out."""
    doubts = []
    if not any(part.items for part in parts):
        doubts.append(Doubt(0, _("No heading of recommendations with anything under it was found in a roundtable.")))
    for part in parts:
        named = {"code": f"RT{part.number}", "named": part.named}
        if not part.items:
            doubts.append(Doubt(part.line, _("No recommendations were found in %(named)s.") % named))
        if not part.title:
            doubts.append(Doubt(part.line, _("%(named)s has no title.") % named))
        doubts += _left_out(part)
    return doubts


def _left_out(part: Part) -> list[Doubt]:
    """Return a doubt for each number that a list of the roundtable jumps over."""
    doubts = []
    numbers = [(int(item.paragraph.marker.strip("().")), item) for item in part.items if _plain_number(item)]
    for (before, _item), (after, item) in pairwise(numbers):
        if after > before + 1:
            sentence = _("After number %(before)d comes %(after)d: was one left out?")
            doubts.append(Doubt(item.paragraph.line, sentence % {"before": before, "after": after}))
    return doubts


def _plain_number(item: Item) -> bool:
    return item.paragraph.marker.strip("().").isdecimal()


def _forum(found: Structure, shown: Sequence[tuple[int, str]], *, language: str | None, year: int | None) -> ForumFacts:
    texts = [text.strip() for _number, text in shown if text.strip()]
    title = found.preamble.title or _title_of_pages(shown, dropped)
    occasion = found.preamble.occasion
    told = year or facts.year_of(title, (occasion, *texts[:FIRST_LINES]), texts)
    opens_on, closes_on = facts.days_of(texts, told)
    sections = [section for said in found.said if (section := said.section)]
    outside = [said for said in found.said if not said.in_roundtable]
    return ForumFacts(
        title=title,
        occasion=occasion,
        central_theme=found.theme,
        year=told,
        language=language or facts.language_of(" ".join(texts)),
        host_city=facts.host_of(sections, texts),
        opens_on=opens_on,
        closes_on=closes_on,
        figures=facts.figures_of(outside),
        contributors=facts.contributors_of(outside),
    )


def _source_line(number: int, text: str, found: Structure, dropped: set[int], closing: set[str]) -> SourceLine:
    if not text.strip():
        return SourceLine(number, text, Role.BLANK)
    if number in dropped:
        return SourceLine(number, text, Role.FURNITURE)
    role, about = found.roles.get(number, (Role.PASSED_OVER, ""))
    if role is Role.STATEMENT and about in closing:
        role = Role.CLOSING_ITEM
    return SourceLine(number, text, role, about)
