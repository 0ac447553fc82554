"""What a document says of the Forum itself: its year and days, figures, who paid, in which language it is."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.imports.document import figures, patterns
from tracker.imports.document.outline import Contributor, Figure
from tracker.imports.document.position import Said

EARLIEST, LATEST = 2007, 2100
LONGEST_SENTENCE = 2_000
"""Letters of a statement among which a figure or a contributor is looked for."""
YEAR = re.compile(r"(?<![\d.,])(20\d\d)(?![\d%])")
MONTHS = {
    number: names.split()
    for number, names in enumerate(
        (
            "january janvier enero",
            "february février fevrier febrero",
            "march mars marzo",
            "april avril abril",
            "may mai mayo",
            "june juin junio",
            "july juillet julio",
            "august août aout agosto",
            "september septembre septiembre setiembre",
            "october octobre octubre",
            "november novembre noviembre",
            "december décembre decembre diciembre",
        ),
        1,
    )
}
MONTH_OF = {name: number for number, names in MONTHS.items() for name in names}
_MONTH = "|".join(MONTH_OF)
_DAY = r"(?P<{name}>\d{{1,2}})(?:st|nd|rd|th|er|º)?"
_FIRST, _LAST = _DAY.format(name="first"), _DAY.format(name="last")
_TO = r"\s*(?:-|–|—|to|and|au|et|al|y|a)\s*"
_OF = r"\s+(?:of\s+|de\s+)?"
SPANS = (
    re.compile(
        rf"{_FIRST}{_TO}{_LAST}{_OF}(?P<month>{_MONTH})\b(?:,?\s+(?:de\s+|of\s+|del\s+)?(?P<year>20\d\d))?", re.I
    ),
    re.compile(rf"(?P<month>{_MONTH})\s+{_FIRST}{_TO}{_LAST}(?:,?\s+(?P<year>20\d\d))?(?!\d)", re.I),
    re.compile(
        rf"{_FIRST}{_OF}(?P<earlier>{_MONTH}){_TO}{_LAST}{_OF}(?P<month>{_MONTH})(?:,?\s+(?:de\s+|"
        rf"del\s+)?(?P<year>20\d\d))?",
        re.I,
    ),
)
FORUM_DAYS = re.compile(
    r"\b(?:government|summit|forum|gfmd|held|took\s+place|tenue?|lieu|celebr\w+|gobiernos?|gouvernement\w*|"
    r"réunion|reunión)\b",
    re.I,
)
PLACE = r"(?P<place>[A-ZÀ-Þ][\w’'-]+(?:[ -](?:de |del |la |of )?[A-ZÀ-Þ][\w’'-]+){0,3})"
HOST = (
    re.compile(rf"^{PLACE} (?:Meeting|Summit|Forum)$"),
    re.compile(rf"^(?:Réunion|Sommet|Forum|Reunión|Cumbre|Foro) (?:de|d[’']|à) ?{PLACE}$"),
    re.compile(rf"(?:^|[,–-] )(?!\w+ (?:Summit|Meeting|Session)){PLACE},(?: [A-ZÀ-Þ]\w+,)? \d{{1,2}}"),
    re.compile(rf"\b(?:held|took place|met|gathered|tenue?|lieu|réunie?|celebr\w+|reuni\w+) (?:in|à|en) {PLACE}"),
)


def language_of(text: str) -> str:
    """Return the language of a text: that of most of its smallest words; English for a text without any."""
    counted = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {language: sum(counted[word] for word in words.split()) for language, words in patterns.STOPWORDS.items()}
    return max(scores, key=lambda language: scores[language])


def year_of(title: str, first: Iterable[str], lines: Iterable[str]) -> int | None:
    """Return the year of the Forum: that of the title, of the first lines, or one that the text names repeatedly."""
    for line in (title, *first):
        named = [int(year) for year in YEAR.findall(line) if EARLIEST <= int(year) <= LATEST]
        if named:
            return named[0]
    counted = Counter(int(year) for line in lines for year in YEAR.findall(line))
    usual = [year for year, number in counted.most_common() if EARLIEST <= year <= LATEST and number > 1]
    return usual[0] if usual else None


def days_of(lines: Sequence[str], year: int | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of the Forum, where a line says from when to when it was held."""
    spans = [(line, span) for line in lines for span in _spans(line, year)]
    held = [span for line, span in spans if FORUM_DAYS.search(line)] or [span for _line, span in spans]
    return held[0] if held else (None, None)


