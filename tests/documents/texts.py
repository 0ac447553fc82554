"""Plain text: wrapped and not, three languages, five encodings, numbers and bullets of all sorts."""

from tests.documents import Document, Expected

WRAPPED = """\
        Fifth Meeting of the Global Forum on Migration and Development

                  CONCLUSIONS OF THE CHAIR OF THE 2031 GFMD

INTRODUCTION

The Forum met in Windhoek on 3 and 4 June 2031. Its debates were open, and
they were prepared by nine thematic meetings in all regions of the world.

ROUNDTABLE 1: Lower costs of
migration for workers

Summary of discussions

Participants compared recruitment fees on eleven corridors. They found that
fees fall where employers pay them.

Main recommendations

\u2022 Governments should make employers pay for recruit-
  ment, and publish which agencies are licensed to
  work on each corridor.
\u2022 Countries of origin and of destination ought to agree on cost-
  effective complaint mechanisms:
    - free of charge;
    - open to workers who have returned.

GFMD 2031 \u2013 Conclusions of the Chair                              1
\f
GFMD 2031 \u2013 Conclusions of the Chair

\u2022 Regional consultative processes should compare the fees that
workers pay, and

GFMD 2031 \u2013 Conclusions of the Chair                              2
\f
GFMD 2031 \u2013 Conclusions of the Chair

the rules that govern them.

ROUNDTABLE 2: Diasporas

Main recommendations

\u2022 Consulates should register businesses of the diaspora.

The future of the Forum

\u2022 The Forum should meet every two years.
\u2022 The Forum has grown.
"""
WRAPPED_EXPECTED = Expected(
    {
        ("RT1", "Lower costs of migration for workers"): [
            (
                "Governments should make employers pay for recruitment, and publish which agencies are licensed to "
                "work on each corridor."
            ),
            (
                "Countries of origin and of destination ought to agree on cost-effective complaint mechanisms:\n"
                "free of charge;\nopen to workers who have returned."
            ),
            "Regional consultative processes should compare the fees that workers pay, and the rules that govern them.",
        ],
        ("RT2", "Diasporas"): ["Consulates should register businesses of the diaspora."],
    },
    ["The Forum should meet every two years."],
    [
        (
            "INTRODUCTION",
            (
                "The Forum met in Windhoek on 3 and 4 June 2031. Its debates were open, and they were prepared by nine "
                "thematic meetings in all regions of the world."
            ),
        ),
        (
            "ROUNDTABLE 1 – Summary of discussions",
            (
                "Participants compared recruitment fees on eleven corridors. They found that fees fall where employers "
                "pay them."
            ),
        ),
        ("The future of the Forum", "The Forum has grown."),
    ],
)

FRENCH = """\
Conclusions de la présidence du FMMD 2032

Thème central : « Des villes qui accueillent »

Processus préparatoire

– Le groupe directeur s’est réuni à quatre reprises.

Table ronde n° 1 : L’accès aux services dans les villes

Principales recommandations :

– Les gouvernements devraient associer les maires à l’élaboration des politiques migratoires.
– Les pays d’origine et de destination devraient reconnaître les diplômes en moins de six mois.
– Le dialogue avec la société civile est un principe qui doit être respecté.

Table ronde n° 2 – Les données

Recommandations et suites à donner

1) Des indicateurs communs sont nécessaires.
2) Les profils migratoires devraient être mis à jour chaque année :
   a) par les gouvernements ;
   b) avec l’appui des Nations Unies.

L’avenir du FMMD

– Les gouvernements sont convenus d’évaluer le Forum en 2034.
– Le Forum reste utile.
"""
FRENCH_EXPECTED = Expected(
    {
        ("RT1", "L’accès aux services dans les villes"): [
            "Les gouvernements devraient associer les maires à l’élaboration des politiques migratoires.",
            "Les pays d’origine et de destination devraient reconnaître les diplômes en moins de six mois.",
            "Le dialogue avec la société civile est un principe qui doit être respecté.",
        ],
        ("RT2", "Les données"): [
            "Des indicateurs communs sont nécessaires.",
            (
                "Les profils migratoires devraient être mis à jour chaque année :\na) par les gouvernements ;\n"
                "b) avec l’appui des Nations Unies."
            ),
        ],
    },
    ["Les gouvernements sont convenus d’évaluer le Forum en 2034."],
    [
        ("Processus préparatoire", "Le groupe directeur s’est réuni à quatre reprises."),
        ("L’avenir du FMMD", "Le Forum reste utile."),
    ],
)

