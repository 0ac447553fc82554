"""``load_reference_data``: once, again, over staff's work, with a newer release, and with broken fixtures."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Model
from simple_history.models import HistoricalChanges

from tests.factories import (
    ActorFactory,
    EditorFactory,
    FollowUpFactory,
    ReviewerFactory,
    published_entry,
    published_recommendation,
)
from tests.releases import Release, assessment, entry, recommendation
from tracker import actions
from tracker.models import (
    Actor,
    Conclusion,
    Evidence,
    FollowUp,
    Forum,
    ForumFigure,
    ForumSource,
    Milestone,
    Recommendation,
    RecordEvent,
    RecordHead,
    ReportedTheme,
    Responsibility,
    Roundtable,
    Theme,
    User,
)
from tracker.record.copies import differences
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return Release(tmp_path)


def load(release: Release) -> list[str]:
    """Load a release; return the lines that are printed, without the last, which names the head."""
    out = StringIO()
    call_command("load_reference_data", fixtures=release.write(), stdout=out)
    *lines, head = out.getvalue().splitlines()
    assert head == f"Head of the record: {RecordHead.objects.get().digest}"
    return lines


def refused(release: Release) -> str:
    """Load a release that must fail; return the one line that says why."""
    with pytest.raises(CommandError) as caught:
        load(release)
    assert caught.value.returncode == 2
    return str(caught.value).removeprefix("Nothing was loaded. ")


def rows() -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    models: list[type[Model]] = list(apps.get_app_config("tracker").get_models())
    return {model.__name__: model._default_manager.count() for model in models}


def edit(instance: Any, **values: Any) -> None:
    """Change a row as staff do in the admin."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance._history_user = EditorFactory()
    instance.save()


# Once


def test_first_load_says_what_it_did_and_publishes_everything(release: Release) -> None:
    assert load(release) == [
        (
            "Created: 1 theme, 5 actors, 2 memberships, 2 Forums, 3 Chairs, 1 contributor, 2 figures, 10 sources, "
            "2 reported themes, 3 milestones, 1 roundtable, 1 recommendation, 1 responsibility, 2 conclusions, "
            "3 entries, 2 translations."
        ),
        "Published: 1 recommendation, 2 follow-ups, 1 assessment.",
        "41 changes.",
    ]
    references = FollowUp.objects.published().order_by("sequence").values_list("reference", flat=True)
    assert list(references) == ["GFMD-2010-RT1-01-F1", "GFMD-2010-RT1-01-F2", "GFMD-2010-RT1-01-A1"]
    assert Recommendation.objects.get().status == "in_progress"
    assert (verify().problems, list(differences())) == ([], [])


def test_rows_hold_what_the_fixtures_say(release: Release) -> None:
    load(release)
    old, forum = Actor.objects.get(key="old-body"), Forum.objects.get(year=2010)
    assert (old.succeeded_by.key, old.active_until, old.slug, old.name_fr) == (
        "new-body",
        2000,
        "old-body",
        "old-body (fr)",
    )
    assert Actor.objects.get(key="moonland").un_membership == "observer"
    assert list(Actor.objects.get(key="all").members.values_list("key", flat=True)) == ["moonland", "utopia"]
    assert list(forum.chair_rows.values_list("actor__key", flat=True)) == ["utopia", "moonland"]
    assert (forum.document_title_es, forum.central_theme_en) == ("Conclusions of the Chair (es)", "")
    assert list(forum.figures.values_list("kind", "words", "value", "qualifier", "citation", "url")) == [
        ("participants", "some 650 delegates", None, "exact", "forum.example.org", "https://www.forum.example.org/"),
        ("states", "", 2, "over", "Conclusions of the Chair", ""),
    ]
    assert list(forum.sources.filter(fact="closes_on").values_list("citation", "note")) == [
        ("https://www.forum.example.org/", "At noon.")
    ]
    assert list(ReportedTheme.objects.values_list("forum__year", "title")) == [(2011, "Coming"), (2011, "Going")]
    closing = Milestone.objects.get(slug="closing-2010")
    assert (closing.date, closing.title_en, closing.title_fr) == (
        forum.closes_on,
        "Closing of 2010, Amaurot",
        "Fin, Amaurote",
    )
    assert list(Conclusion.objects.values_list("position", "level", "tracked_as__reference")) == [
        (1, 0, None),
        (2, 1, "GFMD-2010-RT1-01"),
    ]
    assert Recommendation.objects.get().source_document == "Conclusions of the Chair"


