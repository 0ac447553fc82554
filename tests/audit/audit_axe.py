"""axe on every kind of page, public (in three languages) and of the desk, at three widths, light and dark."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import PAGES, RULES, WCAG, in_words, violations
from tests.journeys.test_admin_pages import addresses, made_by_django, of_the_desk, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [320, 768, 1280]
SCHEMES = ["light", "dark"]


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in SCHEMES], ids=str)
def window(page: Page, request: pytest.FixtureRequest) -> Page:
    """A window of one width in one colour scheme."""
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    return page


def found_on(window: Page, site: str, paths: list[str], rules: dict[str, Any] = RULES) -> list[str]:
    found = []
    for path in paths:
        window.goto(site + path)
        found += [f"{path}: {line}" for line in in_words(violations(window, rules))]
    return found


@pytest.mark.parametrize("language", ["", "/fr", "/es"], ids=["en", "fr", "es"])
def test_public_pages(site: str, window: Page, language: str) -> None:
    assert found_on(window, site + language, list(PAGES)) == []


def test_style_guide(live_server, settings, window: Page) -> None:
    settings.DEBUG = True
    assert found_on(window, live_server.url, ["/styleguide/"]) == []


@pytest.mark.parametrize("places", [addresses, made_by_django, of_the_desk], ids=lambda places: places.__name__)
def test_desk(live_server, window: Page, places: Callable[[], list[str]]) -> None:
    sign_in(window, live_server.url)
    # What axe calls good practice beyond WCAG, such as a label in sight for a list's search, is Django's to decide.
    assert found_on(window, live_server.url, places(), WCAG) == []
