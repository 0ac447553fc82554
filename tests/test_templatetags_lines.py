"""Lines of lists are written at once: nothing of the record is taken for HTML, and each says what it has to."""

import datetime as dt

from django.http import QueryDict

from tracker.models import Actor, DatePrecision, FollowUp, Forum, Recommendation, Roundtable, Status, Told
from tracker.readings.found import Found
from tracker.readings.reading import Reading
from tracker.search import Piece
from tracker.sentences import FollowUps
from tracker.templatetags.lines import entry_lines, recommendation_lines

FORUM = Forum(year=2010, host_city="Puerto <Vallarta>", closes_on=dt.date(2010, 11, 11))
ASKED = Recommendation(
    reference="GFMD-2010-RT2-03",
    headline_en="Rights & duties",
    official_text="Let <them> come.",
    official_language="en",
    sic="GMDF",
    roundtable=Roundtable(forum=FORUM, code="RT2", number=2),
)


def reading(found: Found | None = None, total: int = 2) -> Reading:
    """Return a reading that has everything a line can say."""
    return Reading(
        ASKED,
        Status.IN_PROGRESS,
        "provisional",
        since="since May 2011",
        remaining=Told("More & more"),
        follow_ups=FollowUps(total, last="2012"),
        before=Status.NO_INFORMATION,
        found=found,
    )


def test_a_line_of_a_recommendation_escapes_what_the_record_says() -> None:
    html = recommendation_lines([reading()], QueryDict("as_of=hld-2013"), words=True)
    assert '<a href="/recommendations/GFMD-2010-RT2-03/?as_of=hld-2013">Rights &amp; duties</a>' in html
    assert 'dir="auto">\nLet &lt;them&gt; come. <span class="sic" lang="la">[sic]</span>\n</blockquote>' in html
    assert "<b>What remains</b> More &amp; more" in html
    assert '<span class="of">2010</span>' in html


def test_a_line_says_beside_its_status_since_when_what_before_and_what_was_done() -> None:
    assert reading().beside() == ["since May 2011", "before: no information", "2 follow-ups, last 2012"]
    unread = Reading(ASKED, Status.NO_INFORMATION, "", "", Told(""), FollowUps(1, last="2012"))
    assert unread.beside() == ["Not yet assessed", "1 follow-up, 2012"]
    silent = Reading(ASKED, Status.NO_INFORMATION, "", "", Told(""), FollowUps(0))
    assert silent.beside() == ["no follow-up on record"]


def test_what_a_search_found_is_marked_in_its_line() -> None:
    found = Found([Piece("Rights", found=True), Piece(" & duties")], [Piece("Let <them>", found=True)], "en")
    html = recommendation_lines([reading(found)], QueryDict(), year=False)
    assert "<mark>Rights</mark> &amp; duties</a>" in html
    assert '<p class="found" lang="en" dir="auto">\n<mark>Let &lt;them&gt;</mark>\n</p>' in html
    assert 'class="of"' not in html


def test_what_a_search_found_elsewhere_is_said() -> None:
    html = recommendation_lines([reading(Found([Piece("Rights")], [], ""))], QueryDict())
    assert "Found in its record, its actors or its themes." in html
    nothing = recommendation_lines([reading(Found([Piece("Rights", found=True)], [], ""))], QueryDict())
    assert 'class="found"' not in nothing


def test_a_line_shows_an_unofficial_translation_in_the_place_of_the_words() -> None:
    own = Recommendation(
        reference="GFMD-2010-RT2-04",
        official_language="fr",
        official_text="Des mots",
        translation_en="Some words",
        roundtable=ASKED.roundtable,
    )
    shown = Reading(own, Status.NO_INFORMATION, "", "", Told(""), FollowUps(0))
    html = recommendation_lines([shown], QueryDict(), words=True)
    assert '<blockquote>Some words</blockquote>\n<p class="soft unofficial">Unofficial translation</p>' in html


def entry(**given: object) -> FollowUp:
    """Return an entry as a line shows it."""
    usual = {
        "number": 1,
        "recommendation": ASKED,
        "actor": Actor(slug="ilo", name_en="A & B"),
        "basis": FollowUp.Basis.DOCUMENTED,
        "state": FollowUp.State.PUBLISHED,
        "title": "A <treaty>",
        "language": "en",
        "occurred_from": dt.date(2012, 5, 1),
        "occurred_until": dt.date(2012, 5, 31),
        "precision": DatePrecision.MONTH,
        "published_at": dt.datetime(2013, 1, 2, tzinfo=dt.UTC),
    }
    return FollowUp(**usual | given)


def test_a_line_of_a_follow_up_says_who_did_what_on_which_recommendation() -> None:
    html = entry_lines([entry()], published=True)
    assert '<a href="/recommendations/GFMD-2010-RT2-03/#F1">A &lt;treaty&gt;</a>' in html
    about = html.partition('<p class="soft">\n')[2].partition("\n</p>")[0]
    assert about == (
        '<a href="/actors/ilo/" dir="auto">A &amp; B</a> ·\nRT2-03,\nRights &amp; duties ·\n'
        "Puerto &lt;Vallarta&gt; 2010 ·\npublished 2 January 2013"
    )


def test_a_line_of_an_assessment_is_called_by_its_recommendation_and_shows_its_reading() -> None:
    html = entry_lines([entry(basis=FollowUp.Basis.ASSESSED, status="in_progress", standing="provisional", actor=None)])
    assert '#A1">Rights &amp; duties</a>' in html
    assert 'class="status is-progress"' in html
    assert '<p class="soft">\nRT2-03 ·\nPuerto &lt;Vallarta&gt; 2010\n</p>' in html


def test_a_line_of_a_withheld_entry_says_that_its_content_was_removed() -> None:
    assert '#F1">Content removed</a>' in entry_lines([entry(state=FollowUp.State.WITHHELD)])
