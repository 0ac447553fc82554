"""What the API tells: every key, its type and its meaning.

The functions of ``shown`` return these, which the type checker holds them to; the OpenAPI description and the
documentation are made of them. Names are those of the models. What is not known, or not there, is null.
"""

from typing import Annotated, TypedDict

from tracker.models import (
    ON_RECORD,
    Actor,
    DatePrecision,
    Evidence,
    FollowUp,
    ForumFigure,
    Language,
    Nature,
    RecordEvent,
    Responsibility,
    Roundtable,
    Standing,
    Status,
    Track,
)


class Format(str):
    """How a string is written, as JSON Schema names it."""


class OneOf(tuple[str, ...]):
    """The values that a string, or a key, can have."""


Day = Annotated[str, Format("date")]
Moment = Annotated[str, Format("date-time")]
Address = Annotated[str, Format("uri")]


class TextsShape(TypedDict):
    """A text in each language; null where there is none."""

    en: str | None
    fr: str | None
    es: str | None


class Linked(TypedDict):
    """What has an address here and on the site."""

    url: Annotated[Address, "Its address in this API."]
    html: Annotated[Address, "Its page, in the language that is asked for."]


class FigureShape(TypedDict):
    """One figure about a Forum, with who says so. Two sources may differ."""

    kind: Annotated[str, OneOf(ForumFigure.Kind.values), "What is counted."]
    value: Annotated[int | None, "The number; null where the source has words alone."]
    qualifier: Annotated[str, OneOf(ForumFigure.Qualifier.values), "How exact it is in its source's own words."]
    words: str | None
    citation: str
    url: Annotated[str | None, "Where the source is on the web."]
    note: str | None


class SourceShape(TypedDict):
    """Where one fact about a Forum was found."""

    fact: str
    citation: str
    note: str | None


class ConclusionShape(TypedDict):
    """A statement of the Chair's document outside the roundtables."""

    position: int
    section: str
    level: Annotated[int, "0 for a point, 1 for one under it."]
    text: Annotated[TextsShape, "English is the Chair's own; the others are unofficial translations."]
    tracked_as: Annotated[str | None, "The reference of the recommendation that it is tracked as."]
    untracked_reason: str | None


class ForumShape(Linked):
    """One edition of the Global Forum on Migration and Development."""

    year: int
    ordinal: int
    chairs: Annotated[list[str], "Slugs of actors, in order."]
    contributors: Annotated[list[str], "Slugs of actors that contributed to its cost, as its Chair names them."]
    host_city: str | None
    host_country: Annotated[str | None, "ISO 3166 code."]
    opens_on: Day
    closes_on: Annotated[Day, "Recommendations count from this day on."]
    central_theme: TextsShape
    document_title: TextsShape
    presented_at: TextsShape
    chairmanship: str | None
    roundtables: Annotated[list[str], "Its roundtables, as in 2010-RT1; the closing part is last."]
    reported_themes: Annotated[list[str], "Themes of roundtables whose conclusions are not recorded."]
    figures: list[FigureShape]
    sources: list[SourceShape]
    conclusions: list[ConclusionShape]


class RoundtableShape(Linked):
    """A numbered roundtable of a Forum, or the closing part of its conclusions."""

    roundtable: Annotated[str, "Year and code, as in 2010-RT1: its name in addresses and parameters."]
    forum: Annotated[int, "The year of its Forum."]
    code: str
    kind: Annotated[str, OneOf(Roundtable.Kind.values)]
    track: Annotated[str, OneOf(Track.values), "The part of the conclusions with which it is counted."]
    number: Annotated[int | None, "Null for the closing part."]
    title: TextsShape
    title_note: str | None


class ResponsibilityShape(TypedDict):
    """One actor's part in a recommendation."""

    actor: Annotated[str, "Slug."]
    addressed: Annotated[
        str, OneOf(Responsibility.Addressed.values), "Whether the text names the actor or we read it so."
    ]


