"""A page of another origin shows a roundtable in a frame, and nothing else of this site."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import WIDER, in_words, violations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine("sqlite")]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without telling of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a folder as a site of its own; yield its address and the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", tmp_path
        server.shutdown()


def code_of(page: Page, box: str) -> str:
    """Open the box for copying on a roundtable's page, and return what stands there."""
    page.get_by_text("Show this on your own page").click()
    return page.get_by_label(box).input_value()


def test_another_site_shows_a_roundtable_as_its_page_says(site, page, elsewhere):
    address, folder = elsewhere
    page.goto(f"{site}/forums/2010/roundtables/rt2/")
    frame, image = code_of(page, "In a frame"), page.get_by_label("As an image").input_value()
    (folder / "index.html").write_text(f"<!DOCTYPE html><html lang='en'><title>Elsewhere</title>{frame}{image}")
    for _ in range(2):  # the second time what is kept is asked for again, and its 304 must not forbid it
        page.goto(f"{address}/index.html")
        inside = page.frame_locator("iframe")
        expect(inside.locator("p.answer")).to_contain_text("Roundtable 2: all 4 recommendations are partly implemented")
        assert inside.locator("svg.bar").bounding_box()["width"] > 400
        drawn = page.locator("img")
        expect(drawn).to_have_js_property("complete", True)
        assert drawn.evaluate("image => image.naturalWidth") == 600
    inside.get_by_role("link").click()
    expect(page).to_have_url(f"{site}/forums/2010/roundtables/rt2/")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/forums/2010/roundtables/rt2/",
        "/recommendations/",
        "/recommendations/GFMD-2010-RT2-01/",
        "/updates/",
        "/admin/login/",
        "/embed/roundtable/2010-RT2/?as_of=never",
        "/embed/roundtable/2010-RT2.svg",
    ],
)
def test_no_other_page_lets_itself_be_framed(site, page, elsewhere, path):
    address, folder = elsewhere
    (folder / "index.html").write_text(f"<!DOCTYPE html><title>Elsewhere</title><iframe src='{site}{path}'></iframe>")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/index.html", wait_until="networkidle")
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame" in line.lower() for line in said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_is_open_to_everyone_at_any_width(site, page, scheme):
    page.emulate_media(color_scheme=scheme)
    for width in (200, 320, 600):
        page.set_viewport_size({"width": width, "height": 400})
        page.goto(f"{site}/es/embed/roundtable/2010-RT1/?as_of=hld-2013")
        assert in_words(violations(page)) == [], width
        assert page.evaluate(WIDER) == 0, width
