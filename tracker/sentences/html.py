"""Texts of the record as HTML, wherever they are shown: their Markdown, and their language where it is another one."""

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
FOREIGN = '<span lang="{}" dir="auto">{}</span> <span class="foreign">({})</span>'


def markdown(text: str) -> SafeString:
    """Render paragraphs, lists, emphasis, quotations and links; everything else stays text (two independent guards)."""
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
