from typing import Any

from django.db import migrations, models

INDEXES = {"tracker_searchindex": "tracker_searchdocument", "tracker_entryindex": "tracker_entrydocument"}
# Lines as they were when the columns were made; rebuild_search writes them anew.
OF_RECOMMENDATIONS = """
    UPDATE tracker_searchdocument SET line = (
        SELECT (10000 - r.forum_year) * 4294967296 + r.id FROM tracker_recommendation r WHERE r.id = recommendation_id
    )
"""
OF_ENTRIES = """
    UPDATE tracker_entrydocument SET line = (
        SELECT (1073741824 - COALESCE(f.sequence, 0)) * 4294967296 + f.id FROM tracker_followup f WHERE f.id = entry_id
    )
"""


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    """Drop the indexes of words. After the migrations they are made anew, by lines."""
    for index, table in INDEXES.items():
        if schema_editor.connection.vendor == "sqlite":
            for operation in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {index}_{operation}")
            schema_editor.execute(f"DROP TABLE IF EXISTS {index}")
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS vector")


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0017_untranslated"),
    ]

    operations = [
        migrations.RunPython(drop_indexes, migrations.RunPython.noop),
        migrations.AddField("searchdocument", "line", models.BigIntegerField(null=True)),
        migrations.AddField("entrydocument", "line", models.BigIntegerField(null=True)),
        migrations.RunSQL(OF_RECOMMENDATIONS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_ENTRIES, migrations.RunSQL.noop),
        migrations.AlterField("searchdocument", "line", models.BigIntegerField(unique=True)),
        migrations.AlterField("entrydocument", "line", models.BigIntegerField(unique=True)),
    ]
