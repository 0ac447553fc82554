"""Who is addressed: the table of a roundtable."""

from typing import Any

import pytest

from tests.admin_desk import Desk, said, sent_by
from tests.factories import (
    ActorFactory,
    CollectiveFactory,
    EditorFactory,
    RecommendationFactory,
    ResponsibilityFactory,
    RoundtableFactory,
    published_recommendation,
)
from tracker.models import Responsibility

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[Any, ...]]:
    return list(Responsibility.objects.order_by("pk").values_list("recommendation", "actor", "addressed"))


def test_a_whole_roundtable_is_assigned_at_once() -> None:
    public, draft = published_recommendation(), RecommendationFactory()
    states, others = CollectiveFactory(name_en="Governments"), CollectiveFactory(name_en="Zeal")
    single = ResponsibilityFactory(recommendation=draft, actor=ActorFactory(name_en="Mexico"))
    desk = Desk(EditorFactory())
    page = desk.open("roundtable_responsibilities", draft.roundtable_id)
    assert [actor.name_en for actor in page.context["table"].collectives] == ["Governments", "Zeal"]
    assert "Mexico" in page.content.decode()
    typed = sent_by(page) | {
        f"r{public.pk}-{states.pk}": "explicit",
        f"r{draft.pk}-{states.pk}": "inferred",
        f"r{draft.pk}-{others.pk}": "explicit",
    }
    answer = desk.send("roundtable_responsibilities", draft.roundtable_id, typed=typed)
    assert said(desk.client.get(answer.url)) == ["2 recommendations were changed."]
    assert rows() == [
        (draft.pk, single.actor_id, "explicit"),
        (public.pk, states.pk, "explicit"),
        (draft.pk, states.pk, "inferred"),
        (draft.pk, others.pk, "explicit"),
    ]


def test_the_second_to_save_sees_both_versions_and_may_then_save() -> None:
    draft, actor, desk = RecommendationFactory(), CollectiveFactory(name_en="Governments"), Desk(EditorFactory())
    name, key = f"r{draft.pk}-{actor.pk}", draft.roundtable_id
    opened = desk.form("roundtable_responsibilities", key)
    desk.fill("roundtable_responsibilities", key, **{name: "explicit"})
    answer = desk.send("roundtable_responsibilities", key, typed={**opened, name: "inferred"})
    assert answer.context["table"].errors[f"r{draft.pk}"] == [
        "Somebody else changed this since you opened it. Now: Governments: Addressed by the text. Compare, then save."
    ]
    again = sent_by(answer)
    assert again[name] == "inferred"
    desk.send("roundtable_responsibilities", key, typed=again)
    assert rows() == [(draft.pk, actor.pk, "inferred")]


def test_a_choice_that_is_none_is_refused() -> None:
    draft, actor, desk = RecommendationFactory(), CollectiveFactory(), Desk(EditorFactory())
    answer = desk.fill("roundtable_responsibilities", draft.roundtable_id, **{f"r{draft.pk}-{actor.pk}": "perhaps"})
    assert answer.context["table"].errors[f"r{draft.pk}"] == ["Choose one of the three for each collective."]


def test_what_is_no_collective_is_not_chosen_there() -> None:
    draft, actor, desk = RecommendationFactory(), ActorFactory(), Desk(EditorFactory())
    desk.fill("roundtable_responsibilities", draft.roundtable_id, **{f"r{draft.pk}-{actor.pk}": "explicit"})
    assert rows() == []


def test_collectives_are_chosen_on_the_form_of_a_recommendation_and_single_actors_beside_them() -> None:
    states, group = CollectiveFactory(name_en="Governments"), CollectiveFactory(name_en="Group")
    draft, mexico = RecommendationFactory(addressed=[group]), ActorFactory(name_en="Mexico")
    desk = Desk(EditorFactory())
    opened = desk.form("recommendation_change", draft.pk)
    assert (opened[f"collectives-{group.pk}"], opened["responsibilities-TOTAL_FORMS"]) == ("explicit", "0")
    typed = {
        f"collectives-{states.pk}": "inferred",
        f"collectives-{group.pk}": "",
        "responsibilities-TOTAL_FORMS": "1",
        "responsibilities-0-actor": mexico.pk,
        "responsibilities-0-addressed": "explicit",
    }
    assert desk.fill("recommendation_change", draft.pk, **typed).status_code == 302
    assert rows() == [(draft.pk, mexico.pk, "explicit"), (draft.pk, states.pk, "inferred")]


def test_the_form_of_a_recommendation_shows_both_versions_of_whom_it_addresses() -> None:
    draft, states, desk = RecommendationFactory(), CollectiveFactory(name_en="Governments"), Desk(EditorFactory())
    opened = desk.form("recommendation_change", draft.pk)
    desk.fill("roundtable_responsibilities", draft.roundtable_id, **{f"r{draft.pk}-{states.pk}": "explicit"})
    answer = desk.send("recommendation_change", draft.pk, typed={**opened, f"collectives-{states.pk}": "inferred"})
    assert [(one.label, one.theirs, one.yours) for one in answer.context["differences"]] == [
        ("Collectives", "Governments: Addressed by the text", "Governments: Addressed in our reading")
    ]
    assert rows() == [(draft.pk, states.pk, "explicit")]


def test_a_new_recommendation_addresses_what_is_chosen() -> None:
    desk, states = Desk(EditorFactory()), CollectiveFactory()
    typed = {"number": "1", "headline_en": "New", "official_text": "New.", f"collectives-{states.pk}": "explicit"}
    desk.fill("recommendation_add", query=f"?roundtable={RoundtableFactory().pk}", **typed)
    assert [(actor, addressed) for _recommendation, actor, addressed in rows()] == [(states.pk, "explicit")]


def test_the_list_of_those_nobody_is_responsible_for_leads_to_the_table() -> None:
    lonely, desk = published_recommendation(), Desk(EditorFactory())
    address = f"{desk.address('roundtable_responsibilities', lonely.roundtable_id)}#r{lonely.pk}"
    assert address in desk.open("recommendation_changelist", query="?waits=responsibility").content.decode()
    assert address not in desk.open("recommendation_changelist").content.decode()
    assert f'id="r{lonely.pk}"' in desk.open("roundtable_responsibilities", lonely.roundtable_id).content.decode()
