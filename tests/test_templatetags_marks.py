"""What recurs on pages is written at once: statuses, what an entry rests on, bars, links."""

from django.utils.translation import override

from tracker.models import FollowUp, Standing, Status, Told
from tracker.readings.links import Link
from tracker.readings.tally import Tally, tally
from tracker.sentences.html import told
from tracker.templatetags.marks import bar, basis, links, status

RETRACTED = FollowUp(
    basis=FollowUp.Basis.ASSESSED,
    standing=Standing.CONFIRMED,
    relation=FollowUp.Relation.REFERS_TO_FORUM,
    state=FollowUp.State.RETRACTED,
)


def test_a_status_has_its_colour_its_mark_and_its_words_in_the_page_s_language() -> None:
    with override("fr"):
        html = status(Status.IN_PROGRESS)
    assert html == (
        '<span class="status is-progress"><svg class="mark" viewBox="0 0 16 16" aria-hidden="true">\n'
        '<use href="#mark-progress" />\n</svg>En cours</span>'
    )


def test_an_entry_says_what_it_rests_on_how_it_relates_to_the_forum_and_whether_it_stands() -> None:
    assert basis(RETRACTED).split("\n") == [
        '<span class="basis basis-assessed">Assessment, confirmed</span>',
        '<span class="relation refers">Refers to the Forum</span>',
        '<span class="gone">Retracted</span>',
    ]


def test_a_published_follow_up_says_no_more_than_what_it_rests_on() -> None:
    entry = FollowUp(basis=FollowUp.Basis.DOCUMENTED, state=FollowUp.State.PUBLISHED)
    assert basis(entry) == '<span class="basis basis-documented">Found in a public source</span>'


def test_a_bar_has_a_stretch_of_each_status_that_occurs_and_leads_to_them() -> None:
    html = bar(tally([("implemented", "confirmed", 1), ("ongoing", "", 3)]), "forum=2010")
    assert html.count("<rect ") == 2
    assert 'class="is-ongoing" x="25.00%" width="75.00%"' in html
    assert '<a href="/recommendations/?forum=2010&amp;status=ongoing">Continuing</a>' in html
    assert "<b>0</b>\nNo information" in html


def test_a_small_bar_leaves_out_what_does_not_occur() -> None:
    html = bar(tally([("implemented", "confirmed", 1)]), small=True)
    assert html.startswith('<div class="progress small">')
    assert html.count("<li ") == 1


def test_a_bar_of_nothing_is_none_but_says_so() -> None:
    html = bar(Tally())
    assert "<rect" not in html
    assert html.count("<li ") == 1


def test_links_are_escaped_and_say_what_stands_beside_them() -> None:
    assert links([Link("/a/?b=1&c=2", "A <b>", "3 follow-ups"), Link("/d/", "D")]) == (
        '<li><a href="/a/?b=1&amp;c=2">A &lt;b&gt;</a> <span class="soft">3 follow-ups</span></li>\n'
        '<li><a href="/d/">D</a></li>'
    )


def test_words_in_another_language_are_escaped_and_marked() -> None:
    assert (
        told(Told("a & b", "fr"))
        == '<span lang="fr" dir="auto">a &amp; b</span> <span class="foreign">(in French)</span>'
    )
    assert told(Told("a & b", "en")) == "a &amp; b"
    assert told(Told("", "fr")) == ""
