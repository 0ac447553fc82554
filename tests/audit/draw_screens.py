"""Draw docs/screens/ anew, on the real record: ``make screens``. It is no check, and runs in none."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = settings.BASE_DIR / "docs" / "screens"
HEAVIEST = 150_000
# Name: address, what of it is looked at, width and height of the window, colour scheme.
WANTED = {
    "roundtable": ("/forums/2010/roundtables/rt1/", "", 1120, 760, "light"),
    "trend": ("/forums/2010/roundtables/rt1/", "section:has(> .trend)", 1120, 600, "light"),
    "recommendation": ("/recommendations/GFMD-2010-RT2-03/", "#record", 1120, 640, "dark"),
    "room": ("/forums/2010/roundtables/rt2/?view=room&item=3", "", 1120, 630, "light"),
    "phone": ("/forums/2010/roundtables/rt2/?as_of=hld-2013", "", 360, 760, "light"),
}


@pytest.mark.parametrize("name", WANTED)
def test_draw(site: str, page: Page, name: str) -> None:
    address, place, width, height, scheme = WANTED[name]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site + address)
    if place:
        page.locator(place).first.evaluate("e => e.scrollIntoView({block: 'start'})")
    drawn = page.screenshot(path=SCREENS / f"{name}.png")
    assert len(drawn) < HEAVIEST
