"""What is measured of an installation whose server runs: pages one by one, many clients at once, unchanged, files."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.asking import CLIENTS, Answers, Arrival, Headers, answered, asked, fetched, shown
from tests.bench.pages import A_REFERENCE, A_ROUNDTABLE, FILES, LIST, LIST_ON, PLAINEST, PUBLIC, Keys, Page, pages
from tests.installation import Installation, Server, signed_in

COMPRESSED = {"Accept-Encoding": "gzip"}
MANY = ("/", LIST, f"{LIST}{A_REFERENCE}/", A_ROUNDTABLE, f"{LIST}?q=health+women")
"""Pages that many ask for at once, and that are asked for again."""
KEYS = """
from tests.bench.pages import A_REFERENCE
from tracker.models import Actor, FollowUp
entry = FollowUp.objects.select_related("recommendation__roundtable").get(reference=f"{A_REFERENCE}-F1")
words, actors = entry.recommendation, Actor.objects.filter(slug__in=["governments", "iom"]).order_by("-slug")
print(words.pk, entry.pk, words.roundtable_id, words.roundtable.forum_id)
print(*(actor.pk for actor in actors), words.last_followup_on.year)
"""


class Measured(NamedTuple):
    """Everything that was measured, in the order of the tables."""

    pages: list[tuple[Page, Answers]]
    many: list[tuple[str, Answers]]
    plainest: Answers
    unchanged: list[tuple[str, Answers]]
    files: list[tuple[str, Arrival]]


def measured(installation: Installation) -> Measured:
    """Start the real server and measure it: pages one by one as they are made, the rest as it is served."""
    found = installation.must("shell", "--no-imports", "-c", KEYS).split()
    sign_in = (installation.directory / "sign-ins.txt").read_text().splitlines()[1].split()
    with installation.server(PAGES_KEPT="0") as server:
        cookie = {"Cookie": signed_in(server.url, *sign_in).cookie}
        every = [*pages(Keys(*map(int, found))), *_behind_a_cursor(server)]
        made = [(page, _one(server, page.address, cookie if page.at_the_desk else {})) for page in every]
    with installation.server() as server:
        return Measured(
            made,
            [(address, asked(server, address, COMPRESSED, clients=CLIENTS)) for address in MANY],
            asked(server, PLAINEST, COMPRESSED),
            [(address, _unchanged(server, address)) for address in MANY],
            [(address, fetched(server, address)) for address in FILES],
        )


def _one(server: Server, address: str, headers: Headers) -> Answers:
    answered(server, address, headers)
    return asked(server, address, COMPRESSED | headers)


def _behind_a_cursor(server: Server) -> Iterator[Page]:
    """Yield the page of the list to which no number leads, where there are so many: its address is signed."""
    found = re.search(r'href="([^"]*cursor=[^"]*)" rel="next"', shown(server, LIST_ON))
    if found:
        yield Page("list, behind the numbered pages", LIST + found[1].replace("&amp;", "&"), PUBLIC)


def _unchanged(server: Server, address: str) -> Answers:
    """Ask for a page whose tag one has: nothing is sent but that it is still so."""
    known = {"If-None-Match": answered(server, address, COMPRESSED)["ETag"]}
    answered(server, address, COMPRESSED | known, status=304)
    return asked(server, address, COMPRESSED | known)
