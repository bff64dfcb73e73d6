"""The words of headlines are found by how they begin; what a new story of a kind begins with is the chiefs' to say."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_names_that_were_here"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beginning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("news", "news"),
                            ("interview", "interview"),
                            ("opinion", "opinion"),
                            ("obituary", "obituary"),
                            ("feature", "feature"),
                        ],
                        default="news",
                        max_length=12,
                        verbose_name="kind of story",
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        blank=True,
                        help_text="Shown beside its name, and by Ctrl-K.",
                        max_length=200,
                        verbose_name="what it is for",
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        blank=True,
                        help_text="Shown in the empty box only.",
                        max_length=200,
                        verbose_name="the headline asks for",
                    ),
                ),
                (
                    "standfirst",
                    models.CharField(
                        blank=True,
                        help_text="Shown in the empty box only.",
                        max_length=200,
                        verbose_name="the standfirst asks for",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="What it asks the writer for belongs in notes: they never print.",
                        verbose_name="the text begins with",
                    ),
                ),
                ("usual_sections", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "words",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="planned length, in words"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="place in the row")),
                (
                    "is_offered",
                    models.BooleanField(
                        default=True, verbose_name="offered on the first screen and by Ctrl-K"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="articles.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "quick start",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="CopyWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "article"], name="copies_by_word")],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "word"), name="a_word_once_a_copy")
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="articles.edition",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "edition"], name="editions_by_word")],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "word"), name="a_word_once_an_edition")
                ],
            },
        ),
    ]
