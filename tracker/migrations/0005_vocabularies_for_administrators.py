"""Themes and milestones are the administrators' to change: takes the right from the groups that had it at first."""

from django.db import migrations


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    codenames = [f"{action}_{model}" for action in ("add", "change", "delete") for model in ("theme", "milestone")]
    rights = Permission.objects.filter(content_type__app_label="tracker", codename__in=codenames)
    for group in Group.objects.filter(name__in=["editor", "reviewer"]):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("tracker", "0004_internal_note_of_actors"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
