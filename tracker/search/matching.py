"""Which recommendations a query finds, and which of them first."""

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

from django.db.models import Case, IntegerField, Q, Value, When

from tracker.models import Actor, Language, RecommendationQuerySet, ReferenceAlias, Theme
from tracker.search.engine import Sought, keys_with
from tracker.search.query import Query, Term
from tracker.search.tokens import actor_token, stem, stem_token, theme_token, words_of

MOST_NAMES = 200
"""Actors or themes that one word may mean. A beginning of one letter means nearly all of them, and then none."""


class Search:
    """A query with what its terms may mean, which takes two queries once."""

    def __init__(self, query: Query) -> None:
        self.query = query

    @cached_property
    def sought(self) -> dict[Term, Sought]:
        """What will do for each term."""
        return _sought(self.query.terms)

    def matching(self, rows: RecommendationQuerySet) -> RecommendationQuerySet:
        """Keep the recommendations in which all wanted terms are found and no unwanted one."""
        if self.query.reference:
            return rows.filter(_beginning_with(self.query.reference))
        if self.query.wanted:
            rows = rows.filter(pk__in=keys_with(self.sought[term] for term in self.query.wanted))
        for term in self.query.unwanted:
            rows = rows.exclude(pk__in=keys_with([self.sought[term]]))
        return rows

    def ranked(self, rows: RecommendationQuerySet) -> RecommendationQuerySet:
        """Put first where all is found in headlines, then in the official words, then in the record.

        Within a place, words as they were typed come before other forms of them. Both engines sort alike.
        """
        if not self.query.wanted:
            return rows.in_order()
        typed = [Sought(phrase=_words(term)) for term in self.query.wanted]
        any_form = [self.sought[term] for term in self.query.wanted]
        places = (("names",), ("names", "words"))
        found = [Q(pk__in=keys_with(terms, place)) for place in places for terms in (typed, any_form)]
        cases = [When(condition, then=Value(place)) for place, condition in enumerate(found)]
        place = Case(*cases, default=Value(len(cases)), output_field=IntegerField())
        return rows.annotate(place=place).order_by("place", *rows.in_order().query.order_by)


def _beginning_with(reference: str) -> Q:
    old = ReferenceAlias.objects.filter(reference__startswith=reference).values("recommendation")
    return Q(reference__startswith=reference) | Q(pk__in=old)


def _sought(terms: Iterable[Term]) -> dict[Term, Sought]:
    terms = list(dict.fromkeys(terms))
    names = _tokens_of_names(terms)
    return {term: _sought_of(term, names[term]) for term in terms}


def _words(term: Term) -> tuple[str, ...]:
    return tuple(f"w{word}" for word in term.words)


def _sought_of(term: Term, names: Sequence[str]) -> Sought:
    """Return what will do for a term. ``names``: the tokens of the actors and themes that it names."""
    if term.beginning and len(term.words) == 1:
        return Sought(tokens=tuple(names), beginnings=_words(term))
    if term.exact:
        return Sought(tokens=tuple(names), phrase=_words(term))
    stems = (stem_token(term.words[0], language) for language in Language.values)
    return Sought(tokens=(*_words(term), *stems, *names))


def _tokens_of_names(terms: Sequence[Term]) -> dict[Term, list[str]]:
    """Return the tokens of the actors and themes that each term names, in two queries."""
    actors, themes = _actors_like(terms), list(Theme.objects.all())
    found: dict[Term, list[str]] = {}
    for term in terms:
        tokens = [actor_token(actor.pk) for actor in actors if _names(actor, ("name", "acronym"), term)]
        tokens += [theme_token(theme.pk) for theme in themes if _names(theme, ("name",), term)]
        found[term] = tokens if len(tokens) <= MOST_NAMES else []
    return found


def _actors_like(terms: Sequence[Term]) -> list[Actor]:
    """Return the actors in whose names the beginning of a term stands somewhere."""
    columns = [f"{name}_{language}" for name in ("sort", "acronym") for language in Language.values]
    starts = {stem(term.words[0], Language.ENGLISH)[:12] for term in terms}
    likes = (Q(**{f"{column}__icontains": start}) for column in columns for start in starts)
    return list(Actor.objects.filter(reduce(Q.__or__, likes))) if starts else []


def _names(named: Actor | Theme, columns: Iterable[str], term: Term) -> bool:
    """Whether a term stands in one of the names, in any language."""
    return any(
        _stands_in(term, words_of(getattr(named, f"{column}_{language}")), language)
        for column in columns
        for language in Language.values
    )


def _stands_in(term: Term, words: Sequence[str], language: str) -> bool:
    if term.beginning and len(term.words) == 1:
        return any(word.startswith(term.words[0]) for word in words)
    if term.exact:
        length = len(term.words)
        return any(tuple(words[at : at + length]) == term.words for at in range(len(words) - length + 1))
    return any(stem(word, language) == stem(term.words[0], language) for word in words)
