"""Texts of the record as HTML, wherever they are shown: their Markdown, and their language where it is another one."""

import re

import nh3
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from tracker.models import Told

# Headings, tables, images and code have no place in an entry: what looks like one stays text.
MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False}).disable(
    ["heading", "lheading", "table", "hr", "fence", "code", "image", "html_block", "html_inline"]
)
TAGS = {"p", "br", "ul", "ol", "li", "em", "strong", "a", "blockquote"}
SCHEMES = {"http", "https", "mailto"}
# One paragraph of letters, digits and marks that mean nothing to Markdown or HTML; it begins with a letter, as no list
# does. Most texts are so, and parsing one takes as long as all else that is told of its entry.
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:()/%?’'“”«»–—…-])*(?<! )")
FOREIGN = '<span lang="{}" dir="auto">{}</span> <span class="foreign">({})</span>'


def markdown(text: str) -> SafeString:
    """Render paragraphs, lists, emphasis, quotations and links; everything else stays text (two independent guards)."""
    if PLAIN.fullmatch(text):
        return mark_safe(f"<p>{text}</p>\n")  # noqa: S308 (nothing in it has a meaning)
    html = nh3.clean(
        MARKDOWN.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 (cleaned against the list above)


def told(text: Told) -> SafeString:
    """Show words with their language and a mark, where they are not in that of the page."""
    if text and text.is_foreign:
        return format_html(FOREIGN, text.language, text.words, text.mark)
    return conditional_escape(text.words)
