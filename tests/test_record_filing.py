"""Under what recommendations are filed follows whatever is written, and by whatever way."""

from collections.abc import Callable

import pytest

from tests.factories import (
    ActorFactory,
    AdministratorFactory,
    EntryTranslationFactory,
    FollowUpFactory,
    ForumFactory,
    MembershipFactory,
    PartnerFactory,
    RecommendationFactory,
    ThemeFactory,
    published_assessment,
    published_entry,
    published_recommendation,
)
from tracker import actions
from tracker.models import Actor, EntryTranslation, Filing, Forum, Membership, Recommendation, Responsibility
from tracker.models.filing import FILED_KINDS, FILED_LANGUAGES, FILED_RELATIONS
from tracker.record.counting import miscounted
from tracker.record.filing import file_all, misfiled

pytestmark = pytest.mark.django_db
Scope = Filing.Scope


def filed(scope: Filing.Scope) -> set[tuple[int, int]]:
    """What is filed in a scope: the keys of recommendations, and under what."""
    rows = Filing.objects.filter(scope=scope)
    return set(rows.values_list("recommendation_id", "subject"))


@pytest.fixture
def known() -> Recommendation:
    """A recommendation with a theme, that addresses a body; another acted on it, a third one took part."""
    recommendation = published_recommendation()
    recommendation.themes.add(ThemeFactory())
    Responsibility.objects.create(recommendation=recommendation, actor=ActorFactory(slug="asked", kind="un_body"))
    entry = FollowUpFactory(recommendation=recommendation, actor=ActorFactory(slug="acting"), relation="same_subject")
    PartnerFactory(entry=entry, actor=ActorFactory(slug="partner"))
    actions.publish(entry, by=AdministratorFactory())
    return recommendation


def test_under_whom_it_addresses_and_who_acted(known: Recommendation) -> None:
    keys = dict(Actor.objects.values_list("slug", "pk"))
    assert filed(Filing.Scope.ADDRESSED) == {(known.pk, keys["asked"])}
    assert filed(Filing.Scope.ACTOR) == {(known.pk, keys[slug]) for slug in ("asked", "acting", "partner")}


def test_under_its_themes_the_kinds_it_addresses_and_how_follow_ups_relate(known: Recommendation) -> None:
    silent = published_recommendation()
    assert filed(Filing.Scope.THEME) == {(known.pk, known.themes.get().pk)}
    assert filed(Filing.Scope.KIND) == {(known.pk, FILED_KINDS.index("un_body"))}
    assert filed(Filing.Scope.RELATION) == {
        (known.pk, FILED_RELATIONS.index("same_subject")),
        (silent.pk, FILED_RELATIONS.index("none")),
    }


def test_under_collectives_two_levels_up(known: Recommendation) -> None:
    group, union, summit = (ActorFactory(slug=slug, is_collective=True) for slug in ("group", "union", "summit"))
    MembershipFactory(collective=union, member=group)
    MembershipFactory(collective=summit, member=union)
    seat = MembershipFactory(collective=group, member=Actor.objects.get(slug="partner"))
    reached = {subject for _key, subject in filed(Filing.Scope.ACTOR)}
    assert reached >= {group.pk, union.pk}
    assert summit.pk not in reached
    seat.delete()
    assert {subject for _key, subject in filed(Filing.Scope.ACTOR)}.isdisjoint({group.pk, union.pk})


def test_what_waits_for_an_assessment_and_what_addresses_nobody(known: Recommendation) -> None:
    silent = published_recommendation()
    assert filed(Filing.Scope.TO_ASSESS) == {(known.pk, 0)}
    assert set(Recommendation.objects.newer_than_assessment()) == {known}
    assert set(Recommendation.objects.without_responsibility()) == {silent}
    assess(known)
    assert filed(Filing.Scope.TO_ASSESS) == set()
    assert list(misfiled()) == []


def test_what_lacks_a_text_in_a_language_drafts_included(known: Recommendation) -> None:
    whole = {f"{name}_{code}": "Said." for name in ("headline", "translation") for code in ("en", "fr", "es")}
    Recommendation.objects.update(**whole)
    draft = RecommendationFactory(headline_fr="")
    assert set(Recommendation.objects.untranslated()) == {draft}
    Recommendation.objects.filter(pk=known.pk).update(translation_es="")
    assert set(Recommendation.objects.untranslated()) == {draft, known}
    assert filed(Filing.Scope.UNTRANSLATED) == {(known.pk, 0), (known.pk, FILED_LANGUAGES.index("es"))}
    assert list(misfiled()) == []