def test_entries_are_published_in_the_order_of_their_dates_and_keep_their_numbers(release: Release) -> None:
    year = entry(1, date="2010", date_precision="year")
    month = entry(3, date="2010-11", date_precision="month")
    days = entry(4, date="2010-12-04", date_until="2010-12-30")
    release["entries.json"]["entries"] = [year, entry(2), month, days]
    reading = assessment(1, 2, 3, date="2010-12-02")
    release["assessments.json"]["assessments"] = [
        assessment(2, 1, 2, 3, 4, date="2010", date_precision="year"),
        reading,
    ]
    load(release)
    published = FollowUp.objects.order_by("sequence").values_list("reference", "occurred_from", "counts_from")
    assert [(reference[-2:], str(first), str(last)) for reference, first, last in published] == [
        ("F3", "2010-11-01", "2010-11-30"),
        ("F2", "2010-12-02", "2010-12-02"),
        ("A1", "2010-12-02", "2010-12-02"),
        ("F4", "2010-12-04", "2010-12-30"),
        ("F1", "2010-01-01", "2010-12-31"),
        ("A2", "2010-01-01", "2010-12-31"),
    ]


def test_everything_is_signed_by_an_account_that_cannot_sign_in(release: Release) -> None:
    load(release)
    system = User.objects.get()
    assert (system.username, system.is_system, system.is_active, system.has_usable_password()) == (
        "system",
        True,
        False,
        False,
    )
    assert set(FollowUp.objects.values_list("created_by", "published_by")) == {(system.pk, system.pk)}
    for model in apps.get_app_config("tracker").get_models():
        if issubclass(model, HistoricalChanges) and hasattr(model, "history_user"):
            signatures = set(model._default_manager.values_list("history_user", "history_change_reason"))
            assert signatures <= {(system.pk, "Loaded with the data of a release")}, model


# Again


def test_second_load_changes_nothing_not_even_the_version_of_the_public_pages(release: Release) -> None:
    load(release)
    head, before = RecordHead.objects.values().get(), rows()
    assert load(release) == ["0 changes."]
    assert (RecordHead.objects.values().get(), rows()) == (head, before)


def test_edit_by_staff_is_kept_and_named(release: Release) -> None:
    load(release)
    edit(Actor.objects.get(key="utopia"), name_fr="Utopie")
    edit(Recommendation.objects.get(), headline_en="Our words")
    assert load(release) == [
        "Differs from this release and was kept:",
        "  actor utopia: name_fr is “Utopie”; in this release “Utopia (fr)”",
        "  recommendation GFMD-2010-RT1-01: headline_en is “Our words”; in this release “Thing 1”",
        "0 changes.",
    ]
    assert Actor.objects.get(key="utopia").name_fr == "Utopie"
    assert Recommendation.objects.get().headline_en == "Our words"


def test_themes_chosen_by_staff_are_kept_and_named(release: Release) -> None:
    load(release)
    staff = Recommendation.objects.get()
    staff._history_user = EditorFactory()
    staff.themes.set([])
    assert load(release)[1:] == [
        "  recommendation GFMD-2010-RT1-01: themes is nothing; in this release “Law”",
        "0 changes.",
    ]


def test_row_that_staff_removed_or_renamed_is_not_made_again(release: Release) -> None:
    load(release)
    Responsibility.objects.get().delete()
    edit(ForumFigure.objects.get(kind="participants"), words="650 delegates")
    ForumSource.objects.filter(fact="host_city", forum__year=2011).delete()
    before = rows()
    assert load(release) == [
        "Left out:",
        "  figure 2010 participants: removed or renamed by staff",
        "  source 2011 host_city https://www.forum.example.org/: removed or renamed by staff",
        "  responsibility GFMD-2010-RT1-01 addressed 1: removed or renamed by staff",
        "0 changes.",
    ]
    assert rows() == before


