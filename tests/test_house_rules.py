"""The laws of the house style over every file; each law is shown a violation that turns it red."""

import subprocess
import sys

import pytest

from tests.laws import code, pages, record
from tests.laws.tree import ROOT, python_files, script_files, style_files, template_files

PYTHON = [
    code.file_is_short, code.functions_are_short, code.module_says_its_job, code.no_import_inside_a_function,
    code.no_star_import, code.no_undated_todo, code.names_are_the_newsrooms, code.only_prose_trusts_html,
    record.only_at_compares_live_dates, record.only_workflow_sets_a_state, record.only_workflow_makes_an_edition,
    record.readers_start_from_at,
]  # fmt: skip
TEMPLATES = [
    pages.template_is_short, pages.template_trusts_nothing, pages.nothing_inline, pages.nothing_from_another_host,
    code.no_undated_todo,
]  # fmt: skip
SCRIPTS = [
    pages.script_is_short,
    pages.imports_are_there,
    pages.nothing_from_another_host,
    code.no_undated_todo,
]
STYLES = [pages.nothing_from_another_host, code.no_undated_todo]


def name(value):
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(
    ("law", "found"),
    [
        *((law, python_files) for law in PYTHON),
        *((law, template_files) for law in TEMPLATES),
        *((law, script_files) for law in SCRIPTS),
        *((law, style_files) for law in STYLES),
    ],
    ids=name,
)
def test_house_keeps_the_law(law, found):
    broken = [sentence for path, source in found() for sentence in law(path, source)]
    assert not broken, "\n" + "\n".join(broken)


def test_the_laws_look_at_something():
    assert len(python_files()) > 20
    assert not any("__pycache__" in path or ".venv" in path for path, _ in python_files())


ROOM = "articles/archive/lists.py"
LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 51

