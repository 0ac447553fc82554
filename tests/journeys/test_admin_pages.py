"""The desk's pages in a real browser: the policy on content holds, axe finds nothing, 320 pixels are wide enough."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browsing import WCAG, WIDER, in_words, violations
from tests.factories import (
    CollectiveFactory,
    ConclusionFactory,
    DiaryNoteFactory,
    DocumentImportFactory,
    EditorFactory,
    EvidenceFactory,
    FollowUpFactory,
    MembershipFactory,
    PartnerFactory,
    RecommendationFactory,
    ReiterationFactory,
    ResponsibilityFactory,
    SuperuserFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
)
from tests.test_imports_correcting import OUTLINE
from tests.test_urls_desk import MODELS, PAGES, pages_of, path_of
from tracker.imports.correcting import begun
from tracker.models import DocumentImport, Forum, Recommendation
from tracker.progress import today

# A browser does not see the engine: what pages look like is looked at once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]


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
    pages = [
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
        f"documentimport/{of_a_chair().pk}/correct/",
        f"documentimport/{of_a_chair().pk}/preview/?part=RT2",
        f"documentimport/{of_a_chair(drafted_by=entry.published_by, state='drafted').pk}/drafted/",
    ]
    return [f"/admin/tracker/{page}" for page in pages]


def of_a_chair(**given: Any) -> DocumentImport:
    """Return a document in which something was found."""
    if "drafted_by" in given:
        given["drafted_at"] = timezone.now()
    kept: DocumentImport = DocumentImportFactory(found=OUTLINE.to_json(), corrected=begun(OUTLINE).to_json(), **given)
    return kept


def made_by_django() -> list[str]:
    """Return every page that Django makes for a model, each with a row."""
    found = []
    for model, (make, table) in MODELS.items():
        subject = make()
        rights = table["superuser"]
        found += [path_of(model, page, subject) for page in pages_of(model) if PAGES[page][0] in rights]
    return found


def of_the_desk() -> list[str]:
    """Return the desk's pages that belong to no model, and those of an entry's and an account's own."""
    DiaryNoteFactory(return_on=today())
    names = ("index", "handbook", "translations", "password_change", "tracker_sheetimport_explained")
    places = [reverse(f"admin:{name}") for name in names]
    entry, account = published_entry(), EditorFactory()
    return [
        *places,
        reverse("admin:tracker_followup_translate", args=[entry.pk]),
        reverse("admin:auth_user_password_change", args=[account.pk]),
    ]


def sign_in(page: Page, site: str) -> None:
    client = Client()
    client.force_login(SuperuserFactory())
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


PARTS = [(addresses, 0, 2), (addresses, 1, 2), *((made_by_django, part, 3) for part in range(3)), (of_the_desk, 0, 1)]


@pytest.mark.parametrize(("places", "part", "parts"), PARTS, ids=lambda one: getattr(one, "__name__", str(one)))
def test_pages_keep_the_policy_please_axe_and_fit_a_phone(
    places: Callable[[], list[str]], part: int, parts: int, page: Page, live_server: Any
) -> None:
    """In the light; ``make audit`` looks in the dark, too."""
    complaints: list[str] = []
    place = "/admin/login/"
    page.on("console", lambda said: complaints.append(f"{place}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"{place}: {error}"))
    sign_in(page, live_server.url)
    found: list[str] = []
    for place in places()[part::parts]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + place)
        found += complaints
        found += [f"{place}: {words}" for words in in_words(violations(page, WCAG))]
        page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400 %
        found += [f"{place}: {width} pixels too wide"] if (width := page.evaluate(WIDER)) else []
        complaints.clear()  # axe adds a style of its own, which the policy refuses
    assert found == []


# Asked in the page: what has the focus, and whether that can be seen.
FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {name: at.name || at.textContent.trim().slice(0, 40), tag: at.tagName,
            seen: box.width > 0 && (style.outlineStyle !== "none" || style.boxShadow !== "none"
                  || style.borderColor !== "" || style.textDecorationLine !== "none")};
}"""


@pytest.mark.parametrize("make", [ThemeFactory, DiaryNoteFactory])
def test_a_form_is_filled_in_and_saved_by_the_keyboard(make: Any, page: Page, live_server: Any) -> None:
    sign_in(page, live_server.url)
    row = make()
    field = "name_fr" if make is ThemeFactory else "text"
    page.goto(f"{live_server.url}{reverse(f'admin:tracker_{row._meta.model_name}_change', args=[row.pk])}")
    reached: list[dict[str, Any]] = []
    for _press in range(120):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1]["name"] == field:
            page.keyboard.press("Control+A")
            page.keyboard.type("By keyboard")
        if reached[-1]["name"] == "_save":
            break
    assert [one for one in reached if not one["seen"]] == []
    with page.expect_navigation():
        page.keyboard.press("Enter")
    row.refresh_from_db()
    assert getattr(row, field) == "By keyboard"
