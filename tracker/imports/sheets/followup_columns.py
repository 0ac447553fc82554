"""The columns of a sheet of follow-ups."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from tracker.imports.sheets.cells import choice, date
from tracker.imports.sheets.columns import Column
from tracker.imports.sheets.responsibilities import ACTOR, REFERENCE
from tracker.models import Evidence, FollowUp, Language, Status

PIECES = (1, 2, 3)
"""Pieces of evidence for which a row has columns."""


def _evidence_columns(piece: int) -> Iterator[Column]:
    again = "" if piece == 1 else f"_{piece}"
    yield Column(
        f"citation{again}",
        gettext_lazy("citation"),
        gettext_lazy("Evidence: what it is called. Up to three pieces, each with a number in the heading."),
        "Report to the General Assembly, 2013",
        language=again.strip("_"),
        also=() if again else ("source", "evidence", "reference document"),
    )
    yield Column(
        f"url{again}",
        gettext_lazy("link"),
        gettext_lazy("Evidence: its address."),
        "https://example.org/report",
        language=again.strip("_"),
        also=() if again else ("url", "web", "website", "lien", "enlace"),
    )
    yield Column(
        f"quality{again}",
        gettext_lazy("kind of source"),
        gettext_lazy("Evidence: whose page it is. Where nothing is said: that of the acting body."),
        "official",
        language=again.strip("_"),
        read=choice(Evidence.Quality),
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        "key",
        gettext_lazy("key"),
        gettext_lazy("What your sheet calls the row, never used for another: by this it is known again."),
        "2013-017",
        also=("id", "no", "nr", "row id", "external key", "n°"),
    ),
    REFERENCE,
    ACTOR,
    Column(
        "date",
        gettext_lazy("date"),
        gettext_lazy("When it was: 2013-10-04, 4 October 2013, 04.10.2013, 2013-10, 2013, or a span of two dates."),
        "4 October 2013",
        required=True,
        read=date,
        also=("when", "from", "occurred", "fecha", "quand", "start", "date of action"),
    ),
    Column(
        "until",
        gettext_lazy("until"),
        gettext_lazy("Its last day, where the date is its first."),
        "",
        read=date,
        also=("to", "end", "au", "hasta", "fin"),
    ),
    Column(
        "title",
        gettext_lazy("title"),
        gettext_lazy("What was done, in a few words."),
        "Opened a one-stop service for returning workers",
        required=True,
        field="title",
        also=("action", "action taken", "measure", "titre", "título", "summary"),
    ),
    Column(
        "body",
        gettext_lazy("text"),
        gettext_lazy("Paragraphs, lists, emphasis and links in Markdown."),
        "",
        field="body",
        several_lines=True,
        also=("description", "details", "notes"),
    ),
    Column(
        "language",
        gettext_lazy("language"),
        gettext_lazy("Of title and text: en, fr or es. Where nothing is said: English."),
        "en",
        field="language",
        read=choice(Language),
    ),
    Column(
        "relation",
        gettext_lazy("relation to the Forum"),
        gettext_lazy("“refers_to_forum” or “same_subject”."),
        "same_subject",
        required=True,
        field="relation",
        read=choice(FollowUp.Relation),
        also=("relation",),
    ),
    Column(
        "received_via",
        gettext_lazy("received via"),
        gettext_lazy("Desk, letter, email or meeting: the body itself reports it. Or source: a public one."),
        "source",
        field="received_via",
        read=choice(FollowUp.ReceivedVia),
        also=("channel",),
    ),
    Column(
        "status",
        gettext_lazy("status that the body claims"),
        gettext_lazy("Only of what the body itself reports."),
        "",
        field="status",
        read=choice(Status, [status.value for status in Status if status in Status.claimable()]),
        also=("status", "statut", "estado"),
    ),
    Column(
        "partners",
        gettext_lazy("partners"),
        gettext_lazy("Other actors that took part, with a semicolon between them."),
        "iom; switzerland",
        also=("with", "partner"),
    ),
    *(column for piece in PIECES for column in _evidence_columns(piece)),
    Column(
        "internal_note",
        gettext_lazy("internal note"),
        gettext_lazy("For staff, never public."),
        "",
        field="internal_note",
        several_lines=True,
        also=("comment", "remarks"),
    ),
)
