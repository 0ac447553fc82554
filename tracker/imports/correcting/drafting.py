"""From a document as staff corrected it to drafts of recommendations."""

import dataclasses

from tracker.actions.importing import Drafted, draft_document
from tracker.imports.correcting.draft import Draft
from tracker.imports.correcting.outlined import corrected_outline
from tracker.imports.document.drafting import document_of
from tracker.imports.document.outline import Outline
from tracker.models import DocumentImport, User


def draft_corrected(kept: DocumentImport, *, by: User) -> Drafted:
    """Make drafts of what is new in a document as it was corrected; what of it is recorded is left as it is.

    Refuses as ``draft_document`` does.
    """
    draft = Draft.from_json(kept.corrected)
    outline = corrected_outline(draft, Outline.from_json(kept.found))
    outline = dataclasses.replace(outline, forum=dataclasses.replace(outline.forum, year=kept.year))
    document = document_of(outline, reiterations=True)
    forum = dataclasses.replace(document.forum, chairs=draft.chairs, host_country=draft.host_country)
    return draft_document(dataclasses.replace(document, forum=forum), by=by)
