"""Setting type: tagged documents with title and language, in which no text is source and every sign is legible."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import pdfs
from tests.odd_records import ARABIC, CHINESE, LONG_TEXT
from tracker.report.pdf import has_glyph, legible, plain, typeset

SOURCE = b'#import "/report/house.typ": *\n#show: house\n= #data.title\n#data.words\n'
ABOUT = {"title": "A title", "name": "Tracker", "header": "As of today", "address": "https://example.org/report/?a=1"}


@pytest.fixture
def note(tmp_path: Path) -> Callable[..., bytes]:
    """Set a title and some words."""
    template = tmp_path / "note.typ"
    template.write_bytes(SOURCE)

    def set_type(words: str, language: str = "en") -> bytes:
        return typeset(template, {**ABOUT, "words": words}, language)

    return set_type


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_document_is_tagged_and_has_title_and_language(note, language):
    found = pdfs.told(note("Some words.", language))
    assert (found["title"], found["language"], found["tagged"], found["standard"]) == ("A title", language, True, True)
    assert {"/Document", "/H1", "/P"} <= found["tags"]


@pytest.mark.parametrize(
    "text",
    [
        '#let x = 1; #sys.inputs #panic("no") #import "/etc/passwd": *',
        "$ x^2 $ *bold* _low_ `raw` @reference <label> = Heading\\n- item + item / term: x",
        "back\\slash \\u{1F600} // no comment /* nor this */ ~ -- --- ... 'single' \"double\" [content] {code}",
        "<script>alert(1)</script> & &amp; %s %(name)s {{ name }} {% now %}",
    ],
)
def test_a_text_is_shown_as_it_is(note, text):
    assert pdfs.squeezed(text) in pdfs.joined(note(text))


def test_a_long_text_is_shown_whole(note):
    assert pdfs.joined(note(LONG_TEXT)).count("Governments") == LONG_TEXT.count("Governments")


def test_a_word_that_no_line_holds_is_broken(note):
    assert "x" * 4000 in pdfs.joined(note("x" * 4000))


@pytest.mark.parametrize("text", [ARABIC, CHINESE])
def test_signs_without_letters_are_left_out_and_the_document_says_so(note, text):
    shown = pdfs.words(note(f"Before {text} after."))
    assert "Before …" in shown
    assert "stands for signs that this document has no letters for" in shown


def test_a_document_that_leaves_nothing_out_does_not_say_so(note):
    assert "no letters for" not in pdfs.words(note("Señor Müller, Łódź, Ελλάδα, Москва … “quoted”"))


def test_a_run_of_missing_signs_is_left_out_once():
    assert legible("a 中文 字 b 国 c") == ("a … b … c", 2)


def test_signs_that_only_steer_others_go():
    assert plain({"words": ["a\u202eb\u200f\x07", ("e\u0301",)], "number": 1}) == {"words": ["ab", ["é"]], "number": 1}


@pytest.mark.parametrize(("sign", "known"), [("é", True), ("ñ", True), (" ", True), ("…", True), ("中", False)])
def test_which_signs_have_letters(sign, known):
    assert has_glyph(sign) is known
