"""The sentences that answer, with 0, 1, 2 and many, and with every status absent and present."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from tracker import sentences
from tracker.models import Actor, Forum, Milestone, Recommendation, Roundtable, Status, Theme, Track
from tracker.sentences import FollowUps
from tracker.sentences.counts import firmness
from tracker.sentences.pages import closing_apart, follow_ups_in_words

FORUM = Forum(year=2010, host_city="Puerto Vallarta")
SECOND = Roundtable(forum=FORUM, code="RT2", number=2, title_en="Human Mobility")
CLOSING = Roundtable(forum=FORUM, code="FUT", kind=Roundtable.Kind.CLOSING, title_en="The future")
DIALOGUE = Milestone(slug="hld-2013", date=dt.date(2013, 10, 4), title_en="2013 High-level Dialogue")
GMG = Actor(slug="gmg", name_en="Global Migration Group")


@dataclass
class Counts:
    """A count by status. All readings are provisional unless said."""

    counts: dict[Status, int] = field(default_factory=dict)
    confirmed: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def provisional(self) -> int:
        return self.total - self.counts.get(Status.NO_INFORMATION, 0) - self.confirmed


def counts(confirmed: int = 0, **statuses: int) -> Counts:
    """Return a count that holds every status, in the order of pages."""
    return Counts({status: statuses.get(status.value, 0) for status in Status}, confirmed)


OF_2010 = counts(implemented=2, partially_implemented=8, in_progress=1, ongoing=2)

# What a sentence says of one, and of two, for each status.
SAID = {
    Status.IMPLEMENTED: ("is implemented", "are implemented"),
    Status.PARTIALLY_IMPLEMENTED: ("is partly implemented", "are partly implemented"),
    Status.IN_PROGRESS: ("is in progress", "are in progress"),
    Status.ONGOING: ("is a continuing principle or finding", "are continuing principles or findings"),
    Status.SUPERSEDED: ("has been overtaken by events", "have been overtaken by events"),
    Status.NOT_PURSUED: ("is no longer pursued", "are no longer pursued"),
    Status.NOT_STARTED: ("has not been started", "have not been started"),
    Status.NO_INFORMATION: ("has no reading yet", "have no reading yet"),
}


def test_every_status_has_its_words():
    assert set(SAID) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_readings_with_one_status_alone(status):
    one, many = SAID[status]
    said = [sentences.readings_in_words(counts(**{status.value: number})) for number in (1, 2, 3)]
    assert said == [f"the one recommendation {one}", f"both recommendations {many}", f"all 3 recommendations {many}"]


@pytest.mark.parametrize("status", Status)
def test_readings_with_one_status_absent(status):
    others = {other.value: 2 for other in Status if other is not status}
    parts = [f"2 {SAID[other][1]}" for other in Status if other is not status]
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    assert sentences.readings_in_words(counts(**others)) == f"of 14 recommendations, {listed}"


def test_readings_with_every_status_once():
    parts = [f"1 {SAID[status][0]}" for status in Status]
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    assert (
        sentences.readings_in_words(counts(**{status.value: 1 for status in Status}))
        == f"of 8 recommendations, {listed}"
    )


def test_readings_of_nothing():
    assert sentences.readings_in_words(counts()) == "no recommendation is on record yet"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "the one item about the Forum itself is implemented"),
        (2, "both items about the Forum itself are implemented"),
        (5, "all 5 items about the Forum itself are implemented"),
    ],
)
def test_readings_of_the_closing_part(number, said):
    assert sentences.readings_in_words(counts(implemented=number), Track.CLOSING) == said


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (counts(), ""),
        (counts(no_information=3), ""),
        (counts(implemented=1), "The reading is provisional."),
        (counts(implemented=2, no_information=3), "All readings are provisional."),
        (counts(implemented=1, confirmed=1), "The reading is confirmed."),
        (counts(implemented=2, confirmed=2), "All readings are confirmed."),
        (counts(implemented=3, confirmed=2), "1 of the 3 readings is provisional."),
        (counts(implemented=4, confirmed=2), "2 of the 4 readings are provisional."),
    ],
)
def test_firmness_says_how_many_are_provisional(counted, said):
    assert firmness(counted) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "one item about the Forum itself is counted apart."),
        (2, "two items about the Forum itself are counted apart."),
        (13, "13 items about the Forum itself are counted apart."),
    ],
)
def test_closing_items_are_counted_apart(number, said):
    assert closing_apart(number) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (FollowUps(0), "no follow-up is on record."),
        (FollowUps(1, last="2022"), "one follow-up is on record; it does not refer to the Forum; it is from 2022."),
        (FollowUps(1, referring=1), "one follow-up is on record; it refers to the Forum."),
        (FollowUps(2), "two follow-ups are on record; none refers to the Forum."),
        (FollowUps(2, referring=1), "two follow-ups are on record; one refers to the Forum."),
        (FollowUps(4, referring=2), "four follow-ups are on record; two refer to the Forum."),
        (
            FollowUps(2, referring=2, last="May 2011"),
            "two follow-ups are on record; all refer to the Forum; the last is from May 2011.",
        ),
        (FollowUps(15), "15 follow-ups are on record; none refers to the Forum."),
    ],
)
def test_follow_ups_in_words(found, said):
    assert follow_ups_in_words(found) == said


def test_overview_of_one_forum():
    assert sentences.overview_answer(FORUM, 1, OF_2010, 5) == (
        "Puerto Vallarta 2010: of 13 recommendations, 2 are implemented, 8 are partly implemented, 1 is in progress "
        "and 2 are continuing principles or findings. Five items about the Forum itself are counted apart. "
        "All readings are provisional."
    )


def test_overview_of_no_forum_and_of_two():
    assert sentences.overview_answer(None, 0, counts(), 0) == "No recommendation is on record yet."
    two = sentences.overview_answer(FORUM, 2, counts(implemented=2), 0)
    assert two == "Two Forums: both recommendations are implemented. All readings are provisional."


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ([], "No recommendation is on record yet."),
        ([FORUM], "The recommendations of Puerto Vallarta 2010 are on record, one by one."),
        ([FORUM] * 4, "The recommendations of four are on record, one by one."),
    ],
)
def test_forums(recorded, said):
    assert (
        sentences.forums_answer(2, 2007, recorded[:3], len(recorded)) == f"Two Forums have been held since 2007. {said}"
    )


def test_forums_with_one_and_none():
    assert sentences.forums_answer(0, 0, [], 0) == "No Forum is on record yet."
    assert sentences.forums_answer(1, 2010, [], 0).startswith("One Forum has been held since 2010.")


@pytest.mark.parametrize(
    ("themes", "said"),
    [(0, ""), (1, " One roundtable theme is reported."), (3, " Three roundtable themes are reported.")],
)
def test_forum_without_recommendations(themes, said):
    answer = sentences.forum_answer(FORUM, counts(), 0, themes)
    assert answer == f"No recommendations of Puerto Vallarta 2010 are recorded here yet.{said}"


@pytest.mark.parametrize(
    ("changed", "said"),
    [(0, "none has changed status"), (1, "1 has changed status"), (3, "3 have changed status")],
)
def test_roundtable_says_what_changed(changed, said):
    answer = sentences.roundtable_answer(
        SECOND,
        counts(partially_implemented=4),
        FollowUps(0),
        changed=changed,
        since="the 2013 High-level Dialogue",
        day=None,
    )
    assert answer == (
        f"Roundtable 2: all 4 recommendations are partly implemented; {said} since the 2013 High-level Dialogue. "
        "No follow-up is on record."
    )


def test_roundtable_on_a_past_day_and_without_recommendations():
    past = sentences.roundtable_answer(
        SECOND, counts(in_progress=1), FollowUps(0), changed=0, since="", day=dt.date(2013, 10, 4)
    )
    assert past == "Roundtable 2 on 4 October 2013: the one recommendation is in progress. No follow-up is on record."
    empty = sentences.roundtable_answer(SECOND, counts(), FollowUps(0), changed=0, since="the Forum closed", day=None)
    assert empty == "Roundtable 2: no recommendation is on record yet."


def test_closing_part_is_named_by_its_title():
    answer = sentences.roundtable_answer(CLOSING, counts(superseded=2), FollowUps(0), changed=0, since="", day=None)
    assert answer.startswith("The future: both items about the Forum itself have been overtaken by events.")


@pytest.mark.parametrize(
    ("status", "standing", "since", "follow_ups", "said"),
    [
        (Status.NO_INFORMATION, "", "", FollowUps(0), "RT2-03: nothing is on record; much may have been done."),
        (
            Status.NO_INFORMATION,
            "",
            "",
            FollowUps(1),
            "RT2-03: not yet assessed. One follow-up is on record; it does not refer to the Forum.",
        ),
        (
            Status.PARTIALLY_IMPLEMENTED,
            "provisional",
            "since May 2011",
            FollowUps(2),
            (
                "RT2-03: partly implemented since May 2011 (provisional). "
                "Two follow-ups are on record; none refers to the Forum."
            ),
        ),
        (
            Status.NOT_PURSUED,
            "confirmed",
            "since 2012",
            FollowUps(0),
            "RT2-03: no longer pursued since 2012 (confirmed). No follow-up is on record.",
        ),
    ],
)
def test_recommendation(status, standing, since, follow_ups, said):
    answer = sentences.recommendation_answer(
        Recommendation(reference="GFMD-2010-RT2-03"),
        status=status,
        standing=standing,
        since=since,
        remaining="",
        follow_ups=follow_ups,
    )
    assert answer == said


def test_recommendation_says_what_remains_and_the_day():
    answer = sentences.recommendation_answer(
        Recommendation(reference="GFMD-2010-RT2-03"),
        status=Status.IN_PROGRESS,
        standing="provisional",
        since="since 2012",
        remaining="Laws.",
        follow_ups=FollowUps(0),
        day=dt.date(2013, 1, 2),
    )
    assert answer == (
        "RT2-03 on 2 January 2013: in progress since 2012 (provisional). What remains: Laws. No follow-up is on record."
    )


def test_withdrawn_recommendation_says_when_and_why():
    withdrawn = Recommendation(
        reference="GFMD-2010-RT2-03",
        withdrawn_at=dt.datetime(2027, 5, 4, 23, 30, tzinfo=dt.UTC),
        withdrawal_reason="Read twice.",
    )
    assert sentences.withdrawn_answer(withdrawn) == (
        "RT2-03 was withdrawn on 4 May 2027 and no longer counts. Reason: Read twice."
    )


@pytest.mark.parametrize(
    ("roundtables", "closing", "filtered", "said"),
    [
        (counts(), counts(), True, "No recommendation matches these filters."),
        (counts(), counts(), False, "No recommendation is on record yet."),
        (
            counts(implemented=1),
            counts(),
            True,
            "What matches: the one recommendation is implemented. The reading is provisional.",
        ),
        (
            counts(),
            counts(implemented=1),
            True,
            "What matches: the one item about the Forum itself is implemented. The reading is provisional.",
        ),
        (
            counts(no_information=2),
            counts(implemented=1),
            False,
            "On record: both recommendations have no reading yet. One item about the Forum itself is counted apart.",
        ),
    ],
)
def test_list(roundtables, closing, filtered, said):
    assert sentences.list_answer(roundtables, closing, filtered=filtered) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 0, 0), "No actor is on record yet."),
        (
            (245, 0, 0),
            (
                "Of 245 actors, none has follow-ups on record; none is addressed by recommendations, "
                "by name or in our reading."
            ),
        ),
        (
            (245, 1, 2),
            (
                "Of 245 actors, 1 has follow-ups on record; two are addressed by recommendations, "
                "by name or in our reading."
            ),
        ),
        (
            (245, 37, 1),
            (
                "Of 245 actors, 37 have follow-ups on record; one is addressed by recommendations, "
                "by name or in our reading."
            ),
        ),
    ],
)
def test_actors(numbers, said):
    assert sentences.actors_answer(*numbers) == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((0, 0), "none of the 13 recommendations addresses it."),
        ((1, 0), "one of the 13 recommendations addresses it."),
        ((2, 1), "two of the 13 recommendations address it; of the 5 items about the Forum itself, one does."),
        ((12, 2), "twelve of the 13 recommendations address it; of the 5 items about the Forum itself, two do."),
    ],
)
def test_actor_is_asked(asked, said):
    answer = sentences.actor_answer(GMG, asked=asked, counted=(13, 5), through=[], follow_ups=FollowUps(0))
    assert answer == f"Global Migration Group: {said} No follow-up is on record."


@pytest.mark.parametrize(
    ("follow_ups", "said"),
    [
        (FollowUps(1), "None was reported by the body itself: found in public sources."),
        (
            FollowUps(1, as_partner=1),
            "It is named as a partner. None was reported by the body itself: found in public sources.",
        ),
        (
            FollowUps(3, as_partner=3),
            "In all of them it is named as a partner. None was reported by the body itself: found in public sources.",
        ),
        (
            FollowUps(3, reported=1, as_partner=1),
            "In one of them it is named as a partner. One was reported by the body itself.",
        ),
        (FollowUps(3, reported=2), "Two were reported by the body itself."),
    ],
)
def test_actor_says_how_we_know(follow_ups, said):
    answer = sentences.actor_answer(GMG, asked=(0, 0), counted=(13, 5), through=[], follow_ups=follow_ups)
    assert answer.endswith(f"Forum. {said}")


@pytest.mark.parametrize(
    ("asked", "said"), [(0, "the one recommendation does not address it"), (1, "the one recommendation addresses it")]
)
def test_actor_where_one_recommendation_is_on_record(asked, said):
    answer = sentences.actor_answer(GMG, asked=(asked, 0), counted=(1, 0), through=[], follow_ups=FollowUps(0))
    assert answer == f"Global Migration Group: {said}. No follow-up is on record."


def test_actor_is_addressed_through_collectives():
    answer = sentences.actor_answer(GMG, asked=(0, 0), counted=(13, 5), through=["A", "B"], follow_ups=FollowUps(0))
    assert "It is also addressed as a member of: A and B." in answer


def test_theme_with_recommendations_and_without():
    theme = Theme(slug="return", name_en="Return")
    assert sentences.theme_answer(theme, counts(), 0) == "Return: no recommendation of a roundtable is on record."
    assert sentences.theme_answer(theme, counts(implemented=1), 1) == (
        "Return: the one recommendation is implemented. One item about the Forum itself is counted apart. "
        "The reading is provisional."
    )


def test_milestone_past_early_and_ahead():
    assert sentences.milestone_answer(DIALOGUE, counts(ongoing=2), ahead=False) == (
        "On 4 October 2013, both recommendations are continuing principles or findings. All readings are provisional."
    )
    assert sentences.milestone_answer(DIALOGUE, counts(), ahead=False) == (
        "On 4 October 2013 no recommendation that is on record here had been made."
    )
    assert sentences.milestone_answer(DIALOGUE, counts(), ahead=True) == (
        "4 October 2013 lies ahead: nothing can be said of it yet."
    )


@pytest.mark.parametrize(
    ("follow_ups", "assessments", "said"),
    [
        (1, 0, "One follow-up is on record"),
        (0, 2, "Two assessments are on record"),
        (1, 1, "One follow-up and one assessment are on record"),
        (63, 40, "63 follow-ups and 40 assessments are on record"),
    ],
)
def test_updates(follow_ups, assessments, said):
    newest = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    answer = sentences.updates_answer(follow_ups, assessments, newest)
    assert answer == f"{said}; the newest entry was published on 24 November 2026."


def test_updates_of_an_empty_record():
    assert sentences.updates_answer(0, 0, None) == "Nothing has been published on the record yet."


def test_notice_names_the_month_in_which_the_record_was_opened():
    opened_at = dt.datetime(2026, 11, 30, 23, tzinfo=dt.UTC)
    assert sentences.notice(opened_at) == (
        "Provisional reading by this project, made in November 2026 from public sources. "
        "Not endorsed by the Chair, the Steering Group or any government."
    )
    assert sentences.reconstruction(opened_at) == "Reconstructed in November 2026: today's knowledge of that day."


@pytest.mark.parametrize(
    ("first", "last", "precision", "said"),
    [
        ("2011-05-01", "2011-05-01", "day", "1 May 2011"),
        ("2011-03-08", "2011-03-15", "day", "8 to 15 March 2011"),
        ("2011-02-08", "2011-03-15", "day", "8 February to 15 March 2011"),
        ("2011-12-30", "2012-01-02", "day", "30 December 2011 to 2 January 2012"),
        ("2011-05-01", "2011-05-31", "month", "May 2011"),
        ("2011-03-01", "2011-05-31", "month", "March to May 2011"),
        ("2011-12-01", "2012-02-29", "month", "December 2011 to February 2012"),
        ("2011-01-01", "2011-12-31", "year", "2011"),
        ("2011-01-01", "2013-12-31", "year", "2011 to 2013"),
    ],
)
def test_dates_are_said_at_their_precision(first, last, precision, said):
    assert sentences.span_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision) == said


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [(2006, 2018, "2006 to 2018"), (2018, None, "since 2018"), (None, 2018, "until 2018"), (None, None, "")],
)
def test_years_in_words(since, until, said):
    assert sentences.years_words(since, until) == said


@pytest.mark.parametrize("sic", ["", "GMDF, for GFMD"])
def test_a_paragraph_keeps_the_official_words_with_their_misprint(sic):
    recommendation = Recommendation(roundtable=SECOND, reference="GFMD-2010-RT2-03", official_text="Do it.", sic=sic)
    moment = dt.datetime(2026, 10, 4, 10, tzinfo=dt.UTC)
    said = sentences.paragraph_words(recommendation, "It stands.", "https://x.example.org/r/", moment)
    mark = " [sic]" if sic else ""
    assert said == (
        f"Puerto Vallarta 2010, recommendation GFMD-2010-RT2-03: “Do it.{mark}” It stands. "
        "GFMD recommendation tracker, https://x.example.org/r/, as published 10:00 UTC, 4 October 2026."
    )


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_in_words(parts, said):
    assert sentences.join(parts) == said
