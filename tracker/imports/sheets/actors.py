"""Actors and their seats in collectives. Known by slug or ISO code; no actor and no seat is taken away by a sheet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.actions.bulk import change_rows, make_rows
from tracker.imports.sheets.actor_names import ActorNames, Seats
from tracker.imports.sheets.cells import choice, number, several, truth, year, yes_or_no
from tracker.imports.sheets.columns import CellError, Column
from tracker.imports.sheets.kind import Making
from tracker.imports.sheets.row import Row, Texts
from tracker.models import Actor, ActorQuerySet, ImportedRow, Language, Membership, SheetKind

SEAT = re.compile(r"(?P<actor>.+?)(?:\s+\(?(?P<since>\d{4})?\s*[-–—]\s*(?P<until>\d{4})?\)?)?", re.ASCII)


def upper(text: str) -> str:
    """Return a code in capitals."""
    return text.upper()


def seats_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield collective, first year and last year ("" where not said) of "gmg 2010–2018; governments"."""
    for one in several(text):
        found = SEAT.fullmatch(one)
        if found is not None:
            yield found["actor"].strip(), found["since"] or "", found["until"] or ""


def _seat(collective: str, since: str, until: str) -> str:
    return f"{collective} {since}–{until}" if since or until else collective


def _years(actor: Actor) -> dict[str, tuple[str, str]]:
    """Return first and last year of an actor's seats, "" where not known, by the slug of the collective."""
    return {
        seat.collective.slug: (str(seat.since_year or ""), str(seat.until_year or "")) for seat in actor.seats.all()
    }


