"""Which recommendations, entries and actors a query finds, and which recommendations first."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import takewhile

from django.db.models import Q, Value
from django.db.models.expressions import RawSQL

from tracker.models import (
    Actor,
    ActorQuerySet,
    FollowUpQuerySet,
    Language,
    Recommendation,
    RecommendationQuerySet,
    ReferenceAlias,
    Theme,
)
from tracker.search.engine import ENTRIES, Sought, any_keys, beginning, first_keys, first_place, is_published, keys_with
from tracker.search.lines import ON_RECORD
from tracker.search.query import Query, Term
from tracker.search.tokens import actor_token, stem, stem_token, theme_token, words_of

MOST_NAMES = 200
"""Actors or themes that one word may mean. A beginning of one letter means nearly all of them, and then none."""


class Search:
    """A query with what its terms may mean, for which the database is asked once."""

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

    def published_keys(self, most: int, *, first: bool = False) -> RawSQL | None:
        """Return the subquery of ``most`` that are found and published; None of a reference and of unwanted terms.

        ``first``: those of the newest Forum, and so on; otherwise any. It joins nothing, and looks for no more.
        """
        if self.query.unwanted or not self.query.wanted:
            return None
        wanted = [self.sought[term] for term in self.query.wanted]
        return (first_keys if first else any_keys)(wanted, most, condition=is_published())

    def matching_entries(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """Keep the entries in which all wanted terms are found and no unwanted one; a reference is one in its words."""
        if wanted := self._wanted_of_entries:
            rows = rows.filter(pk__in=keys_with(wanted, ENTRIES))
        for term in self.query.unwanted:
            rows = rows.exclude(pk__in=keys_with([self.sought[term]], ENTRIES))
        return rows

    def latest_keys(self, most: int) -> RawSQL | None:
        """Return the subquery of the ``most`` entries on record that are found and were published last.

        None of unwanted terms. It joins nothing, and looks for no more.
        """
        if self.query.unwanted or not self._wanted_of_entries:
            return None
        return first_keys(self._wanted_of_entries, most, ENTRIES, f"{{line}} < {ON_RECORD}")

    @cached_property
    def _wanted_of_entries(self) -> list[Sought]:
        if self.query.reference:
            return [Sought(phrase=_words(Term(tuple(words_of(self.query.reference)))), is_open=True)]
        return [self.sought[term] for term in self.query.wanted]

    def matching_actors(self, rows: ActorQuerySet) -> ActorQuerySet:
        """Keep the actors in whose names, in any language, all wanted terms stand and no unwanted one."""
        terms = self.query.terms or tuple(Term((word,)) for word in words_of(self.query.reference))
        named = {key: names for kind, key, names in _rows_of_names(terms) if kind == "actor"} if terms else {}
        having = {
            term: {key for key, names in named.items() if any(_stands_in(term, *name) for name in names)}
            for term in terms
        }
        for term, keys in having.items():
            rows = rows.exclude(pk__in=keys) if term.without else rows.filter(pk__in=keys)
        return rows

    def ranked(self, rows: RecommendationQuerySet) -> RecommendationQuerySet:
        """Put first where all is found in headlines, then in the official words, then in the record.

        Within a place, words as they were typed come before other forms of them. Both engines sort alike.
        """
        if not self.query.wanted:
            return rows.in_order()
        typed = [Sought(phrase=_words(term)) for term in self.query.wanted]
        any_form = [self.sought[term] for term in self.query.wanted]
        places = [(terms, place) for place in (("names",), ("names", "words")) for terms in (typed, any_form)]
        return rows.annotate(found_in=first_place(places)).order_by("found_in", *rows.in_order().query.order_by)


def _beginning_with(reference: str) -> Q:
    """Return the condition of those that have this reference or beginning; an entry's is its recommendation's."""
    reference = "-".join(reference.split("-")[:4])
    named = Recommendation.objects.filter(beginning("reference", reference)).order_by().values("pk")
    old = ReferenceAlias.objects.filter(beginning("reference", reference)).order_by().values("recommendation")
    return Q(pk__in=named.union(old))


def _sought(terms: Iterable[Term]) -> dict[Term, Sought]:
    terms = list(dict.fromkeys(terms))
    names = _tokens_of_names(terms)
    return {term: _sought_of(term, names[term]) for term in terms}


def _words(term: Term) -> tuple[str, ...]:
    return tuple(f"w{word}" for word in term.words)


def _sought_of(term: Term, names: Sequence[str]) -> Sought:
    """Return what will do for a term. ``names``: the tokens of the actors and themes that it names.

    A word as it was typed needs no token of its own: wherever it stands, its stem stands in the text's language.
    """
    if term.beginning and len(term.words) == 1:
        return Sought(tokens=tuple(names), beginnings=_words(term))
    if term.exact:
        return Sought(tokens=tuple(names), phrase=_words(term), is_open=term.beginning)
    return Sought(tokens=(*(stem_token(term.words[0], language) for language in Language.values), *names))


def _tokens_of_names(terms: Sequence[Term]) -> dict[Term, list[str]]:
    """Return the tokens of the actors and themes that each term names, in one query."""
    tokens_of = {"actor": actor_token, "theme": theme_token}
    named = [(tokens_of[kind](key), names) for kind, key, names in _rows_of_names(terms)] if terms else []
    found: dict[Term, list[str]] = {}
    for term in terms:
        tokens = [token for token, names in named if any(_stands_in(term, *name) for name in names)]
        found[term] = tokens if len(tokens) <= MOST_NAMES else []
    return found


Names = list[tuple[list[str], str]]
"""The words of each name of something, with the language of that name."""


def _rows_of_names(terms: Sequence[Term]) -> Iterator[tuple[str, int, Names]]:
    """Yield kind, key and names of each theme, and of each actor whose names hold the beginning of a term."""
    languages = Language.values
    names, acronyms, sort = ([f"{name}_{code}" for code in languages] for name in ("name", "acronym", "sort"))
    starts = {_common_to_forms(term.words[0]) for term in terms}
    like = reduce(Q.__or__, (Q(**{f"{column}__icontains": start}) for column in (*sort, *acronyms) for start in starts))
    actors = Actor.objects.filter(like).order_by().values_list(Value("actor"), "pk", *names, *acronyms)
    themes = Theme.objects.order_by().values_list(Value("theme"), "pk", *names, *(Value("") for _code in languages))
    for kind, key, *said in actors.union(themes, all=True):
        yield kind, key, list(zip(map(words_of, said), languages * 2, strict=True))


def _stands_in(term: Term, words: Sequence[str], language: str) -> bool:
    """Whether a term stands in a name."""
    if term.beginning and len(term.words) == 1:
        return any(word.startswith(term.words[0]) for word in words)
    if term.exact:
        length = len(term.words)
        parts = (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
        return any(_reads(part, term) for part in parts)
    return any(stem(word, language) == stem(term.words[0], language) for word in words)


def _reads(part: tuple[str, ...], term: Term) -> bool:
    """Whether words are those of a phrase, whose last one may be a beginning."""
    last = part[-1].startswith(term.words[-1]) if term.beginning else part[-1] == term.words[-1]
    return last and part[:-1] == term.words[:-1]


def _common_to_forms(word: str) -> str:
    """Return the beginning that a word has in all its forms: of "germany", whose stem is "germani", "german"."""
    forms = [word, *(stem(word, language) for language in Language.values)]
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*forms, strict=False))
    return "".join(letters[0] for letters in same)
