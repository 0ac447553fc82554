"""The handbook of staff, docs/handbook.md, as a page of the desk; and which of its sections helps on which page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import nh3
from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

HANDBOOK: Path = settings.BASE_DIR / "docs" / "handbook.md"
PICTURES: Path = settings.BASE_DIR / "docs" / "handbook"
MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False})
TAGS = set("a blockquote code em h2 h3 img li ol p strong table tbody td th thead tr ul".split())
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "h2": {"id"}, "h3": {"id"}}

START = "what-waits"
# By the end of an address's name: first what is done on a page, then whose list or form it is.
SECTIONS = {
    "password_change": "sign-in",
    "password_change_done": "sign-in",
    "followup_review": "review",
    "followup_publish": "review",
    "followup_return": "review",
    "followup_correct": "correct",
    "followup_retract": "correct",
    "followup_withhold": "correct",
    "followup_translate": "translations",
    "recommendation_assess": "assess",
    "recommendation_sheet": "assess",
    "recommendation_correct-words": "correct",
    "recommendation_withdraw": "correct",
    "translations": "translations",
    "translations_file": "translations",
    "_history": "what-happened",
    "auth_user_password_change": "who-may-do-what",
}
MODELS = {
    "followup": "log",
    "recommendation": "enter-a-forum",
    "roundtable": "enter-a-forum",
    "forum": "enter-a-forum",
    "referencealias": "enter-a-forum",
    "actor": "actors-themes-milestones",
    "membership": "actors-themes-milestones",
    "theme": "actors-themes-milestones",
    "milestone": "actors-themes-milestones",
    "documentimport": "enter-a-document",
    "diarynote": "diary-and-notes",
    "sheetimport": "spreadsheets",
    "recordevent": "what-happened",
    "auditevent": "what-happened",
    "user": "who-may-do-what",
    "group": "who-may-do-what",
}


def help_address(request: HttpRequest) -> str:
    """Return where the handbook speaks of the page that is asked for."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return f"{reverse('admin:handbook')}#{section_for(name or '')}"


def section_for(name: str) -> str:
    """Return the section that helps on the page whose address has this name."""
    for end, section in SECTIONS.items():
        if name.endswith(end):
            return section
    model = next((part for part in name.split("_") if part in MODELS), "")
    return MODELS.get(model, START)


@dataclass(frozen=True)
class Handbook:
    """The handbook as the desk shows it: its sections, each an anchor and a title, and its text."""

    sections: Sequence[tuple[str, str]]
    html: SafeString


@cache
def handbook() -> Handbook:
    """Read and render the handbook, once for the life of the process; it comes with the software."""
    tokens = MARKDOWN.parse(HANDBOOK.read_text(encoding="utf-8"))
    sections = list(_sections(tokens))
    for token in tokens:
        _lead_to_pictures(token.children or [])
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    cleaned = nh3.clean(html, tags=TAGS, clean_content_tags={"h1"}, attributes=ATTRIBUTES, link_rel=None)
    return Handbook(sections, mark_safe(cleaned))  # noqa: S308 (cleaned against the list above)


def _sections(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Give headings the anchors that they also have where Markdown is shown elsewhere; yield those of sections."""
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            anchor = slugify(words.content)
            heading.attrSet("id", anchor)
            if heading.tag == "h2":
                yield anchor, words.content


def _lead_to_pictures(tokens: Sequence[Token]) -> None:
    """Let pictures be fetched from the desk, and keep their place before they are there."""
    for token in tokens:
        if token.type == "image":
            name = Path(str(token.attrs["src"])).stem
            width, height = _size(name)
            token.attrs |= {"src": reverse("admin:handbook_picture", args=[name]), "width": width, "height": height}


def _size(name: str) -> tuple[int, int]:
    with Image.open(PICTURES / f"{name}.png") as picture:
        return picture.size


@require_safe
def handbook_view(request: HttpRequest) -> TemplateResponse:
    """Show the handbook."""
    context = {**admin.site.each_context(request), "title": _("Handbook"), "handbook": handbook()}
    return TemplateResponse(request, "admin/tracker/handbook.html", context)


@require_safe
def handbook_picture(request: HttpRequest, name: str) -> FileResponse:
    """Hand out one of the handbook's pictures."""
    picture = PICTURES / f"{name}.png"
    if not picture.is_file():
        raise Http404
    return FileResponse(picture.open("rb"), content_type="image/png")
