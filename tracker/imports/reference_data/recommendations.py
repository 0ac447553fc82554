"""Roundtables and their recommendations, with the actors they address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker import actions
from tracker.imports.reference_data.actors import Named
from tracker.imports.reference_data.items import Item, read
from tracker.imports.reference_data.shelf import GONE, Row, Shelf
from tracker.models import Language, Nature, Recommendation, Responsibility, Roundtable

RECOMMENDATIONS = "recommendations.json"

# Once public, its place and its official words are frozen, and another nature could contradict what was published.
KEPT_ONCE_PUBLIC = frozenset(
    {
        *("roundtable", "number", "nature"),
        *("official_text", "official_language", "sic", "source_document", "source_locator"),
    }
)


def roundtable_items(directory: Path) -> dict[str, Item]:
    """Return the roundtables of the fixtures by year and code, as "2010-RT1"."""
    items = read(directory, RECOMMENDATIONS).children("roundtables")
    for item in items:
        item.key = f"{item.number('forum')}-{item.text('code')}"
    return {item.key: item for item in items}


def load_recommendations(
    directory: Path, shelf: Shelf, *, forums: Named, actors: Named, themes: Named, titles: dict[str, str]
) -> Named:
    """Load roundtables, recommendations and responsibilities; return the recommendations by reference.

    ``titles``: the title of each Forum's document, by year.
    """
    roundtables = _load_roundtables(directory, shelf, forums)
    items = read(directory, RECOMMENDATIONS).children("recommendations", "reference")
    rows = [_recommendation(item, roundtables, themes, titles) for item in items]
    recommendations = Named(shelf.put(Recommendation, rows, frozen=_kept), RECOMMENDATIONS)
    for item in items:
        placed = recommendations.rows[item.key]
        if placed is not GONE and placed.reference != item.key:
            raise item.wrong("reference", f"is {placed.reference} by its roundtable and number")
    shelf.put(
        Responsibility, [row for item in items for row in _addressed(item, recommendations.rows[item.key], actors)]
    )
    return recommendations


def _kept(recommendation: Recommendation) -> frozenset[str]:
    return KEPT_ONCE_PUBLIC if recommendation.is_public else frozenset()


def _load_roundtables(directory: Path, shelf: Shelf, forums: Named) -> Named:
    rows = [
        Row(
            item,
            {"forum": forums.get(item, "forum", str(item.number("forum"))), "code": item.text("code")},
            {
                "kind": item.choice("kind", Roundtable.Kind),
                "number": item.number_or_none("number"),
                **item.translations("title", "title"),
                "title_note": item.text("title_note", ""),
            },
        )
        for item in roundtable_items(directory).values()
    ]
    return Named(shelf.put(Roundtable, rows), RECOMMENDATIONS)


def _recommendation(item: Item, roundtables: Named, themes: Named, titles: dict[str, str]) -> Row:
    roundtable = roundtables.one(item, "roundtable")
    values = {
        "roundtable": roundtable,
        "number": item.number("number"),
        "nature": item.choice("nature", Nature),
        "official_text": item.text("official_text"),
        "official_language": item.choice("official_language", Language),
        "sic": item.text("sic", ""),
        **item.translations("translation", "translation", optional=True, english=False),
        **item.translations("headline", "headline"),
        "source_document": titles.get(item.text("roundtable").split("-")[0], ""),
        "source_locator": item.text("source_locator", ""),
    }
    return Row(item, {"reference": item.key}, values, many={"themes": themes.all(item, "themes")})


def _addressed(item: Item, recommendation: Any, actors: Named) -> Iterator[Row]:
    for part in item.children("addressed"):
        addressed = part.choice("addressed", Responsibility.Addressed)
        yield Row(
            part, {"recommendation": recommendation, "actor": actors.one(part, "actor")}, {"addressed": addressed}
        )


def publish_recommendations(shelf: Shelf, recommendations: Named, *, as_drafts: bool) -> None:
    """Publish the recommendations that this load made, or leave them to a reviewer."""
    for reference, recommendation in recommendations.rows.items():
        if recommendation not in shelf.made:
            continue
        if as_drafts:
            shelf.report.drafts.append(reference)
            continue
        with Item(RECOMMENDATIONS, reference, {}).blamed():
            recommendations.rows[reference] = actions.publish_recommendation(recommendation, by=shelf.by)
        shelf.sign_history(recommendation)
        shelf.report.published["recommendation"] += 1
