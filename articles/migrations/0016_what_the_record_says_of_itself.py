import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_links_looked_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        max_length=13,
                    ),
                ),
                ("notices", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["-year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DayHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("part", models.PositiveIntegerField(default=1)),
                ("is_last", models.BooleanField(default=True)),
                ("editions", models.PositiveIntegerField()),
                ("begins_at", models.DateTimeField()),
                ("begins_with", models.BigIntegerField()),
                ("previous_digest", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["day", "part"],
            },
        ),
        migrations.CreateModel(
            name="EditionChange",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="change",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("words_in", models.PositiveIntegerField(default=0)),
                ("words_out", models.PositiveIntegerField(default=0)),
                ("parts", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GapCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True)),
                ("counted_at", models.DateTimeField()),
                ("stories", models.PositiveIntegerField()),
                ("pictures", models.PositiveIntegerField()),
                ("missing", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-on"],
            },
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["kind", "-made_at", "-id"], name="corrections_by_kind"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                django.db.models.functions.comparison.Greatest("live_from", "made_at"),
                models.F("story"),
                models.F("number"),
                name="editions_by_entry",
            ),
        ),
        migrations.AddField(
            model_name="correctiontally",
            name="section",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.section",
            ),
        ),
        migrations.AddIndex(
            model_name="dayhead",
            index=models.Index(condition=models.Q(("is_last", True)), fields=["-day"], name="heads_by_day"),
        ),
        migrations.AddConstraint(
            model_name="dayhead",
            constraint=models.UniqueConstraint(fields=("day", "part"), name="a_part_of_a_day_once"),
        ),
        migrations.AddConstraint(
            model_name="dayhead",
            constraint=models.UniqueConstraint(fields=("previous_digest",), name="one_head_follows_another"),
        ),
    ]
