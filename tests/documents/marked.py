"""Markdown and HTML, as editors and content management systems write them."""

from tests.documents import Document, Expected

MARKDOWN = """\
# Chair's Summary of the GFMD Summit 2039

*Nairobi, 5–6 May 2039*

## Background papers

Eleven papers were written. See [the site](https://example.org/papers).

## Roundtable 1. Remittances

### Main recommendations

1. **Costs of sending** should fall to 3 per cent
   by 2041.
2. Governments should:
   - publish prices;
   - ban *exclusive* contracts.

3. Pilot projects (such as those in `Tonga`) should be extended.

### Good practices

- A price list is read by 2,000 people each day.

## Roundtable 2. Data

| No. | Recommendation | Addressed to |
|-----|----------------|--------------|
| 1   | Censuses should ask for the country of birth. | Governments |
| 2   | Share microdata. | UN agencies |

## The road ahead

- The Forum should publish a report on each recommendation.
"""
MARKDOWN_EXPECTED = Expected(
    {
        ("RT1", "Remittances"): [
            "Costs of sending should fall to 3 per cent by 2041.",
            "Governments should:\npublish prices;\nban exclusive contracts.",
            "Pilot projects (such as those in Tonga) should be extended.",
        ],
        ("RT2", "Data"): ["Censuses should ask for the country of birth.", "Share microdata."],
    },
    ["The Forum should publish a report on each recommendation."],
    [
        ("Background papers", "Eleven papers were written. See the site."),
        ("Roundtable 1 – Good practices", "A price list is read by 2,000 people each day."),
    ],
)

HTML = """\
<!DOCTYPE html>
<html lang="en"><head><title>GFMD</title><style>p { color: red }</style>
<script>document.write("<li>Injected recommendation</li>")</script></head>
<body><nav><ul><li>Home</li><li>Recommendations</li></ul></nav>
<h1>Conclusions of the 2040 GFMD&nbsp;Chair</h1>
<div class="field"><p>Presented at the <b>High-level Dialogue</b> in New&nbsp;York.</p></div>
<h2>Roundtable I &mdash; Reuniting families</h2>
<p>Summary: four countries spoke.<br>Others listened.</p>
<h3>Recommendations &amp; follow-up</h3>
<ol type="a">
 <li><p>Governments should decide within <em>six</em> months.</p></li>
 <li>Children ought to keep both nationalities.<ul><li>without a fee;</li><li>from birth.</li></ul></li>
</ol>
<h2>Roundtable II &mdash; Housing</h2>
<h3>Recommendations &amp; follow-up</h3>
<p>1. Landlords should accept foreign references.</p>
<p>2. Cities should build more.</p>
<p onclick="alert(1)">3. Rents are rising.</p>
<iframe src="https://example.org/"><p>Framed recommendation</p></iframe>
</body></html>
"""
HTML_EXPECTED = Expected(
    {
        ("RT1", "Reuniting families"): [
            "Governments should decide within six months.",
            "Children ought to keep both nationalities.\nwithout a fee;\nfrom birth.",
        ],
        ("RT2", "Housing"): [
            "Landlords should accept foreign references.",
            "Cities should build more.",
            "Rents are rising.",
        ],
    },
)

TABLE = """\
<html><head><meta charset="windows-1252"></head><body>
<h1>Conclusiones de la Presidencia del FMMD 2041</h1>
<h2>Mesa redonda 1: Educación</h2>
<table>
<tr><th>N.º</th><th>Recomendación</th><th>Destinatarios</th></tr>
<tr><td>1</td><td>Las universidades deberían convalidar los títulos.</td><td>Gobiernos</td></tr>
<tr><td>2</td><td>Debería abrirse la formación profesional:<ul><li>a mujeres;</li><li>a jóvenes.</li></ul></td>
<td></td></tr>
</table>
<h2>Mesa redonda 2: Envíos de dinero</h2>
<h3>Principales recomendaciones</h3>
<ul><li>Bajar el coste de los envíos.</li><li>Los bancos deberían publicar sus tarifas.</li></ul>
<h2>El futuro del Foro</h2>
<ul><li>El Foro debería reunirse cada año.</li></ul>
</body></html>
"""
TABLE_EXPECTED = Expected(
    {
        ("RT1", "Educación"): [
            "Las universidades deberían convalidar los títulos.",
            "Debería abrirse la formación profesional:\na mujeres;\na jóvenes.",
        ],
        ("RT2", "Envíos de dinero"): ["Bajar el coste de los envíos.", "Los bancos deberían publicar sus tarifas."],
    },
    ["El Foro debería reunirse cada año."],
)

DOCUMENTS = [
    Document("summary.md", MARKDOWN.encode(), MARKDOWN_EXPECTED, "en", 2039),
    Document("page.html", HTML.encode(), HTML_EXPECTED, "en", 2040),
    Document("tabla.html", TABLE.encode("cp1252"), TABLE_EXPECTED, "es", 2041),
]
