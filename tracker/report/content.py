"""Reading the facts of a report."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import (
    FollowUp,
    Recommendation,
    RecordHead,
    Roundtable,
    Standing,
    Told,
    Track,
    shown_language,
)
from tracker.readings.reading import Reading, counts_on, summed_up
from tracker.readings.since import compared_with
from tracker.readings.stand import Change, Stand, stands
from tracker.readings.tally import Tally
from tracker.record.copies import shown_precision
from tracker.report.choice import Choice
from tracker.report.facts import About, Changed, Compared, Line, Part, Report, Source
from tracker.sentences import (
    FollowUps,
    changes_answer,
    day_words,
    join,
    notice,
    reconstruction,
    roundtable_answer,
    source_words,
    span_words,
    within,
)
from tracker.sentences.reports import heard_words, report_answer


def report_on(choice: Choice, head: RecordHead, *, site: str, read_on: dt.date) -> Report:
    """Return the report, in six queries. ``head``: read before anything else; ``site``: what addresses begin with."""
    entries = FollowUp.objects.published().for_report(choice.parts)
    found = [stand for stand in stands(choice.parts, choice.day, entries) if stand.recommendations]
    return _Reader(choice, head, site, read_on, found).report()


@dataclass(frozen=True)
class _Reader:
    """Puts into words where the parts ``found`` stood."""

    choice: Choice
    head: RecordHead
    site: str
    read_on: dt.date
    found: list[Stand]

    def report(self) -> Report:
        headline, track = _headline(self.found)
        counted, everything = _counted(headline), _counted(self.found)
        choice, opened_at = self.choice, self.head.opened_at
        return Report(
            subject=choice.subject,
            day=choice.day,
            as_of=day_words(choice.day),
            occasions=[str(one.title) for one in choice.past if one.date == choice.day],
            address=f"{self.site}{choice.path}",
            answer=report_answer(
                choice.subject,
                choice.day,
                counted,
                closing=everything.total - counted.total,
                track=track,
                follow_ups=_in_numbers(headline),
            ),
            reconstruction=reconstruction(opened_at) if choice.day < opened_at.astimezone(dt.UTC).date() else "",
            notice=notice(opened_at) if everything.provisional else "",
            counted=counted,
            parts=[self.part(stand) for stand in self.found],
            compared=self.compared(headline, counted.total, track),
            about=self.about(),
        )

    def part(self, stand: Stand) -> Part:
        table, counted = stand.roundtable, stand.counted
        return Part(
            label=table.label,
            title=Told(str(table.title), shown_language(table, "title")),
            address=self.address(table),
            is_closing=table.track is Track.CLOSING,
            counted=counted,
            answer=roundtable_answer(table, counted, stand.in_numbers(), changed=0, since="", day=self.choice.asked),
            lines=[self.line(reading, stand.entries[reading.recommendation.pk]) for reading in stand.readings],
        )

    def line(self, reading: Reading, entries: Iterable[FollowUp]) -> Line:
        one = reading.recommendation
        counting = [entry for entry in entries if counts_on(entry, self.choice.day) and not entry.is_assessment]
        return Line(
            reference=one.short_reference,
            address=self.address(one),
            headline=_headline_of(one),
            words=one.official_text,
            language=one.official_language,
            sic=bool(one.sic),
            translation=one.unofficial_words,
            place=source_words(one),
            status=reading.status,
            since=reading.since,
            standing=within(str(Standing(reading.standing).label)) if reading.standing else "",
            before=_("before: %(status)s") % {"status": within(str(reading.before.label))} if reading.before else "",
            is_unassessed=reading.is_unassessed,
            remaining=reading.remaining,
            heard=heard_words(reading.follow_ups),
            sources=[_source(entry) for entry in counting],
        )

    def compared(self, headline: list[Stand], total: int, track: Track) -> Compared | None:
        """Return what changed since the last milestone before; nothing on the day on which the Forum closed."""
        since = compared_with(self.choice.past, self.choice.forum, self.choice.day)
        if since is None or not total:
            return None
        changes = [change for stand in headline for change in stand.changes_since(since.day)]
        said = changes_answer(
            changed=len(changes),
            total=total,
            follow_ups=sum(stand.follow_ups_since(since.day) for stand in headline),
            first=since.day,
            last=self.choice.day,
            track=track,
        )
        return Compared(since.words, said, [self.changed(change) for change in changes])

    def changed(self, change: Change) -> Changed:
        now = change.now
        return Changed(
            reference=now.recommendation.short_reference,
            address=self.address(now.recommendation),
            headline=_headline_of(now.recommendation),
            then=change.then.status,
            now=now.status,
            since=now.since,
        )

    def about(self) -> About:
        forum = self.choice.forum
        return About(
            forum=str(forum),
            held=span_words(forum.opens_on, forum.closes_on, "day"),
            chairs=join([str(chair.name) for chair in forum.chairs.all()]),
            documents=_documents(self.found),
            read_on=day_words(self.read_on),
            events=self.head.sequence,
            digest=self.head.digest,
        )

    def address(self, thing: Recommendation | Roundtable) -> str:
        """Return the full address of a page, on the day of the report."""
        day = f"?as_of={self.choice.asked.isoformat()}" if self.choice.asked else ""
        return f"{self.site}{thing.get_absolute_url()}{day}"


def _headline(found: list[Stand]) -> tuple[list[Stand], Track]:
    """Return what the headline counts: the roundtables; a closing part only where it stands alone."""
    roundtables = [stand for stand in found if stand.roundtable.track is Track.ROUNDTABLES]
    return (roundtables, Track.ROUNDTABLES) if roundtables or not found else (found, Track.CLOSING)


def _counted(found: Iterable[Stand]) -> Tally:
    whole = Tally()
    for stand in found:
        for reading in stand.readings:
            whole.add(reading.status, reading.standing)
    return whole


def _in_numbers(found: Iterable[Stand]) -> FollowUps:
    """Return the follow-ups of several roundtables as a sentence sums them up."""
    follow_ups = [entry for stand in found for entry in stand.follow_ups]
    last = max(follow_ups, key=lambda entry: (entry.counts_from, entry.precedence), default=None)
    return summed_up(follow_ups, day_words(last.counts_from, shown_precision(last)) if last else "")


def _headline_of(recommendation: Recommendation) -> Told:
    return Told(str(recommendation.headline), shown_language(recommendation, "headline"))


def _source(entry: FollowUp) -> Source:
    return Source(
        reference=entry.fragment,
        when=span_words(entry.occurred_from, entry.occurred_until, entry.precision),
        actor=str(entry.actor.name) if entry.actor else "",
        title=entry.told_title,
        citations=[(str(evidence), evidence.url) for evidence in entry.evidence.all()],
    )


def _documents(found: Iterable[Stand]) -> list[str]:
    """Return the documents in which the official words stand, each once."""
    named = [one.source_document for stand in found for one in stand.recommendations if one.source_document]
    return list(dict.fromkeys(named))