def test_actor_and_forum_made_by_staff_beforehand_are_theirs(release: Release) -> None:
    ActorFactory(slug="utopia", name_en="Our Utopia", country="UT")
    lines = load(release)
    assert "  actor utopia: name_en is “Our Utopia”; in this release “Utopia”" in lines
    assert Actor.objects.get(key="utopia").name_en == "Our Utopia"
    assert FollowUp.objects.published().filter(actor__key="utopia").count() == 2


# A newer release


def test_newer_release_reaches_what_nobody_has_touched(release: Release) -> None:
    load(release)
    version = RecordHead.objects.get().version
    release["states.json"]["states"][0]["name"]["fr"] = "Utopie"
    release["vocabularies.json"]["themes"].append({"slug": "work", "name": {"en": "Work"}})
    release["recommendations.json"]["recommendations"][0]["themes"] = ["law", "work"]
    assert load(release) == [
        "Created: 1 theme.",
        "Brought up to date with this release:",
        "  actor utopia: name_fr",
        "  recommendation GFMD-2010-RT1-01: themes",
        "3 changes.",
    ]
    utopia = Actor.objects.get(key="utopia")
    assert (utopia.name_fr, utopia.sort_fr, utopia.version) == ("Utopie", "utopie", 2)
    assert RecordHead.objects.get().version > version
    assert Theme.objects.filter(recommendations__number=1).count() == 2
    assert load(release) == ["0 changes."]


def test_nothing_published_follows_a_newer_release(release: Release) -> None:
    load(release)
    before = [list(model.objects.order_by("pk").values()) for model in (FollowUp, Evidence, Recommendation, Forum)]
    release["recommendations.json"]["recommendations"][0] |= {"official_text": "Other words.", "nature": "finding"}
    release["forums.json"]["editions"][0]["closing"]["value"] = "2010-11-12"
    release["entries.json"]["entries"][0] |= {"title": "Another law", "actor": "moonland", "partners": []}
    release["entries.json"]["entries"][1]["evidence"][0]["url"] = None
    release["assessments.json"]["assessments"][0] |= {"reasoning": "Two laws.", "rests_on": ["GFMD-2010-RT1-01-F1"]}
    gazette = "Gazette 2 https://gazette.example.org/ official"
    assert load(release) == [
        "Differs from this release and was kept:",
        "  Forum 2010: closes_on is “2010-11-11”; in this release “2010-11-12”",
        "  recommendation GFMD-2010-RT1-01: nature is “request”; in this release “finding”",
        "  recommendation GFMD-2010-RT1-01: official_text is “All should do thing 1.”; in this release “Other words.”",
        "  entry GFMD-2010-RT1-01-F1: actor is “Utopia”; in this release “Moonland”",
        "  entry GFMD-2010-RT1-01-F1: title is “Law 1”; in this release “Another law”",
        "  entry GFMD-2010-RT1-01-F1: partners is “moonland”; in this release nothing",
        f"  entry GFMD-2010-RT1-01-F2: evidence is “{gazette}”; in this release “Gazette 2 official”",
        "  entry GFMD-2010-RT1-01-A1: body is “A law was adopted.”; in this release “Two laws.”",
        (
            "  entry GFMD-2010-RT1-01-A1: rests_on is “GFMD-2010-RT1-01-F1; GFMD-2010-RT1-01-F2”; "
            "in this release “GFMD-2010-RT1-01-F1”"
        ),
        "0 changes.",
    ]
    assert [
        list(model.objects.order_by("pk").values()) for model in (FollowUp, Evidence, Recommendation, Forum)
    ] == before


def newer(release: Release) -> None:
    """Let the next release ship one recommendation, one follow-up and one assessment more."""
    release["recommendations.json"]["recommendations"].append(recommendation(2))
    release["entries.json"]["entries"].append(entry(3))
    release["assessments.json"]["assessments"].append(assessment(2, 1, 3))


