"""What the API tells of what the database holds: one function for each shape. Neither people nor notes come here."""

import datetime as dt
from typing import Any

from django.db.models import Model

from tracker.api.links import Links
from tracker.api.shapes import (
    ActorShape,
    ConclusionShape,
    EventShape,
    ForumShape,
    MilestoneShape,
    RoundtableShape,
    TextsShape,
    ThemeShape,
)
from tracker.models import Actor, Conclusion, Forum, Milestone, RecordEvent, Roundtable, Theme
from tracker.record.canonical import moment


def texts(row: Model, name: str) -> TextsShape:
    """Return a text in each language."""
    own: dict[str, Any] = row.__dict__
    return {"en": own[f"{name}_en"] or None, "fr": own[f"{name}_fr"] or None, "es": own[f"{name}_es"] or None}


def told_in(language: str, words: str, others: dict[str, str]) -> TextsShape:
    """Return words of the record, which are in one language, with their translations into others."""
    said = {**others, language: words}
    return {"en": said.get("en") or None, "fr": said.get("fr") or None, "es": said.get("es") or None}


def day(value: dt.date | None) -> str | None:
    """Return a day as 2013-10-04."""
    return value.isoformat() if value else None


def when(value: dt.datetime | None) -> str | None:
    """Return a moment in UTC with six digits, as the chain writes it."""
    return moment(value) if value else None


def roundtable_key(row: Roundtable) -> str:
    """Return what names a roundtable: year and code, as in 2010-RT1. Its Forum must have been read."""
    return f"{row.forum.year}-{row.code}"


def forum(row: Forum, links: Links) -> ForumShape:
    """Tell of a Forum, with what belongs to it."""
    return {
        "url": links.to_one("api_forum", row.year),
        "html": links.to_one("forum", row.year),
        "year": row.year,
        "ordinal": row.ordinal,
        "chairs": [chair.actor.slug for chair in row.chair_rows.all()],
        "contributors": [one.actor.slug for one in row.contributor_rows.all()],
        "host_city": row.host_city or None,
        "host_country": row.host_country or None,
        "opens_on": row.opens_on.isoformat(),
        "closes_on": row.closes_on.isoformat(),
        "central_theme": texts(row, "central_theme"),
        "document_title": texts(row, "document_title"),
        "presented_at": texts(row, "presented_at"),
        "chairmanship": row.chairmanship or None,
        "roundtables": [f"{row.year}-{table.code}" for table in row.roundtables.all()],
        "reported_themes": [theme.title for theme in row.reported_themes.all()],
        "figures": [
            {
                "kind": figure.kind,
                "value": figure.value,
                "qualifier": figure.qualifier,
                "words": figure.words or None,
                "citation": figure.citation,
                "url": figure.url or None,
                "note": figure.note or None,
            }
            for figure in row.figures.all()
        ],
        "sources": [
            {"fact": source.fact, "citation": source.citation, "note": source.note or None}
            for source in row.sources.all()
        ],
        "conclusions": [conclusion(one) for one in row.conclusions.all()],
    }


def conclusion(row: Conclusion) -> ConclusionShape:
    """Tell of a statement of the Chair's document; what it is tracked as must be public."""
    tracked = row.tracked_as
    return {
        "position": row.position,
        "section": row.section,
        "level": row.level,
        "text": texts(row, "text"),
        "tracked_as": tracked.reference if tracked and tracked.is_public else None,
        "untracked_reason": row.untracked_reason or None,
    }


def roundtable(row: Roundtable, links: Links) -> RoundtableShape:
    """Tell of a roundtable."""
    key = roundtable_key(row)
    return {
        "url": links.to_one("api_roundtable", key),
        "html": links.to("roundtable", year=row.forum.year, code=row.code.lower()),
        "roundtable": key,
        "forum": row.forum.year,
        "code": row.code,
        "kind": row.kind,
        "track": row.track.value,
        "number": row.number,
        "title": texts(row, "title"),
        "title_note": row.title_note or None,
    }


def actor(row: Actor, links: Links) -> ActorShape:
    """Tell of an actor and the seats that it holds."""
    return {
        "url": links.to_one("api_actor", row.slug),
        "html": links.to_one("actor", row.slug),
        "slug": row.slug,
        "key": row.key,
        "kind": row.kind,
        "is_collective": row.is_collective,
        "collectives": [
            {"actor": seat.collective.slug, "since_year": seat.since_year, "until_year": seat.until_year}
            for seat in row.seats.all()
        ],
        "succeeded_by": row.succeeded_by.slug if row.succeeded_by else None,
        "name": texts(row, "name"),
        "acronym": texts(row, "acronym"),
        "country": row.country or None,
        "country_alpha3": row.country_alpha3 or None,
        "un_membership": row.un_membership or None,
        "note": row.note or None,
        "source_url": row.source_url or None,
        "active_from": row.active_from,
        "active_until": row.active_until,
    }


def theme(row: Theme, links: Links) -> ThemeShape:
    """Tell of a theme."""
    return {
        "url": links.to_one("api_theme", row.slug),
        "html": links.to_one("theme", row.slug),
        "slug": row.slug,
        "name": texts(row, "name"),
    }


def milestone(row: Milestone, links: Links) -> MilestoneShape:
    """Tell of a milestone."""
    return {
        "url": links.to_one("api_milestone", row.slug),
        "html": links.to_one("milestone", row.slug),
        "slug": row.slug,
        "date": row.date.isoformat(),
        "forum": row.forum.year if row.forum else None,
        "title": texts(row, "title"),
        "chairs_words": row.chairs_words or None,
        "outcome": row.outcome or None,
        "source_url": row.source_url or None,
    }


def event(row: RecordEvent, links: Links) -> EventShape:
    """Tell an event of the chain, exactly as docs/record.md has it."""
    return {
        "sequence": row.sequence,
        "kind": row.kind,
        "subject": row.subject,
        "at": moment(row.at),
        "previous": row.previous,
        "salt": row.salt,
        "payload": row.payload,
        "content_digest": row.content_digest,
        "digest": row.digest,
    }
