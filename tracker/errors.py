"""What can be refused, each with a stable code and a sentence for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "not_allowed": _("Your account may not do this: ask an administrator for the right “%(verb)s”."),
    "not_draft": _("This entry is %(state)s: only a draft or a returned entry can be submitted."),
    "not_submitted": _("This entry is %(state)s: only a submitted entry can be returned."),
    "already_published": _("This entry is published already as %(reference)s. Nothing was changed."),
    "is_returned": _("This entry was returned to its author: it must be submitted again before it is published."),
    "not_published": _("This entry is %(state)s: only a published entry can be retracted or corrected."),
    "not_on_record": _("This entry is %(state)s: only content that was published can be removed."),
    "reason_missing": _("Give a reason: it is shown to the public for as long as the record exists."),
    "four_eyes": _(
        "What a body reports of itself is published by another person than submitted it: "
        "submit it and ask a colleague, or let an administrator waive this with a reason."
    ),
    "recommendation_not_published": _("Publish %(reference)s first: nothing is logged on a draft or withdrawn one."),
    "in_the_future": _("The date lies in the future: an entry cannot begin later than tomorrow."),
    "before_forum": _(
        "This ended before its Forum opened on %(date)s. If that is right, tick the confirmation; else mend the date."
    ),
    "source_missing": _("An entry found in a public source names it: add evidence with a citation, a link or a file."),
    "status_of_nature": _(
        "A recommendation of the nature “%(nature)s” cannot be “%(status)s”: choose one of %(allowed)s."
    ),
    "remaining_missing": _("Say in one sentence what remains: “%(status)s” is never left without it."),
    "reasoning_missing": _("Give the reasoning: an assessment without one cannot be judged by its readers."),
    "evidence_missing": _("“Implemented” rests on evidence: tick an entry that has some, or add evidence here."),
    "decision_missing": _(
        "Cite the decision: add evidence that names who decided, when. “%(what)s” cannot stand without it."
    ),
    "rests_on_other": _("%(reference)s belongs to another recommendation: tick entries of this one."),
    "rests_on_unpublished": _("An assessment rests on published follow-ups only: %(entry)s is not one."),
    "rests_on_later": _("%(reference)s counts from a later date than the assessment that rests on it."),
    "supports_others": _(
        "Published assessments rest on this entry: %(references)s. Retract them in the same step, or correct this one."
    ),
    "is_correction": _("This corrects %(reference)s: publish it as its correction, with the reason."),
    "wrong_replacement": _(
        "A correction belongs to the same recommendation and is of the same sort as what it corrects."
    ),
    "already_public": _("%(reference)s is published already. Nothing was changed."),
    "not_public": _("%(reference)s is not published."),
    "reference_used": _("%(reference)s was once the reference of another recommendation: choose another number."),
    "merged_into_itself": _("%(reference)s cannot be merged into itself: choose another recommendation."),
    "draft_in_use": _(
        "%(reference)s cannot be deleted: a conclusion, a later recommendation or an entry refers to it. "
        "Change that first."
    ),
    "words_missing": _("Enter the official words before publishing."),
    "words_unchanged": _("These are the official words as they stand. Nothing was changed."),
    "closing_in_future": _("A date after today (%(today)s) was asked for: the record knows nothing of the future."),
    "forum_not_closed": _(
        "On %(date)s the Forum had not closed: its recommendations count from %(closes)s on. Ask for that day or later."
    ),
    "sheet_rows_refused": _(
        "%(number)d of %(total)d rows are refused, so nothing was imported: mend them, or import the good rows alone."
    ),
    "sheet_unknown": _("This is %(what)s, no spreadsheet: save it as XLSX or CSV, then try again."),
    "sheet_encrypted": _(
        "This workbook has a password, or is of the old XLS format: save it as XLSX without one, then try again."
    ),
    "sheet_macros": _("This workbook holds macros: save it as XLSX, without them, then try again."),
    "sheet_too_large": _("This file is larger than %(most)d MB: split it, then try again."),
    "sheet_rows": _("Row %(line)d lies beyond the %(most)d rows that a sheet may have: split the sheet."),
    "sheet_columns": _(
        "Row %(line)d has %(number)d cells, more than %(most)d: delete the columns that are not needed."
    ),
    "sheet_cell": _("A cell of row %(line)d is longer than %(most)d letters: shorten it."),
    "sheet_headings": _("Two columns are called “%(heading)s”: give each a heading of its own."),
    "sheet_no_columns": _(
        "None of the headings is known (%(headings)s): say which column is which, or take the headings of the template."
    ),
    "sheet_mapping": _("The columns cannot be read so: %(why)s."),
    "sheet_not_text": _(
        "Line %(line)d holds signs that are no text: save the sheet as XLSX, or as CSV in UTF-8, then try again."
    ),
    "sheet_broken": _(
        "Line %(line)d cannot be read as CSV: look for a quotation mark that is opened and never closed."
    ),
    "sheet_directory": _("%(name)s is a directory: name a file."),
    "sheet_missing": _("%(name)s cannot be opened: name a file that is there."),
    "sheet_applied": _("This sheet was imported already. Nothing was changed."),
    "sheet_not_applied": _("This sheet was not imported: there is nothing to undo."),
    "sheet_undone": _("This import was undone already. Nothing was changed."),
    "sheet_conflict": _("Two rows do not fit together, or do not fit what is there, so nothing was imported: %(why)s"),
    "sheet_moved_on": _(
        "What the rows would do has changed since you looked, so nothing was written: check them again, then apply."
    ),
    "work_failed": _("This broke off, and nothing was written. Try again; if it breaks off again, tell who runs this."),
    "several_refused": _("Nothing was changed. %(reasons)s"),
    "resembles": _(
        "This may be logged already: compare it with what is shown. If it is another, press the button again."
    ),
    "not_for_others": _("Only a follow-up that stands is logged on other recommendations too."),
    "logged_already": _("This act is logged on %(reference)s already: leave it out."),
    "reading_alone": _(
        "The reading is published in the same step as its follow-up: press “Publish”, or leave the reading empty."
    ),
    "no_translation": _(
        "These are the words themselves, in %(language)s: they are corrected, not translated. Leave the text empty."
    ),
    "file_unreachable": _("This file cannot be opened: %(reason)s."),
    "file_directory": _("This is a directory: name a file in it."),
    "file_not_regular": _("This is no ordinary file: name one that holds the document."),
    "file_empty": _("This file is empty: choose the one with the words in it."),
    "file_too_large": _("This file is larger than %(most)d MB: take pictures and annexes out of it, then try again."),
    "file_broken": _(
        "This file cannot be read: it is damaged, or not what its name says. Save it anew, then try again."
    ),
    "file_swells": _(
        "This file unpacks to more than can be read safely: save the part that is needed as a file of its own."
    ),
    "file_takes_too_long": _(
        "Reading this file takes too long: save the part that is needed as a file of its own, or paste its text."
    ),
    "file_encrypted": _("This file is encrypted: save it without a password, then try again."),
    "file_with_entities": _(
        "This file declares XML entities, as no word processor does: it was not read. Save it anew, then try again."
    ),
    "file_two_in_one": _(
        "This file is a ZIP file and something else at once: it was not read. Save it anew as one of them."
    ),
    "file_not_text": _(
        "This is not text, Markdown, HTML, DOCX or PDF: line %(line)d holds what is no text. Save it as one of these."
    ),
    "file_old_word": _("This is a file of an old Word: save it as DOCX, then try again."),
    "file_rtf": _("This is an RTF file: save it as DOCX, then try again."),
    "file_opendocument": _("This is an OpenDocument file: save it as DOCX or PDF, then try again."),
    "file_spreadsheet": _("This is a spreadsheet: save the text as DOCX, PDF or plain text, then try again."),
    "file_other_zip": _("This is a ZIP file without a document in it: take the document out, then try again."),
    "file_without_text": _("This PDF holds pictures of pages, no text: recognise its text first, or paste the text."),
    "file_pages": _("This PDF has %(pages)d pages, more than %(most)d: save those with the conclusions as a file."),
    "forum_days_missing": _(
        "The Forum of %(year)d is not on record, and the document does not say from when to when it was held: "
        "give the days, or enter the Forum first."
    ),
    "draft_not_valid": _("This cannot be saved (%(what)s): %(why)s Correct it, then try again."),
    "forum_year_missing": _("The document does not say which year's Forum it is: give the year."),
    "stale": _(
        "Somebody else changed this since you opened it. Nothing of theirs was overwritten: compare, then save."
    ),
}


class Refused(Exception):
    """A rule of the record says no. Nothing was changed.

    ``code`` is stable (one of ``SENTENCES``); ``str()`` is a sentence that says what to do. ``about`` is the reference
    that it begins with, where several things were asked at once.
    """

    about = ""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    def __str__(self) -> str:
        sentence = str(SENTENCES[self.code])
        said = sentence % self.values if self.values else sentence
        return str(_("%(about)s: %(said)s")) % {"about": self.about, "said": said} if self.about else said


class SeveralRefused(Refused):
    """Some of several things that are done together or not at all were refused. None of them was done.

    ``each`` holds the refusals by the key of what they are about.
    """

    def __init__(self, code: str, *, each: Mapping[int, Refused], **values: object) -> None:
        self.each = each
        super().__init__(code, **values)