def test_later_entries_are_published_while_nobody_else_has(release: Release) -> None:
    load(release)
    newer(release)
    EditorFactory()
    FollowUpFactory(recommendation=Recommendation.objects.get(), number=None)
    assert load(release) == [
        "Created: 1 recommendation, 1 responsibility, 2 entries, 2 translations.",
        "Published: 1 recommendation, 1 follow-up, 1 assessment.",
        "6 changes.",
    ]
    assert FollowUp.objects.get(reference="GFMD-2010-RT1-01-A2").rests_on.count() == 2
    assert (load(release), verify().problems) == (["0 changes."], [])


def published_by_staff() -> None:
    published_recommendation(by=ReviewerFactory())


def retracted_by_staff() -> None:
    actions.retract(FollowUp.objects.get(reference="GFMD-2010-RT1-01-A1"), by=ReviewerFactory(), reason="A slip.")


def withdrawn_by_staff() -> None:
    actions.withdraw_recommendation(Recommendation.objects.get(), by=ReviewerFactory(), reason="A slip.")


@pytest.mark.parametrize("begun", [published_by_staff, retracted_by_staff, withdrawn_by_staff])
def test_later_entries_wait_for_a_reviewer_where_staff_have_begun(release: Release, begun: Callable[[], None]) -> None:
    load(release)
    begun()
    release["recommendations.json"]["recommendations"].append(recommendation(9))
    release["entries.json"]["entries"].append(entry(3))
    release["assessments.json"]["assessments"].append(assessment(2, 1, 3))
    head = RecordHead.objects.get().digest
    assert load(release) == [
        "Created: 1 recommendation, 1 responsibility, 2 entries, 2 translations.",
        "Drafts for a reviewer, because staff have begun to publish:",
        "  GFMD-2010-RT1-09",
        "  GFMD-2010-RT1-01-F3",
        "  GFMD-2010-RT1-01-A2",
        "6 changes.",
    ]
    assert RecordHead.objects.get().digest == head
    assert Recommendation.objects.get(number=9).state == "draft"
    assert list(FollowUp.objects.unpublished().order_by("pk").values_list("basis", "number")) == [
        ("documented", 3),
        ("assessed", 2),
    ]
    assert load(release) == ["0 changes."]


def test_waiting_draft_is_the_reviewers_and_is_known_again(release: Release) -> None:
    load(release)
    published_by_staff()
    release["entries.json"]["entries"].append(entry(3))
    load(release)
    draft = FollowUp.objects.unpublished().get()
    FollowUp.objects.filter(pk=draft.pk).update(title="Our title", occurred_until=dt.date(2010, 12, 9))
    kept = [
        "Differs from this release and was kept:",
        "  entry GFMD-2010-RT1-01-F3: occurred_until is “2010-12-09”; in this release “2010-12-03”",
        "  entry GFMD-2010-RT1-01-F3: title is “Our title”; in this release “Law 3”",
        "0 changes.",
    ]
    assert load(release) == kept
    assert actions.publish(draft, by=ReviewerFactory()).reference == "GFMD-2010-RT1-01-F3"
    assert load(release) == kept


def test_number_that_staff_have_used_is_not_used_again(release: Release) -> None:
    load(release)
    reviewer = ReviewerFactory()
    theirs = published_entry(by=reviewer, created_by=reviewer, recommendation=Recommendation.objects.get())
    assert theirs.reference == "GFMD-2010-RT1-01-F3"
    release["entries.json"]["entries"].append(entry(3))
    load(release)
    draft = FollowUp.objects.unpublished().get()
    assert (draft.number, draft.title, load(release)) == (None, "Law 3", ["0 changes."])
    assert actions.publish(draft, by=ReviewerFactory()).reference == "GFMD-2010-RT1-01-F4"
    assert load(release) == ["0 changes."]
    # The next release has an entry of that number: another one.
    release["entries.json"]["entries"].append(entry(4))
    assert load(release)[1:3] == [
        "Drafts for a reviewer, because staff have begun to publish:",
        "  GFMD-2010-RT1-01-F4",
    ]
    assert (FollowUp.objects.unpublished().get().title, load(release)) == ("Law 4", ["0 changes."])


