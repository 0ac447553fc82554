"""Every address × method × role, enumerated from the resolver and held against the tables below.

A new address without a row fails here: decide who may reach it, then say so.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import factories
from tracker.models import FollowUp, User

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
# What the public may see, with the answer to a GET. Nothing there takes any other method.
PUBLIC = {
    "overview": 200,
    "forums": 200,
    "forum": 200,
    "roundtable": 200,
    "recommendations": 200,
    "recommendations_file": 200,
    "recommendation": 200,
    "recommendation_file": 200,
    "overview_picture": 200,
    "forum_picture": 200,
    "roundtable_picture": 200,
    "recommendation_picture": 200,
    "actor_picture": 200,
    "theme_picture": 200,
    "milestone_picture": 200,
    "cite_bibtex": 200,
    "cite_ris": 200,
    "cite_csl": 200,
    "cite_record_bibtex": 200,
    "cite_record_ris": 200,
    "cite_record_csl": 200,
    "calendar": 200,
    "roundtable_embed": 200,
    "roundtable_drawing": 200,
    "oembed": 400,  # without an address
    "entry": 302,
    "actors": 200,
    "actors_file": 200,
    "actor": 200,
    "theme": 200,
    "milestone": 200,
    "updates": 200,
    "updates_file": 200,
    "updates_feed": 200,
    "recommendations_feed": 200,
    "recommendation_feed": 200,
    "roundtable_feed": 200,
    "forum_feed": 200,
    "actor_feed": 200,
    "theme_feed": 200,
    "report": 200,
    "report_pdf": 302,  # without parameters: to the form
    "about": 200,
    "methodology": 200,
    "accessibility": 200,
    "data": 200,
    "heads": 200,
    "dump": 404,  # none was made here
    "verify.py": 200,
    "record.md": 200,
    "dump.md": 200,
    "api_index": 200,
    "api_docs": 200,
    "api_schema": 200,
    "api_forums": 200,
    "api_forum": 200,
    "api_roundtables": 200,
    "api_roundtable": 200,
    "api_recommendations": 200,
    "api_recommendation": 200,
    "api_entries": 200,
    "api_entry": 200,
    "api_actors": 200,
    "api_actor": 200,
    "api_themes": 200,
    "api_theme": 200,
    "api_milestones": 200,
    "api_milestone": 200,
    "api_events": 200,
    "api_event": 200,
    "api_progress": 400,  # it needs a Forum
    "styleguide": 404,  # only with DEBUG
    "without_prefix": 301,
    "icon": 302,
    "robots": 200,
    "sitemap": 200,
    "sitemap_section": 200,
    "evidence_file": 404,  # this record holds no file
}
# Pages of the desk beside the ones Django makes for each model: who gets in with a GET.
EVERY_STAFF = {"editor", "reviewer", "administrator", "superuser"}
REVIEWERS = {"reviewer", "administrator", "superuser"}
ADMINISTRATORS = {"administrator", "superuser"}
SUPERUSERS = {"superuser"}
DESK_PAGES = {
    "tracker_followup_translate": EVERY_STAFF,
    "tracker_followup_preview": EVERY_STAFF,
    "tracker_followup_markdown": EVERY_STAFF,
    "tracker_followup_submit": EVERY_STAFF,
    "tracker_followup_also": EVERY_STAFF,
    "tracker_followup_publish": REVIEWERS,
    "tracker_followup_return": REVIEWERS,
    "tracker_followup_review": REVIEWERS,
    "tracker_followup_correct": REVIEWERS,
    "tracker_followup_retract": REVIEWERS,
    "tracker_followup_withhold": ADMINISTRATORS,
    "tracker_followup_evidence": EVERY_STAFF,
    "tracker_recommendation_assess": REVIEWERS,
    "tracker_recommendation_sheet": REVIEWERS,
    "tracker_roundtable_paste": EVERY_STAFF,
    "tracker_roundtable_drafts": EVERY_STAFF,
    "tracker_roundtable_responsibilities": EVERY_STAFF,
    "tracker_roundtable_preview": EVERY_STAFF,
    "tracker_roundtable_publish": REVIEWERS,
    "tracker_documentimport_begin": EVERY_STAFF,
    "tracker_documentimport_correct": EVERY_STAFF,
    "tracker_documentimport_preview": EVERY_STAFF,
    "tracker_documentimport_drafted": EVERY_STAFF,
    "tracker_recommendation_reiterations": EVERY_STAFF,
    "tracker_recommendation_publish": REVIEWERS,
    "tracker_recommendation_correct-words": REVIEWERS,
    "tracker_recommendation_withdraw": REVIEWERS,
    "tracker_sheetimport_explained": EVERY_STAFF,
    "tracker_sheetimport_template": EVERY_STAFF,
    "tracker_sheetimport_columns": EVERY_STAFF,
    "tracker_sheetimport_check": EVERY_STAFF,
    "tracker_sheetimport_rows": EVERY_STAFF,
    "tracker_sheetimport_apply": EVERY_STAFF,
    "tracker_sheetimport_undo": EVERY_STAFF,
}
# Models whose Django-made pages not every member of staff opens.
RESERVED = {"auth_group": SUPERUSERS, "tracker_user": ADMINISTRATORS, "tracker_auditevent": ADMINISTRATORS}
MADE_BY_DJANGO = {
    "index",
    "translations",  # a list of ours, open to all staff as the index is
    "translations_file",  # and the same as a file
    "handbook",  # and so is the handbook
    "handbook_picture",
    "language",  # one's own, for all staff
    "login",
    "logout",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
}


def named(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Yield the namespace and name of every address that has one."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from ((pattern.namespace or space, name) for space, name in named(pattern))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield "", pattern.name


ADDRESSES = sorted(set(named(get_resolver())))
CHANGE_LISTS = sorted(name for space, name in ADDRESSES if space == "admin" and name.endswith("_changelist"))


@pytest.fixture
def staff() -> dict[str, User]:
    return {
        "editor": factories.EditorFactory(),
        "reviewer": factories.ReviewerFactory(),
        "administrator": factories.AdministratorFactory(),
        "superuser": factories.SuperuserFactory(),
    }


@pytest.fixture
def entry() -> FollowUp:
    factories.MilestoneFactory(slug="hld")
    factories.ThemeFactory(slug="gender")
    return factories.published_entry(actor=factories.ActorFactory(slug="mexico"))


@pytest.fixture
def public_paths(entry: FollowUp) -> dict[str, str]:
    recommendation = entry.recommendation
    arguments = {
        "recommendations_file": ["csv"],
        "actors_file": ["json"],
        "updates_file": ["xlsx"],
        "forum": [2010],
        "roundtable": [2010, "rt1"],
        "recommendation": [recommendation.reference],
        "recommendation_file": [recommendation.reference, "json"],
        "cite_bibtex": [recommendation.reference],
        "cite_ris": [recommendation.reference],
        "cite_csl": [recommendation.reference],
        "roundtable_embed": [2010, "RT1"],
        "roundtable_drawing": [2010, "RT1"],
        "entry": [entry.reference],
        "actor": ["mexico"],
        "theme": ["gender"],
        "milestone": ["hld"],
        "api_forum": [2010],
        "api_roundtable": ["2010-RT1"],
        "api_recommendation": [recommendation.reference],
        "api_entry": [entry.reference],
        "api_actor": ["mexico"],
        "api_theme": ["gender"],
        "api_milestone": ["hld"],
        "api_event": [1],
        "without_prefix": ["forums/"],
        "sitemap_section": ["recommendations"],
        "dump": ["gfmd-record-2026-11-24T000000Z.zip"],
        "evidence_file": [entry.evidence.get().pk],
    }
    return {name: reverse(name, args=arguments.get(re.sub("_(picture|feed)$", "", name))) for name in PUBLIC}


def signed_in(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def test_addresses_all_have_a_row() -> None:
    assert {name for space, name in ADDRESSES if not space} == set(PUBLIC)
    suffixes = ("_changelist", "_add", "_history", "_delete", "_change", "_simple_history")  # test_urls_desk.py
    own = {name for space, name in ADDRESSES if space == "admin" and not name.endswith(suffixes)}
    assert own == set(DESK_PAGES) | MADE_BY_DJANGO


def test_public_pages_answer_everybody_the_same(public_paths: dict[str, str], staff: dict[str, User]) -> None:
    for user in [None, *staff.values()]:
        answers = {name: signed_in(user).get(path).status_code for name, path in public_paths.items()}
        assert answers == PUBLIC


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_take_no_other_method(public_paths: dict[str, str], method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answers = {name: getattr(client, method)(path).status_code for name, path in public_paths.items()}
    assert answers == dict.fromkeys(PUBLIC, 405)


def test_public_pages_set_no_cookie_and_vary_on_encoding_alone(public_paths: dict[str, str]) -> None:
    for name, path in public_paths.items():
        answer = Client().get(path)
        assert not answer.cookies, name
        if name != "evidence_file":
            assert answer.headers.get("Vary") == "Accept-Encoding", name


def test_a_draft_is_nowhere_in_public(entry: FollowUp) -> None:
    draft = factories.RecommendationFactory(headline_en="A secret headline")
    unpublished = factories.FollowUpFactory(recommendation=entry.recommendation, title="A secret title")
    assert Client().get(reverse("recommendation", args=[draft.reference])).status_code == 404
    for name in ("overview", "recommendations", "updates", "actors"):
        page = Client().get(reverse(name)).content.decode()
        assert "A secret" not in page, name
    for path in (entry.recommendation.get_absolute_url(), unpublished.actor.get_absolute_url()):
        assert "A secret" not in Client().get(path).content.decode(), path


@pytest.mark.parametrize("name", CHANGE_LISTS)
def test_change_lists_by_role(staff: dict[str, User], name: str) -> None:
    path = reverse(f"admin:{name}")
    allowed = RESERVED.get(name.removesuffix("_changelist"), EVERY_STAFF)
    anonymous = Client().get(path)
    assert (anonymous.status_code, anonymous.headers["Location"]) == (302, f"{LOGIN}?next={path}")
    for role, user in staff.items():
        assert signed_in(user).get(path).status_code == (200 if role in allowed else 403), role


@pytest.mark.parametrize("name", sorted(DESK_PAGES))
def test_desk_pages_by_role(staff: dict[str, User], entry: FollowUp, name: str) -> None:
    path = path_of(name, entry)
    anonymous = Client().get(path)
    assert (anonymous.status_code, anonymous.headers["Location"]) == (302, f"{LOGIN}?next={path}")
    for role, user in staff.items():
        answer = signed_in(user).get(path)
        refused = answer.status_code == 403
        assert refused == (role not in DESK_PAGES[name]), (role, answer.status_code)
        assert answer.status_code < 500


def path_of(name: str, entry: FollowUp) -> str:
    about_no_object = name in {
        "tracker_followup_review",
        "tracker_followup_markdown",
        "tracker_documentimport_begin",
        "tracker_sheetimport_explained",
    }
    if name == "tracker_sheetimport_template":
        return reverse(f"admin:{name}", args=["recommendations", "csv"])
    return reverse(f"admin:{name}", args=[] if about_no_object else [key_for(name, entry)])


def key_for(name: str, entry: FollowUp) -> int:
    if name == "tracker_followup_evidence":
        return entry.evidence.get().pk
    if "roundtable" in name:
        return entry.recommendation.roundtable_id
    if name == "tracker_recommendation_sheet":
        return entry.recommendation.roundtable_id
    if "documentimport" in name:
        return factories.DocumentImportFactory().pk
    if "sheetimport" in name:
        return factories.SheetImportFactory().pk
    return entry.recommendation.pk if "recommendation" in name else entry.pk


@pytest.mark.parametrize("name", sorted(DESK_PAGES))
def test_desk_pages_refuse_a_post_without_the_right(staff: dict[str, User], entry: FollowUp, name: str) -> None:
    path = path_of(name, entry)
    for role in EVERY_STAFF - DESK_PAGES[name]:
        assert signed_in(staff[role]).post(path, {"reason": "Because"}).status_code == 403, role
    entry.refresh_from_db()
    assert entry.state == FollowUp.State.PUBLISHED


def test_a_visitor_without_staff_rights_does_not_get_in() -> None:
    client = signed_in(factories.UserFactory())
    assert client.get(reverse("admin:index")).status_code == 302
