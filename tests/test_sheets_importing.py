"""Sheets become drafts: what each row would do, all or nothing, known again, undone; the record is never touched."""

import io
from collections.abc import Sequence
from typing import Any

import pytest

from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    EditorFactory,
    RecommendationFactory,
    ResponsibilityFactory,
    RoundtableFactory,
    ThemeFactory,
    UserFactory,
    published_entry,
    published_recommendation,
)
from tests.foreign_sheets import MAPPING, foreign_sheet
from tests.queries import queries_of
from tests.refusals import assert_refused
from tests.tampering import dump
from tracker.actions import submit
from tracker.imports.sheets.applying import apply_sheet
from tracker.imports.sheets.mending import Mender
from tracker.imports.sheets.outcome import Outcome, RowResult, RowsRefused
from tracker.imports.sheets.planning import dry_run
from tracker.imports.sheets.sheet import Sheet
from tracker.imports.sheets.undoing import undo
from tracker.models import (
    Actor,
    AuditEvent,
    Evidence,
    FollowUp,
    ImportedRow,
    Membership,
    Recommendation,
    Responsibility,
    SheetImport,
    SheetKind,
    User,
)
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db
RECOMMENDATIONS, ACTORS, RESPONSIBILITIES, FOLLOWUPS, TRANSLATIONS = SheetKind


@pytest.fixture
def editor() -> User:
    return EditorFactory()


def sheet_of(*lines: str) -> Sheet:
    return Sheet(io.BytesIO("\n".join(lines).encode()), name="sheet.csv")


def planned(kind: SheetKind, sheet: Sheet, by: User, **options: Any) -> list[RowResult]:
    return list(dry_run(sheet, kind, by=by, source="Ministry", **options))


def applied(kind: SheetKind, sheet: Sheet, by: User, **options: Any) -> SheetImport:
    return apply_sheet(sheet, kind, by=by, source="Ministry", **options)


def outcomes(results: Sequence[RowResult]) -> list[str]:
    return [result.outcome.value for result in results]


def said(results: Sequence[RowResult]) -> list[tuple[str, str]]:
    return [(problem.column, problem.words) for result in results for problem in result.problems]