def _spans(line: str, year: int | None) -> Iterable[tuple[dt.date, dt.date]]:
    for pattern in SPANS:
        for found in pattern.finditer(line):
            named = int(found["year"]) if found["year"] else year
            if named is None or (year is not None and named != year):
                continue
            last = MONTH_OF[found["month"].casefold()]
            first = MONTH_OF[found.groupdict().get("earlier", found["month"]).casefold()]
            try:
                span = dt.date(named, first, int(found["first"])), dt.date(named, last, int(found["last"]))
            except ValueError:
                continue
            if span[0] <= span[1]:
                yield span


def host_of(headings: Iterable[str], lines: Iterable[str]) -> str:
    """Return the town in which the Forum met, where a heading or a sentence names it."""
    for pattern in HOST:
        for line in [*headings, *lines]:
            if found := pattern.search(line):
                return found["place"]
    return ""


def figures_of(said: Sequence[Said]) -> tuple[Figure, ...]:
    """Return the figures about the Forum in its statements, each kind once, in their order."""
    found: list[Figure] = []
    for statement in said:
        of_civil_society = bool(figures.CIVIL_SOCIETY.search(f"{statement.section} {statement.paragraph.text}"))
        for kind, pattern in figures.COUNTED.items():
            if kind.startswith("civil_society") == of_civil_society or kind in figures.ANYWHERE:
                found += _counted(kind, pattern, statement)
    found += _present(said)
    once: dict[tuple[str, str], Figure] = {}
    for figure in sorted(found, key=lambda figure: figure.line):
        once.setdefault((figure.kind, figure.words), figure)
    return tuple(once.values())


def _counted(kind: str, pattern: re.Pattern[str], statement: Said) -> Iterable[Figure]:
    told = pattern.search(statement.paragraph.text[:LONGEST_SENTENCE])
    if told is None:
        return
    groups = told.groupdict()
    value = figures.number(groups["number"]) if groups.get("number") else None
    qualifier = figures.qualifier(groups.get("qualifier") or "")
    words, note = groups.get("words") or "", groups.get("note") or ""
    note = f"{note[0].upper()}{note[1:]}." if note else ""
    yield Figure(kind, statement.paragraph.line, value, qualifier, words, note)


def _present(said: Sequence[Said]) -> Iterable[Figure]:
    """Yield who was present by name: the points without a number in a list that counts ministers."""
    points = [statement for statement in said if statement.level == 1]
    counting = {one.section for one in points if figures.COUNTED["ministers"].search(one.paragraph.text)}
    for statement in points:
        if statement.section in counting and not re.match(r"\d", statement.paragraph.text):
            yield Figure("named", statement.paragraph.line, words=statement.paragraph.text)


def contributors_of(said: Iterable[Said]) -> tuple[Contributor, ...]:
    """Return who contributed to the cost of the Forum, in the order in which a sentence lists them."""
    for statement in said:
        text = statement.paragraph.text[:LONGEST_SENTENCE]
        paid = figures.PAID.search(text)
        if paid and (found := figures.CONTRIBUTORS.search(text, paid.end())):
            names = re.split(
                r",\s*(?:and|et|y)\s+|,\s*|\s+(?:and|et|y|e)\s+(?=(?:the|la|le|l[’']|el)?\s*[A-ZÀ-Þ])", found["names"]
            )
            cleaned = [figures.ARTICLE.sub("", name.strip()).rstrip(". ") for name in names]
            return tuple(Contributor(name, statement.paragraph.line) for name in cleaned if name)
    return ()
