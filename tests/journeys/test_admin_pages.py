"""The desk's pages in a real browser: the policy on content holds, axe finds nothing, 320 pixels are wide enough."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from tests.factories import (
    AdministratorFactory,
    CollectiveFactory,
    ConclusionFactory,
    EvidenceFactory,
    FollowUpFactory,
    MembershipFactory,
    PartnerFactory,
    RecommendationFactory,
    ReiterationFactory,
    ResponsibilityFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
)
from tracker.models import Forum, Recommendation

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def addresses() -> list[str]:
    """Return the pages that are looked at, each with something on it."""
    entry = published_entry()
    recommendation: Recommendation = entry.recommendation
    published_assessment(recommendation=recommendation, rests_on=[entry])
    ThemeFactory()
    ResponsibilityFactory(recommendation=recommendation)
    ReiterationFactory(later=recommendation)
    RecommendationFactory(roundtable=recommendation.roundtable)
    draft = FollowUpFactory(recommendation=recommendation)
    EvidenceFactory(entry=draft)
    PartnerFactory(entry=draft)
    collective = CollectiveFactory()
    MembershipFactory(collective=collective)
    ConclusionFactory(tracked_as=recommendation)
    lists = "followup recommendation roundtable forum actor membership theme recordevent user".split()
    pages = [
        *(f"{name}/" for name in lists),
        "followup/add/",
        f"followup/add/?roundtable={recommendation.roundtable_id}&url=https://example.org",
        f"followup/{draft.pk}/change/",
        f"followup/{entry.pk}/change/",
        f"followup/{entry.pk}/history/",
        *(f"followup/{entry.pk}/{slug}/" for slug in ("also", "correct", "retract", "withhold")),
        *(f"followup/{draft.pk}/{slug}/" for slug in ("publish", "submit", "preview", "delete")),
        *(f"recommendation/{recommendation.pk}/{slug}/" for slug in ("change", "assess", "history")),
        *(f"recommendation/{recommendation.pk}/{slug}/" for slug in ("correct-words", "withdraw", "reiterations")),
        "recommendation/add/",
        f"recommendation/sheet/{recommendation.roundtable_id}/",
        "followup/review/",
        f"followup/review/?entry={draft.pk}&entry={entry.pk}&do=_publish",
        f"forum/{Forum.objects.get().pk}/change/",
        *(
            f"roundtable/{recommendation.roundtable_id}/{slug}/"
            for slug in ("change", "paste", "drafts", "responsibilities", "preview")
        ),
        "forum/add/",
        f"actor/{collective.pk}/change/",
        "recordevent/2/change/",
        f"user/{AdministratorFactory().pk}/change/",
    ]
    return ["/admin/", "/admin/password_change/", *(f"/admin/tracker/{page}" for page in pages)]


def sign_in(page: Page, site: str) -> None:
    client = Client()
    client.force_login(AdministratorFactory())
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def test_pages_keep_the_policy_please_axe_and_fit_a_phone(page: Page, live_server: Any) -> None:
    complaints: list[str] = []
    place = "/admin/login/"
    page.on("console", lambda said: complaints.append(f"{place}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"{place}: {error}"))
    sign_in(page, live_server.url)
    found: list[str] = []
    for place in addresses():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + place)
        found += complaints
        found += [f"{place}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in violations(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{place}: {width} pixels wide"] if width > 320 else []
        complaints.clear()  # axe adds a style of its own, which the policy refuses
    assert found == []


def violations(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return found
