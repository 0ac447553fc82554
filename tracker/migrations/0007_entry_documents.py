import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0006_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryDocument",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="tracker.followup",
                    ),
                ),
                ("names", models.TextField()),
                ("words", models.TextField()),
            ],
            options={
                "verbose_name": "search document of an entry",
                "verbose_name_plural": "search documents of entries",
            },
        ),
    ]