class RecommendationShape(Linked):
    """One recommendation, and where it stands today or on the day that ``as_of`` names."""

    reference: str
    forum: Annotated[int, "The year of its Forum."]
    roundtable: Annotated[str, "As in 2010-RT1."]
    number: int
    nature: Annotated[str, OneOf(Nature.values)]
    official_text: Annotated[str, "Word for word, misprints included, in official_language."]
    official_language: Annotated[str, OneOf(Language.values)]
    sic: Annotated[str | None, "A misprint of the official words, and what is meant."]
    translation: Annotated[TextsShape, "Unofficial translations of the official words."]
    headline: Annotated[TextsShape, "This project's own words."]
    source_document: str | None
    source_locator: str | None
    themes: Annotated[list[str], "Slugs."]
    responsibilities: Annotated[list[ResponsibilityShape], "Who is addressed."]
    reiterates: Annotated[list[str], "References of earlier recommendations that ask the same."]
    reiterated_by: Annotated[list[str], "References of later ones."]
    state: Annotated[str, OneOf(("published", "withdrawn")), "Publication; it says nothing about implementation."]
    published_at: Moment
    withdrawn_at: Moment | None
    withdrawal_reason: str | None
    merged_into: Annotated[str | None, "The reference of the one that stands in its place."]
    words_sequence: Annotated[int, "The event of the chain that fixed the official words as they now stand."]
    status: Annotated[str, OneOf(Status.values)]
    standing: Annotated[
        str | None, OneOf(Standing.values), "How firm the reading is; null where nothing has been assessed."
    ]
    status_since: Annotated[Day | None, "When the unbroken run of this status began."]
    status_since_precision: Annotated[str | None, OneOf(DatePrecision.values)]
    verdict: Annotated[str | None, "The reference of the assessment that decides."]
    remaining: Annotated[TextsShape, "What remains, in the language of the verdict and its translations."]
    last_followup_on: Day | None
    last_followup_precision: Annotated[str | None, OneOf(DatePrecision.values)]
    followup_count: int


class EvidenceShape(TypedDict):
    """What supports an entry."""

    citation: str | None
    url: Annotated[str | None, "Where it is on the web."]
    file: Annotated[Address | None, "The file that is kept here."]
    file_size: Annotated[int | None, "Bytes."]
    sha256: str | None
    quality: Annotated[str, OneOf(Evidence.Quality.values), "The kind of source."]


class EntryShape(Linked):
    """An entry of the record: a follow-up (what one body did) or an assessment (a reading of the whole)."""

    reference: str
    recommendation: Annotated[str, "Reference."]
    basis: Annotated[str, OneOf(FollowUp.Basis.values), "How we know: three things that are never mixed."]
    received_via: Annotated[str, OneOf(FollowUp.ReceivedVia.values)]
    relation: Annotated[str | None, OneOf(FollowUp.Relation.values), "Whether what was done refers to the Forum."]
    actor: Annotated[str | None, "Slug; null in an assessment."]
    partners: Annotated[list[str], "Slugs of others that took part, in order."]
    act: Annotated[str | None, "The same for entries that log one act on several recommendations."]
    occurred_from: Day
    occurred_until: Day
    precision: Annotated[str, OneOf(DatePrecision.values), "How exactly the days are known."]
    counts_from: Annotated[Day, "From which day on it counts."]
    language: Annotated[
        str, OneOf(Language.values), "The language of the record; the texts in others are unofficial translations."
    ]
    title: Annotated[TextsShape, "All null in an assessment."]
    body: Annotated[TextsShape, "Markdown: paragraphs, lists, emphasis and links."]
    status: Annotated[str | None, OneOf(Status.values), "What an assessment reads, or what a body claims of itself."]
    standing: Annotated[str | None, OneOf(Standing.values), "Of an assessment: how firm it is."]
    remaining: TextsShape
    rests_on: Annotated[list[str], "References of the entries on which an assessment rests."]
    replaces: Annotated[str | None, "The reference of the entry that it corrects."]
    replaced_by: Annotated[str | None, "The reference of the entry that corrects it."]
    evidence: list[EvidenceShape]
    state: Annotated[str, OneOf(ON_RECORD), "Only published entries count."]
    sequence: Annotated[int, "The event of the chain that published it."]
    published_at: Moment
    retracted_at: Moment | None
    retraction_reason: str | None
    withheld_at: Moment | None
    withholding_reason: str | None


