from django.db import migrations, models
from django.utils import timezone


def keep_what_is_public(apps, schema_editor):
    """Until now every translation of a page that was taken down was kept."""
    bases = apps.get_model("translation", "TranslationBasis").objects
    bases.filter(state="original").update(kept_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0004_exchange"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="translationbasis",
            name="kept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="StandsApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=models.CASCADE, related_name="+", to="wagtailcore.page"
                    ),
                ),
            ],
            options={
                "verbose_name": "translation that stands apart",
                "verbose_name_plural": "translations that stand apart",
            },
        ),
        migrations.RunPython(keep_what_is_public, migrations.RunPython.noop),
    ]
