"""Markup and scripts in every text field of every form of the desk are inert wherever they appear (issue 4, Done 4).

The fields are read from the forms themselves: a new one is tried by itself, and a new form without a row fails here.
"""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import UsernameField
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin_desk import Desk, sent_by
from tracker import actions
from tracker.forms import WhenField
from tracker.models import FollowUp, Recommendation

pytestmark = pytest.mark.django_db

# Longest first: a field gets what fits into it.
MARKS = (
    "\"'><script>u()</script>[x](javascript:u()) <img src=x onerror=u()>",
    "\"'><script>u()</script>",
    "<script>",
    "<b>",
)
MARKED = re.compile(r"&lt;script&gt;|&quot;&#x27;&gt;|\\u003[Cc]script")
# Fields that take no free text refuse it beside themselves.
OF_ONE_FORM = (forms.URLField, forms.SlugField, forms.EmailField, UsernameField, WhenField)


class _Markup(HTMLParser):
    """Notes every element and attribute that could run what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            address = re.sub(r"[\s\0]", "", value or "").lower()
            runs = name.startswith("on") or address.startswith(("javascript:", "data:text/html", "vbscript:"))
            self.alive += [f"<{tag} {name}={value!r}>"] if runs else []
        self.alive += [f"<{tag} src=x>"] if ("src", "x") in attrs else []


def alive(answer: HttpResponse) -> list[str]:
    """Return what of an answer a browser would run. What is no page is not taken for one."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return [] if answer.headers["X-Content-Type-Options"] == "nosniff" else ["may be taken for a page"]
    page = answer.content.decode()
    parser = _Markup()
    parser.feed(page)
    return parser.alive + (["<script>u()"] if "<script>u()" in page else [])


def test_what_would_run_is_seen() -> None:
    living = '<p><script>u()</script><a href=" java\tscript:u()">x</a><img src=x onerror="u()"></p>'
    assert len(alive(HttpResponse(living))) == 4
    assert alive(HttpResponse("&lt;script&gt;u()&lt;/script&gt;<a href='https://x.example/?javascript:'>")) == []


@pytest.fixture
def world() -> dict[str, Model]:
    """Return an object for each form of the desk, with a row in each of its inlines."""
    actor, theme = factories.ActorFactory(), factories.ThemeFactory()
    factories.ForumChairFactory(actor=actor)
    for row in ("ForumFigure", "Conclusion", "ForumContributor", "ReportedTheme", "ForumSource"):
        getattr(factories, f"{row}Factory")()
    earlier = factories.published_recommendation()
    recommendation = factories.RecommendationFactory(addressed=[actor], themes=[theme])
    factories.ReiterationFactory(later=recommendation, earlier=earlier)
    entry = factories.FollowUpFactory(recommendation=recommendation, actor=actor, partners=[factories.ActorFactory()])
    return {
        "forum": factories.usual_forum(),
        "roundtable": factories.usual_roundtable(),
        "recommendation": recommendation,
        "followup": entry,
        "actor": actor,
        "membership": factories.MembershipFactory(member=actor),
        "theme": theme,
        "milestone": factories.MilestoneFactory(forum=factories.usual_forum()),
        "referencealias": factories.ReferenceAliasFactory(recommendation=earlier),
        "diarynote": factories.DiaryNoteFactory(),
        "user": factories.EditorFactory(),
    }


@pytest.fixture
def desk() -> Desk:
    return Desk(factories.SuperuserFactory())


def text_fields(page: Any) -> dict[str, forms.CharField]:
    """Return the fields of a page's form, its rows included, into which text is typed, by their names in the form."""
    sheets = [page.context["adminform"].form]
    sheets += [row for inline in page.context["inline_admin_formsets"] for row in inline.formset.forms]
    return {
        sheet.add_prefix(name): field
        for sheet in sheets
        for name, field in sheet.fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden and not field.disabled
    }


def mark_for(field: forms.CharField) -> str:
    longest = field.max_length or 1000
    return next((mark for mark in MARKS if len(mark) <= longest), "<b>"[:longest])


def refused_fields(page: Any) -> set[str]:
    """Return the names in the form of the fields that were refused."""
    sheets = [page.context["adminform"].form]
    sheets += [row for inline in page.context["inline_admin_formsets"] for row in inline.formset.forms]
    return {sheet.add_prefix(name) for sheet in sheets for name in sheet.errors}


