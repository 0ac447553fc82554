"""Hostile files: each is refused with a sentence, or read safely, on the real readers; time and memory are watched."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.documents import hostile, word
from tracker.errors import Refused
from tracker.imports.confined import Usage
from tracker.imports.document.outline import Outline
from tracker.imports.document.reading import MOST_BYTES, read_document

MOST_SECONDS, MOST_MEMORY = 10, 300 * hostile.MEGABYTE
REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("bomb.docx", hostile.bomb, "file_swells", "unpacks to more than can be read safely"),
    ("lying.docx", hostile.lying_bomb, "file_broken", "damaged"),
    ("entities.docx", hostile.entities, "file_with_entities", "declares XML entities"),
    ("encrypted.docx", hostile.encrypted_docx, "file_encrypted", "save it without a password"),
    ("member.docx", hostile.encrypted_member, "file_encrypted", "save it without a password"),
    ("encrypted.pdf", hostile.encrypted_pdf, "file_encrypted", "save it without a password"),
    ("pages.pdf", lambda: hostile.pages(10_000), "file_pages", "has 10000 pages, more than 500"),
    ("swelling.pdf", hostile.swelling_pdf, "file_swells", "unpacks to more"),
    ("picture.pdf", hostile.picture_pdf, "file_without_text", "pictures of pages"),
    ("cut.pdf", lambda: hostile.pages(3)[:200], "file_broken", "damaged"),
    ("cut.docx", lambda: word.STYLED[:900], "file_broken", "damaged"),
    ("polyglot.pdf", hostile.polyglot, "file_two_in_one", "a ZIP file and something else at once"),
    ("hidden.txt", hostile.hidden_zip, "file_two_in_one", "a ZIP file and something else at once"),
    ("sheet.docx", hostile.spreadsheet, "file_spreadsheet", "This is a spreadsheet"),
    ("picture.zip", hostile.stored_zip, "file_other_zip", "without a document"),
    ("nul.txt", lambda: b"Roundtable 1.\n\nA \0 byte", "file_not_text", "line 3 holds what is no text"),
    ("rubbish.txt", lambda: hostile.EICAR_LIKE, "file_not_text", "This is not text"),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "file_old_word", "an old Word"),
    ("rich.rtf", lambda: b"{\\rtf1 Roundtable 1}", "file_rtf", "This is an RTF file"),
    ("empty.txt", lambda: b"", "file_empty", "This file is empty"),
    ("blank.txt", lambda: b"\xef\xbb\xbf \r\n\t\r\n", "file_empty", "This file is empty"),
    ("huge.txt", lambda: b"x" * (MOST_BYTES + 1), "file_too_large", "larger than 20 MB"),
    ("long.txt", lambda: b"Roundtable 1\n" * 300_000, "file_swells", "unpacks to more"),
    ("lines.txt", lambda: b"a\n" * 20_001, "file_swells", "unpacks to more"),
    ("lines.md", lambda: b"a\n" * 20_001, "file_swells", "unpacks to more"),
    ("lines.html", lambda: b"<p>a" * 20_001, "file_swells", "unpacks to more"),
]


def read(content: bytes, name: str) -> tuple[Outline | None, Refused | None]:
    """Read a file as anyone would; it must neither take long nor need much memory, whatever comes of it."""
    usage, begun = Usage(), time.monotonic()
    try:
        outline, refused = read_document(content, name, usage=usage), None
    except Refused as refusal:
        outline, refused = None, refusal
    assert time.monotonic() - begun < MOST_SECONDS + 1
    assert usage.memory <= MOST_MEMORY
    return outline, refused


@pytest.mark.parametrize(("name", "made", "code", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_file_is_refused_with_a_sentence(name: str, made: Callable[[], bytes], code: str, words: str) -> None:
    _outline, refused = read(made(), name)
    assert refused is not None
    assert refused.code == code
    assert words in str(refused)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that nobody may ask anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


def address_of(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}/evil"


def test_template_and_pictures_elsewhere_are_not_fetched(listener: socket.socket) -> None:
    outline, _refused = read(hostile.remote_template(address_of(listener)), "remote.docx")
    assert outline is not None
    assert [one.text for one in outline.recommendations] == ["Templates should be attached."]


def test_external_entity_is_not_fetched(listener: socket.socket) -> None:
    _outline, refused = read(hostile.external_entity(address_of(listener)), "external.docx")
    assert refused is not None
    assert refused.code == "file_with_entities"


def test_scripts_of_a_pdf_are_not_run() -> None:
    outline, _refused = read(hostile.script_pdf(), "script.pdf")
    assert outline is not None
    assert [part.title for part in outline.roundtables] == ["Pages"]


@pytest.mark.parametrize("name", ["stray.txt", "stray.md", "stray.html"])
def test_control_characters_are_no_words(name: str) -> None:
    outline, _refused = read(b"<p>" * name.endswith("html") + b"Roundtable 1: Ti\x07t\x1ble\x08", name)
    assert outline is not None
    assert ([part.title for part in outline.roundtables], "\x07" in outline.lines[0].text) == (["Title"], False)


def test_lines_of_a_page_are_numbered_here_whatever_it_says_of_them() -> None:
    outline, _refused = read(b'<p data-line="x">Roundtable 1: Lines</p><p data-line="1">They were drawn.</p>', "a.html")
    assert outline is not None
    assert [(line.number, line.text) for line in outline.lines] == [(1, "Roundtable 1: Lines"), (2, "They were drawn.")]


def test_deep_html_is_read() -> None:
    outline, _refused = read(hostile.deep_html(), "deep.html")
    assert outline is not None


def test_long_lines_are_read_in_time() -> None:
    outline, _refused = read(hostile.long_lines(), "long.txt")
    assert outline is not None


@pytest.mark.parametrize("name", hostile.SLOW)
def test_text_that_made_a_rule_slow_is_read_in_time(name: str) -> None:
    outline, _refused = read(hostile.SLOW[name].encode(), name)
    assert outline is not None


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b\\c", "x" * 5000, "con.docx\0.txt"])
def test_name_of_a_file_leads_nowhere(name: str) -> None:
    outline, _refused = read(b"Roundtable 1. Names\n\nRecommendations\n\n- Names should be short.", name)
    assert outline is not None
    assert [one.text for one in outline.recommendations] == ["Names should be short."]