def test_later_assessment_rests_on_what_staff_put_in_the_place_of_an_entry(release: Release) -> None:
    load(release)
    reviewer, wrong = ReviewerFactory(), FollowUp.objects.get(reference="GFMD-2010-RT1-01-F1")
    replacement = actions.start_correction(wrong, by=reviewer)
    actions.correct(wrong, by=reviewer, replacement=replacement, reason="A wrong page.")
    release["assessments.json"]["assessments"].append(assessment(2, 1, 2))
    load(release)
    draft = FollowUp.objects.unpublished().get()
    assert set(draft.rests_on.values_list("number", flat=True)) == {2, 3}
    assert actions.publish(draft, by=reviewer).reference == "GFMD-2010-RT1-01-A2"


def test_withheld_entry_stays_empty(release: Release) -> None:
    load(release)
    system = User.objects.get(is_system=True)
    reading = FollowUp.objects.get(reference="GFMD-2010-RT1-01-A1")
    actions.withhold(reading, by=system, reason="A court ordered it.")
    assert load(release) == ["0 changes."]
    assert (FollowUp.objects.get(pk=reading.pk).body, reading.translations.count()) == ("", 0)


def test_what_depends_on_a_removed_actor_is_left_out(release: Release) -> None:
    release["actors.json"]["actors"].append({**release["actors.json"]["actors"][1], "key": "third-body"})
    load(release)
    Actor.objects.get(key="third-body").delete()
    release["entries.json"]["entries"].append(entry(3, actor="third-body"))
    assert load(release) == [
        "Left out:",
        "  actor third-body: removed or renamed by staff",
        "  entry GFMD-2010-RT1-01-F3: its recommendation or an actor was removed by staff",
        "0 changes.",
    ]


# Broken


def test_failure_at_the_very_end_leaves_nothing(release: Release) -> None:
    before, head = rows(), RecordHead.objects.values().get()
    release["assessments.json"]["assessments"].append(assessment(2, 1, 2, status="ongoing", remaining=None))
    assert refused(release) == (
        "assessments.json: GFMD-2010-RT1-01-A2: A recommendation of the nature “Request” cannot be “Continuing”: "
        "choose one of Implemented, Partly implemented, In progress, Overtaken by events, No longer pursued, "
        "No information."
    )
    assert (rows(), RecordHead.objects.values().get()) == (before, head)


def test_failure_of_a_newer_release_leaves_what_was_there(release: Release) -> None:
    load(release)
    before, head = rows(), RecordHead.objects.values().get()
    newer(release)
    release["assessments.json"]["assessments"][-1]["reasoning"] = " "
    assert refused(release) == "assessments.json: GFMD-2010-RT1-01-A2: reasoning: is empty"
    assert (rows(), RecordHead.objects.values().get()) == (before, head)


def test_file_that_is_missing_or_no_json_is_named(release: Release) -> None:
    release.write()
    (release.directory / "entries.json").unlink()
    del release.files["entries.json"]
    assert refused(release) == "entries.json: cannot be read (No such file or directory)"
    (release.directory / "entries.json").write_text('{"entries": [}')
    assert refused(release) == "entries.json: is no JSON: Expecting value in line 1"
    (release.directory / "entries.json").write_bytes(b'{"entries": "\xff"}')
    assert refused(release) == "entries.json: is no UTF-8 text (byte 13)"
    (release.directory / "entries.json").write_text("[]")
    assert refused(release) == "entries.json: must be an object, not []"


