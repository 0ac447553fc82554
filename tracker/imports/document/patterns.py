"""The words by which Chairs head the parts of their documents, in three languages. Only tables: see ``headings``.

Everything is compared without case; patterns are of the spelling with accents, and without where people leave them out.
"""

import re

# Words for what is numbered, the most particular first: where roundtables are so called, sessions are parts of them.
ROUNDTABLE_WORDS = {
    "roundtable": r"round[\s-]?tables?|r\.?t\.?(?!\w)|tables?[\s-]rondes?|t\.?r\.?(?!\w)|mesas?\s+redondas?"
    r"|m\.?r\.?(?!\w)",
    "cluster": r"clusters?|thematic\s+(?:area|track|pillar)|tracks?|pillars?|groupe\s+thématique|p[oô]les?|volets?"
    r"|axes?"
    r"|ejes?(?:\s+temáticos?)?|bloques?(?:\s+temáticos?)?|pilar(?:es)?|conglomerados?|grupos?\s+temáticos?|"
    r"theme(?=\s+\d)"
    r"|th[eè]me(?=\s+\d)|tema(?=\s+\d)",
    "session": r"(?:working\s+|thematic\s+|parallel\s+|breakout\s+)?sessions?|s[eé]ances?(?:\s+de\s+travail)?"
    r"|sesi[oó]n(?:es)?(?:\s+de\s+trabajo)?|mesas?\s+de\s+trabajo|mesas?",
    "group": r"(?:working|thematic|breakout|discussion)\s+groups?|groupes?(?:\s+de\s+travail)?"
    r"|grupos?(?:\s+de\s+trabajo)?"
    r"|workshops?|ateliers?|taller(?:es)?|panels?|paneles|commissions?|comisi[oó]n(?:es)?",
}
NUMBER_WORDS = {
    1: "one first un une premier première primera primero primer uno una i 1st 1er 1ère 1re 1ere 1ª 1.ª 1ra",
    2: "two second deux deuxième seconde second dos segunda segundo ii 2nd 2e 2ème 2eme 2ª 2.ª 2da",
    3: "three third trois troisième tres tercera tercero tercer iii 3rd 3e 3ème 3eme 3ª 3.ª 3ra",
    4: "four fourth quatre quatrième cuatro cuarta cuarto iv 4th 4e 4ème 4eme 4ª 4.ª 4ta",
    5: "five fifth cinq cinquième cinco quinta quinto v 5th 5e 5ème 5eme 5ª 5.ª 5ta",
    6: "six sixth sixième seis sexta sexto vi 6th 6e 6ème 6eme 6ª 6.ª 6ta",
    7: "seven seventh sept septième siete séptima septima vii 7th 7e 7ème 7eme 7ª 7.ª",
    8: "eight eighth huit huitième ocho octava viii 8th 8e 8ème 8eme 8ª 8.ª",
    9: "nine ninth neuf neuvième nueve novena ix 9th 9e 9ème 9eme 9ª 9.ª",
    10: "ten tenth dix dixième diez décima decima x 10th 10e 10ème 10eme 10ª 10.ª",
    11: "eleven eleventh onze onzième once xi",
    12: "twelve twelfth douze douzième doce xii",
}
LETTERS = "abcdefgh"

