"""How documents state figures about a Forum, in three languages: kinds of ``ForumFigure``, each with its sentence."""

import re

QUALIFIERS = {
    "over": r"over|au-delà\s+de|por\s+encima\s+de",
    "more_than": r"more\s+than|plus\s+de|plus\s+d[’']|más\s+de",
    "approximately": r"approximately|about|around|some|nearly|almost|environ|près\s+de|quelque|unos|unas|cerca\s+de|"
    r"aproximadamente|alrededor\s+de|casi",
}
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "zéro une deux trois quatre cinq six sept huit neuf dix onze douze",
    "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce",
)
WORD_VALUES = {word: value for words in NUMBER_WORDS for value, word in enumerate(words.split())}
WORD_VALUES |= {"un": 1, "uno": 1}
_Q = "(?:(?P<qualifier>" + "|".join(QUALIFIERS.values()) + r")\s+(?:de\s+|of\s+)?)?"
_N = r"(?P<number>\d{1,3}(?:[ ,.\u202f\u00a0]\d{3})+(?!\d)|\d+|" + "|".join(WORD_VALUES) + ")"
COUNT = rf"(?<![\w.,-]){_Q}{_N}\s+"

CIVIL_SOCIETY = re.compile(r"civil\s+society|société\s+civile|sociedad\s+civil", re.I)
ANYWHERE = frozenset({"friends_meetings", "steering_meetings", "sessions", "contributions"})
_STATES = (
    r"(?:UN\s+)?(?:member[\s-]*states|governments|countries|states|états(?:\s+membres)?|gouvernements|pays|"
    r"estados(?:\s+miembros)?|gobiernos|países)"
)
COUNTED = {
    kind: re.compile(pattern, re.I)
    for kind, pattern in {
        "states": rf"{COUNT}{_STATES}\b",
        "observers": rf"{COUNT}(?P<words>[^\W\d_]+(?:\s+[^\W\d_]+){{0,3}}?)\s+"
        r"(?:as\s+observers|en\s+qualité\s+d[’']observat\w+|comme\s+observat\w+|como\s+observador\w*)",
        "participants": rf"{COUNT}(?:participants|delegates|délégués|participantes|delegados)\b",
        "ministers": rf"{COUNT}(?:ministers|ministres|ministr[oa]s)\b",
        "vice_ministers": rf"{COUNT}(?:vice-?\s?ministers|deputy\s+ministers|vice-?\s?ministres|viceministr[oa]s)\b",
        "civil_society": rf"{COUNT}(?:delegates|participants|délégués|delegados|participantes)\b",
        "civil_society_countries": rf"(?<!representatives )(?:from|de|venus\s+de|"
        rf"issus\s+de)\s+{_Q}{_N}\s+(?:countries|pays|países)\b",
        "civil_society_governments": rf"(?:representatives|représentants|representantes)\s+(?:from|of|de)\s+{_Q}{_N}\s+"
        r"(?:countries|governments|pays|gouvernements|países|gobiernos)\b",
        "civil_society_sessions": rf"{COUNT}(?:working\s+sessions|séances\s+de\s+travail|sesiones\s+de\s+trabajo)\b",
        "civil_society_organiser": r"(?-i:(?:the\s+)?(?P<words>[A-ZÀ-Þ][\w&-]+(?:\s+(?:of\s+|"
        r"de\s+)?[A-ZÀ-Þ][\w&-]+)*))\s+"
        r"(?:coordinated|organi[sz]ed|hosted|a\s+coordonné|a\s+organisé|coordinó|organizó)\s+.*"
        r"(?:civil\s+society\s+days|journées\s+de\s+la\s+société\s+civile|jornadas\s+de\s+la\s+sociedad\s+civil)",
        "friends_meetings": rf"{COUNT}(?:meetings\s+of\s+the\s+friends\s+of\s+the\s+forum|"
        rf"réunions\s+des\s+amis\s+du\s+forum|"
        r"reuniones\s+de\s+(?:los\s+)?amigos\s+del\s+foro)",
        "steering_meetings": rf"{COUNT}(?:meetings\s+of\s+the\s+steering\s+group|"
        rf"(?:réunions\s+)?du\s+groupe\s+directeur|"
        r"(?:réunions|reuniones)\s+del?\s+grupo\s+(?:directivo|directeur))",
        "sessions": r"(?:background\s+documents|documents\s+de\s+base|documentos\s+de\s+base|"
        r"documentos\s+de\s+antecedentes)\s+"
        rf"(?:\w+\s+){{0,4}}?{_N}\s+(?:sessions|séances|sesiones)\b",
        "contributions": r"(?:(?:received|reçu|recibió)\s+)?(?:contributions|contribuciones|aportaciones)\s*"
        rf"(?P<note>to\s+cover\s+.+?|pour\s+couvrir\s+.+?|para\s+cubrir\s+.+?)?\s*(?:\bof\s+|\bde\s+|\bd[’']|"
        rf"por\s+)?{_Q}"
        rf"(?:€\s*|EUR\s*){_N}",
    }.items()
}
PAID = re.compile(r"(?:contributions?|contribuciones|aportaciones)\b.*(?:€|euros?|EUR)")
CONTRIBUTORS = re.compile(
    r"\b(?:from|de\s+la\s+part\s+de|provenant\s+de|versées\s+par|de)\s+(?P<names>(?:the\s+|la\s+|le\s+|"
    r"l[’'])?[A-ZÀ-Þ].+?)\.?$"
)
ARTICLE = re.compile(r"^(?:and\s+|et\s+|y\s+)?(?:the\s+|la\s+|le\s+|les\s+|l[’']|el\s+|los\s+|las\s+)?")


def number(text: str) -> int:
    """Return the number that a text writes in figures or as a word."""
    bare = re.sub(r"[ ,.\u202f\u00a0]", "", text).casefold()
    return int(bare) if bare.isdecimal() else WORD_VALUES[bare]


def qualifier(text: str) -> str:
    """Return how exact a figure is: a value of ``ForumFigure.Qualifier``."""
    for name, words in QUALIFIERS.items():
        if text and re.fullmatch(words, text.strip(), re.I):
            return name
    return "exact"
