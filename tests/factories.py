"""Objects for tests, with no surprises: nothing random, nothing hidden, everything can be said by keyword.

A factory makes one row, and what that row cannot be without. Where no Forum is named, it is that of 2010; where no
roundtable is named, it is Roundtable 1 of that Forum: both are made when they are first needed. ``ForumFactory()``
always makes another one, of the next year. Roundtables and recommendations are numbered within their parent. Drafts
are rows; whatever is on the record gets there through the actions: ``published_recommendation``,
``published_entry``, ``published_report``, ``published_assessment``.

``RecordHead``, ``RecordEvent``, ``StatusChange`` and ``AuditEvent`` have no factory: only what is done writes them, and
a row made in another way would be a falsified record.
"""

import datetime as dt
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.db.models import Max, Model
from django.utils import timezone

from tracker import actions
from tracker.imports.reference_data import system_account
from tracker.models import (
    Actor,
    AuditEvent,
    Conclusion,
    DayCount,
    DiaryNote,
    DocumentImport,
    EntryCount,
    EntryDocument,
    EntryTranslation,
    Evidence,
    Filing,
    FollowUp,
    Forum,
    ForumChair,
    ForumContributor,
    ForumFigure,
    ForumSource,
    ImportedRow,
    Membership,
    Milestone,
    Partner,
    Recommendation,
    RecordEvent,
    RecordHead,
    ReferenceAlias,
    Reiteration,
    ReportedTheme,
    Responsibility,
    RestsOn,
    Roundtable,
    SearchDocument,
    SearchStale,
    SearchWord,
    SheetColumns,
    SheetImport,
    SheetKind,
    Standing,
    Status,
    StatusChange,
    StatusCount,
    Theme,
    User,
)

FIRST_YEAR = 2010
FOLLOWING: tuple[type[Model], ...] = (
    *(RecordHead, RecordEvent, StatusChange, AuditEvent),
    *(SearchDocument, EntryDocument, SearchStale, SearchWord),
    *(StatusCount, DayCount, EntryCount, Filing),
)
"""What only follows from something else has no factory."""


def _next(rows: Any, column: str, first: int = 1) -> int:
    highest = rows.aggregate(highest=Max(column))["highest"]
    return first if highest is None else highest + 1


class _Factory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


# Accounts


def _in_groups(*names: str) -> factory.PostGeneration:
    """Put an account into the groups so named, unless ``groups=[…]`` names others."""

    def join(user: User, create: bool, others: Any, **kwargs: Any) -> None:
        user.groups.set(Group.objects.filter(name__in=names if others is None else others))

    return factory.PostGeneration(join)


