"""Draw the pictures of docs/handbook.md anew: ``make screens``. It is no check, and runs in none.

The real record, and beside it what nobody really did: Amina enters, Jonas reviews, Ruritania acts, and Strelsau, its
capital, holds the Forum of 2026. It is a Monday in November of that year.
"""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Locator, Page

from tests import factories
from tests.journeys.staff import Staff
from tracker import actions
from tracker.models import FollowUp, Recommendation, Roundtable

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = settings.BASE_DIR / "docs" / "handbook"
MONDAY = dt.datetime(2026, 11, 16, 9, 30, tzinfo=dt.UTC)
WIDTH, HEIGHT = 1100, 800
COLOURS = 64
HEAVIEST = 120_000
PASTED = """
• Governments should consider recognising skills that migrants bring with them.
• Governments should invite towns to say what they need.
• Civil society should be heard before decisions are taken.
"""
DOCUMENT = """
Conclusions of the 2027 GFMD Chair

Central theme: "Skills without borders"

Roundtable 1. Recognising skills

Main recommendations:

- Governments should consider recognising skills that migrants bring with them.
- Civil society should be heard before decisions are taken.

The future of the Forum

- The Forum should meet in a town every second year.
"""


@pytest.fixture(autouse=True)
def _that_monday() -> Iterator[None]:
    """Let what is invented have been done on one day, whenever it is drawn."""
    with time_machine.travel(MONDAY, tick=True):
        yield