class TestRecommendations:
    HEAD = "reference,official_text,headline_en,nature,themes"

    def test_draft_with_history_themes_and_who(self, editor: User) -> None:
        RoundtableFactory()
        ThemeFactory(slug="health", name_fr="Santé")
        done = applied(
            RECOMMENDATIONS,
            sheet_of(self.HEAD, "GFMD-2010-RT1-7,Do it.,To do,principe,santé"),
            editor,
        )
        draft = Recommendation.objects.get()
        assert (draft.reference, draft.number, draft.nature, draft.state) == (
            "GFMD-2010-RT1-07",
            7,
            "principle",
            "draft",
        )
        assert [theme.slug for theme in draft.themes.all()] == ["health"]
        version = draft.history.get()
        assert (version.history_type, version.history_user) == ("+", editor)
        assert [tie.theme.slug for tie in version.themes.all()] == ["health"]
        assert (done.new, done.changed, done.unchanged, done.refused) == (1, 0, 0, 0)
        note = AuditEvent.objects.get(what="sheet_imported")
        assert (note.who, note.subject) == (editor, "sheet.csv (Ministry)")

    def test_changed_field_by_field_and_back(self, editor: User) -> None:
        theme = ThemeFactory(slug="health")
        draft = RecommendationFactory(number=7, headline_en="Old", themes=[theme])
        sheet = sheet_of(self.HEAD, "GFMD-2010-RT1-07,,New,,")
        [result] = planned(RECOMMENDATIONS, sheet, editor)
        assert [(one.column, one.old, one.new) for one in result.changes] == [("headline_en", "Old", "New")]
        done = applied(RECOMMENDATIONS, sheet, editor)
        draft.refresh_from_db()
        assert (draft.headline_en, draft.version) == ("New", 2)
        assert draft.history.first().history_user == editor
        undone = undo(done, by=editor)
        draft.refresh_from_db()
        assert (undone.deleted, undone.restored, undone.left, draft.headline_en) == (0, 1, [], "Old")
        assert list(draft.themes.all()) == [theme]

    def test_what_is_published_is_left_alone(self, editor: User) -> None:
        published_recommendation(number=7, headline_en="Old")
        before = dump()
        sheet = sheet_of(self.HEAD, "GFMD-2010-RT1-07,Other words.,,,", "GFMD-2010-RT1-07,,Old,,")
        results = planned(RECOMMENDATIONS, sheet, editor)
        assert said(results)[0][1] == (
            "GFMD-2010-RT1-07 is published: an import changes drafts only. Correct its official words at the desk."
        )
        with pytest.raises(RowsRefused):
            applied(RECOMMENDATIONS, sheet, editor)
        assert dump() == before

    def test_reasons(self, editor: User) -> None:
        RoundtableFactory()
        rows = (
            "GFMD-2010-RT9-01,x,x,request,",
            "GFMD-2010-RT1-01,x,x,wish,",
            "GFMD-2010-RT1-02,x,x,request,nothing",
            f"GFMD-2010-RT1-03,x,{'x' * 81},request,",
            "GFMD-2010-RT1-04,x,,request,",
            "GFMD-2010-RT1-05,=1+1,x,request,",
            ",x,x,request,",
            "GFMD-2010-RT1-06,x,x,request,",
            "GFMD-2010-RT1-06,x,x,request,",
        )
        results = planned(RECOMMENDATIONS, sheet_of(self.HEAD, *rows), editor)
        assert said(results) == [
            ("roundtable", "The Forum of 2010 has no roundtable RT9: enter it first."),
            ("nature", "“wish” is none of the values: write one of Request, Principle, Finding, Undertaking."),
            ("themes", "There is no theme “nothing”."),
            ("headline_en", "Ensure this value has at most 80 characters (it has 81)."),
            ("headline_en", "Fill in this cell: nothing new is made without it."),
            ("official_text", "“=1+1” is a formula: write what it yields."),
            ("reference", "Give the reference, or Forum, roundtable and number."),
            ("", "Row 9 is about the same: leave one of the two."),
        ]
        assert outcomes(results).count("new") == 1

    def test_good_rows_alone(self, editor: User) -> None:
        RoundtableFactory()
        sheet = sheet_of(self.HEAD, "GFMD-2010-RT1-01,x,x,request,", "GFMD-2010-RT9-01,x,x,request,")
        done = applied(RECOMMENDATIONS, sheet, editor, only_good=True)
        assert (done.new, done.refused) == (1, 1)
        assert [one.reference for one in Recommendation.objects.all()] == ["GFMD-2010-RT1-01"]

    def test_account_without_the_right(self) -> None:
        RoundtableFactory()
        sheet = sheet_of(self.HEAD, "GFMD-2010-RT1-01,x,x,request,")
        assert_refused("not_allowed", applied, RECOMMENDATIONS, sheet, UserFactory())
        assert not SheetImport.objects.exists()

    def test_queries_are_the_same_for_one_and_for_many(self, editor: User) -> None:
        RoundtableFactory()
        one, many = ([f"GFMD-2010-RT1-{n},x,x,request," for n in range(*bounds)] for bounds in ((1, 2), (10, 110)))
        sheets = [sheet_of(self.HEAD, *rows) for rows in (one, many)]
        first, second = (queries_of(lambda sheet=sheet: planned(RECOMMENDATIONS, sheet, editor)) for sheet in sheets)
        assert first == second == 5


class TestActors:
    HEAD = "slug,name_en,kind,is_collective,country,member_of"

    def test_actor_with_seats_known_again_by_its_code(self, editor: User) -> None:
        rows = (
            "group,The Group,forum_body,yes,,",
            ",Ruritania,Government,,RU,group 2010–2018",
            ",Freedonia,government,,FR,group",
        )
        done = applied(ACTORS, sheet_of(self.HEAD, *rows), editor)
        assert done.new == 3
        seat = Membership.objects.get(member__slug="ruritania")
        assert (seat.collective.slug, seat.since_year, seat.until_year) == ("group", 2010, 2018)
        assert Actor.objects.get(slug="ruritania").sort_fr == "ruritania"
        assert outcomes(planned(ACTORS, sheet_of(self.HEAD, *rows), editor)) == ["unchanged"] * 3
        [changed] = planned(ACTORS, sheet_of("iso,member of", "RU,group 2011–2018"), editor)
        assert [(one.old, one.new) for one in changed.changes] == [("group 2010–2018", "group 2011–2018")]
        assert undo(done, by=editor).left == []
        assert (
            Actor.objects.filter(slug__in=["group", "ruritania", "freedonia"]).count(),
            Membership.objects.count(),
        ) == (0, 0)

    def test_circle_of_collectives(self, editor: User) -> None:
        inner = CollectiveFactory(slug="inner")
        CollectiveFactory(slug="outer", members=[inner])
        sheet = sheet_of("slug,member_of", "outer,inner", "inner,outer")
        assert said(planned(ACTORS, sheet, editor)) == [
            ("member_of", "This would make the collective a member of itself.")
        ]


