"""Forums: facts and figures with their sources, Chairs, the Chair's document, and the milestones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tracker.imports.reference_data.actors import Named
from tracker.imports.reference_data.items import Item, read
from tracker.imports.reference_data.shelf import GONE, Row, Shelf
from tracker.models import (
    Conclusion,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    ForumSource,
    Milestone,
    Recommendation,
    ReportedTheme,
)

FORUMS = "forums.json"
MILESTONES = "milestones.json"

# Facts of an edition that have sources, and the column that holds each.
SOURCED = {
    "chair": "chairs",
    "host_city": "host_city",
    "opening": "opens_on",
    "closing": "closes_on",
    "central_theme": "central_theme",
    "roundtables": "reported_themes",
    "conclusions_presented": "presented_at",
}
# Facts that are figures in words.
IN_WORDS = {
    "participants": ForumFigure.Kind.PARTICIPANTS,
    "states": ForumFigure.Kind.STATES,
    "civil_society_organiser": ForumFigure.Kind.CIVIL_SOCIETY_ORGANISER,
}


@dataclass(frozen=True)
class Edition:
    """What the fixtures say of one Forum: its facts, and the Chair's document where there is one."""

    item: Item
    document: Item | None

    @property
    def title(self) -> str:
        """The English title of the document."""
        return self.document.child("source").child("document_title").text("en") if self.document else ""


def read_editions(directory: Path) -> list[Edition]:
    """Return the Forums of the fixtures."""
    editions = []
    for item in read(directory, FORUMS).children("editions", "year"):
        document = read(directory, item.text("conclusions")) if "conclusions" in item else None
        editions.append(Edition(item, document))
    return editions


def load_forums(editions: list[Edition], shelf: Shelf, actors: Named) -> Named:
    """Load the Forums with their Chairs, contributors, figures and sources; return them by year."""
    rows = [Row(edition.item, {"year": edition.item.number("year")}, _facts(edition)) for edition in editions]
    forums = Named(shelf.put(Forum, rows, frozen=_counted_from), FORUMS)
    parts: dict[Any, list[Row]] = {ForumChair: [], ForumContributor: [], ForumFigure: [], ForumSource: []}
    for edition in editions:
        forum = forums.rows[edition.item.key]
        parts[ForumChair] += _actors_in_order(edition.item, "chair_keys", forum, actors)
        parts[ForumSource] += _sources(edition.item, forum)
        parts[ForumFigure] += _figures(edition, forum)
        if edition.document:
            parts[ForumContributor] += _actors_in_order(edition.document, "contributors", forum, actors)
    for model, found in parts.items():
        shelf.put(model, found)
    return forums


def _counted_from(forum: Forum) -> frozenset[str]:
    """Keep the days of a Forum whose recommendations are public: counts, and what may be logged, follow from them."""
    counts = Recommendation.objects.public().of_forum(forum).exists()
    return frozenset({"opens_on", "closes_on"} if counts else ())


def _facts(edition: Edition) -> dict[str, Any]:
    item = edition.item
    city = item.child("host_city")
    facts = {
        "ordinal": item.number("ordinal"),
        "host_city": city.text("value", ""),
        "host_country": item.text("host_country_iso", ""),
        "opens_on": item.child("opening").day("value"),
        "closes_on": item.child("closing").day("value"),
        **item.child("central_theme").source_and_translations("value", "central_theme"),
        "chairmanship": item.text("chairmanship", ""),
    }
    if edition.document:
        source = edition.document.child("source")
        facts |= source.translations("document_title", "document_title")
        facts |= source.translations("presented_at", "presented_at", optional=True)
    return facts


def _actors_in_order(item: Item, field: str, forum: Any, actors: Named) -> Iterator[Row]:
    for position, (key, actor) in enumerate(zip(item.texts(field), actors.all(item, field), strict=True), 1):
        named = Item(item.file, f"{item.key} {field} {key}".strip(), {})
        yield Row(named, {"forum": forum, "actor": actor}, {"position": position})


def _sources(item: Item, forum: Any) -> Iterator[Row]:
    """Yield a row for each source of each fact; a note on the fact stands with its first source."""
    for fact, column in SOURCED.items():
        if fact in item:
            found = item.child(fact)
            for place, citation in enumerate(found.texts("sources")):
                note = found.text("note", "") if place == 0 else ""
                named = Item(item.file, f"{found.key} {citation}", {})
                yield Row(named, {"forum": forum, "fact": column, "citation": citation}, {"note": note})


