"""Documents in many layouts, languages, encodings and formats: each is read exactly."""

import pytest

from tests.documents import Document, marked, printed, texts, unseen, word
from tracker.imports.document.outline import Outline, Proposal
from tracker.imports.document.reading import read_document

DOCUMENTS = [
    *texts.DOCUMENTS,
    *marked.DOCUMENTS,
    *word.DOCUMENTS,
    *printed.DOCUMENTS,
    *unseen.DOCUMENTS,
]


def found_in(outline: Outline) -> dict[tuple[str, str], list[str]]:
    return {(part.code, part.title): [one.text for one in part.recommendations] for part in outline.roundtables}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_document_is_read_exactly(document: Document) -> None:
    outline = read_document(document.content, document.name)
    assert found_in(outline) == document.expected.roundtables
    assert [one.text for one in outline.closing_items] == document.expected.closing
    assert (outline.forum.language, outline.forum.year) == (document.language, document.year)
    if document.expected.statements is not None:
        others = [one for one in outline.statements if one.proposed is Proposal.CONCLUSION]
        assert [(one.section, one.text) for one in others] == document.expected.statements
