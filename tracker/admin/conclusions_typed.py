"""What was typed into the rows of a Chair's document, as its draft again."""

import dataclasses
from typing import Any

from tracker.admin.conclusions_sheet import FORUM_FACTS, ItemRow, Sheet, fact_key
from tracker.imports.correcting import Draft, Item
from tracker.imports.correcting.changes import place
from tracker.imports.document.outline import Addressed, Addressee, ForumFacts, Reading, Suggestion

Typed = dict[str, Any]


def corrected(sheet: Sheet) -> Draft:
    """Return the draft as it was typed. Called once everything is valid."""
    draft = _with_titles(_with_forum(sheet), sheet)
    touched = [row for row in sheet.items.values() if row.touched]
    for row in touched:
        draft = draft.with_item(_corrected(row))
    for row in touched:
        draft = place(draft, row.item.key, row.value["place"])
    return draft


def _with_forum(sheet: Sheet) -> Draft:
    draft = sheet.draft
    if sheet.forum_row and sheet.forum_row.touched:
        facts = {FORUM_FACTS.get(name, name): value for name, value in sheet.forum_row.value.items()}
        chairs, country = facts.pop("chairs"), facts.pop("host_country")
        forum = dataclasses.replace(draft.forum, **facts)
        draft = dataclasses.replace(draft, forum=forum, chairs=chairs, host_country=country)
    if sheet.facts_row.touched:
        draft = dataclasses.replace(draft, forum=_with_facts(draft.forum, sheet.found, sheet.facts_row.value))
    return draft


def _with_facts(forum: ForumFacts, found: ForumFacts, typed: Typed) -> ForumFacts:
    return dataclasses.replace(
        forum,
        figures=tuple(one for one in found.figures if fact_key(one) in typed["figures"]),
        contributors=tuple(one for one in found.contributors if fact_key(one) in typed["contributors"]),
    )


def _with_titles(draft: Draft, sheet: Sheet) -> Draft:
    titles = {code: row.value["title"] for code, row in sheet.parts.items() if row.touched}
    parts = (dataclasses.replace(part, title=titles.get(part.code, part.title)) for part in draft.parts)
    return dataclasses.replace(draft, parts=tuple(parts))


def _corrected(row: ItemRow) -> Item:
    item, typed = row.item, row.value
    item = dataclasses.replace(item, text=typed["words"].strip(), number=typed.get("number", item.number))
    if "nature" not in typed:
        return item
    return dataclasses.replace(item, reading=_reading(item.reading, typed, row), repeats=tuple(typed["reiterates"]))


def _reading(found: Reading, typed: dict[str, Any], row: ItemRow) -> Reading:
    """Return what was chosen; the reason of a suggestion stays with it as long as it does."""
    nature = found.nature if typed["nature"] == found.nature.value else Suggestion(typed["nature"], "")
    reasons = {one.actor: one for one in found.addressees}
    actors = {actor.pk: actor.key for actor in row.form.fields["addressed"].widget.collectives}
    chosen = {actors[pk]: Addressed(how) for pk, how in typed["addressed"].as_chosen.items()}
    return Reading(
        nature=nature,
        addressees=tuple(
            Addressee(key, how, reasons[key].reason if key in reasons and reasons[key].addressed == how else "")
            for key, how in chosen.items()
        ),
        themes=tuple(one for one in found.themes if one.value in typed["themes"]),
        reiterates=found.reiterates,
    )