class SeatShape(TypedDict):
    """A seat in a collective."""

    actor: Annotated[str, "The slug of the collective."]
    since_year: int | None
    until_year: int | None


class ActorShape(Linked):
    """A government, a body or an organisation, or a collective in which such have seats."""

    slug: str
    key: Annotated[str, "Its name in the chain, for ever."]
    kind: Annotated[str, OneOf(Actor.Kind.values)]
    is_collective: bool
    collectives: Annotated[list[SeatShape], "The seats that it holds."]
    succeeded_by: Annotated[str | None, "Slug."]
    name: TextsShape
    acronym: TextsShape
    country: Annotated[str | None, "ISO 3166 alpha-2."]
    country_alpha3: Annotated[str | None, "ISO 3166 alpha-3."]
    un_membership: Annotated[str | None, OneOf(Actor.UNMembership.values)]
    note: str | None
    source_url: str | None
    active_from: Annotated[int | None, "Year."]
    active_until: Annotated[int | None, "Year."]


class ThemeShape(Linked):
    """A subject across roundtables and Forums."""

    slug: str
    name: TextsShape


class MilestoneShape(Linked):
    """A date at which the world takes stock."""

    slug: str
    date: Day
    forum: Annotated[int | None, "The year of the Forum whose closing it is."]
    title: TextsShape
    chairs_words: str | None
    outcome: str | None
    source_url: str | None


class EventShape(TypedDict):
    """One event of the chain, as docs/record.md specifies it: enough to verify the record."""

    sequence: int
    kind: Annotated[str, OneOf(RecordEvent.Kind.values)]
    subject: str
    at: Moment
    previous: str
    salt: str
    payload: str
    content_digest: str
    digest: str


class GroupShape(TypedDict):
    """The count of one group. A recommendation counts once in each group it touches; totals are not added."""

    key: str
    label: Annotated[str, "In the language that is asked for."]
    total: int
    counts: Annotated[dict[str, int], OneOf(Status.values), "How many have each status, zeros included."]
    provisional: int


class _ProgressShape(TypedDict):
    forum: int
    track: Annotated[str, OneOf(Track.values)]
    as_of: Day
    reconstructed: Annotated[bool, "The day lies before the record was kept: this is today's knowledge of it."]
    total: int
    counts: Annotated[
        dict[str, int], OneOf(Status.values), "How many have each status, zeros included; they add up to total."
    ]
    provisional: Annotated[int, "How many of these readings are not confirmed."]


class ProgressShape(_ProgressShape, total=False):
    """How far the recommendations of a Forum have come on a day; the same as ``manage.py progress --format json``."""

    roundtable: Annotated[str, "Its code, where one was asked for."]
    groups: Annotated[list[GroupShape], "Where ``by`` asks for them and there are any."]


class HeadShape(TypedDict):
    """The end of the chain."""

    sequence: int
    digest: str


class IndexShape(TypedDict):
    """Where everything is."""

    title: str
    licence: Annotated[Address, "The licence of the data: Creative Commons Attribution 4.0."]
    notice: Annotated[str, "What must be said beside readings."]
    record: Annotated[HeadShape, "An anchor for everything in the record so far."]
    links: Annotated[dict[str, Address], "The lists, progress, the description and the documentation."]


class ProblemShape(TypedDict, total=False):
    """What went wrong, as RFC 9457 has it."""

    type: Annotated[Address, "The kind of problem; what it means stands there."]
    title: str
    status: int
    detail: Annotated[str, "What to do about it."]
    instance: Annotated[str, "The path that was asked for."]
    parameter: Annotated[str, "The parameter that is not known, or whose value cannot be used."]
    allowed: Annotated[str, "What it can be, or which parameters there are."]