SPANISH = """\
CUMBRE DE LIMA
Conclusiones de la Presidencia del Foro Mundial sobre Migración y Desarrollo 2033

MESA REDONDA 1
Protección de las personas trabajadoras

Recomendaciones principales:

a) Los gobiernos deberían ratificar los convenios de la OIT.
b) Las remesas no deberían pagar más de un 3 % de comisión
   o gasto alguno.
c) Se recomienda a los países de destino ampliar la
   seguridad social.

MESA REDONDA 2
Niñez y movilidad

Recomendaciones principales:

a) Ningún niño debería ser detenido por su situación migratoria.

Próximos pasos

La próxima Presidencia convocará una reunión en Ginebra.
"""
SPANISH_EXPECTED = Expected(
    {
        ("RT1", "Protección de las personas trabajadoras"): [
            "Los gobiernos deberían ratificar los convenios de la OIT.",
            "Las remesas no deberían pagar más de un 3 % de comisión o gasto alguno.",
            "Se recomienda a los países de destino ampliar la seguridad social.",
        ],
        ("RT2", "Niñez y movilidad"): ["Ningún niño debería ser detenido por su situación migratoria."],
    },
    ["La próxima Presidencia convocará una reunión en Ginebra."],
    [],
)

ROMAN = """\
GFMD Chair's Summary 2034

RT 1 – Skills and recognition

Key outcomes

(i) Employers should recognise qualifications within three months.

(ii) Governments agreed to share lists of shortage occupations.

(iii) Standards of training differ.

RT 2 – Returning home

Key outcomes

(i) Returning migrants need to keep their pensions.

(ii) Reintegration should be planned:

   • before departure;
   • with the communities of return.
"""
ROMAN_EXPECTED = Expected(
    {
        ("RT1", "Skills and recognition"): [
            "Employers should recognise qualifications within three months.",
            "Governments agreed to share lists of shortage occupations.",
            "Standards of training differ.",
        ],
        ("RT2", "Returning home"): [
            "Returning migrants need to keep their pensions.",
            "Reintegration should be planned:\nbefore departure;\nwith the communities of return.",
        ],
    },
    [],
    [],
)

ORDINALS = """\
FORUM MONDIAL SUR LA MIGRATION ET LE DÉVELOPPEMENT
Synthèse de la Présidence, 2035

Première table ronde : Climat et mobilité

Contexte

Trois pays ont présenté leurs plans d’adaptation.

Recommandations

1.1 Intégrer la mobilité dans les plans nationaux d’adaptation.
1.2 Créer un fonds pour les déplacements internes.

Deuxième table ronde : Santé

Contexte

Les soins d’urgence sont ouverts à tous dans quatre pays.

Recommandations

2.1 Ouvrir les soins de base à tous les migrants, quel que soit leur statut.
2.2 Les ministres de la santé s’engagent à publier leurs données.
"""
ORDINALS_EXPECTED = Expected(
    {
        ("RT1", "Climat et mobilité"): [
            "Intégrer la mobilité dans les plans nationaux d’adaptation.",
            "Créer un fonds pour les déplacements internes.",
        ],
        ("RT2", "Santé"): [
            "Ouvrir les soins de base à tous les migrants, quel que soit leur statut.",
            "Les ministres de la santé s’engagent à publier leurs données.",
        ],
    },
    [],
    [
        ("Première table ronde – Contexte", "Trois pays ont présenté leurs plans d’adaptation."),
        ("Deuxième table ronde – Contexte", "Les soins d’urgence sont ouverts à tous dans quatre pays."),
    ],
)