# A heading of recommendations has one of the words that say so, and otherwise only the words around them.
SAYS_SO = frozenset(
    "recommendation recommendations recommandation recommandations recomendacion recomendaciones outcome outcomes "
    "proposals propositions propuestas takeaways recommended recommandees recomendadas recommande recommends "
    "recomienda resultats resultados".split()
)
SAYS_SO_TOGETHER = (
    frozenset({"action", "points"}),
    frozenset({"actions", "proposed"}),
    frozenset({"actions", "suggested"}),
    frozenset({"calls", "action"}),
    frozenset({"pistes", "action"}),
    frozenset({"lineas", "accion"}),
    frozenset({"medidas", "propuestas"}),
    frozenset({"mesures", "proposees"}),
    frozenset({"actions", "proposees"}),
    frozenset({"acciones", "propuestas"}),
)
AROUND = frozenset(
    "main key principal major chief policy practical concrete specific agreed final draft proposed suggested selected "
    "general common joint overall top summary list set of the and or for from by on to in its this these that follow "
    "up followup conclusions conclusion action actions points point emerging arising resulting way forward steps next "
    "lessons learned findings messages commitments possible priority priorities summarized chairs co chair rapporteurs "
    "roundtable round table rt session cluster working group discussions discussion governments gfmd forum calls "
    "principales principaux principale cles cle les la le l des du de d et ou pour par sur au aux suites suite donner "
    "suivi a action actions generales concretes politiques prioritaires issues issue seance groupe table ronde "
    "points synthese resume finales adoptees retenues formulees participants conclusions pistes mesures proposees "
    "clave el los las y o del para por en al mas importantes mesa redonda sesion grupo trabajo seguimiento acuerdos "
    "acciones accion lineas conclusiones medidas generales finales politica politicas prioritarias propuestas "
    "sintesis resumen surgidas emanadas formuladas".split()
)
# What else stands in a heading that names recommendations without introducing them.
OTHERS = re.compile(
    r"\b(?:previous|earlier|past|implementation|implementing|implemented|status|progress|review|background|"
    r"précédent\w*|antérieur\w*|mise\s+en\s+œuvre|état|bilan|anterior\w*|previ[oa]s|aplicación|cumplimiento|balance)\b",
    re.I,
)
RECOMMEND = re.compile(
    r"\b(?:recommend(?:s|ed|ations?)?|recommand(?:e|ent|é|és|ations?)|recomiendan?|recomend(?:ó|aron|aciones)|proposed|"
    r"ont\s+proposé|propusieron|called\s+(?:on|for|upon)|suggested|agreed\s+on\s+the\s+following|outcomes)\b",
    re.I,
)

# Parts of a roundtable that are not its recommendations. What repeats says each word in one way only: that is quick.
WITHIN = re.compile(
    r"(?:(?:main|key|summary|general|brief|the|some|of)\s+)*(?:discussions?|debates?|"
    r"background|introduction|context|"
    r"findings|challenges|opportunities|(?:good|best|promising)\s+practices?|issues?|objectives?|messages|conclusions?|"
    r"points?(?:\s+of\s+discussion)?|presentations?|case\s+studies|co-?chairs?|rapporteurs?|panell?ists?|"
    r"speakers|participants|"
    r"guiding\s+questions|questions|overview|rationale|lessons(?:\s+learne?[dt])?|data|examples?)"
    r"(?:\s+(?:of|and|raised|for|on)\b.{0,40})?"
    r"|(?:(?:principa(?:les|ux)|résumé|synthèse|points|les|des|de|la)\s+)*(?:discussions?|"
    r"débats?|contexte|introduction|"
    r"constats?|défis|enjeux|bonnes\s+pratiques|objectifs?|messages|conclusions?|coprésiden\w+|rapporteurs?|exposés|"
    r"questions|présentation|enseignements|exemples)(?:\s+(?:de|des|du|et)\b.{0,40})?"
    r"|(?:(?:principales|resumen|síntesis|las|los|el|la|de)\s+)*(?:discusi[oó]n(?:es)?|"
    r"debates?|antecedentes|"
    r"introducci[oó]n|contexto|hallazgos|constataciones|desaf[ií]os|retos|buenas\s+prácticas|objetivos?|mensajes|"
    r"conclusiones|copresiden\w+|relator(?:es|a)?|preguntas|presentaci[oó]n(?:es)?|lecciones|ejemplos)"
    r"(?:\s+(?:de|del|y)\b.{0,40})?",
    re.I,
)

# Parts after the roundtables that are about the Forum itself.
CLOSING = re.compile(
    r"\b(?:future|way\s+forward|looking\s+(?:ahead|forward)|road\s+ahead|next\s+(?:steps|chair|forum)|agenda|closing|"
    r"follow-?\s?up|beyond|avenir|prochaines?\s+étapes?|suites?\s+d|voie\s+à\s+suivre|marche\s+à\s+suivre|perspectives|"
    r"suites|suivi|"
    r"clôture|vers\s+le|towards|hacia|próxim[oa]|prochain|futuro|pr[oó]ximos\s+pasos|camino\s+(?:a\s+seguir|por\s+delante)|seguimiento|perspectivas|clausura|"
    r"porvenir|hacia\s+adelante)\b",
    re.I,
)