VIOLATIONS = [
    (code.file_is_short, "articles/prose.py", "x = 1\n" * 401),
    (code.file_is_short, "tests/test_all.py", "x = 1\n" * 501),
    (code.functions_are_short, "articles/prose.py", LONG_FUNCTION),
    (code.functions_are_short, "tests/test_all.py", "class A:\n" + "".join(f"    {x}\n" for x in LONG_FUNCTION.split("\n"))),
    (code.module_says_its_job, "articles/prose.py", "import re\n"),
    (code.module_says_its_job, "articles/prose.py", '"""stuff for prose"""\n'),
    (code.no_import_inside_a_function, "articles/prose.py", "def f():\n    import re"),
    (code.no_import_inside_a_function, "media/apps.py", "class A:\n    def ready(self):\n        from x import y"),
    (code.no_star_import, "articles/prose.py", "from re import *"),
    (code.no_undated_todo, "articles/prose.py", "x = 1  # TODO: more"),
    (code.no_undated_todo, "templates/base.html", "{# FIXME later #}"),
    (code.names_are_the_newsrooms, "articles/utils.py", ""),
    (code.names_are_the_newsrooms, "articles/services/__init__.py", ""),
    (code.names_are_the_newsrooms, "articles/_helpers.py", ""),
    (code.names_are_the_newsrooms, "articles/models/a.py", "class Post: ..."),
    (code.names_are_the_newsrooms, "articles/models/a.py", "class EditionManager: ..."),
    (code.names_are_the_newsrooms, "articles/models/a.py", "def handler(): ..."),
    (code.only_prose_trusts_html, "articles/archive/a.py", "from django.utils.safestring import mark_safe"),
    (code.only_prose_trusts_html, "articles/archive/a.py", "safestring.mark_safe('<b>')"),
    (code.only_prose_trusts_html, "articles/archive/a.py", "x = SafeString(body)"),
    (code.only_prose_trusts_html, "articles/archive/a.py", "prose.trusted(edition.headline)"),
    (code.only_prose_trusts_html, "media/models.py", "class A:\n    def __html__(self): return self.caption"),
    (record.only_at_compares_live_dates, ROOM, "Edition.objects.filter(live_from__lte=now)"),
    (record.only_at_compares_live_dates, ROOM, "Edition.objects.at().exclude(live_until=None)"),
    (record.only_at_compares_live_dates, ROOM, "Tag.objects.filter(tag_rows__edition__live_until__isnull=True)"),
    (record.only_at_compares_live_dates, ROOM, "Q(live_from__gt=now)"),
    (record.only_at_compares_live_dates, ROOM, "x = {'live_from__lte': now}"),
    (record.only_at_compares_live_dates, ROOM, "shown = [e for e in found if e.live_from <= now]"),
    (record.only_at_compares_live_dates, ROOM, "if edition.live_until is None: show()"),
    (record.only_at_compares_live_dates, "articles/workflow/a.py", "if edition.live_until > now: pass"),
    (record.only_at_compares_live_dates, ROOM, "sql = 'select 1 from e where live_until > now()'"),
    (record.only_at_compares_live_dates, ROOM, "sql = 'where e.live_until is null'"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "article.state = State.FILED"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "Article.objects.filter(pk=1).update(state='filed')"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "Article.objects.create(story=s, state='draft')"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "Article(state='draft')"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "a.get_or_create(pk=1, defaults={'state': 'x'})"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "rows.update(**{'state': 'x'})"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "setattr(article, 'state', 'filed')"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "article.save(update_fields=['state'])"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "objects.bulk_update(rows, ['state'])"),
    (record.only_workflow_makes_an_edition, "articles/importing/a.py", "Edition(story=story, number=1)"),
    (record.only_workflow_makes_an_edition, "articles/importing/a.py", "models.Edition(number=1)"),
    (record.only_workflow_makes_an_edition, "articles/importing/a.py", "Edition.objects.bulk_create(rows)"),
    (record.only_workflow_makes_an_edition, "articles/importing/a.py", "story.editions.create(number=1)"),
    (record.only_workflow_makes_an_edition, "articles/importing/a.py", "run('INSERT INTO articles_edition VALUES (1)')"),
    (record.readers_start_from_at, ROOM, "Edition.objects.filter(section=section)"),
    (record.readers_start_from_at, ROOM, "Edition.objects.waiting()"),
    (record.readers_start_from_at, ROOM, "story.editions.all()"),
    (record.readers_start_from_at, ROOM, "EditionTag.objects.filter(tag=tag)"),
    (record.readers_start_from_at, ROOM, "edition.story.article.headline"),
    (record.readers_start_from_at, ROOM, "Story.objects.filter(article__state='killed')"),
    (record.readers_start_from_at, "articles/feeds.py", "picture.placements.count()"),
    (pages.template_is_short, "templates/a.html", "<p>\n" * 81),
    (pages.script_is_short, "static/desk/a.js", "x;\n" * 150),
    (pages.imports_are_there, "static/js/desk/a.js", 'import { b } from "./no_such_module.js"'),
    (pages.template_trusts_nothing, "templates/a.html", "{{ body|safe }}"),
    (pages.template_trusts_nothing, "templates/a.html", "{{ body | safe }}"),
    (pages.template_trusts_nothing, "templates/a.html", "{{ bodies|safeseq|join:' ' }}"),
    (pages.template_trusts_nothing, "templates/a.html", "{% autoescape off %}{{ body }}{% endautoescape %}"),
    (pages.template_trusts_nothing, "templates/a.html", "{% filter lower|safe %}x{% endfilter %}"),
    (pages.nothing_inline, "templates/a.html", "<script>alert(1)</script>"),
    (pages.nothing_inline, "templates/a.html", '<script type="module">import "x"</script>'),
    (pages.nothing_inline, "templates/a.html", "<style>p{}</style>"),
    (pages.nothing_inline, "templates/a.html", '<p class="a"\n style="color:red">'),
    (pages.nothing_inline, "templates/a.html", '<button onclick="go()">'),
    (pages.nothing_inline, "templates/a.html", '<a href="javascript:go()">'),
    (pages.nothing_from_another_host, "templates/a.html", '<script src="https://cdn.example/x.js"></script>'),
    (pages.nothing_from_another_host, "templates/a.html", '<img alt="" src="//img.example/x.png">'),
    (pages.nothing_from_another_host, "templates/a.html", '<link rel="stylesheet" href="https://fonts.example/f.css">'),
    (pages.nothing_from_another_host, "static/a.css", "@import url(https://fonts.example/f.css);"),
    (pages.nothing_from_another_host, "static/a.css", "p{background:url(//img.example/x.png)}"),
    (pages.nothing_from_another_host, "static/a.js", 'import x from "https://esm.example/x.js"'),
]  # fmt: skip


@pytest.mark.parametrize(("law", "path", "source"), VIOLATIONS, ids=name)
def test_violation_turns_the_law_red(law, path, source):
    assert law(path, source)