BARE = """\
Report of the Chair, GFMD 2036

Session 1.1 Migration and cities

Recommendations

Cities should have a seat at the Forum.

Governments should fund language courses from the first day.

Session 1.2 Migration and schools

Recommendations

Schools should enrol every child within one month.

Session 2.1 Financing

Discussion

Funds come late.

Recommendations

The World Bank should report on remittances twice a year.
"""
BARE_EXPECTED = Expected(
    {
        ("RT1", "Migration and cities"): [
            "Cities should have a seat at the Forum.",
            "Governments should fund language courses from the first day.",
        ],
        ("RT2", "Migration and schools"): ["Schools should enrol every child within one month."],
        ("RT3", "Financing"): ["The World Bank should report on remittances twice a year."],
    },
    [],
    [("Session 2.1 – Discussion", "Funds come late.")],
)

LABELLED = """\
2037 GFMD: Conclusions and Recommendations of the Chair

1. Introduction

The Chair thanks all participants.

2. Round Table One: Youth

Recommendations emerging from the Round Table

Recommendation 1: Young migrants should be heard by every
national committee on migration.
Recommendation 2: Visa fees for students should be lowered.

3. Round Table Two: Women

Recommendations emerging from the Round Table

Recommendation 3: Governments should ratify ILO Convention No. 189 and
the Global Migration Group should help them to
apply it.

4. The way forward

The Chair invites all to meet again. Governments should nominate focal points.
"""
LABELLED_EXPECTED = Expected(
    {
        ("RT1", "Youth"): [
            "Young migrants should be heard by every national committee on migration.",
            "Visa fees for students should be lowered.",
        ],
        ("RT2", "Women"): [
            (
                "Governments should ratify ILO Convention No. 189 and the Global Migration Group should help them to "
                "apply it."
            ),
        ],
    },
    ["The Chair invites all to meet again. Governments should nominate focal points."],
    [("Introduction", "The Chair thanks all participants.")],
)

CLUSTERS = """\
CHAIR'S CONCLUSIONS

Global Forum on Migration and Development, 2038

CLUSTER I: LABOUR

Working session A: Fees

Participants recommended the following:

* Governments should end fees for domestic workers.
* Employers' federations should train recruiters.

Working session B: Contracts

Participants recommended the following:

* Contracts should be registered in both countries.

CLUSTER II: DIASPORA

Recommendations and follow-up

To governments:

* Open bonds to small savers.

To civil society:

* Train advisers in every consulate.
"""
CLUSTERS_EXPECTED = Expected(
    {
        ("RT1", "LABOUR"): [
            "Governments should end fees for domestic workers.",
            "Employers' federations should train recruiters.",
            "Contracts should be registered in both countries.",
        ],
        ("RT2", "DIASPORA"): ["Open bonds to small savers.", "Train advisers in every consulate."],
    },
    [],
    [],
)

DOCUMENTS = [
    Document("wrapped.txt", WRAPPED.encode(), WRAPPED_EXPECTED, "en", 2031),
    Document("french.txt", FRENCH.encode("cp1252"), FRENCH_EXPECTED, "fr", 2032),
    Document("spanish.txt", SPANISH.replace("\n", "\r\n").encode("latin-1"), SPANISH_EXPECTED, "es", 2033),
    Document("roman.txt", ROMAN.encode("utf-16"), ROMAN_EXPECTED, "en", 2034),
    Document("ordinals.txt", ORDINALS.replace("\n", "\r").encode("mac-roman"), ORDINALS_EXPECTED, "fr", 2035),
    Document("bare.txt", BARE.encode("utf-8-sig"), BARE_EXPECTED, "en", 2036),
    Document("labelled.txt", LABELLED.encode("utf-16-be"), LABELLED_EXPECTED, "en", 2037),
    Document("clusters.txt", CLUSTERS.encode(), CLUSTERS_EXPECTED, "en", 2038),
]
