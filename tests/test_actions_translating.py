"""Writing translations: never over the official words."""

import pytest

from tests.factories import EditorFactory, EntryTranslationFactory, published_entry, published_recommendation
from tests.refusals import assert_refused
from tracker.actions.translating import Translated, translate
from tracker.models import EntryTranslation, FollowUp

pytestmark = pytest.mark.django_db


def test_a_translation_is_written_with_its_history() -> None:
    one, editor = published_recommendation(), EditorFactory()
    translate([Translated(one, "translation", "fr", "Le texte.")], by=editor)
    one.refresh_from_db()
    assert (one.translation_fr, one.history.first().history_user) == ("Le texte.", editor)


def test_the_translations_of_an_entry_into_other_languages_stay_as_somebody_else_left_them() -> None:
    spanish = EntryTranslationFactory(entry=published_entry(), language="es", title="Una ley")
    entry = FollowUp.objects.prefetch_related("translations").get(pk=spanish.entry_id)
    EntryTranslation.objects.filter(pk=spanish.pk).update(title="La ley")
    translate([Translated(entry, "title", "fr", "Une loi")], by=EditorFactory())
    kept = EntryTranslation.objects.filter(entry=entry).values_list("language", "title")
    assert dict(kept) == {"es": "La ley", "fr": "Une loi"}


def test_the_official_words_are_no_translation() -> None:
    texts = [Translated(published_recommendation(), "translation", "en", "Other words.")]
    assert "English" in assert_refused("no_translation", translate, texts, by=EditorFactory())
