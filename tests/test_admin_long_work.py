"""Long work at the desk: it runs beside the request, tells how far it is, and says at its end what came of it."""

import logging

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.utils.translation import gettext as _
from django.utils.translation import override

from tests.factories import EditorFactory
from tracker.admin import long_work
from tracker.admin.long_work import Tell, Work, growing_page
from tracker.errors import Refused
from tracker.models import SheetImport


def test_each_step_is_told_and_then_what_came_of_it() -> None:
    def does(tell: Tell) -> str:
        tell(500, 1000)
        tell(1000, 1000)
        return "Done."

    work = Work(does)
    assert list(work.steps()) == [(500, 1000), (1000, 1000)]
    assert (work.said, work.refusal) == ("Done.", None)


def test_what_was_refused_is_said() -> None:
    def does(tell: Tell) -> str:
        raise Refused("file_broken")

    work = Work(does)
    assert list(work.steps()) == []
    assert (work.said, str(work.refusal)) == ("", str(Refused("file_broken")))


def test_what_failed_is_logged_and_said_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    def does(tell: Tell) -> str:
        raise RuntimeError("the disk is full")

    work = Work(does)
    with caplog.at_level(logging.ERROR):
        assert list(work.steps()) == []
    assert work.refusal is not None
    assert work.refusal.code == "work_failed"
    assert "the disk is full" not in str(work.refusal)
    assert "the disk is full" in caplog.text


def test_something_is_sent_while_nothing_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "SILENCE", 0.01)

    def does(tell: Tell) -> str:
        while not heard:
            pass
        return "Done."

    heard: list[None] = []
    work = Work(does)
    for step in work.steps():
        assert step is None
        heard.append(None)
    assert work.said == "Done."


def test_the_work_speaks_the_language_of_the_page() -> None:
    with override("fr"):
        work = Work(lambda tell: _("Languages"))
        assert list(work.steps()) == []
    assert work.said == "Langues"


@pytest.mark.django_db
def test_the_page_grows_by_a_line_for_each_step_and_ends_with_the_way_on() -> None:
    def does(tell: Tell) -> str:
        tell(20_000, 42_000)
        tell(42_500, 42_000)
        return "Applied <all>."

    request = RequestFactory().get("/admin/")
    request.user = EditorFactory()
    context = {**admin.site.each_context(request), "opts": SheetImport._meta, "title": "Apply", "onward": "/on/"}
    parts = [part.decode() for part in growing_page(request, does, context)]
    assert [part.strip()[:5] for part in parts[1:3]] == ["<li>\n", "<li>\n"]
    assert '<progress value="20000" max="42000"' in parts[1]
    assert "20,000 of about 42,000 rows" in parts[1]
    assert "progress" not in parts[2]
    assert "Applied &lt;all&gt;." in parts[3]
    assert '<a class="button" href="/on/">' in parts[3]
    assert parts[-1].rstrip().endswith("</html>")
