"""The words that suggest how an item is read, in three languages. Tables only: see ``natures``, ``suggesting``."""

import re


def words(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


ASKS = words(
    r"should|ought\s+to|must|shall|(?:is|are)\s+(?:encouraged|invited|urged|called\s+upon|asked|requested|"
    r"recommended)\s+to"
    r"|(?:we\s+)?(?:recommend|call\s+(?:on|upon|for)|invite|encourage|urge)s?|recommended\s+that|needs?\s+to\s+be"
    r"|devraient|devrait|doivent|doit|il\s+(?:convient|faut|conviendrait|importe)|(?:est|sont)\s+(?:invités?|"
    r"encouragés?|priés?|appelés?)"
    r"(?:es)?\s+à|(?:recommande|invite|encourage|demande|appelle)(?:nt)?|est\s+recommandée?|recommandé\s+(?:de|"
    r"que|aux?)"
    r"|deber[íi]an?|deben?|debemos|hay\s+que|conviene|es\s+(?:necesario|preciso|menester)|"
    r"se\s+(?:recomienda|invita|alienta|exhorta|insta|pide)n?|(?:recomienda|invita|alienta|exhorta|insta)n?\s+a|"
    r"recomienda(?:n)?|ha(?:n)?\s+de"
)
UNDERTAKES = words(
    r"agreed\s+to|agree\s+to|undertook|undertakes?|committed?\s+(?:themselves|itself|ourselves)?\s*to|"
    r"commits?\s+(?:itself\s+|themselves\s+)?to|"
    r"pledged?\s+to|decided\s+to|will(?!\s+(?:also\s+)?be\s+(?:key|important|essential|crucial|vital|necessary|"
    r"needed|critical))"
    r"|(?:sont|est)\s+convenue?s?|(?:se\s+sont|s[’']est|s[’']engage(?:nt)?|nous\s+nous)\s*engag\w*|s[’']engage(?:nt)?"
    r"|(?:a|ont)\s+(?:décidé|entrepris)|ont\s+accepté\s+de"
    r"|acordaron|acordó|convinieron|convino|decidieron|decidió|se\s+compromet\w+|se\s+han?\s+comprometido"
    r"|(?<!se\s)(?!ser)\w+(?:ará|erá|irá|arán|erán|irán|drá|drán)"
)
# The French future has no accent to tell it by: only asked of French.
FRENCH_FUTURE = words(r"(?<!se\s)(?!sera|seront)(?:\w{3,}(?:era|eront|ira|iront)|aura|auront|fera|feront)")
PRINCIPLE = words(
    r"principles?|principes?|principios?|(?:universal|inalienable)(?:s|es)?|inalienables|inviolable|non[- ]negotiable|"
    r"(?:have|has)\s+the\s+(?:same\s+)?right|(?:ont|a)\s+le\s+droit|tienen?\s+(?:el\s+)?derecho|regardless\s+of|"
    r"quel(?:le)?\s+que\s+soi(?:t|ent)|independientemente\s+de"
)
NEEDS = words(
    r"needs?\s+to|(?:is|are|will\s+be|remains?)\s+(?:(?:very|most|also|still|equally|\w+ly|"
    r"therefore)\s+)?(?:important|key|essential|crucial|vital|necessary|needed|critical|required|"
    r"fundamental|indispensable|desirable|paramount)|requires?|has\s+(?:an?\s+)?(?:\w+\s+)?role\s+to\s+play|"
    r"have\s+(?:an?\s+)?(?:\w+\s+)?role\s+to\s+play|deserves?|there\s+is\s+a\s+need|calls?\s+for|"
    r"(?:est|sont|sera|seront|reste(?:nt)?)\s+(?:\w+\s+)?(?:important|essentiel|nécessaire|indispensable|crucia|"
    r"primordia|fondament|"
    r"souhaitable|clé)\w*|nécessite(?:nt)?|exige(?:nt)?|requier(?:t|ent)|a\s+besoin|ont\s+besoin|"
    r"rôle\s+\w*\s*à\s+jouer|mérite(?:nt)?|"
    r"(?:es|son|será|serán|resulta|sigue\s+siendo)\s+(?:\w+\s+)?(?:importante|clave|esencial|necesari|"
    r"indispensable|crucial|vital|"
    r"fundamental|imprescindible|conveniente)\w*|requieren?|necesitan?|exigen?|"
    r"papel\s+(?:\w+\s+)?que\s+desempeñar|merecen?"
)
# A text that begins with what is to be done: an English imperative, an infinitive in French or Spanish.
IMPERATIVES = frozenset(
    "promote strengthen develop ensure support establish facilitate consider improve encourage enhance foster adopt "
    "ratify create build expand reduce lower share include integrate mainstream protect recognize recognise address "
    "continue provide explore increase invest engage involve implement collect use invite set make take work review "
    "simplify harmonize harmonise prevent combat eliminate respect raise conduct undertake monitor evaluate assess "
    "convene organize organise launch mobilize mobilise extend link align give avoid pursue advance maximize maximise "
    "remove intensify consolidate disseminate design introduce empower fund finance call request pilot publish "
    "report".split()
)
INFINITIVE = re.compile(r"[^\W\d_]{2,}(?:er|ir|re|ar|arse|erse|irse)", re.I)
NOT_INFINITIVES = frozenset(
    "leur par sur pour entre lugar hogar mujer cualquier primer ayer car cher fier hier hiver premier être".split()
)

ORIGIN = words(
    r"(?:countries|states|governments)\s+of\s+origin|(?:sending|source|home)\s+countries|origin(?=\s*(?:,|and|"
    r"or)\s*(?:\w+\s*(?:,|and)\s*)?destination)"
    r"|countries\s+of\s+(?:destination|transit)\s+and\s+(?:of\s+)?origin|origin\s+countries"
    r"|pays\s+d[’']origine|país(?:es)?\s+de\s+origen|estados\s+de\s+origen"
)
DESTINATION = words(
    r"(?:countries|states|governments)\s+of\s+destination|(?:receiving|host|destination)\s+countries"
    r"|(?:countries|states)\s+of\s+origin(?:\s*,\s*(?:of\s+)?transit)?\s*,?\s*(?:and|or)\s+(?:of\s+)?destination"
    r"|pays\s+(?:d[’']accueil|de\s+destination)|pays\s+d[’']origine(?:\s*,\s*de\s+transit)?\s+(?:et|"
    r"ou)\s+(?:de\s+destination|d[’']accueil)"
    r"|país(?:es)?\s+de\s+(?:destino|acogida)|país(?:es)?\s+de\s+origen(?:\s*,\s*(?:de\s+)?tránsito)?\s+(?:y|"
    r"o)\s+(?:de\s+)?destino"
)
GOVERNMENTS = words(
    r"governments?|(?:member[\s-]+)?states|countries|gouvernements?|états(?:\s+membres)?|pays(?!\s+(?:d[’']|de\s+))"
    r"|gobiernos?|estados(?:\s+miembros)?|países"
)
CIVIL_SOCIETY = words(
    r"civil\s+society|non[- ]governmental\s+organi[sz]ations|NGOs?|diaspora\s+(?:organi[sz]ations|associations)|"
    r"trade\s+unions"
    r"|société\s+civile|organisations\s+non\s+gouvernementales|ONG|associations\s+de\s+migrants|syndicats"
    r"|sociedad\s+civil|organizaciones\s+no\s+gubernamentales|sindicatos"
)
UN_GROUP = words(
    r"global\s+migration\s+group|GMG|(?:UN|united\s+nations)\s+(?:agencies|international\s+organi[sz]ations|"
    r"system|bodies|entities|organi[sz]ations)"
    r"|international\s+organi[sz]ations|groupe\s+mondial\s+sur\s+la\s+migration"
    r"|(?:organismes|institutions|système)\s+des\s+nations\s+unies|organisations\s+internationales"
    r"|grupo\s+mundial\s+sobre\s+migración|GMM|(?:organismos|sistema)\s+de\s+las\s+naciones\s+unidas|"
    r"organi[sz]aciones\s+internacionales"
)
REGIONAL = words(
    r"regional\s+consultative\s+process(?:es)?|RCPs?|inter-?regional\s+fora|processus\s+consultatifs\s+régionaux|PCR"
    r"|procesos\s+consultivos\s+regionales"
)
FORUM = words(
    r"GFMD|GMDF|FMMD|(?:the\s+)?global\s+forum|forum\s+mondial|foro\s+mundial|the\s+forum|le\s+forum|el\s+foro|"
    r"friends\s+of\s+the\s+forum"
    r"|steering\s+group"
)
COLLECTIVES = {
    "governments-origin": ORIGIN,
    "governments-destination": DESTINATION,
    "governments": GOVERNMENTS,
    "civil-society": CIVIL_SOCIETY,
    "gmg": UN_GROUP,
    "rcps": REGIONAL,
    "gfmd": FORUM,
}
LAST_YEAR_OF_THE_GROUP = 2018  # when the United Nations Network on Migration took its place

THEMES = {
    "human-rights": r"human\s+rights|rights\s+of|criminali[sz]ation|protection\s+of\s+migrants|"
    r"droits\s+(?:de\s+l[’']homme|humains|des)|"
    r"derechos\s+(?:humanos|de)|discrimination|discriminación|xenophobia|xénophobie|xenofobia",
    "public-perceptions": r"perceptions?|narratives?|public\s+opinion|stereotypes?|image\s+of\s+migrants|"
    r"opinion\s+publique|discours\s+public|"
    r"préjugés|percepci(?:ón|ones)|narrativas?|opinión\s+pública|estereotipos",
    "irregular-migration": r"irregular|undocumented|regardless\s+of\s+(?:their\s+)?(?:immigration|"
    r"migration)\s+status|smuggling|trafficking|"
    r"criminali[sz]ation|irrégulière?s?|sans[- ]papiers|traite|trafic|indocumentad\w+|trata|tráfico|irregulares?",
    "return-reintegration": r"returns?|returning|returnees?|reintegration|readmission|retours?|réintégration|"
    r"retornos?|retornados|reintegración",
    "circular-migration": r"circular|temporary|seasonal|circulaires?|temporaires?|saisonni\w+|temporal(?:es)?|"
    r"estacional(?:es)?",
    "children-families": r"child(?:ren)?|famil(?:y|ies)|minors?|youth|enfants?|familles?|mineurs|jeunes|"
    r"niñ[oa]s|niñez|familias?|menores|jóvenes",
    "gender": r"gender|women|girls|genre|femmes|filles|género|mujeres",
    "social-protection-health": r"pensions?|social\s+(?:rights|protection|security)|health\s*(?:care)?|"
    r"portability|insurance|protection\s+sociale|"
    r"sécurité\s+sociale|santé|portabilité|assurance|seguridad\s+social|protección\s+social|salud|portabilidad|"
    r"pensiones",
    "labour-mobility-skills": r"labou?r|jobs?|job-matching|skills?|qualifications?|recruitment|workers?|"
    r"employment|employers?|mobility|"
    r"circular|pensions|main[- ]d[’’']œuvre|compétences|recrutement|emplois?|travailleurs|employeurs|mobilité|"
    r"laboral(?:es)?|competencias|contratación|empleo|trabajadores|empleadores|movilidad",
    "data-indicators": r"data|indicators?|statistics|migration\s+profiles?|profiles|evidence|research|données|"
    r"indicateurs?|statistiques|profils|"
    r"recherche|datos|indicadores|estadísticas|perfiles|investigación",
    "climate-change": r"climate|environment(?:al)?|disasters?|climat(?:ique|iques)?|environnement\w*|"
    r"catastrophes|climátic\w+|ambiental(?:es)?|desastres",
    "policy-coherence": r"(?:policy|institutional)(?:\s+and\s+\w+)?\s+coherence|coherence|coherent|"
    r"whole-of-government|mainstream(?:ing)?|"
    r"development\s+(?:plans|strategies|planning)|institutional\s+framework|cohérence|cohérentes?|coherencia|"
    r"coherentes?|marco\s+institucional",
    "regional-processes": r"regional|inter-?regional|RCPs?|régiona(?:l|le|les|ux)|PCR|regionales",
    "forum-future": r"GFMD|GMDF|FMMD|the\s+forum|global\s+forum|le\s+forum|du\s+forum|el\s+foro|del\s+foro",
}
THEME_WORDS = {slug: words(pattern) for slug, pattern in THEMES.items()}