# A part of its roundtable where another follows, else of the closing part.
FOLLOW_UP = re.compile(r"follow-?\s?up|suites?|suivi|seguimiento", re.I)

# What stands where recommendations would, if there are none.
NONE = re.compile(
    r"(?:(?:none|nil|n/a|no(?:\s+\w+)?\s+recommendations?)(?:\s+(?:was|were|ha(?:s|ve)\s+been)(?:\s+\w+){1,8})?"
    r"|(?:néant|aucune(?:\s+recommandation)?)(?:\s+n[’']a\s+été(?:\s+\w+){1,8})?"
    r"|ninguna(?:\s+recomendación)?|no\s+(?:hubo|se\s+\w+)(?:\s+ninguna)?(?:\s+recomendaci(?:ón|ones))?)\.?",
    re.I,
)

TITLE = re.compile(
    r"\b(?:conclusions?|summary|statement|declaration|report|recommendations|outcomes|conclusiones|resumen|"
    r"declaraci[oó]n|"
    r"informe|recomendaciones|résumé|synthèse|déclaration|rapport|recommandations|communiqué)\b",
    re.I,
)
OCCASION = re.compile(
    r"\b(?:meeting|conference|summit|session|assembly|dialogue|debate|event|réunion|conférence|sommet|séance|assemblée|"
    r"reuni[oó]n|conferencia|cumbre|asamblea|diálogo)\b",
    re.I,
)
TITLED = re.compile(r"(?:title|titre|título)\s*:\s*", re.I)
THEME = re.compile(
    r"(?:(?:central|overarching|main|general|overall)\s+theme|theme|thème\s+(?:central|général|principal)|thème|"
    r"tema\s+(?:central|general|principal)|tema|lema)\s*[:–—-]\s*(?P<theme>.+)",
    re.I,
)
FORUM_WORDS = re.compile(
    r"\b(?:GFMD|GMDF|FMMD|Global\s+Forum|Forum\s+mondial|Foro\s+Mundial|Chair|Présidence|Presidencia)\b", re.I
)
GROUP = re.compile(
    r"(?:recommendations?\s+)?(?:to|for|addressed\s+to|directed\s+(?:to|at)|at\s+the\s+\w+\s+level)\b.*"
    r"|(?:recommandations?\s+)?(?:aux?|à\s+l[’']|pour|destinées\s+aux?|adressées\s+aux?|au\s+niveau)\b.*"
    r"|(?:recomendaciones\s+)?(?:a|al|para|dirigidas\s+a|a\s+nivel)\b.*"
    r"|(?:governments|states|countries|civil\s+society|gouvernements|états|société\s+civile|gobiernos|estados|"
    r"sociedad\s+civil|(?:international|regional)\s+organi[sz]ations|short|medium|long|court|moyen|corto|"
    r"mediano|largo)\b.{0,60}",
    re.I,
)
GENERAL = re.compile(
    r"\b(?:general|overall|common|joint|cross-?cutting|overarching|générales|transversales|generales|comunes)\b", re.I
)
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|página|pág\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:/|of|de|sur|von)\s*\d{1,4})?\s*[-–—|]?|[ivxl]{1,6}", re.I
)
TABLE_OF_CONTENTS = re.compile(r".+?(?:\.\s?){4,}\s*\d{1,4}|.+?…\s*\d{1,4}|.+?_{4,}\s*\d{1,4}")

# Compounds that keep their hyphen where a line ends within them.
BEFORE_HYPHEN = frozenset(
    "non self co socio multi inter intra well cross long short post pre ex anti job cost action gender evidence rights "
    "policy decision government low high civil child age human people migrant data needs skills skill pro sub "
    "medium mid full part ready state first second third follow vice know north south rights vis peut au celui "
    "celle ceux c est ci là elle lui eux soi nous vous moi trans euro ibero latino afro".split()
)
AFTER_HYPHEN = frozenset(
    "based oriented related sensitive effective making led term matching building of up in out level friendly wide how "
    "driven being ordinated même mêmes être dire ci là delà il elle on ils elles".split()
)

STOPWORDS = {
    "en": "the of and to in should be that with for on by is are will has have this which their from as",
    "fr": "le la les des du et à dans devraient être que avec pour sur par est sont une aux ce cette leurs qui en d l",
    "es": "el la los las del y en deben debe ser que con para por es son una al se su sus este esta como más lo",
}