CLEAN = [
    (code.file_is_short, "articles/prose.py", "x = 1\n" * 400),
    (code.functions_are_short, "articles/prose.py", "def f():\n" + "    x = 1\n" * 49),
    (code.module_says_its_job, "articles/prose.py", '"""Turns markup into safe HTML."""\n'),
    (code.module_says_its_job, "articles/__init__.py", ""),
    (code.no_import_inside_a_function, "articles/prose.py", "import re\ndef f(): return re"),
    (code.no_star_import, "articles/prose.py", "from re import compile"),
    (code.no_undated_todo, "articles/prose.py", "x = 1  # TODO 2026-11-30: more\ny = 'TODO in a string'"),
    (code.names_are_the_newsrooms, "articles/models/edition.py", "class Edition:\n    def handle(self, obj=None): ..."),
    (code.only_prose_trusts_html, "articles/prose.py", "mark_safe(clean)"),
    (code.only_prose_trusts_html, "articles/archive/a.py", "from x import SafeString\ndef f() -> SafeString: ..."),
    (code.only_prose_trusts_html, "articles/archive/a.py", "format_html('<b>{}</b>', headline)"),
    (record.only_at_compares_live_dates, "articles/models/edition.py", "self.filter(live_from__lte=now)"),
    (record.only_at_compares_live_dates, ROOM, "Edition.objects.at(moment).order_by('-live_from')"),
    (record.only_at_compares_live_dates, ROOM, "shown = {'updated_at': edition.live_from}"),
    (record.only_at_compares_live_dates, "articles/workflow/a.py", "edition.live_until = now\nif edition.live_until is None: x"),
    (record.only_workflow_sets_a_state, "articles/workflow/a.py", "article.state = State.FILED"),
    (record.only_workflow_sets_a_state, "articles/authoring/a.py", "Article.objects.filter(state='filed'); s = article.state"),
    (record.only_workflow_makes_an_edition, "articles/workflow/a.py", "Edition.objects.bulk_create(rows)"),
    (record.only_workflow_makes_an_edition, ROOM, "Edition.objects.at().count(); Section.objects.create(slug='x')"),
    (record.readers_start_from_at, ROOM, "Edition.objects.at(moment).in_section(section)\nstory.editions.once_public()"),
    (record.readers_start_from_at, ROOM, "Prefetch('byline_rows', EditionByline.objects.select_related('contributor'))"),
    (record.readers_start_from_at, "articles/authoring/a.py", "Edition.objects.waiting(); story.article"),
    (pages.template_is_short, "templates/a.html", "<p>\n" * 80),
    (pages.script_is_short, "static/desk/a.js", "x;\n" * 149),
    (pages.imports_are_there, "static/js/desk/a.js", 'import { saying } from "./saying.js"'),
    (pages.template_trusts_nothing, "templates/a.html", "{{ body|safer }} {{ safe }}"),
    (pages.nothing_inline, "templates/a.html", '<script src="{% static "a.js" %}" type="module"></script>'),
    (pages.nothing_inline, "templates/a.html", '<script type="application/ld+json">{}</script><p data-style="x">'),
    (pages.nothing_inline, "templates/a.html", '{# <script>alert(1)</script> #}<a href="/one=two/">'),
    (pages.nothing_from_another_host, "templates/a.html", '<a href="https://other.example/">A link</a>'),
    (pages.nothing_from_another_host, "templates/a.html", '<link rel="canonical" href="https://news.example/">'),
]  # fmt: skip


@pytest.mark.parametrize(("law", "path", "source"), CLEAN, ids=name)
def test_lawful_text_stays_green(law, path, source):
    assert law(path, source) == []


def test_every_law_is_shown_a_violation_and_a_lawful_text():
    laws = {*PYTHON, *TEMPLATES, *SCRIPTS, *STYLES}
    assert laws == {law for law, _, _ in VIOLATIONS}
    assert laws == {law for law, _, _ in CLEAN}


def ruff(*arguments, source=None):
    return subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "--select=ERA001", *arguments],
        input=source, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def test_no_code_is_commented_out():
    result = ruff(".")
    assert result.returncode == 0, result.stdout


def test_commented_out_code_turns_the_law_red():
    result = ruff("--stdin-filename=articles/prose.py", "-", source='"""Prose."""\n\n# x = clean(body)\n')
    assert result.returncode == 1
    assert "ERA001" in result.stdout