class UserFactory(_Factory):
    """An account that may sign in and nothing else. ``password="…"`` sets one; without it, use ``force_login``."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")
    password = factory.django.Password(None)
    groups = _in_groups()


class EditorFactory(UserFactory):
    """Staff who enter and submit."""

    username = factory.Sequence(lambda n: f"editor-{n}")
    is_staff = True
    groups = _in_groups("editor")


class ReviewerFactory(UserFactory):
    """Staff who publish, return and retract."""

    username = factory.Sequence(lambda n: f"reviewer-{n}")
    is_staff = True
    groups = _in_groups("reviewer")


class AdministratorFactory(UserFactory):
    """Staff who may do everything with the record, removal and waiving included, and keep the accounts."""

    username = factory.Sequence(lambda n: f"administrator-{n}")
    is_staff = True
    groups = _in_groups("administrator")


class SuperuserFactory(UserFactory):
    """Who installed it: may do everything, and gives rights to groups."""

    username = factory.Sequence(lambda n: f"superuser-{n}")
    is_staff = True
    is_superuser = True


# Actors


class ActorFactory(_Factory):
    """A government that is no collective."""

    class Meta:
        model = Actor

    kind = Actor.Kind.GOVERNMENT
    slug = factory.Sequence(lambda n: f"actor-{n}")
    name_en = factory.LazyAttribute(lambda actor: actor.slug.replace("-", " ").capitalize())


class CollectiveFactory(ActorFactory):
    """A collective; ``members=[…]`` seats actors in it."""

    slug = factory.Sequence(lambda n: f"collective-{n}")
    is_collective = True

    @factory.post_generation
    def members(self: Actor, create: bool, members: Any, **kwargs: Any) -> None:
        """Seat the given actors."""
        for member in members or []:
            MembershipFactory(collective=self, member=member)


class MembershipFactory(_Factory):
    """A seat without years."""

    class Meta:
        model = Membership

    collective = factory.SubFactory(CollectiveFactory)
    member = factory.SubFactory(ActorFactory)


# Forums


class ForumFactory(_Factory):
    """The next Forum, open from 8 to 11 November; ``chairs=[…]`` names its Chairs in order."""

    class Meta:
        model = Forum

    year = factory.LazyFunction(lambda: _next(Forum.objects, "year", FIRST_YEAR))
    ordinal = factory.LazyFunction(lambda: _next(Forum.objects, "ordinal"))
    host_city = factory.LazyAttribute(lambda forum: f"City {forum.year}")
    opens_on = factory.LazyAttribute(lambda forum: dt.date(forum.year, 11, 8))
    closes_on = factory.LazyAttribute(lambda forum: dt.date(forum.year, 11, 11))

    @factory.post_generation
    def chairs(self: Forum, create: bool, actors: Any, **kwargs: Any) -> None:
        """Name the given actors as Chairs."""
        for position, actor in enumerate(actors or [], 1):
            ForumChairFactory(forum=self, actor=actor, position=position)


def usual_forum() -> Forum:
    """Return the Forum of 2010; it is made once."""
    return Forum.objects.filter(year=FIRST_YEAR).first() or ForumFactory(year=FIRST_YEAR)


class ForumChairFactory(_Factory):
    class Meta:
        model = ForumChair

    forum = factory.LazyFunction(usual_forum)
    actor = factory.SubFactory(ActorFactory)
    position = factory.LazyAttribute(lambda row: _next(row.forum.chair_rows, "position"))


class ForumContributorFactory(_Factory):
    class Meta:
        model = ForumContributor

    forum = factory.LazyFunction(usual_forum)
    actor = factory.SubFactory(ActorFactory)
    position = factory.LazyAttribute(lambda row: _next(row.forum.contributor_rows, "position"))


class ForumFigureFactory(_Factory):
    class Meta:
        model = ForumFigure

    forum = factory.LazyFunction(usual_forum)
    kind = ForumFigure.Kind.PARTICIPANTS
    value = 650
    position = factory.LazyAttribute(lambda figure: _next(figure.forum.figures, "position"))
    citation = factory.LazyAttribute(lambda figure: f"Report {figure.position} on the Forum")


class ForumSourceFactory(_Factory):
    class Meta:
        model = ForumSource

    forum = factory.LazyFunction(usual_forum)
    fact = "host_city"
    citation = factory.Sequence(lambda n: f"https://forum.example.org/{n}")


class ReportedThemeFactory(_Factory):
    class Meta:
        model = ReportedTheme

    forum = factory.LazyFunction(usual_forum)
    position = factory.LazyAttribute(lambda theme: _next(theme.forum.reported_themes, "position"))
    title = factory.LazyAttribute(lambda theme: f"Reported theme {theme.position}")


class ConclusionFactory(_Factory):
    class Meta:
        model = Conclusion

    forum = factory.LazyFunction(usual_forum)
    position = factory.LazyAttribute(lambda conclusion: _next(conclusion.forum.conclusions, "position"))
    section = "Preparatory process"
    text_en = factory.LazyAttribute(lambda conclusion: f"Statement {conclusion.position} of the Chair.")


class MilestoneFactory(_Factory):
    """A High-level Dialogue on 3 October 2013; ``forum=…`` makes it the closing day of that Forum."""

    class Meta:
        model = Milestone

    slug = factory.Sequence(lambda n: f"milestone-{n}")
    date = dt.date(2013, 10, 3)
    title_en = factory.LazyAttribute(lambda milestone: milestone.slug.replace("-", " ").capitalize())


# Recommendations


class ThemeFactory(_Factory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name_en = factory.LazyAttribute(lambda theme: theme.slug.replace("-", " ").capitalize())


def usual_roundtable() -> Roundtable:
    """Return Roundtable 1 of the Forum of 2010; it is made once."""
    forum = usual_forum()
    return forum.roundtables.filter(number=1).first() or RoundtableFactory(forum=forum, number=1)


class RoundtableFactory(_Factory):
    """The next roundtable of a Forum: RT1, RT2 …"""

    class Meta:
        model = Roundtable

    forum = factory.LazyFunction(usual_forum)
    number = factory.LazyAttribute(lambda roundtable: _next(roundtable.forum.roundtables, "number"))
    code = factory.LazyAttribute(lambda roundtable: f"RT{roundtable.number}")
    title_en = factory.LazyAttribute(lambda roundtable: f"Subject of {roundtable.code}")


class ClosingPartFactory(RoundtableFactory):
    """The closing part of a Forum: FUT, counted apart."""

    kind = Roundtable.Kind.CLOSING
    number = None
    code = "FUT"
    title_en = "The future of the Forum and the agenda"


class RecommendationFactory(_Factory):
    """A draft: the next request of a roundtable; ``themes=[…]``, ``addressed=[…]`` (the actors it addresses)."""

    class Meta:
        model = Recommendation

    roundtable = factory.LazyFunction(usual_roundtable)
    number = factory.LazyAttribute(lambda draft: _next(draft.roundtable.recommendations, "number"))
    official_text = factory.LazyAttribute(
        lambda draft: f"Governments should do thing {draft.number} of {draft.roundtable.code}."
    )
    headline_en = factory.LazyAttribute(lambda draft: f"Thing {draft.number} of {draft.roundtable.code}")
    source_document = "Conclusions of the Chair"

    @factory.post_generation
    def themes(self: Recommendation, create: bool, themes: Any, **kwargs: Any) -> None:
        """Set the given themes."""
        self.themes.set(themes or [])

    @factory.post_generation
    def addressed(self: Recommendation, create: bool, actors: Any, **kwargs: Any) -> None:
        """Address the given actors."""
        for actor in actors or []:
            ResponsibilityFactory(recommendation=self, actor=actor)


class ResponsibilityFactory(_Factory):
    class Meta:
        model = Responsibility

    recommendation = factory.SubFactory(RecommendationFactory)
    actor = factory.SubFactory(ActorFactory)


class ReiterationFactory(_Factory):
    class Meta:
        model = Reiteration

    earlier = factory.SubFactory(RecommendationFactory)
    later = factory.SubFactory(RecommendationFactory)


class ReferenceAliasFactory(_Factory):
    class Meta:
        model = ReferenceAlias

    reference = factory.Sequence(lambda n: f"GFMD-OLD-RT1-{n:02d}")
    recommendation = factory.SubFactory(RecommendationFactory)


# Entries


def _day_after_closing(entry: Any) -> dt.date:
    closes_on: dt.date = entry.recommendation.roundtable.forum.closes_on
    return closes_on + dt.timedelta(days=1)


class _EntryFactory(_Factory):
    """What follow-ups and assessments share: a draft, of the day after its Forum closed.

    Without ``recommendation=`` each is on a recommendation of its own, published.
    """

    class Meta:
        model = FollowUp

    recommendation = factory.LazyFunction(lambda: published_recommendation())
    occurred_from = factory.LazyAttribute(_day_after_closing)
    occurred_until = factory.SelfAttribute("occurred_from")
    created_by = factory.LazyFunction(system_account)
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def partners(self: FollowUp, create: bool, actors: Any, **kwargs: Any) -> None:
        """Name the given actors as partners, in order."""
        for position, actor in enumerate(actors or [], 1):
            PartnerFactory(entry=self, actor=actor, position=position)

    @factory.post_generation
    def rests_on(self: FollowUp, create: bool, entries: Any, **kwargs: Any) -> None:
        """Let an assessment rest on the given entries."""
        for entry in entries or []:
            RestsOnFactory(assessment=self, entry=entry)


def _pieces_of_evidence(default: int) -> factory.PostGeneration:
    """Add so many pieces of evidence, unless ``evidence=`` says another number."""

    def add(entry: FollowUp, create: bool, number: Any, **kwargs: Any) -> None:
        EvidenceFactory.create_batch(default if number is None else number, entry=entry)

    return factory.PostGeneration(add)


class FollowUpFactory(_EntryFactory):
    """A documented draft with one piece of evidence (``evidence=0`` for none, ``evidence=3`` for three)."""

    basis = FollowUp.Basis.DOCUMENTED
    actor = factory.SubFactory(ActorFactory)
    relation = FollowUp.Relation.SAME_SUBJECT
    title = "A law was adopted"
    body = "Parliament adopted a law."
    evidence = _pieces_of_evidence(1)


class ReportFactory(FollowUpFactory):
    """A draft of what a body reports of itself, by e-mail, without evidence; ``status=`` claims a status."""

    basis = FollowUp.Basis.REPORTED
    received_via = FollowUp.ReceivedVia.EMAIL
    evidence = _pieces_of_evidence(0)


class AssessmentFactory(_EntryFactory):
    """A draft of a provisional reading, in progress, that rests on nothing; ``rests_on=[…]``, ``evidence=1``."""

    basis = FollowUp.Basis.ASSESSED
    status = Status.IN_PROGRESS
    standing = Standing.PROVISIONAL
    body = "Steps are on record."
    remaining = factory.LazyAttribute(
        lambda draft: "Much remains to be done." if draft.status in Status.with_remainder() else ""
    )
    evidence = _pieces_of_evidence(0)


class EvidenceFactory(_Factory):
    class Meta:
        model = Evidence

    entry = factory.SubFactory(FollowUpFactory, evidence=0)
    position = factory.LazyAttribute(lambda evidence: _next(evidence.entry.evidence, "position"))
    citation = factory.LazyAttribute(lambda evidence: f"Official gazette, page {evidence.position}")
    url = factory.LazyAttribute(lambda evidence: f"https://gazette.example.org/{evidence.position}")


class PartnerFactory(_Factory):
    class Meta:
        model = Partner

    entry = factory.SubFactory(FollowUpFactory)
    actor = factory.SubFactory(ActorFactory)
    position = factory.LazyAttribute(lambda partner: _next(partner.entry.partner_rows, "position"))


class RestsOnFactory(_Factory):
    """A draft assessment rests on a published entry of the same recommendation."""

    class Meta:
        model = RestsOn

    entry = factory.LazyFunction(lambda: published_entry())
    assessment = factory.LazyAttribute(
        lambda row: AssessmentFactory(
            recommendation=row.entry.recommendation, occurred_from=row.entry.counts_from, rests_on=[]
        )
    )


class EntryTranslationFactory(_Factory):
    class Meta:
        model = EntryTranslation

    entry = factory.SubFactory(FollowUpFactory)
    language = "fr"
    title = "Une loi a été adoptée"
    body = "Le Parlement a adopté une loi."


# The diary


class DiaryNoteFactory(_Factory):
    """An open note about nothing in particular, of the Forum's first day, with no day to come back to it."""

    class Meta:
        model = DiaryNote

    text = factory.Sequence(lambda n: f"Wrote letter {n}, reply awaited.")
    on = dt.date(FIRST_YEAR, 11, 8)
    written_by = factory.LazyFunction(system_account)
    written_at = factory.LazyFunction(timezone.now)


