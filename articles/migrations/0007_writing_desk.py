"""What the writing desk keeps: sittings, notes, hand-overs, notices, links for outsiders, acts in bulk, spellings."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_own_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=24)),
                ("said", models.CharField(max_length=300)),
                ("before", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handed_over", "handed over"),
                            ("sent_back", "sent back"),
                            ("mentioned", "mentioned"),
                            ("answered", "answered"),
                            ("taken_over", "taken over"),
                            ("published", "published"),
                            ("changed", "changed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=400)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("for_whom", models.CharField(blank=True, max_length=120)),
                ("ends_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.UUIDField(unique=True)),
                ("serial", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("wrote_at", models.DateTimeField(blank=True, null=True)),
                ("held_since", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["opened_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_printed", models.CharField(max_length=200)),
                ("folded", models.CharField(db_index=True, max_length=200)),
            ],
            options={
                "ordering": ["as_printed"],
            },
        ),
        migrations.CreateModel(
            name="StoryNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("field", models.CharField(blank=True, max_length=40)),
                ("passage", models.TextField(blank=True)),
                ("opening", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="VersionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="due"),
        ),
        migrations.AddField(
            model_name="article",
            name="genre",
            field=models.CharField(
                choices=[
                    ("news", "news"),
                    ("interview", "interview"),
                    ("opinion", "opinion"),
                    ("obituary", "obituary"),
                    ("feature", "feature"),
                ],
                default="news",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="planned_words",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="planned length, in words"),
        ),
        migrations.AddField(
            model_name="article",
            name="unfinished",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="contributor",
            name="sound",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=100),
        ),
        migrations.AddField(
            model_name="correction",
            name="severity",
            field=models.CharField(
                choices=[
                    ("slip", "a slip: a date, a spelling of a name"),
                    ("fact", "a fact was wrong"),
                    ("grave", "the story was wrong in substance"),
                ],
                default="fact",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="sound",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=100),
        ),
        migrations.AlterField(
            model_name="edition",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first", "first published"),
                    ("update", "updated"),
                    ("correction", "corrected"),
                    ("fix", "spelling mended"),
                    ("import", "from the old archive"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="articles_by_due_date"
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="articles.story"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_desk",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.desk",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="story",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.story"
            ),
        ),
        migrations.AddField(
            model_name="previewlink",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="previewlink",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="preview_links", to="articles.story"
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sittings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="articles.story"
            ),
        ),
        migrations.AddField(
            model_name="spelling",
            name="contributor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="spellings",
                to="articles.contributor",
            ),
        ),
        migrations.AddField(
            model_name="storynote",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="articles.storynote",
            ),
        ),
        migrations.AddField(
            model_name="storynote",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="storynote",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="storynote",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="articles.story"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="note",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.storynote",
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="revision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="named", to="articles.revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_desk__isnull", True), ("to_person__isnull", False)),
                    models.Q(("to_desk__isnull", False), ("to_person__isnull", True)),
                    _connector="OR",
                ),
                name="handed_to_a_person_or_a_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["story", "-seen_at"], name="sittings_by_story"),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["by", "story", "-seen_at"], name="sittings_by_person"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_since__isnull", False)),
                fields=("story",),
                name="one_sitting_holds_a_story",
            ),
        ),
        migrations.AddConstraint(
            model_name="spelling",
            constraint=models.UniqueConstraint(
                fields=("contributor", "as_printed"), name="a_spelling_once_a_contributor"
            ),
        ),
        migrations.AddIndex(
            model_name="storynote",
            index=models.Index(fields=["story", "made_at"], name="notes_by_story"),
        ),
        migrations.AddConstraint(
            model_name="storynote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_note_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "seen_at", "-made_at"], name="notices_by_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mailed_at__isnull", True)),
                fields=["made_at"],
                name="notices_to_be_mailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionname",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="a_name_is_not_empty"
            ),
        ),
    ]
