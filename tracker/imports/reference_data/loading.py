"""The load as a whole: one transaction, in the order in which things depend on each other."""

from pathlib import Path

from django.db import transaction

from tracker.imports.reference_data.account import staff_have_begun, system_account
from tracker.imports.reference_data.actors import load_actors, load_themes
from tracker.imports.reference_data.entries import load_entries
from tracker.imports.reference_data.forums import (
    load_conclusions,
    load_forums,
    load_milestones,
    load_reported_themes,
    read_editions,
)
from tracker.imports.reference_data.recommendations import (
    load_recommendations,
    publish_recommendations,
    roundtable_items,
)
from tracker.imports.reference_data.report import Report
from tracker.imports.reference_data.shelf import Shelf
from tracker.imports.reference_data.shipped import read_entries
from tracker.record.chain import lock_head, writing


def load(directory: Path) -> Report:
    """Load the fixtures of a directory; return what was done. Nothing is kept of a load that fails.

    Raises ``FixtureError``. Holds the one lock of all writers from the first look to the last row, and bumps the
    version of what the public sees only if something changed.
    """
    report = Report()
    with transaction.atomic():
        lock_head()
        _load(directory, report)
        if report.changes:
            with writing():
                pass
    return report


def _load(directory: Path, report: Report) -> None:
    shelf = Shelf(system_account(), report)
    as_drafts = staff_have_begun(shelf.by)
    editions = read_editions(directory)
    themes, actors = load_themes(directory, shelf), load_actors(directory, shelf)
    forums = load_forums(editions, shelf, actors)
    with_roundtables = {str(item.number("forum")) for item in roundtable_items(directory).values()}
    load_reported_themes(editions, shelf, forums, with_roundtables)
    load_milestones(directory, editions, shelf, forums)
    titles = {edition.item.key: edition.title for edition in editions}
    recommendations = load_recommendations(directory, shelf, forums=forums, actors=actors, themes=themes, titles=titles)
    publish_recommendations(shelf, recommendations, as_drafts=as_drafts)
    load_conclusions(editions, shelf, forums, recommendations)
    entries = read_entries(directory, recommendations=recommendations, actors=actors)
    load_entries(entries, shelf, as_drafts=as_drafts)