def test_entries_that_lack_a_text_in_a_language(known: Recommendation) -> None:
    entry = known.entries.get()
    french = EntryTranslationFactory(entry=entry, language="fr", title="Une loi", body="")
    assert filed(Scope.ENTRY_NOT_IN_FRENCH) == filed(Scope.ENTRY_UNTRANSLATED) == {(known.pk, entry.pk)}
    EntryTranslation.objects.update(body="Adoptée.")
    assert filed(Scope.ENTRY_NOT_IN_FRENCH) == filed(Scope.ENTRY_NOT_IN_ENGLISH) == set()
    assert filed(Scope.ENTRY_NOT_IN_SPANISH) == filed(Scope.ENTRY_UNTRANSLATED) == {(known.pk, entry.pk)}
    french.delete()
    assert filed(Scope.ENTRY_NOT_IN_FRENCH) == {(known.pk, entry.pk)}
    assert list(misfiled()) == []
    actions.retract(entry, by=AdministratorFactory(), reason="Wrong.")
    assert filed(Scope.ENTRY_NOT_IN_SPANISH) == filed(Scope.ENTRY_UNTRANSLATED) == set()


def assess(known: Recommendation) -> None:
    published_assessment(recommendation=known, rests_on=[known.entries.get()])


def withdraw(known: Recommendation) -> None:
    actions.withdraw_recommendation(known, by=AdministratorFactory(), reason="Entered twice.")


def drop_a_theme(known: Recommendation) -> None:
    known.themes.clear()


def ask_another(known: Recommendation) -> None:
    known.responsibilities.update(actor=ActorFactory(kind="civil_society"))


def ask_nobody(known: Recommendation) -> None:
    known.responsibilities.all().delete()


def take_the_entry_back(known: Recommendation) -> None:
    actions.retract(known.entries.get(), by=AdministratorFactory(), reason="Wrong.")


def log_another(known: Recommendation) -> None:
    published_entry(recommendation=known, relation="refers_to_forum")


def be_of_another_kind(known: Recommendation) -> None:
    Actor.objects.filter(slug="asked").update(kind="regional_body")


def date_the_forum_otherwise(known: Recommendation) -> None:
    Forum.objects.filter(pk=known.roundtable.forum_id).update(year=2031)


def sit_elsewhere(known: Recommendation) -> None:
    seat = MembershipFactory(member=Actor.objects.get(slug="acting"))
    Membership.objects.filter(pk=seat.pk).update(member=Actor.objects.get(slug="asked"))


def give_its_theme_to_a_draft(known: Recommendation) -> None:
    Recommendation.themes.through.objects.update(recommendation=RecommendationFactory())


def give_its_theme_to_a_draft_and_back(known: Recommendation) -> None:
    give_its_theme_to_a_draft(known)
    Recommendation.themes.through.objects.update(recommendation=known)


def write_another_draft(known: Recommendation) -> None:
    FollowUpFactory(recommendation=known, actor=ActorFactory())
    ForumFactory()


@pytest.mark.parametrize(
    "change",
    [
        *(withdraw, drop_a_theme, ask_another, ask_nobody, take_the_entry_back, log_another),
        *(be_of_another_kind, date_the_forum_otherwise, sit_elsewhere, write_another_draft, assess),
        *(give_its_theme_to_a_draft, give_its_theme_to_a_draft_and_back),
    ],
)
def test_whatever_changes_is_filed(known: Recommendation, change: Callable[[Recommendation], None]) -> None:
    change(known)
    assert list(misfiled()) == list(miscounted()) == []


def test_what_is_filed_wrongly_is_named_and_filed_anew(known: Recommendation) -> None:
    right = set(Filing.objects.values_list("scope", "subject", "place"))
    Filing.objects.filter(scope=Filing.Scope.THEME).delete()
    Filing.objects.filter(scope=Filing.Scope.KIND).update(place=1)
    assert list(misfiled()) == [(known.reference, ["filing"])]
    file_all()
    assert list(misfiled()) == []
    assert set(Filing.objects.values_list("scope", "subject", "place")) == right