def plant(desk: Desk, name: str, key: int) -> set[str]:
    """Type into every text field of a form, and return those that kept it.

    What takes no free text refuses it, inertly, and is left as it was.
    """
    page = desk.open(f"{name}_change", key)
    assert alive(page) == []
    before, typed = sent_by(page), {field: mark_for(of) for field, of in text_fields(page).items()}
    answer = desk.send(f"{name}_change", key, typed={**before, **typed})
    refused: set[str] = set()
    if answer.status_code == 200:
        assert alive(answer) == []
        assert MARKED.search(answer.content.decode()), name
        refused = refused_fields(answer)
        fields = text_fields(answer)
        assert [field for field in refused if not isinstance(fields[field], OF_ONE_FORM)] == []
        kept = {field: text for field, text in typed.items() if field not in refused}
        answer = desk.send(f"{name}_change", key, typed={**before, **kept})
    assert answer.status_code == 302, (name, answer.context["adminform"].form.errors)
    return typed.keys() - refused


def test_every_form_is_tried(desk: Desk, world: dict[str, Model]) -> None:
    request = desk.open("forum_changelist").wsgi_request  # type: ignore[attr-defined]
    editable = {
        model._meta.model_name
        for model, of in admin.site._registry.items()
        if model._meta.app_label == "tracker" and of.has_add_permission(request)
    }
    with_pages_of_their_own = {"documentimport", "sheetimport"}  # their texts are tested with those pages
    assert editable - with_pages_of_their_own == set(world)


def addresses(page: str) -> set[str]:
    """Return the links of a page to other pages of the site, but for those that only sort or narrow a list."""
    return {
        link
        for link in re.findall(r'href="(/[^"?#]*)["#]', page)
        if not re.match(r"/(static|files)/|/admin/(logout|jsi18n)|/admin/tracker/followup/evidence/", link)
    }


def crawl(client: Client, *starts: str) -> dict[str, Any]:
    """Return every page that links lead to from where one starts."""
    pages: dict[str, Any] = {}
    waiting = set(starts)
    while waiting:
        address = waiting.pop()
        answer = client.get(address, follow=True)
        pages[address] = answer
        if "text/html" in answer.headers["Content-Type"]:
            waiting |= addresses(answer.content.decode()) - pages.keys()
    return pages


def publish(desk: Desk, recommendation: Recommendation, entry: FollowUp) -> FollowUp:
    """Put what was planted on the record, with reasons as bad; return an entry that was taken back."""
    text = MARKS[0]
    actions.publish_recommendation(recommendation, by=desk.user)
    published = actions.publish(entry, by=desk.user)
    actions.assess(
        published.recommendation,
        by=desk.user,
        status="in_progress",
        standing="provisional",
        reasoning=text,
        remaining=text,
        occurred_from=published.occurred_from,
        rests_on=[published],
    )
    other = factories.published_entry(recommendation=published.recommendation, actor=published.actor)
    actions.correct_official_text(published.recommendation, by=desk.user, text=f"{text}.", sic=text, reason=text)
    reported = actions.submit(
        factories.ReportFactory(recommendation=published.recommendation, actor=published.actor, title=text),
        by=factories.EditorFactory(),
    )
    actions.return_to_author(reported, by=desk.user, reason=text)
    return actions.retract(other, by=desk.user, reason=text)


def test_text_is_inert_in_every_form_and_on_every_page(desk: Desk, world: dict[str, Model]) -> None:
    planted = {name: plant(desk, name, row.pk) for name, row in world.items()}
    assert {name for name, fields in planted.items() if not fields} == {"membership"}
    taken_back = publish(desk, Recommendation.objects.get(pk=world["recommendation"].pk), FollowUp.objects.get())
    mark = reverse("recommendation", args=[taken_back.recommendation.reference])
    pages = crawl(desk.client, "/", "/admin/", mark, "/sitemap.xml", *(f"{mark}cite.{kind}" for kind in ("bib", "ris")))
    assert {address: found for address, page in pages.items() if (found := alive(page))} == {}
    told = {address: page for address, page in pages.items() if not page.streaming}  # files are never shown
    showing = {address for address, page in told.items() if MARKED.search(page.content.decode(errors="replace"))}
    assert {"/", "/admin/", mark, "/forums/2010/", "/updates/"} <= showing
    for name, row in world.items():
        assert desk.address(f"{name}_change", row.pk) in showing, name
    with_texts = {name for name, fields in planted.items() if fields} - {"user"}
    assert {name for name in with_texts if desk.address(f"{name}_history", world[name].pk) not in showing} == set()