# A Chair's document


class DocumentImportFactory(_Factory):
    """A document of 2010 that is being corrected, of which nothing was found."""

    class Meta:
        model = DocumentImport

    year = FIRST_YEAR
    name = factory.Sequence(lambda n: f"conclusions-{n}.txt")
    format = DocumentImport.Format.TEXT
    size = 1000
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    words_digest = factory.Sequence(lambda n: f"{n:064x}")
    language = "en"
    found = factory.Dict({})
    corrected = factory.Dict({})
    started_by = factory.LazyFunction(system_account)
    started_at = factory.LazyFunction(timezone.now)


# Spreadsheets


class SheetImportFactory(_Factory):
    """A sheet of recommendations that was uploaded; its file is gone."""

    class Meta:
        model = SheetImport

    kind = SheetKind.RECOMMENDATIONS
    source = "Ministry"
    file_name = factory.Sequence(lambda n: f"sheet-{n}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_by = factory.LazyFunction(system_account)
    uploaded_at = factory.LazyFunction(timezone.now)


class ImportedRowFactory(_Factory):
    """A row that made a recommendation."""

    class Meta:
        model = ImportedRow

    imported = factory.SubFactory(SheetImportFactory)
    line = 2
    model = "recommendation"
    target = 1
    made = True


class SheetColumnsFactory(_Factory):
    """Columns of recommendations, read by their names."""

    class Meta:
        model = SheetColumns

    source = factory.Sequence(lambda n: f"Source {n}")
    kind = SheetKind.RECOMMENDATIONS


# On the record. Each takes what the factory of its draft takes, and ``by=``: the system account unless said.


def published_recommendation(*, by: User | None = None, **draft: Any) -> Recommendation:
    """Return a published recommendation."""
    return actions.publish_recommendation(RecommendationFactory(**draft), by=by or system_account())


def published_entry(*, by: User | None = None, **draft: Any) -> FollowUp:
    """Return a published follow-up, documented, with one piece of evidence unless said."""
    return actions.publish(FollowUpFactory(**draft), by=by or system_account())


def published_report(*, submitted_by: User | None = None, by: User | None = None, **draft: Any) -> FollowUp:
    """Return a published report: submitted by an editor and published by another, four eyes."""
    entry = actions.submit(ReportFactory(**draft), by=submitted_by or EditorFactory())
    return actions.publish(entry, by=by or system_account())


def published_assessment(*, by: User | None = None, **draft: Any) -> FollowUp:
    """Return a published assessment. "Implemented" needs ``evidence=1`` or entries with evidence in ``rests_on``."""
    return actions.publish(AssessmentFactory(**draft), by=by or system_account())