def _figures(edition: Edition, forum: Any) -> Iterator[Row]:
    """Yield the figures that were found in words, then those of the Chair's document."""
    position = 0
    for fact, kind in IN_WORDS.items():
        if fact in edition.item and "value" in edition.item.child(fact):
            position += 1
            found = edition.item.child(fact)
            yield _figure(found, forum, position, kind=kind, words=found.text("value"), **_source_of(found))
    for item in edition.document.children("figures") if edition.document else []:
        position += 1
        yield _figure(
            item,
            forum,
            position,
            kind=item.choice("kind", ForumFigure.Kind),
            words=item.text("words", ""),
            citation=item.text("citation"),
            value=item.number_or_none("value"),
            qualifier=item.choice("qualifier", ForumFigure.Qualifier, ForumFigure.Qualifier.EXACT),
            url=item.text("url", ""),
        )


def _figure(item: Item, forum: Any, position: int, *, kind: str, citation: str, words: str, **values: Any) -> Row:
    key = {"forum": forum, "kind": kind, "citation": citation, "words": words}
    return Row(item, key, {**values, "note": item.text("note", ""), "position": position})


def _source_of(item: Item) -> dict[str, str]:
    """Return the citation and the address of a fact's source: an address is cited by the name of its site."""
    sources = item.texts("sources")
    if len(sources) != 1:
        raise item.wrong("sources", "must name one source")
    host = urlsplit(sources[0]).hostname
    return {"citation": host.removeprefix("www.") if host else sources[0], "url": sources[0] if host else ""}


def load_reported_themes(editions: list[Edition], shelf: Shelf, forums: Named, with_roundtables: set[str]) -> None:
    """Load the roundtable themes that sources report of Forums whose own roundtables are not among the data."""
    rows = []
    for edition in editions:
        if edition.item.key not in with_roundtables and "roundtables" in edition.item:
            found = edition.item.child("roundtables")
            for position, title in enumerate(found.texts("value"), 1):
                named = Item(found.file, f"{found.key} {position}", {})
                rows.append(
                    Row(named, {"forum": forums.rows[edition.item.key], "position": position}, {"title": title})
                )
    shelf.put(ReportedTheme, rows)


def load_milestones(directory: Path, editions: list[Edition], shelf: Shelf, forums: Named) -> None:
    """Load the milestones, and the closing day of every Forum as one."""
    fixture = read(directory, MILESTONES)
    rows = [
        Row(
            item,
            {"slug": item.key},
            {
                "date": item.day("date"),
                **item.translations("title", "title"),
                "chairs_words": item.text("chairs_words", ""),
                "outcome": item.text("outcome", ""),
                "source_url": item.text("source_url", ""),
            },
        )
        for item in fixture.children("milestones", "slug")
    ]
    pattern = fixture.child("closing_days")
    closing_days = [_closing_day(edition.item, pattern, forums.rows[edition.item.key]) for edition in editions]
    shelf.put(Milestone, [*rows, *closing_days])


def _closing_day(item: Item, pattern: Item, forum: Any) -> Row:
    """Return the milestone of a Forum; its day is that of the stored Forum, whatever the fixture says."""
    cities = item.child("host_city").source_and_translations("value", "city")
    titles = {
        column: title.replace("{year}", item.key).replace("{city}", cities[column.replace("title", "city")])
        for column, title in pattern.translations("title", "title").items()
    }
    day = GONE if forum is GONE else forum.closes_on
    return Row(
        item, {"slug": pattern.text("slug").replace("{year}", item.key)}, {"forum": forum, "date": day, **titles}
    )


def load_conclusions(editions: list[Edition], shelf: Shelf, forums: Named, recommendations: Named) -> None:
    """Load the statements of the Chairs' documents, in their order, tied to the recommendations that track them."""
    rows = [
        _conclusion(item, position, forums.rows[edition.item.key], recommendations)
        for edition in editions
        if edition.document
        for position, item in enumerate(edition.document.children("statements"), 1)
    ]
    shelf.put(Conclusion, rows)


def _conclusion(item: Item, position: int, forum: Any, recommendations: Named) -> Row:
    tracked = recommendations.one(item, "tracked_as") if "tracked_as" in item else None
    values = {
        "section": item.text("section"),
        "level": item.number("level"),
        **item.source_and_translations("text", "text"),
        "tracked_as": tracked,
        "untracked_reason": item.text("untracked_reason", ""),
    }
    return Row(item, {"forum": forum, "position": position}, values)