class TestResponsibilities:
    def test_new_changed_and_undone(self, editor: User) -> None:
        recommendation = published_recommendation(number=1)
        known = ResponsibilityFactory(recommendation=recommendation, actor=ActorFactory(slug="mexico"))
        ActorFactory(slug="france", country="FR")
        sheet = sheet_of(
            "reference,actor,addressed", "GFMD-2010-RT1-01,mexico,inferred", "GFMD-2010-RT1-01,fr,explicit"
        )
        done = applied(RESPONSIBILITIES, sheet, editor)
        assert (done.new, done.changed) == (1, 1)
        assert list(Responsibility.objects.order_by("pk").values_list("actor__slug", "addressed")) == [
            ("mexico", "inferred"),
            ("france", "explicit"),
        ]
        assert outcomes(planned(RESPONSIBILITIES, sheet, editor)) == ["unchanged"] * 2
        undo(done, by=editor)
        known.refresh_from_db()
        assert (Responsibility.objects.get(), known.addressed) == (known, "explicit")


class TestFollowUps:
    HEAD = "reference,actor,date,until,title,relation,received_via,status,partners,citation,url,citation_2"

    def test_draft_with_evidence_and_partners(self, editor: User) -> None:
        published_recommendation(number=1)
        ActorFactory(slug="mexico", name_es="México"), ActorFactory(slug="iom")
        row = "GFMD-2010-RT1-01,México,2013-10,2013-12,Opened it,same_subject,letter,in_progress,iom,A letter,,Another"
        sheet = sheet_of(self.HEAD, row)
        applied(FOLLOWUPS, sheet, editor)
        entry = FollowUp.objects.get()
        assert (entry.state, entry.basis, entry.status, entry.created_by) == (
            "draft",
            "reported",
            "in_progress",
            editor,
        )
        assert (str(entry.occurred_from), str(entry.occurred_until), entry.precision) == (
            "2013-10-01",
            "2013-12-31",
            "month",
        )
        assert [one.citation for one in entry.evidence.all()] == ["A letter", "Another"]
        assert [one.slug for one in entry.partners.all()] == ["iom"]
        assert outcomes(planned(FOLLOWUPS, sheet, editor)) == ["unchanged"]

    def test_record_is_never_changed(self, editor: User) -> None:
        published_entry(
            recommendation=published_recommendation(number=1), actor=ActorFactory(slug="mexico"), title="Opened it"
        )
        entry = FollowUp.objects.get()
        before = dump()
        row = f"GFMD-2010-RT1-01,mexico,{entry.occurred_from},,Opened it,refers_to_forum,,,,,,"
        results = planned(FOLLOWUPS, sheet_of(self.HEAD, row), editor)
        assert (
            said(results)[0][1]
            == "GFMD-2010-RT1-01-F1 is on the record, which an import never changes: correct it at the desk."
        )
        assert dump() == before

    def test_reasons(self, editor: User) -> None:
        published_recommendation(number=1, nature="principle")
        ActorFactory(slug="mexico")
        start = "GFMD-2010-RT1-01,mexico"
        rows = (
            f"{start},03/04/2013,,a,same_subject,,,,,,",
            f"{start},2013,,b,same_subject,source,in_progress,,,,",
            f"{start},2013,,c,same_subject,letter,implemented,,,,",
            f"{start},2099,,d,same_subject,,,,,,",
            f"{start},2013,,e,same_subject,,,nobody,,,",
            "GFMD-2010-RT1-99,mexico,2013,,f,same_subject,,,,,,",
            f"{start},2013,2012,g,same_subject,,,,,,",
        )
        words = [problem for _column, problem in said(planned(FOLLOWUPS, sheet_of(self.HEAD, *rows), editor))]
        assert [problem.split(":")[0].split(".")[0] for problem in words] == [
            "“03/04/2013” can be read in two ways",
            "Only a body itself claims a status",
            "A recommendation of the nature “Principle” cannot be “Implemented”",
            "The date lies in the future",
            "There is no actor “nobody”",
            "There is no recommendation GFMD-2010-RT1-99",
            "“2013 – 2012” ends before it begins",
        ]

    def test_worked_on_since_is_left(self, editor: User) -> None:
        published_recommendation(number=1)
        ActorFactory(slug="mexico")
        rows = [f"GFMD-2010-RT1-01,mexico,2013,,Step {n},same_subject,,,,,," for n in (1, 2)]
        done = applied(FOLLOWUPS, sheet_of(self.HEAD, *rows), editor)
        first = FollowUp.objects.get(title="Step 1")
        submit(first, by=editor)
        undone = undo(done, by=editor)
        assert (undone.deleted, undone.left) == (
            1,
            ["Row 2: what it made is published, or has been changed since."],
        )
        assert_refused("sheet_undone", undo, done, by=editor)