F1, A1, R1 = "GFMD-2010-RT1-01-F1", "GFMD-2010-RT1-01-A1", "GFMD-2010-RT1-01"
BROKEN: list[tuple[str, list[str | int], Any, str]] = [
    ("entries.json", ["entries", 0, "title"], None, f"{F1}: title: must be a text, not null"),
    ("entries.json", ["entries", 0, "title"], 7, f"{F1}: title: must be a text, not 7"),
    ("entries.json", ["entries", 0, "title"], " ", f"{F1}: title: is empty"),
    ("entries.json", ["entries", 0, "body"], "a\0b", f"{F1}: body: holds a NUL character"),
    (
        "entries.json",
        ["entries", 0, "actor"],
        "atlantis",
        f"{F1}: actor: “atlantis” is not in actors.json or states.json",
    ),
    ("entries.json", ["entries", 0, "partners"], ["x"], f"{F1}: partners: “x” is not in actors.json or states.json"),
    ("entries.json", ["entries", 0, "partners"], "utopia", f'{F1}: partners: must be a list of texts, not "utopia"'),
    (
        "entries.json",
        ["entries", 0, "recommendation"],
        "R",
        f"{F1}: recommendation: “R” is not in recommendations.json",
    ),
    ("entries.json", ["entries", 0, "date"], "2010-13-01", f'{F1}: date: "2010-13-01" is no date'),
    ("entries.json", ["entries", 0, "date"], "2010-12", f'{F1}: date: "2010-12" is no date known to the day'),
    ("entries.json", ["entries", 0, "date_until"], "2010-11-01", f"{F1}: date_until: is before the date"),
    (
        "entries.json",
        ["entries", 0, "date_precision"],
        "hour",
        f'{F1}: date_precision: "hour" is none of day, month, year',
    ),
    (
        "entries.json",
        ["entries", 0, "basis"],
        "reported",
        f"{F1}: basis: must be documented: only a body itself reports",
    ),
    ("entries.json", ["entries", 0, "evidence", 0, "citation"], "", f"{F1} evidence 1: citation: is empty"),
    ("entries.json", ["entries", 0, "evidence", 0, "url"], "x", f"{F1} evidence 1: url: Enter a valid URL."),
    ("entries.json", ["entries", 0, "key"], "F1", f"F1: key: must be {R1}-F and a number"),
    (
        "entries.json",
        ["entries", 0, "key"],
        "GFMD-2010-RT1-01-F2",
        "GFMD-2010-RT1-01-F2: key: stands twice in this file",
    ),
    ("entries.json", ["entries", 0], 5, "entries 1: must be an object, not 5"),
    ("assessments.json", ["assessments", 0, "rests_on"], ["F9"], f"{A1}: rests_on: “F9” is not in entries.json"),
    ("assessments.json", ["assessments", 0, "remaining"], {"fr": "x"}, f"{A1} remaining: en: is missing"),
    (
        "recommendations.json",
        ["recommendations", 0, "headline", "en"],
        "x" * 81,
        f"{R1}: headline_en: Ensure this value has at most 80 characters (it has 81).",
    ),
    ("recommendations.json", ["recommendations", 0, "themes"], ["x"], f"{R1}: themes: “x” is not in vocabularies.json"),
    ("recommendations.json", ["recommendations", 0, "number"], -1, f"{R1}: number: must not be negative, as -1 is"),
    ("recommendations.json", ["recommendations", 0, "number"], True, f"{R1}: number: must be a whole number, not true"),
    (
        "recommendations.json",
        ["recommendations", 0, "number"],
        3,
        f"{R1}: reference: is GFMD-2010-RT1-03 by its roundtable and number",
    ),
    ("recommendations.json", ["roundtables", 0, "forum"], 1999, "1999-RT1: forum: “1999” is not in forums.json"),
    ("actors.json", ["actors", 1, "succeeded_by"], "old-body", "old-body: succeeded_by: leads in a circle"),
    (
        "actors.json",
        ["actors", 0, "succeeded_by"],
        "x",
        "old-body: succeeded_by: “x” is not in actors.json or states.json",
    ),
    ("states.json", ["states", 0, "key"], "all", "all: key: stands in actors.json too"),
    ("actors.json", ["actors", 0, "is_collective"], "no", 'old-body: is_collective: must be true or false, not "no"'),
    (
        "actors.json",
        ["actors", 0, "member_of"],
        [{"collective": "x"}],
        "old-body member_of 1: collective: “x” is not in actors.json or states.json",
    ),
    (
        "forums.json",
        ["editions", 0, "opening", "value"],
        "8 November",
        '2010 opening: value: "8 November" is no date such as 2010-11-10',
    ),
    ("forums.json", ["editions", 0, "participants", "sources"], [], "2010 participants: sources: must name one source"),
    ("forums.json", ["editions", 0, "year"], {}, "editions 1: year: must be a text or a number, not {}"),
    (
        "conclusions-2010.json",
        ["figures", 0, "kind"],
        "x",
        'figures 1: kind: "x" is none of participants, states, observers',
    ),
    ("milestones.json", ["closing_days"], None, "closing_days: must be an object, not null"),
]