class Desk(Staff):
    """Jonas, an administrator, at the desk; and his camera."""

    def __init__(self, page: Page, site: str) -> None:
        super().__init__(page, site)
        self.amina = factories.EditorFactory(username="amina", first_name="Amina")
        self.jonas = factories.AdministratorFactory(username="jonas", first_name="Jonas", password="-")
        client = Client()
        client.force_login(self.jonas)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def draw(self, name: str, place: Locator, *, most: int = 900) -> None:
        """Keep a picture of ``place``, of at most ``most`` pixels from its top."""
        self.page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
        box: Any = place.bounding_box()
        clip: Any = {**box, "height": min(most, box["height"])}
        drawn = self.page.screenshot(full_page=True, clip=clip, animations="disabled")
        path = PICTURES / f"{name}.png"
        Image.open(BytesIO(drawn)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
        assert path.stat().st_size < HEAVIEST


def recommendation(reference: str) -> Recommendation:
    return Recommendation.objects.select_related("roundtable").get(reference=f"GFMD-2010-{reference}")


def test_draw(site: str, page: Page) -> None:
    desk = Desk(page, site)
    ruritania = factories.ActorFactory(name_en="Ruritania", slug="ruritania")
    _submit(desk, ruritania)
    _log(desk)
    _review(desk)
    _assess(desk, ruritania)
    _withhold(desk)
    _enter_a_forum(desk)
    _enter_a_document(desk)
    _two_at_once(desk, ruritania)
    _index(desk)


def _submit(desk: Desk, actor: Any) -> None:
    """Amina submits an entry."""
    entry = factories.FollowUpFactory(
        recommendation=recommendation("RT2-01"),
        actor=actor,
        title="A law on fair recruitment was adopted",
        body="The **Recruitment Act** forbids fees that workers pay.",
        occurred_from=dt.date(2024, 5, 3),
        created_by=desk.amina,
        evidence=0,
    )
    factories.EvidenceFactory(entry=entry, citation="Official gazette, 3 May 2024", url="https://gazette.example.org/5")
    actions.submit(entry, by=desk.amina)


def _log(desk: Desk) -> None:
    """One act on two recommendations of a roundtable."""
    desk.open(f"/admin/tracker/followup/add/?roundtable={recommendation('RT2-03').roundtable_id}")
    for reference in ("GFMD-2010-RT2-03", "GFMD-2010-RT2-04"):
        desk.page.get_by_role("checkbox", name=reference).check()
    desk.pick("actor", "Ruritania")
    desk.page.get_by_label("When:", exact=True).fill("May 2024")
    desk.page.get_by_label("Title:", exact=True).fill("Framework agreement on skills recognition")
    desk.page.get_by_label("Text:", exact=True).fill("Certificates of **both countries** are recognised.")
    desk.page.get_by_role("region", name="As it will be read").locator("strong").wait_for()
    desk.draw("log", desk.page.locator("#content fieldset.module").first)
    desk.draw("log-buttons", desk.page.locator(".submit-row").last)


def _review(desk: Desk) -> None:
    """What Amina submitted."""
    desk.open("/admin/tracker/followup/review/")
    desk.page.get_by_role("checkbox", name="Tick this entry").check()
    desk.draw("review", desk.page.locator("#content"))


def _assess(desk: Desk, actor: Any) -> None:
    """The row of a recommendation with something new."""
    of = recommendation("RT2-04")
    factories.published_entry(
        recommendation=of,
        actor=actor,
        title="Framework agreement on skills recognition",
        occurred_from=dt.date(2024, 5, 3),
    )
    desk.open(f"/admin/tracker/recommendation/sheet/{of.roundtable_id}/")
    desk.draw("sheet", desk.page.locator(f"#r{of.pk}"), most=980)


def _withhold(desk: Desk) -> None:
    """What is said before the content of an entry is removed."""
    entry = FollowUp.objects.get(reference="GFMD-2010-RT2-04-F4")
    desk.open(f"/admin/tracker/followup/{entry.pk}/withhold/")
    desk.draw("withhold", desk.page.locator("#content"))


def _enter_a_forum(desk: Desk) -> None:
    """Recommendations are pasted, assigned and seen before they are published."""
    forum = factories.ForumFactory(year=2026, host_city="Strelsau")
    roundtable: Roundtable = factories.RoundtableFactory(forum=forum, title_en="Skills and towns")
    address = f"/admin/tracker/roundtable/{roundtable.pk}"
    desk.open(f"{address}/paste/")
    desk.page.get_by_label("Recommendations:").fill(PASTED)
    desk.press("Show them one by one")
    desk.draw("paste", desk.page.locator(".draft-rows"))
    desk.press("Save as drafts")
    desk.open(f"{address}/responsibilities/")
    for number in (1, 2):
        desk.page.get_by_label(f"RT1-0{number}: Governments", exact=True).select_option(label="Text")
    desk.draw("addressed", desk.page.locator("#content"))
    desk.press("Save all")
    desk.open(f"{address}/preview/")
    desk.draw("preview", desk.page.locator("body"), most=760)


def _enter_a_document(desk: Desk) -> None:
    """The conclusions of the next Chair, beside what was found in them."""
    desk.open("/admin/tracker/documentimport/begin/")
    desk.page.get_by_label("Text of the document").fill(DOCUMENT)
    desk.press("Read it")
    desk.draw("document", desk.page.locator(".document-sides"), most=1300)


def _two_at_once(desk: Desk, actor: Any) -> None:
    """Amina saved a draft while Jonas typed."""
    draft = factories.FollowUpFactory(
        recommendation=recommendation("RT2-02"), actor=actor, title="A law was drafted", created_by=desk.jonas
    )
    desk.open(f"/admin/tracker/followup/{draft.pk}/change/")
    FollowUp.objects.filter(pk=draft.pk).update(title="A law was adopted", version=draft.version + 1)
    desk.page.get_by_label("Title:", exact=True).fill("A law was sent to parliament")
    desk.press("Save as draft")
    desk.draw("both-versions", desk.page.locator(".conflict"))


def _index(desk: Desk) -> None:
    """Where the day begins."""
    factories.DiaryNoteFactory(text="Wrote to Ruritania, reply awaited.", return_on=MONDAY.date())
    desk.open("/admin/")
    desk.draw("index", desk.page.locator("body"), most=640)
