"""The tokens of the style sheet: contrast of every colour on every ground, in both schemes (WCAG 1.4.3, 1.4.11)."""

import re
from itertools import product

import pytest
from django.conf import settings

from tracker.models import Status

SHEET = (settings.BASE_DIR / "tracker" / "static" / "tracker" / "site.css").read_text()
PAIRS = dict(re.findall(r"--([\w-]+): (light-dark\(#\w{6}, #\w{6}\));", SHEET))
GROUNDS = ["paper", "wash"]
WORDS = ["ink", "soft", "accent", "dropped"]
MARKS = ["implemented", "partial", "progress", "ongoing", "over", "dropped", "none", "edge"]
SCHEMES = {"light": 0, "dark": 1}


SHEETS = sorted((settings.BASE_DIR / "tracker" / "static" / "tracker").glob("*.css"))
# What is on the left in English is on the right in Arabic.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right)\b[\w-]*:"
)
ASIDE = re.compile(r"(?:text-align|float|clear): *(?:left|right)\b")


def colour(name: str, scheme: str) -> str:
    return re.findall(r"#\w{6}", PAIRS[name])[SCHEMES[scheme]]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_have_a_contrast_of_four_and_a_half(scheme):
    pairs = [*product(WORDS, GROUNDS), ("on-accent", "accent")]
    weak = [pair for pair in pairs if contrast(colour(pair[0], scheme), colour(pair[1], scheme)) < 4.5]
    assert weak == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_and_edges_have_a_contrast_of_three(scheme):
    weak = [pair for pair in product(MARKS, GROUNDS) if contrast(colour(pair[0], scheme), colour(pair[1], scheme)) < 3]
    assert weak == []


def test_every_status_has_its_colour_mark_and_fill():
    sprite = (settings.BASE_DIR / "templates" / "includes" / "sprite.html").read_text()
    for status in Status:
        assert f".is-{status.token}" in SHEET
        assert f'id="mark-{status.token}"' in sprite
        assert f'id="fill-{status.token}"' in sprite


def test_layers_are_declared_in_their_order():
    assert "@layer reset, tokens, base, layout, parts, print;" in SHEET


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_knows_left_or_right(sheet):
    text = sheet.read_text()
    assert PHYSICAL.findall(text) + ASIDE.findall(text) == []


@pytest.mark.parametrize(
    "style",
    ["margin-left: 0", "padding-right:1px", "left: 0", "border-left-color: red", "text-align: right", "float: left"],
)
def test_a_style_that_knows_left_or_right_is_found(style):
    text = f"a {{ {style} }}"
    assert PHYSICAL.findall(text) or ASIDE.findall(text)