@pytest.mark.parametrize(("file", "place", "value", "message"), BROKEN)
def test_broken_fixture_names_file_key_and_field(
    release: Release, file: str, place: list[str | int], value: Any, message: str
) -> None:
    *way, last = place
    target = release[file]
    for step in way:
        target = target[step]
    target[last] = value
    said = refused(release)
    assert said.startswith(f"{file}: {message}")
    assert "\n" not in said
    assert RecordEvent.objects.count() == 1


def test_missing_key_is_named(release: Release) -> None:
    del release["entries.json"]["entries"][0]["relation"]
    assert refused(release) == f"entries.json: {F1}: relation: is missing"


def test_rule_of_the_database_is_named_with_the_object(release: Release) -> None:
    release["forums.json"]["editions"][0]["opening"]["value"] = "2010-11-12"
    said = refused(release)
    assert said.startswith("forums.json: 2010: ")
    assert "forum_closes_after_it_opens" in said


def test_process_ends_with_2_and_one_line_where_there_is_no_database(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "load_reference_data"]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none"}
    ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith("CommandError: The database is not ready: run `manage.py migrate` first")


# The real data


def test_real_data_are_loaded_whole_and_once() -> None:
    out = StringIO()
    call_command("load_reference_data", stdout=out)
    assert out.getvalue().splitlines()[:3] == [
        (
            "Created: 14 themes, 245 actors, 222 memberships, 15 Forums, 17 Chairs, 18 contributors, 47 figures, "
            "90 sources, 43 reported themes, 17 milestones, 4 roundtables, 18 recommendations, 28 responsibilities, "
            "38 conclusions, 103 entries, 52 translations."
        ),
        "Published: 18 recommendations, 63 follow-ups, 40 assessments.",
        "971 changes.",
    ]
    assert Evidence.objects.count() == 116
    _the_status_of_each_track()
    _the_figures_of_2010()
    assert (verify().problems, list(differences())) == ([], [])
    again = StringIO()
    call_command("load_reference_data", stdout=again)
    assert again.getvalue() == f"0 changes.\nHead of the record: {RecordHead.objects.get().digest}\n"


def _the_status_of_each_track() -> None:
    found = Counter(Recommendation.objects.published().values_list("roundtable__kind", "status"))
    assert found == {
        (Roundtable.Kind.ROUNDTABLE, "implemented"): 2,
        (Roundtable.Kind.ROUNDTABLE, "partially_implemented"): 8,
        (Roundtable.Kind.ROUNDTABLE, "in_progress"): 1,
        (Roundtable.Kind.ROUNDTABLE, "ongoing"): 2,
        (Roundtable.Kind.CLOSING, "implemented"): 3,
        (Roundtable.Kind.CLOSING, "partially_implemented"): 1,
        (Roundtable.Kind.CLOSING, "superseded"): 1,
    }


def _the_figures_of_2010() -> None:
    forum = Forum.objects.get(year=2010)
    both = forum.figures.filter(kind__in=["states", "observers"]).values_list("kind", "value", "qualifier", "url")
    page = "https://www.gfmd.org/meetings/mexico2010"
    assert list(both) == [
        ("states", 131, "over", ""),
        ("states", 131, "exact", page),
        ("observers", 39, "exact", ""),
        ("observers", 38, "exact", page),
    ]
    assert forum.document_title_fr == "Conclusions de la présidence 2010 du FMMD"
    assert list(forum.contributor_rows.values_list("actor__key", flat=True))[-2:] == ["macarthur-foundation", "iom"]
    assert forum.conclusions.filter(tracked_as__isnull=False).count() == 5
    assert forum.conclusions.exclude(untracked_reason="").exclude(text_fr="").count() == 2
