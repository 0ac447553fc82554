"""Texts in three languages: side by side in each form, the missing ones marked and listed, entries included."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin_desk import Desk, sent_by
from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    ConclusionFactory,
    EditorFactory,
    EntryTranslationFactory,
    FollowUpFactory,
    ForumFactory,
    MilestoneFactory,
    RecommendationFactory,
    RoundtableFactory,
    SuperuserFactory,
    ThemeFactory,
    UserFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import EntryTranslation, FollowUp, Recommendation
from tracker.models.untranslated import TRANSLATED, missing_numbers, missing_texts, translated_names, untranslated
from tracker.record.verification import verify

pytestmark = pytest.mark.django_db

MISSING = reverse("admin:translations")
# A row that lacks texts in French and Spanish, and how the missing French ones are called.
LACKING: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "recommendation": (RecommendationFactory, ["Unofficial translation", "Headline"]),
    "roundtable": (RoundtableFactory, ["Title"]),
    "forum": (lambda: ForumFactory(central_theme_en="Partnerships"), ["Central theme"]),
    "conclusion": (ConclusionFactory, ["Text"]),
    "actor": (lambda: ActorFactory(acronym_en="IOM"), ["Name", "Acronym"]),
    "theme": (ThemeFactory, ["Name"]),
    "milestone": (MilestoneFactory, ["Title"]),
    "followup": (published_entry, ["Title", "Text"]),
}


def lines(desk: Desk, name: str, key: int) -> list[tuple[str, ...]]:
    """Return the lines of a form that hold more than one field."""
    form = desk.open(f"{name}_change", key).context["adminform"]
    return [tuple(line.fields) for fieldset in form for line in fieldset if len(line.fields) > 1]


@pytest.mark.parametrize("name", ["recommendation", "roundtable", "forum", "actor", "theme", "milestone"])
def test_the_languages_of_each_text_are_one_line(name: str) -> None:
    row, desk = LACKING[name][0](), Desk(AdministratorFactory())
    found = [line for line in lines(desk, name, row.pk) if line[0].endswith("_en")]
    texts = translated_names(type(row))
    assert sorted(found) == sorted((f"{text}_en", f"{text}_fr", f"{text}_es") for text in texts)


def test_the_languages_of_a_row_are_one_line_too() -> None:
    conclusion, desk = ConclusionFactory(), Desk(EditorFactory())
    page = desk.open("forum_change", conclusion.forum_id)
    inline = next(one for one in page.context["inline_admin_formsets"] if one.opts.model is type(conclusion))
    assert ("text_en", "text_fr", "text_es") in inline.fieldsets[0][1]["fields"]


def test_what_is_not_translated_is_marked_until_it_is() -> None:
    theme, desk = ThemeFactory(name_en="Gender", name_es="Género"), Desk(AdministratorFactory())
    form: Any = desk.open("theme_change", theme.pk).context["adminform"].form
    assert [name for name in form.fields if form.fields[name].help_text == "Not translated yet."] == ["name_fr"]
    page = desk.open("theme_change", theme.pk).content.decode()
    assert page.count("Not translated yet.") == 1
    assert page.count("untranslated") == 1
    desk.fill("theme_change", theme.pk, name_fr="Genre")
    assert "Not translated yet." not in desk.open("theme_change", theme.pk).content.decode()
    assert "Not translated yet." not in desk.open("theme_add").content.decode()


class TestWhatIsMissing:
    @pytest.mark.parametrize("name", LACKING)
    def test_each_model_is_listed_by_language_with_a_link_to_where_it_is_translated(self, name: str) -> None:
        make, texts = LACKING[name]
        row, desk = make(), Desk(EditorFactory())
        for language in ("", "fr", "es"):
            page: Any = desk.client.get(f"{MISSING}?model={name}&language={language}")
            assert [one["name"] for one in page.context["rows"]] == [str(row)]
            assert page.context["rows"][0]["missing"] == [("français", "fr", texts), ("español", "es", texts)]
            assert desk.client.get(page.context["rows"][0]["address"]).status_code == 200
        assert desk.client.get(f"{MISSING}?model={name}&language=en").context["rows"] == []

    def test_every_model_with_texts_is_tested(self) -> None:
        assert {model._meta.model_name for model in TRANSLATED} == LACKING.keys()

    @pytest.mark.parametrize("name", LACKING)
    def test_the_numbers_are_those_of_the_lists(self, name: str) -> None:
        LACKING[name][0]()
        model = next(model for model in TRANSLATED if model._meta.model_name == name)
        numbers = {code: sum(parts) for code, parts in missing_numbers(10)[name].items()}
        assert numbers == {code: untranslated(model, code).count() for code in ("en", "fr", "es", "")}
        assert numbers == {"en": 0, "fr": 1, "es": 1, "": 1}

    def test_recommendations_are_those_that_wait_on_the_index(self) -> None:
        RecommendationFactory(official_language="fr", headline_fr="Chose", headline_es="Cosa", translation_es="Los …")
        RecommendationFactory()
        done = {"headline_fr": "Chose", "headline_es": "Cosa", "translation_fr": "Les …", "translation_es": "Los …"}
        RecommendationFactory(**done)
        actions.withdraw_recommendation(published_recommendation(), by=SuperuserFactory(), reason="Entered twice")
        assert set(untranslated(Recommendation)) == set(Recommendation.objects.untranslated())
        assert [missing_texts(row, "en") for row in untranslated(Recommendation, "en")] == [["Unofficial translation"]]

    def test_an_empty_text_lacks_nothing(self) -> None:
        ForumFactory()
        assert missing_numbers(10)["forum"][""] == [0]

    def test_numbers_end_where_nobody_counts_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tracker.admin.translations.MOST_COUNTED", 2)
        RecommendationFactory()
        published = [published_recommendation() for _number in range(2)]
        page: Any = Desk(EditorFactory()).client.get(f"{MISSING}?model=recommendation")
        assert [number for _address, _code, number in page.context["sorts"][0].numbers] == ["2+", "", "2+", "2+"]
        assert [one["name"] for one in page.context["rows"]] == [str(row) for row in published]

    def test_drafts_come_after_what_is_published_on_the_page_where_it_ends(self) -> None:
        draft, published = RecommendationFactory(), published_recommendation()
        page: Any = Desk(EditorFactory()).client.get(f"{MISSING}?model=recommendation&language=fr")
        assert [one["name"] for one in page.context["rows"]] == [str(published), str(draft)]

    def test_of_entries_only_published_ones_and_only_what_they_say(self) -> None:
        FollowUpFactory()
        entry = published_entry(language="fr")
        assessment = published_assessment(recommendation=entry.recommendation)
        EntryTranslationFactory(entry=entry, language="en", title="A law", body="Adopted.")
        EntryTranslationFactory(entry=entry, language="es", title="Una ley", body="")
        EntryTranslationFactory(entry=assessment, language="es", title="", body="Hay pasos.", remaining="Mucho.")
        assert list(untranslated(FollowUp, "en")) == []
        assert list(untranslated(FollowUp, "es")) == [entry]
        assert list(untranslated(FollowUp, "fr")) == [assessment]
        assert missing_texts(entry, "es") == ["Text"]
        assert missing_texts(assessment, "fr") == ["Text", "What remains"]

    @pytest.mark.parametrize("query", ["?model=user", "?language=de", "?model=theme&language=''"])
    def test_a_list_that_is_none_is_refused(self, query: str) -> None:
        assert Desk(EditorFactory()).client.get(MISSING + query).status_code == 400

    def test_pages_that_are_none_show_one_that_is(self) -> None:
        ThemeFactory()
        for page in ("0", "-1", "abc", "99999999999"):
            answer = Desk(EditorFactory()).client.get(f"{MISSING}?model=theme&page={page}")
            assert len(answer.context["rows"]) == 1

    @pytest.mark.parametrize("name", LACKING)
    def test_it_asks_as_much_for_one_row_as_for_many(self, name: str) -> None:
        client, found = Desk(SuperuserFactory()).client, []
        for number in (1, 5):
            for _row in range(number):
                LACKING[name][0]()
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{MISSING}?model={name}").status_code == 200
            found.append(len(queries))
        assert found == ([5, 5] if name == "followup" else [4, 4])

    def test_what_one_may_not_see_is_not_listed(self) -> None:
        ThemeFactory()
        page: Any = Desk(UserFactory(is_staff=True)).client.get(MISSING)
        assert (page.status_code, page.context["sorts"], page.context["rows"]) == (200, [], [])
        assert Client().get(MISSING).status_code == 302


class TestEntries:
    """Translations of an entry are written beside its own words, published or not; the chain does not hold them."""

    def test_they_are_written_changed_and_taken_away(self) -> None:
        entry, desk = published_entry(), Desk(EditorFactory())
        digest = verify().head
        answer = desk.fill("followup_translate", entry.pk, **{"fr-title": "Une loi", "fr-body": "Adoptée."})
        assert (answer.status_code, answer.url) == (302, desk.address("followup_change", entry.pk))
        row = EntryTranslation.objects.get()
        assert (row.language, row.title, row.body) == ("fr", "Une loi", "Adoptée.")
        desk.fill("followup_translate", entry.pk, **{"fr-title": "Une autre loi", "es-title": "Una ley"})
        assert sorted(entry.translations.values_list("language", "title", "body")) == [
            ("es", "Una ley", ""),
            ("fr", "Une autre loi", "Adoptée."),
        ]
        desk.fill("followup_translate", entry.pk, **{"fr-title": "", "fr-body": "", "es-title": ""})
        assert entry.translations.count() == 0
        assert (verify().problems, verify().head) == ([], digest)

    def test_an_entry_leads_there(self) -> None:
        entry, desk = published_entry(), Desk(EditorFactory())
        links = desk.open("followup_change", entry.pk).context["more_links"]
        assert links == [{"address": desk.address("followup_translate", entry.pk), "label": "Translations"}]

    def test_only_other_languages_and_only_texts_that_it_has_are_asked_for(self) -> None:
        entry = published_entry(language="es")
        typed = Desk(EditorFactory()).form("followup_translate", entry.pk)
        names = set(typed) - {"csrfmiddlewaretoken", "next"}  # the choice of a language for the desk leads back here
        assert names == {f"{code}-{name}" for code in ("en", "fr") for name in ("started_from", "title", "body")}

    def test_what_a_colleague_saved_meanwhile_is_shown_and_nothing_is_lost(self) -> None:
        entry, first, second = published_entry(), Desk(EditorFactory()), Desk(EditorFactory())
        opened = second.form("followup_translate", entry.pk)
        first.fill("followup_translate", entry.pk, **{"fr-title": "Leur loi"})
        mine = {**opened, "fr-title": "Ma loi", "es-title": "Mi ley"}
        answer = second.send("followup_translate", entry.pk, typed=mine)
        assert answer.status_code == 200
        shown = [(row.label, row.theirs, row.yours) for row in answer.context["differences"]]
        assert shown == [("Title", "Leur loi", "Ma loi")]
        assert list(entry.translations.values_list("title", flat=True)) == ["Leur loi"]
        kept = sent_by(answer)
        assert (kept["fr-title"], kept["es-title"]) == ("Ma loi", "Mi ley")

    def test_nul_and_too_much_are_refused_in_words(self) -> None:
        entry, desk = published_entry(), Desk(EditorFactory())
        for words in ("a\0b", "x" * 121):
            answer = desk.fill("followup_translate", entry.pk, **{"fr-title": words})
            assert (answer.status_code, entry.translations.count()) == (200, 0)
            assert "Nothing was changed." in answer.content.decode()

    def test_the_content_that_was_removed_is_not_translated(self) -> None:
        entry = published_entry()
        actions.withhold(entry, by=AdministratorFactory(), reason="A court order")
        desk = Desk(EditorFactory())
        assert desk.open("followup_translate", entry.pk).status_code == 404
        assert desk.client.post(desk.address("followup_translate", entry.pk), {"fr-title": "x"}).status_code == 404

    def test_texts_are_escaped(self) -> None:
        entry = FollowUpFactory(title="<script>alert(1)</script>")
        EntryTranslationFactory(entry=entry, title="</textarea><script>alert(2)</script>")
        page = Desk(EditorFactory()).open("followup_translate", entry.pk).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "&lt;/textarea&gt;&lt;script&gt;alert(2)" in page

    def test_nobody_without_the_right_translates(self) -> None:
        entry, stranger = published_entry(), Desk(UserFactory(is_staff=True))
        assert stranger.open("followup_translate", entry.pk).status_code == 403
        assert stranger.client.post(stranger.address("followup_translate", entry.pk), {}).status_code == 403
