"""The answer of each page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Actor, Forum, Milestone, Recommendation, Roundtable, Standing, Status, Theme, Track
from tracker.sentences.counts import Counted, firmness, readings_in_words
from tracker.sentences.dates import day_words
from tracker.sentences.words import clauses, figure, join, opening, sentences, spelled, within


@dataclass(frozen=True)
class FollowUps:
    """Published follow-ups, as a sentence sums them up. ``last`` is in words, at its precision."""

    total: int
    referring: int = 0
    reported: int = 0
    as_partner: int = 0
    last: str = ""


def follow_ups_in_words(found: FollowUps) -> str:
    """Return "four follow-ups are on record; none refers to the Forum; the last is from 2022."."""
    if not found.total:
        return _("no follow-up is on record.")
    parts = [
        ngettext("one follow-up is on record", "%(number)s follow-ups are on record", found.total)
        % {"number": spelled(found.total)},
        _referring(found),
    ]
    if found.last:
        # Translators: the day may be "4 October 2013", "May 2011" or "2022": mind its article.
        last = _("it is from %(day)s") if found.total == 1 else _("the last is from %(day)s")
        parts.append(last % {"day": found.last})
    return f"{clauses(*parts)}."


def _referring(found: FollowUps) -> str:
    if found.total == 1:
        return _("it refers to the Forum") if found.referring else _("it does not refer to the Forum")
    if found.referring == found.total:
        return _("all refer to the Forum")
    if not found.referring:
        return _("none refers to the Forum")
    return ngettext("one refers to the Forum", "%(number)s refer to the Forum", found.referring) % {
        "number": spelled(found.referring)
    }


def closing_apart(total: int) -> str:
    """Return the sentence that keeps the items about the Forum itself out of the headline."""
    if not total:
        return ""
    return ngettext(
        "one item about the Forum itself is counted apart.",
        "%(number)s items about the Forum itself are counted apart.",
        total,
    ) % {"number": spelled(total)}


def _readings(subject: str, counted: Counted, track: Track = Track.ROUNDTABLES) -> str:
    return _("%(subject)s: %(readings)s.") % {"subject": subject, "readings": readings_in_words(counted, track)}


def overview_answer(newest: Forum | None, forums: int, counted: Counted, closing: int) -> str:
    """Answer "how far have we come?" over all Forums with recommendations on record. ``forums``: how many they are."""
    if newest is None:
        return _("No recommendation is on record yet.")
    subject = str(newest) if forums == 1 else _("%(number)s Forums") % {"number": opening(spelled(forums))}
    return sentences(_readings(subject, counted), closing_apart(closing), firmness(counted))


def forums_answer(forums: int, first_year: int, recorded: Sequence[Forum], on_record: int) -> str:
    """Answer "which Forums are there, and which are on record?". ``recorded``: up to four of those ``on_record``."""
    if not forums:
        return _("No Forum is on record yet.")
    held = ngettext(
        "one Forum has been held since %(year)d.", "%(number)s Forums have been held since %(year)d.", forums
    ) % {"number": spelled(forums), "year": first_year}
    return sentences(held, _recorded(recorded, on_record))


def _recorded(recorded: Sequence[Forum], on_record: int) -> str:
    if not recorded:
        return _("No recommendation is on record yet.")
    if on_record > 3:
        number = {"number": spelled(on_record)}
        return _("the recommendations of %(number)s are on record, one by one.") % number
    names = join([str(forum) for forum in recorded])
    return _("the recommendations of %(names)s are on record, one by one.") % {"names": names}


def forum_answer(forum: Forum, counted: Counted, closing: int, themes: int) -> str:
    """Answer "what did this Chair conclude, and how far has it come?"."""
    if counted.total or closing:
        return sentences(_readings(str(forum), counted), closing_apart(closing), firmness(counted))
    nothing = _("No recommendations of %(forum)s are recorded here yet.") % {"forum": forum}
    if not themes:
        return nothing
    known = ngettext("one roundtable theme is reported.", "%(number)s roundtable themes are reported.", themes) % {
        "number": spelled(themes)
    }
    return sentences(nothing, known)


def roundtable_answer(
    roundtable: Roundtable,
    counted: Counted,
    follow_ups: FollowUps,
    *,
    changed: int,
    since: str,
    day: dt.date | None,
) -> str:
    """Answer "where does this roundtable stand?"; with ``day`` where it stood on a past one.

    ``changed``: how many have another status than at ``since``, an occasion in words; empty: nothing is said of it.
    """
    subject = roundtable.label
    if day:
        subject = _("%(roundtable)s on %(day)s") % {"roundtable": subject, "day": day_words(day)}
    readings = readings_in_words(counted, roundtable.track)
    if since and counted.total:
        readings = _("%(readings)s; %(changed)s") % {"readings": readings, "changed": _changed(changed, since)}
    first = _("%(subject)s: %(readings)s.") % {"subject": subject, "readings": readings}
    return sentences(first, follow_ups_in_words(follow_ups) if counted.total else "")


def _changed(changed: int, since: str) -> str:
    if not changed:
        return _("none has changed status since %(occasion)s") % {"occasion": since}
    words = ngettext(
        "%(number)s has changed status since %(occasion)s",
        "%(number)s have changed status since %(occasion)s",
        changed,
    )
    return words % {"number": figure(changed), "occasion": since}


def recommendation_answer(
    recommendation: Recommendation,
    *,
    status: Status,
    standing: str,
    since: str,
    remaining: str,
    follow_ups: FollowUps,
    day: dt.date | None = None,
) -> str:
    """Answer "where does this recommendation stand?". ``since``: "since May 2011", or nothing."""
    subject = recommendation.short_reference
    if day:
        subject = _("%(reference)s on %(day)s") % {"reference": subject, "day": day_words(day)}
    reading = _reading(status, standing, since, follow_ups)
    first = _("%(subject)s: %(reading)s.") % {"subject": subject, "reading": reading}
    remains = _("What remains: %(remaining)s") % {"remaining": remaining} if remaining else ""
    known = status is not Status.NO_INFORMATION or follow_ups.total
    return sentences(first, remains, follow_ups_in_words(follow_ups) if known else "")


def _reading(status: Status, standing: str, since: str, follow_ups: FollowUps) -> str:
    if status is Status.NO_INFORMATION:
        return _("not yet assessed") if follow_ups.total else _("nothing is on record; much may have been done")
    label = within(str(status.label))
    words = _("%(status)s %(since)s") % {"status": label, "since": since} if since else label
    if standing == Standing.PROVISIONAL:
        return _("%(reading)s (provisional)") % {"reading": words}
    return _("%(reading)s (confirmed)") % {"reading": words}


def withdrawn_answer(recommendation: Recommendation) -> str:
    """Say that a recommendation no longer counts, since when and why."""
    moment = recommendation.withdrawn_at
    day = day_words(moment.astimezone(dt.UTC).date()) if moment else ""
    said = _("%(reference)s was withdrawn on %(day)s and no longer counts.")
    words = said % {"reference": recommendation.short_reference, "day": day}
    return sentences(words, _("Reason: %(reason)s") % {"reason": recommendation.withdrawal_reason})


def list_answer(roundtables: Counted, closing: Counted, *, filtered: bool) -> str:
    """Answer "which recommendations are these, and where do they stand?"."""
    if not roundtables.total + closing.total:
        return _("No recommendation matches these filters.") if filtered else _("No recommendation is on record yet.")
    subject = _("What matches") if filtered else _("On record")
    if not roundtables.total:
        return sentences(_readings(subject, closing, Track.CLOSING), firmness(closing))
    return sentences(_readings(subject, roundtables), closing_apart(closing.total), firmness(roundtables))


def actors_answer(total: int, acting: int, addressed: int) -> str:
    """Answer "who is asked to do something, and who has follow-ups on record?"."""
    if not total:
        return _("No actor is on record yet.")
    return opening(f"{clauses(_acted(total, acting), _asked(addressed))}.")


def _acted(total: int, acting: int) -> str:
    if not acting:
        return _("of %(total)s actors, none has follow-ups on record") % {"total": figure(total)}
    return ngettext(
        "of %(total)s actors, %(number)s has follow-ups on record",
        "of %(total)s actors, %(number)s have follow-ups on record",
        acting,
    ) % {"total": figure(total), "number": figure(acting)}


def _asked(addressed: int) -> str:
    if not addressed:
        return _("none is addressed by recommendations, by name or in our reading")
    return ngettext(
        "one is addressed by recommendations, by name or in our reading",
        "%(number)s are addressed by recommendations, by name or in our reading",
        addressed,
    ) % {"number": spelled(addressed)}


def actor_answer(
    actor: Actor, *, asked: tuple[int, int], counted: tuple[int, int], through: Sequence[str], follow_ups: FollowUps
) -> str:
    """Answer "what is this actor asked to do, and what did it do?".

    ``asked``: how many of the ``counted`` recommendations, and of the items about the Forum itself, address it;
    ``through``: the collectives by which others do.
    """
    addressed = _addressed(asked[0], counted[0])
    if asked[1]:
        closing = ngettext(
            "of the %(total)s items about the Forum itself, one does",
            "of the %(total)s items about the Forum itself, %(number)s do",
            asked[1],
        ) % {"number": spelled(asked[1]), "total": figure(counted[1])}
        addressed = clauses(addressed, closing)
    first = _("%(subject)s: %(readings)s.") % {"subject": actor.name, "readings": addressed}
    member = _("It is also addressed as a member of: %(collectives)s.") % {"collectives": join(through)}
    return sentences(
        first, member if through else "", follow_ups_in_words(follow_ups), _role(follow_ups), _own_words(follow_ups)
    )


def _addressed(asked: int, counted: int) -> str:
    if counted == 1:
        return _("the one recommendation addresses it") if asked else _("the one recommendation does not address it")
    if not asked:
        return _("none of the %(total)s recommendations addresses it") % {"total": figure(counted)}
    return ngettext(
        "one of the %(total)s recommendations addresses it",
        "%(number)s of the %(total)s recommendations address it",
        asked,
    ) % {"number": spelled(asked), "total": figure(counted)}


def _role(found: FollowUps) -> str:
    """Return in how many an actor is named as a partner."""
    if not found.as_partner:
        return ""
    if found.total == 1:
        return _("It is named as a partner.")
    if found.as_partner == found.total:
        return _("In all of them it is named as a partner.")
    number = {"number": spelled(found.as_partner)}
    return (
        ngettext(
            "In one of them it is named as a partner.",
            "In %(number)s of them it is named as a partner.",
            found.as_partner,
        )
        % number
    )


def _own_words(found: FollowUps) -> str:
    if not found.total:
        return ""
    if not found.reported:
        return _("None was reported by the body itself: found in public sources.")
    return ngettext(
        "one was reported by the body itself.",
        "%(number)s were reported by the body itself.",
        found.reported,
    ) % {"number": spelled(found.reported)}


def theme_answer(theme: Theme, roundtables: Counted, closing: int) -> str:
    """Answer "where do the recommendations on this subject stand?"."""
    if not roundtables.total:
        nothing = _("%(theme)s: no recommendation of a roundtable is on record.") % {"theme": theme}
        return sentences(nothing, closing_apart(closing))
    return sentences(_readings(str(theme), roundtables), closing_apart(closing), firmness(roundtables))


def milestone_answer(milestone: Milestone, counted: Counted, *, ahead: bool) -> str:
    """Answer "where did everything stand on that day?"."""
    day = day_words(milestone.date)
    if ahead:
        return _("%(day)s lies ahead: nothing can be said of it yet.") % {"day": day}
    if not counted.total:
        return _("On %(day)s no recommendation that is on record here had been made.") % {"day": day}
    readings = readings_in_words(counted)
    answer = _("On %(day)s, %(readings)s.") % {"day": day, "readings": readings}
    return sentences(answer, firmness(counted))


def updates_answer(follow_ups: int, assessments: int, newest: dt.datetime | None) -> str:
    """Answer "what is on record, and when did it last grow?"."""
    if newest is None:
        return _("Nothing has been published on the record yet.")
    entered = ngettext("one follow-up", "%(number)s follow-ups", follow_ups) % {"number": spelled(follow_ups)}
    read = ngettext("one assessment", "%(number)s assessments", assessments) % {"number": spelled(assessments)}
    verb = ngettext("%(what)s is on record", "%(what)s are on record", follow_ups + assessments)
    said = [words for words, number in ((entered, follow_ups), (read, assessments)) if number]
    what = verb % {"what": join(said)}
    last = _("the newest entry was published on %(day)s") % {"day": day_words(newest.astimezone(dt.UTC).date())}
    return opening(f"{clauses(what, last)}.")
