"""Pages show the figures that ``manage.py progress`` prints: on the real record, today and on four past days."""

import json
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from tests.reading import parts
from tests.real_record import load_real_record
from tracker.models import Status

pytestmark = pytest.mark.django_db
ROUNDTABLES = ("RT1", "RT2", "RT3", "FUT")
PAST = ("unga-debate-2011", "hld-2013", "gfmd-2015", "gfmd-2021")
DAYS = ("", *PAST)
LABELS = {str(status.label): status.value for status in Status}


def printed(*words: str) -> str:
    """Return what ``manage.py progress --forum 2010`` prints."""
    out = StringIO()
    call_command("progress", "--forum", "2010", *words, stdout=out)
    return out.getvalue().strip()


def asked(day: str, *words: str) -> list[str]:
    """Return the words of a command, with the day where there is one."""
    return [*words, "--as-of", day] if day else [*words]


def counted(*words: str) -> dict[str, int]:
    """Return the counts that the command prints, without the statuses that do not occur."""
    return {status: n for status, n in json.loads(printed(*words, "--format", "json"))["counts"].items() if n}


def bars(page: HttpResponse) -> Iterator[dict[str, int]]:
    """Yield what the legend of each bar says, without the statuses that do not occur."""
    pattern = re.compile(rf"(\d+) ({'|'.join(LABELS)})")
    for legend in parts(page, "ul.legend"):
        said = {LABELS[label]: int(number) for number, label in pattern.findall(legend)}
        yield {status: number for status, number in said.items() if number}


def sentence(*words: str) -> str:
    """Return the counts as the command says them in words: "of 13 recommendations, 2 are implemented …"."""
    return printed(*words).split(": ", 1)[1].split(". ")[0].removesuffix(".")


@pytest.mark.django_db(transaction=True)
def test_every_page_shows_the_figures_of_the_command(client):
    load_real_record()
    assert len({sentence(*asked(day)) for day in DAYS}) == len(DAYS)
    compare_today(client)
    compare_themes(client)
    for day in PAST:
        compare_milestone(client, day)
    for day in DAYS:
        for code in ROUNDTABLES:
            compare_roundtable(client, code, day)


def compare_today(client: Client) -> None:
    """Hold the overview and the Forum's page against the command."""
    expected = [counted(), *(counted("--roundtable", code) for code in ROUNDTABLES)]
    for address in ("/", "/forums/2010/"):
        answer = client.get(address)
        assert list(bars(answer)) == expected, address
        assert sentence() in parts(answer, "p.answer")[0]
    (listed,) = bars(client.get("/forums/"))
    assert listed == counted()


def compare_themes(client: Client) -> None:
    """Hold the pages of themes against the groups of the command."""
    groups = json.loads(printed("--by", "theme", "--format", "json"))["groups"]
    for group in groups:
        found = {status: number for status, number in group["counts"].items() if number}
        assert next(bars(client.get(f"/themes/{group['key']}/"))) == found, group["key"]
    assert len(groups) > 10


def compare_milestone(client: Client, day: str) -> None:
    """Hold the page of a milestone against the command for its day."""
    answer = client.get(f"/milestones/{day}/")
    parts_of_it = [counted(*asked(day, "--roundtable", code)) for code in ROUNDTABLES]
    assert list(bars(answer)) == [counted(*asked(day)), *parts_of_it], day
    assert sentence(*asked(day)) in parts(answer, "p.answer")[0]


def compare_roundtable(client: Client, code: str, day: str) -> None:
    """Hold the page of a roundtable against the command."""
    answer = client.get(f"/forums/2010/roundtables/{code.lower()}/", {"as_of": day} if day else {})
    words = asked(day, "--roundtable", code)
    assert next(bars(answer)) == counted(*words), (code, day)
    assert sentence(*words) in parts(answer, "p.answer")[0]
