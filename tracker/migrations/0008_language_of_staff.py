from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0007_entry_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English"), ("fr", "français"), ("es", "español")],
                help_text="In which the desk is shown. Empty: as the browser asks.",
                max_length=2,
                verbose_name="language",
            ),
        ),
    ]
