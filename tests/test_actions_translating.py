"""Writing translations: never over the official words."""

import pytest

from tests.factories import EditorFactory, published_recommendation
from tests.refusals import assert_refused
from tracker.actions.translating import Translated, translate

pytestmark = pytest.mark.django_db


def test_a_translation_is_written_with_its_history() -> None:
    one, editor = published_recommendation(), EditorFactory()
    translate([Translated(one, "translation", "fr", "Le texte.")], by=editor)
    one.refresh_from_db()
    assert (one.translation_fr, one.history.first().history_user) == ("Le texte.", editor)


def test_the_official_words_are_no_translation() -> None:
    texts = [Translated(published_recommendation(), "translation", "en", "Other words.")]
    assert "English" in assert_refused("no_translation", translate, texts, by=EditorFactory())
