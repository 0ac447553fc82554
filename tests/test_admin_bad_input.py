"""What goes wrong at the desk is refused beside its field, in a sentence that says what to do; nothing is changed."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import override_settings
from django.urls import reverse

from tests.admin_desk import Desk, errors, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EditorFactory,
    EvidenceFactory,
    FollowUpFactory,
    PartnerFactory,
    ReviewerFactory,
    published_entry,
    published_recommendation,
)
from tests.test_forms_evidence import DOCX, PDF, PNG
from tracker.models import Evidence, FollowUp

pytestmark = pytest.mark.django_db

BOUNDARY = "a-boundary"
RIGHT_TO_LEFT = "\u202egnp.law\u202c \u200fمرحبا\u2067"


def typed_entry(desk: Desk, **typed: Any) -> dict[str, Any]:
    return {
        **desk.form("followup_add", query=f"?recommendation={published_recommendation().pk}"),
        "actor": ActorFactory().pk,
        "when": "May 2011",
        "title": "A law was adopted",
        **typed,
    }


def post_with_file(desk: Desk, typed: dict[str, Any], name: str, content: bytes, declared: str) -> Any:
    """Send the form as bytes, with a file name and a type that no browser would send."""
    fields = [(key, one) for key, value in typed.items() for one in (value if isinstance(value, list) else [value])]
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="evidence-0-file"; filename="{name}"\r\n'
    body = "".join(parts) + head + f"Content-Type: {declared}\r\n\r\n"
    sent = body.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return desk.client.post(
        desk.address("followup_add"), sent, content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )


def errors_of_file(answer: Any) -> list[str]:
    """Return what stands beside the file, and nothing else may be wrong."""
    rows = answer.context["inline_admin_formsets"][0].formset
    beside = [str(message) for message in rows.errors[0].get("file", [])]
    assert errors(answer) == beside
    return beside


@pytest.mark.parametrize(
    ("name", "content", "declared", "words"),
    [
        ("law.exe", b"MZ", "application/pdf", "“law.exe” is of a kind that is not taken. Send PDF"),
        ("law.svg", b"<svg/>", "image/png", "“law.svg” is of a kind that is not taken."),
        ("../x", PDF, "application/pdf", "“x” is of a kind that is not taken."),
        ("law.pdf", b"", "application/pdf", "This file is empty: choose another."),
        ("law.pdf", b"<html><script>alert(1)</script>", "application/pdf", "“law.pdf” is not what its name says"),
        ("photo.png", DOCX, "image/png", "“photo.png” is not what its name says"),
        ("law.pdf", PNG, "application/pdf", "“law.pdf” is not what its name says"),
    ],
)
def test_a_file_is_refused_beside_its_field(name: str, content: bytes, declared: str, words: str) -> None:
    desk = Desk(EditorFactory())
    beside = errors_of_file(post_with_file(desk, typed_entry(desk, _save="1"), name, content, declared))
    assert [message[: len(words)] for message in beside] == [words]
    assert (FollowUp.objects.count(), Evidence.objects.count()) == (0, 0)


@override_settings(EVIDENCE_MAX_BYTES=40)
def test_a_file_that_is_too_large_is_refused_beside_its_field() -> None:
    desk = Desk(EditorFactory())
    beside = errors_of_file(post_with_file(desk, typed_entry(desk, _save="1"), "law.pdf", PDF, "application/pdf"))
    assert beside == ["“law.pdf” has 45\xa0bytes; at most 40\xa0bytes are taken. Send a smaller one, or a link."]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/law.pdf", "law.pdf"),
        (r"C:\\fakepath\\..\\law.pdf", "law.pdf"),
        ("law%0D%0ASet-Cookie: a=b.pdf", "law%0D%0ASet-Cookie: a=b.pdf"),
        ("law&#13;&#10;Set-Cookie: a=b.pdf", "lawSet-Cookie: a=b.pdf"),
        ("law\tof\x7f1.pdf", "lawof1.pdf"),
        ("\u202efdp.law.pdf", "fdp.law.pdf"),
        ("l" * 300 + ".pdf", "l" * 196 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
    ],
)
def test_a_file_with_an_infected_name_is_kept_under_a_generated_one(name: str, kept: str) -> None:
    desk = Desk(ReviewerFactory())
    answer = post_with_file(desk, typed_entry(desk, _publish="1"), name, PDF, "application/pdf")
    assert answer.status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.file_name == kept
    stored = str(evidence.file)
    assert (len(stored), stored.startswith("evidence/"), stored.endswith(".pdf")) == (45, True, True)
    assert default_storage.exists(stored)
    handed: Any = desk.client.get(reverse("evidence_file", args=[evidence.pk]))
    assert (handed.status_code, b"".join(handed.streaming_content)) == (200, PDF)
    assert handed.headers["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in handed.headers
    page = desk.client.get(evidence.entry.recommendation.get_absolute_url())
    assert page.status_code == 200


def test_a_file_name_of_four_thousand_characters_is_refused_in_words() -> None:
    desk = Desk(EditorFactory())
    answer = post_with_file(desk, typed_entry(desk, _save="1"), "l" * 4000 + ".pdf", PDF, "application/pdf")
    assert answer.status_code == 400
    assert "is not in a form that this site understands" in answer.content.decode()
    assert FollowUp.objects.count() == 0


def test_text_with_nul_is_refused_beside_its_field() -> None:
    desk, nul = Desk(EditorFactory()), "a\0b"
    typed = {"title": nul, "body": nul, "when": nul, "internal_note": nul, "act": nul, "evidence-0-citation": nul}
    answer = desk.send("followup_add", typed=typed_entry(desk, **typed))
    form, rows = answer.context["adminform"].form, answer.context["inline_admin_formsets"][0].formset
    beside = {**form.errors, **{f"evidence-0-{name}": said for name, said in rows.errors[0].items()}}
    assert set(beside) == set(typed)
    assert all("An invisible character (NUL)" in messages[-1] for messages in beside.values())
    assert FollowUp.objects.count() == 0


def test_a_text_of_a_hundred_thousand_characters_is_kept_whole_and_shown() -> None:
    desk, text = Desk(ReviewerFactory()), ("Un long texte, " * 7000)[:100_000].strip()
    typed = typed_entry(desk, body=text, **{"evidence-0-citation": "Gazette"})
    assert desk.send("followup_add", button="_publish", typed=typed).status_code == 302
    entry = FollowUp.objects.get()
    assert entry.body == text
    assert text in desk.client.get(entry.recommendation.get_absolute_url()).content.decode()


def test_a_text_that_is_too_long_for_its_field_is_refused_beside_it_and_kept() -> None:
    desk, text = Desk(EditorFactory()), "x" * 100_000
    answer = desk.send("followup_add", typed=typed_entry(desk, title=text, when=text))
    assert {name: messages[0] for name, messages in answer.context["adminform"].form.errors.items()} == {
        "title": "Ensure this value has at most 120 characters (it has 100000).",
        "when": "Ensure this value has at most 80 characters (it has 100000).",
    }
    assert sent_by(answer)["title"] == text


def test_right_to_left_marks_are_kept_and_confined_to_their_element() -> None:
    desk = Desk(ReviewerFactory())
    typed = typed_entry(desk, title=RIGHT_TO_LEFT, body=RIGHT_TO_LEFT, **{"evidence-0-citation": "Gazette"})
    assert desk.send("followup_add", button="_publish", typed=typed).status_code == 302
    entry = FollowUp.objects.get()
    assert (entry.title, entry.body) == (RIGHT_TO_LEFT, RIGHT_TO_LEFT)
    page = desk.client.get(entry.recommendation.get_absolute_url()).content.decode()
    assert re.search(rf'<h3 dir="auto">\s*{RIGHT_TO_LEFT}\s*</h3>', page)


# What was not offered


def forged_rows(prefix: str, row: Any, **typed: Any) -> dict[str, Any]:
    """Pretend that the form had shown a row."""
    shown = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "0-id": row.pk, **typed}
    return {f"{prefix}-{name}": value for name, value in shown.items()}


def rows_of(entry: FollowUp) -> list[Any]:
    return [*entry.evidence.values(), *entry.partner_rows.values()]


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("typed", [{"0-DELETE": "on"}, {"0-citation": "Forged"}, {"0-actor": "1"}])
def test_a_row_of_another_entry_is_neither_changed_nor_deleted(frozen: bool, typed: dict[str, str]) -> None:
    desk, draft = Desk(AdministratorFactory()), FollowUpFactory(evidence=0)
    other = published_entry(partners=[ActorFactory()]) if frozen else FollowUpFactory(partners=[ActorFactory()])
    before = rows_of(other)
    for prefix, row in (("evidence", other.evidence.get()), ("partner_rows", other.partner_rows.get())):
        sent = {**desk.form("followup_change", draft.pk), **forged_rows(prefix, row, **typed)}
        desk.send("followup_change", draft.pk, typed=sent)
    assert rows_of(other) == before
    assert rows_of(draft) == []


def test_a_row_of_ones_own_is_changed_where_the_id_is_its_own() -> None:
    """So that the test before shows what it says."""
    desk, draft = Desk(AdministratorFactory()), FollowUpFactory(evidence=0)
    PartnerFactory(entry=draft)
    evidence = EvidenceFactory(entry=draft)
    typed = {**desk.form("followup_change", draft.pk), **forged_rows("evidence", evidence, **{"0-DELETE": "on"})}
    assert desk.send("followup_change", draft.pk, typed=typed).status_code == 302
    assert not Evidence.objects.filter(pk=evidence.pk).exists()


@pytest.mark.parametrize("slug", ["retract", "withhold", "publish", "submit", "also"])
def test_ids_that_were_not_offered_change_nothing(slug: str) -> None:
    desk, stranger = Desk(AdministratorFactory()), published_entry()
    entry = published_entry() if slug in {"retract", "withhold", "also"} else FollowUpFactory(act="act-1")
    if slug in {"publish", "submit"}:
        FollowUpFactory(act="act-1")
    asked = {"reason": "Because", "together": [stranger.pk], f"reading-{stranger.pk}": "retract"}
    asked |= {"recommendations": [10**12]} if slug == "also" else {}
    before = {entry.pk: entry.state for entry in FollowUp.objects.all()}
    desk.client.post(desk.address(f"followup_{slug}", entry.pk), asked)
    after = {entry.pk: entry.state for entry in FollowUp.objects.all()}
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed <= {entry.pk}
    assert after[stranger.pk] == "published"
    assert changed == ({entry.pk} if slug in {"retract", "withhold"} else set())


@pytest.mark.parametrize("key", ["0", "x", "-1", "9" * 30, "²", "1 OR 1=1"])
def test_keys_that_are_none_are_refused_beside_their_fields(key: str) -> None:
    desk = Desk(EditorFactory())
    answer = desk.send("followup_add", typed=typed_entry(desk, recommendations=key, actor=key))
    assert set(answer.context["adminform"].form.errors) == {"recommendations", "actor"}
    assert FollowUp.objects.count() == 0


def test_the_largest_file_that_is_taken_is_one_that_the_server_takes() -> None:
    assert settings.EVIDENCE_MAX_BYTES >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # files are not counted into it
