"""Documents to which nothing was tuned: ``docs/imports.md`` says how they came out the first time."""

from tests.documents import Document, Expected
from tests.documents.printed import pdf
from tests.documents.word import docx, p, table

STATEMENT = """\
GLOBAL FORUM ON MIGRATION AND DEVELOPMENT

SUMMARY BY THE CHAIR

Marrakesh, 11-13 October 2047

    The Eleventh Summit of the Forum gathered 118 delegations. The following
summarises its roundtables in the words of their rapporteurs.

Roundtable A - Rural transformation

    Co-chairs: Morocco and Nepal

    The co-chairs opened with a film. Rapporteurs noted that seasonal work
is organised by few districts only. It was also noted that remittances
irrigate whole valleys.

    Suggested actions:

    A.1  Districts should be able to sign agreements of their own on
         seasonal work, within national law.

    A.2  Ministries of agriculture should sit on national
         committees on migration.

Roundtable B - Digital services

    Co-chairs: Estonia and Ghana

    Suggested actions:

    B.1  Consular services should be available on-
         line in the languages of migrants.

    B.2  Identity documents issued abroad ought to be
         verified within one day.

    B.3  Data protection is a precondition of everything above.

Closing

    The Chair thanked the interpreters. The next Chair should convene a first
meeting before March.
"""
STATEMENT_EXPECTED = Expected(
    {
        ("RT1", "Rural transformation"): [
            "Districts should be able to sign agreements of their own on seasonal work, within national law.",
            "Ministries of agriculture should sit on national committees on migration.",
        ],
        ("RT2", "Digital services"): [
            "Consular services should be available online in the languages of migrants.",
            "Identity documents issued abroad ought to be verified within one day.",
            "Data protection is a precondition of everything above.",
        ],
    },
    ["The Chair thanked the interpreters. The next Chair should convene a first meeting before March."],
)

FRENCH = docx(
    p("FMMD 2048 – Rapport final", "Title"),
    p("1. Contexte général", "H1"),
    p("Le Forum s’est tenu à Dakar."),
    p("2. Synthèse des tables rondes", "H1"),
    p("2.1 Table ronde 1 : Jeunesse et emploi", "H2"),
    p("Les panélistes ont rappelé l’ampleur du chômage."),
    p("Principales recommandations issues des échanges", "H3"),
    p("**Apprentissage.** Les États devraient financer l’apprentissage transfrontalier.", bullet=0),
    p("**Stages.** Les entreprises sont invitées à rémunérer les stages :", bullet=0),
    p("au niveau du salaire minimum ;", bullet=1),
    p("dès le premier mois.", bullet=1),
    p("2.2 Table ronde 2 : Partenariats entre collectivités", "H2"),
    p("Principales recommandations issues des échanges", "H3"),
    table(
        ("Recommandation", "Acteurs concernés", "Échéance"),
        ("Jumeler les services d’accueil.", "Villes", "2050"),
        ("Mettre en réseau les observatoires.", "Régions, universités", "2049"),
    ),
    p("3. Perspectives", "H1"),
    p("Le Forum devrait se doter d’un suivi public de ses recommandations.", bullet=0),
)
FRENCH_EXPECTED = Expected(
    {
        ("RT1", "Jeunesse et emploi"): [
            "Apprentissage. Les États devraient financer l’apprentissage transfrontalier.",
            (
                "Stages. Les entreprises sont invitées à rémunérer les stages :\nau niveau du salaire minimum ;\n"
                "dès le premier mois."
            ),
        ],
        ("RT2", "Partenariats entre collectivités"): [
            "Jumeler les services d’accueil.",
            "Mettre en réseau les observatoires.",
        ],
    },
    ["Le Forum devrait se doter d’un suivi public de ses recommandations."],
)

SPANISH = """\
<html><body>
<div class="title"><strong>Foro Mundial sobre Migración y Desarrollo – Quito 2049</strong></div>
<div><strong>Resumen de la Presidencia</strong></div>
<p><u>Mesa redonda 1: Cuidados</u></p>
<p>Las personas trabajadoras del hogar sostienen economías enteras.</p>
<p><strong>De esta mesa surgieron las siguientes recomendaciones:</strong></p>
<p>- Los países de destino deben reconocer el trabajo de cuidados.<br>
- Los sindicatos deberían poder afiliar a personas en situación irregular.<br>
- Se alienta a la sociedad civil a ofrecer asesoría.</p>
<p><u>Mesa redonda 2: Fronteras</u></p>
<p><strong>De esta mesa surgieron las siguientes recomendaciones:</strong></p>
<p>- La información en los puestos fronterizos debería darse en lenguas indígenas.</p>
<p><u>Hacia el próximo Foro</u></p>
<p>Las delegaciones acordaron continuar el diálogo en Ginebra.</p>
</body></html>
"""
SPANISH_EXPECTED = Expected(
    {
        ("RT1", "Cuidados"): [
            "Los países de destino deben reconocer el trabajo de cuidados.",
            "Los sindicatos deberían poder afiliar a personas en situación irregular.",
            "Se alienta a la sociedad civil a ofrecer asesoría.",
        ],
        ("RT2", "Fronteras"): [
            "La información en los puestos fronterizos debería darse en lenguas indígenas.",
        ],
    },
    ["Las delegaciones acordaron continuar el diálogo en Ginebra."],
)

PRINTED = """
#align(center)[#text(16pt)[*GFMD 2050*] \\ #text(13pt)[Chair's Report on the Deliberations of the Roundtables]]

#outline(title: "Contents")

= Opening
The summit was opened by the President. Ministers of 41 countries spoke.

= Roundtable 1: Migrant entrepreneurs
#emph[What the roundtable heard]

Loans are refused for want of a credit history.

#emph[What the roundtable recommends]

#set enum(numbering: "1.")
+ Credit histories should be portable between countries, on the request of the borrower alone.
+ Chambers of commerce should admit migrant entrepreneurs
  - as members,
  - and to their boards.

= Roundtable 2: Culture
#emph[What the roundtable recommends]

+ Visas for artists should be issued within two weeks.
+ Broadcasters, schools and museums should show migration as what it is: a part of every country's history, and of the
  history of most families.

= Looking ahead
The Forum will report on progress in 2052.
"""
PRINTED_EXPECTED = Expected(
    {
        ("RT1", "Migrant entrepreneurs"): [
            "Credit histories should be portable between countries, on the request of the borrower alone.",
            "Chambers of commerce should admit migrant entrepreneurs\nas members,\nand to their boards.",
        ],
        ("RT2", "Culture"): [
            "Visas for artists should be issued within two weeks.",
            (
                "Broadcasters, schools and museums should show migration as what it is: a part of every country’s "
                "history, and of the history of most families."
            ),
        ],
    },
    ["The Forum will report on progress in 2052."],
)

DOCUMENTS = [
    Document("statement.txt", STATEMENT.encode("cp1252"), STATEMENT_EXPECTED, "en", 2047),
    Document("rapport.docx", FRENCH, FRENCH_EXPECTED, "fr", 2048),
    Document("quito.html", SPANISH.encode(), SPANISH_EXPECTED, "es", 2049),
    Document("report.pdf", pdf(PRINTED, header="Chair's Report", language="en"), PRINTED_EXPECTED, "en", 2050),
]