class Actors(Making):
    """Actors with their seats."""

    value = SheetKind.ACTORS
    columns = (
        Column(
            "slug",
            gettext_lazy("slug"),
            gettext_lazy(
                "By this a row is known again. Without one, the ISO code is; a new actor's is made of its name."
            ),
            "mexico",
            also=("key", "id", "actor"),
        ),
        Column(
            "country",
            gettext_lazy("country (ISO 3166 alpha-2)"),
            gettext_lazy("Of governments only: the code of two letters."),
            "MX",
            field="country",
            read=upper,
            also=("country", "iso", "iso2", "country code", "code pays", "código de país"),
        ),
        Column(
            "country_alpha3",
            gettext_lazy("country (ISO 3166 alpha-3)"),
            gettext_lazy("Of governments only: the code of three letters."),
            "MEX",
            field="country_alpha3",
            read=upper,
            also=("iso3",),
        ),
        *(
            Column(
                f"name_{language}",
                gettext_lazy("name"),
                gettext_lazy("As pages show it."),
                "Mexico",
                required=language == "en",
                field=f"name_{language}",
                language=language,
                also=("name",) if language == "en" else (),
            )
            for language in Language.values
        ),
        *(
            Column(
                f"acronym_{language}",
                gettext_lazy("acronym"),
                gettext_lazy("Where it has one."),
                "",
                field=f"acronym_{language}",
                language=language,
                also=("acronym",) if language == "en" else (),
            )
            for language in Language.values
        ),
        Column(
            "kind",
            gettext_lazy("kind"),
            gettext_lazy("Government, United Nations body, international organisation, regional body, civil society …"),
            "government",
            required=True,
            field="kind",
            read=choice(Actor.Kind),
            also=("type",),
        ),
        Column(
            "is_collective",
            gettext_lazy("collective"),
            gettext_lazy("Yes for what has members."),
            "no",
            field="is_collective",
            read=yes_or_no,
            stored=truth,
        ),
        Column(
            "member_of",
            gettext_lazy("member of"),
            gettext_lazy("Collectives by slug, with years where they are known, and a semicolon between them."),
            "governments; gmg 2010–2018",
            also=("memberships", "groups", "membre de", "miembro de"),
        ),
        Column(
            "un_membership",
            gettext_lazy("in the United Nations"),
            gettext_lazy("Member State or Observer State."),
            "member",
            field="un_membership",
            read=choice(Actor.UNMembership),
        ),
        Column(
            "active_from",
            gettext_lazy("active from (year)"),
            gettext_lazy("The year in which it began."),
            "",
            field="active_from",
            read=year,
            stored=number,
        ),
        Column(
            "active_until",
            gettext_lazy("active until (year)"),
            gettext_lazy("The year in which it ended."),
            "",
            field="active_until",
            read=year,
            stored=number,
        ),
        Column("note", gettext_lazy("note"), gettext_lazy("Shown on its page."), "", field="note"),
        Column(
            "source_url",
            gettext_lazy("address of the source"),
            gettext_lazy("Where this is said."),
            "https://www.un.org/en/about-us/member-states",
            field="source_url",
        ),
        Column(
            "internal_note",
            gettext_lazy("internal note"),
            gettext_lazy("For staff, never public."),
            "",
            field="internal_note",
            several_lines=True,
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names, self.seats = ActorNames(), Seats()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Nothing: all actors are known from the beginning."""

    def identify(self, row: Row) -> None:
        """Take the slug for its key: as given, that of the country, or made of the name."""
        slug, country = row.texts.pop("slug", ""), row.texts.get("country", "")
        slug = slug or self.names.countries.get(country, "") or slugify(row.texts.get("name_en", ""))[:80]
        if not slug or slugify(slug) != slug:
            row.refuse("slug", _("Give a slug of small letters, digits and hyphens, or an ISO code."))
            return
        row.key = row.about = slug
        self._seats(row)
        self._will_exist(row)

    def _seats(self, row: Row) -> None:
        """Name the collectives by their slugs; refuse what is no collective, and a circle."""
        usual = []
        for name, since, until in seats_of(row.texts.get("member_of", "")):
            try:
                collective = self.names.slug_of(name)
            except CellError as error:
                row.refuse("member_of", error)
                continue
            if collective not in self.names.collectives:
                row.refuse("member_of", _("“%(name)s” has no members: it is no collective.") % {"name": name})
            elif self.seats.closes_a_circle(row.key, collective):
                row.refuse("member_of", _("This would make the collective a member of itself."))
            else:
                self.seats.above[row.key].add(collective)
            usual.append(_seat(collective, since, until))
        if usual:
            row.texts["member_of"] = "; ".join(sorted(usual))

    def _will_exist(self, row: Row) -> None:
        if row.key not in self.names.keys:
            words = [row.texts[key] for key in ("name_en", "name_fr", "name_es") if key in row.texts]
            country, is_collective = row.texts.get("country", ""), row.texts.get("is_collective") == "yes"
            self.names.know(row.key, 0, country, words, is_collective=is_collective)

    def there(self) -> ActorQuerySet:
        """Return actors with their seats."""
        seats = Membership.objects.select_related("collective").order_by("pk")
        return Actor.objects.prefetch_related(Prefetch("seats", seats))

    def find(self, rows: Sequence[Row]) -> Mapping[str, Actor]:
        """Return actors by slug."""
        return {one.slug: one for one in self.there().filter(slug__in=[row.key for row in rows])}

    def complete(self, row: Row) -> None:
        """Take the years that a row does not say of a seat from the seat."""
        if "member_of" in row.texts:
            there = _years(row.found)
            seats = [
                _seat(name, since or there.get(name, ("", ""))[0], until or there.get(name, ("", ""))[1])
                for name, since, until in seats_of(row.texts["member_of"])
            ]
            row.texts["member_of"] = "; ".join(sorted(seats))

    def texts(self, found: Actor, asked: Texts) -> Texts:
        """Tell an actor as a row does: of its seats those that the row names."""
        own = self.own_texts(found, asked)
        if "member_of" in asked:
            named, there = {name for name, _since, _until in seats_of(asked["member_of"])}, _years(found)
            own["member_of"] = "; ".join(sorted(_seat(name, *there[name]) for name in named & there.keys()))
        return own

    def start(self, row: Row) -> Actor:
        """Return an actor that is not saved."""
        return Actor(slug=row.key, key=row.key)

    def objections(self, row: Row) -> None:
        """Hold what the database holds, in words."""
        actor: Actor = row.target
        if actor.country and actor.kind != Actor.Kind.GOVERNMENT:
            row.refuse("country", _("Only a government has a country."))
        if actor.active_from and actor.active_until and actor.active_until < actor.active_from:
            row.refuse("active_until", _("The last year cannot be before the first."))
        for _name, since, until in seats_of(row.texts.get("member_of", "")):
            if since and until and until < since:
                row.refuse("member_of", _("The last year cannot be before the first."))
        holder = self.names.countries.get(actor.country, row.key)
        if actor.country and holder != row.key:
            row.refuse("country", _("%(actor)s has this country already.") % {"actor": holder})
        actor.fill_sorting_keys()

    def save_new(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the actors, then their seats."""
        make_rows(Actor, [row.made for row in rows], by=self.by)
        for row in rows:
            self.names.keys[row.key] = row.made.pk
        return self._save_seats(rows)

    def save_changed(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save the changed columns, then the seats."""
        sorting = {f"sort_{language}" for language in Language.values}
        change_rows(Actor, [row.found for row in rows], self.changed_fields(rows) | sorting, by=self.by)
        return self._save_seats(rows)

    def _save_seats(self, rows: Sequence[Row]) -> list[ImportedRow]:
        """Save seats that are new or have other years. What undoing needs of the changed ones stands with the actor."""
        new: list[tuple[Row, Membership]] = []
        changed: list[Membership] = []
        for row in rows:
            there = {} if row.found is None else {seat.collective.slug: seat for seat in row.found.seats.all()}
            for change in row.changes:
                for name, since, until in seats_of(change.new) if change.column == "member_of" else ():
                    seat = there.get(name)
                    if seat is None:
                        seat = Membership(member=row.target, collective_id=self.names.keys[name])
                        new.append((row, seat))
                    else:
                        changed.append(seat)
                    seat.since_year, seat.until_year = number(since), number(until)
        make_rows(Membership, [seat for _row, seat in new], by=self.by)
        change_rows(Membership, changed, ["since_year", "until_year"], by=self.by)
        return [ImportedRow(line=row.line, model="membership", target=seat.pk, made=True) for row, seat in new]