class TestTranslations:
    def test_of_what_is_published_and_back(self, editor: User) -> None:
        recommendation = published_recommendation(number=1, headline_en="To do")
        entry = published_entry(recommendation=recommendation, title="Done")
        rows = (
            "recommendation,GFMD-2010-RT1-01,headline,fr,À faire",
            f"followup,{entry.reference},title,es,Hecho",
            "recommendation,GFMD-2010-RT1-01,translation,en,No",
            "recommendation,GFMD-2010-RT1-01,headline,es,",
        )
        sheet = sheet_of("model,key,field,language,text", *rows)
        results = planned(TRANSLATIONS, sheet, editor)
        assert outcomes(results) == ["changed", "changed", "refused", "unchanged"]
        done = applied(TRANSLATIONS, sheet, editor, only_good=True)
        recommendation.refresh_from_db()
        assert (recommendation.headline_fr, entry.translations.get().title) == ("À faire", "Hecho")
        assert undo(done, by=editor).restored == 2
        recommendation.refresh_from_db()
        assert (recommendation.headline_fr, verify().problems) == ("", [])


def test_foreign_sheet_from_dry_run_to_undo(editor: User) -> None:
    """Five thousand rows: what is wrong is said beside each row; mended, imported, imported again, undone."""
    references = [published_recommendation(number=number).reference for number in range(1, 41)]
    actors = [ActorFactory(name_fr=f"État {number}").name_fr for number in range(20)]

    def foreign(**options: Any) -> Sheet:
        return Sheet(io.BytesIO(foreign_sheet(references, actors, **options)), name="Übersicht.csv")

    sheet = foreign()
    results = planned(FOLLOWUPS, sheet, editor, columns=MAPPING)
    refused = [result for result in results if result.outcome == Outcome.REFUSED]
    assert (len(results), len(refused)) == (5000, 15)
    assert [result.line for result in refused[:3]] == [101, 201, 301]
    with pytest.raises(RowsRefused) as caught:
        applied(FOLLOWUPS, sheet, editor, columns=MAPPING)
    assert str(caught.value).startswith("15 of 5000 rows are refused, so nothing was imported")
    assert not FollowUp.objects.exists()
    mender = Mender(sheet.headings, [])
    assert b"".join(mender.rows(refused)).decode().count("Row 100 is about the same") == 1

    done = applied(FOLLOWUPS, foreign(mended=True), editor, columns=MAPPING)
    assert (done.new, FollowUp.objects.count(), Evidence.objects.count()) == (5000, 5000, 5000 - 5000 // 7)
    again = applied(FOLLOWUPS, foreign(mended=True), editor)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5000)
    assert undo(done, by=editor).deleted == 5000
    assert not FollowUp.objects.exists()
    assert ImportedRow.objects.filter(imported=done).count() == 5000
    assert verify().problems == []
