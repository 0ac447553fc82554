"""The text of an entry without the signs of Markdown."""

import pytest

from tracker.exports.plain_text import paragraphs


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("", []),
        ("One.\n\nTwo, *with* **weight**.", ["One.", "Two, with weight."]),
        ("- one\n- two", ["• one", "• two"]),
        ("1. one\n2. two", ["1. one", "2. two"]),
        ("One\nline.", ["One\nline."]),
        ("See [the law](https://example.org/law).", ["See the law (https://example.org/law)."]),
        ("<https://example.org/law>", ["https://example.org/law"]),
        ("# <b>No heading</b> | no table", ["# <b>No heading</b> | no table"]),
        ("> Quoted.", ["Quoted."]),
    ],
)
def test_what_is_told(markdown, told):
    assert paragraphs(markdown) == told
