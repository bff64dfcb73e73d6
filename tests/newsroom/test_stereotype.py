"""Templates that were cast say what they said, in each language; parts kept standing are set anew when anything changed."""

import pytest
from django.template import Context, Engine
from django.utils import translation

from articles.models import Edition
from newsroom import environment
from newsroom.stereotype import Part, Plate
from tests.builders import make_published

PARTS = {
    "base.html": '{% load i18n static %}<a href="{% url "undated" %}">{% translate "Undated" %}</a>{% block text %}{% endblock %}<i>',
    "page.html": (
        '{% extends "base.html" %}{% load i18n static %}{% block text %}{% if is_there %}{% translate "Sections" %} &amp;'
        ' {% blocktranslate %}The archive{% endblocktranslate %}{% include "part.html" with one=two %}{% else %}'
        '{% url "year" year %}{% url "front_feed" "rss.xml" %}{% endif %}{% for one in many %}<b>{{ one }}</b>'
        '{% translate "Tags" %}{% endfor %}{% translate "Tags" as said %}{{ said }}{% endblock %}'
    ),
    "part.html": '{% load i18n static %}{{ one }}{% static "css/story.css" %}{% translate said %}',
}
GIVEN = [
    {"is_there": True, "two": "<2>", "many": [1, "<&>"], "said": "Tags"},
    {"is_there": False, "year": 2016, "many": []},
]


def engine(loader):
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
    return Engine(loaders=[loader], libraries=libraries)


def test_cast_templates_say_what_they_said_in_each_language():
    inner = ("django.template.loaders.locmem.Loader", PARTS)
    plain, cast = engine(inner), engine(("newsroom.stereotype.Loader", [inner]))
    said = set()
    for given in GIVEN * 2:
        for language in ("en", "ar", "en"):
            with translation.override(language):
                wanted = plain.get_template("page.html").render(Context(given))
                assert cast.get_template("page.html").render(Context(given)) == wanted
                said.add(wanted)
    assert len(said) == 4
    page = cast.get_template("page.html")
    assert page.nodelist.get_nodes_by_type(Plate)
    assert page.nodelist.get_nodes_by_type(Part)


def test_templates_are_cast_in_front_of_readers_and_read_anew_in_debug():
    assert environment.template_loaders(is_cast=True)[0][0] == "newsroom.stereotype.Loader"
    assert all(isinstance(one, str) for one in environment.template_loaders(is_cast=False))


@pytest.mark.django_db
def test_part_kept_standing_is_set_anew_when_anything_it_was_given_changed(editor, client):
    story = make_published(editor, headline="First headline")
    lists = ("/section/world/", "/", f"{story.published_on:/%Y/%m/%d/}")
    for changed in ({}, {"excerpt": "Another excerpt"}, {"bylines": []}, {"shown_pictures": []}, {}):
        Edition.objects.filter(pk=story.pk).update(**changed) if changed else None
        for path in lists:
            text = client.get(path).content.decode()
            assert "First headline" in text
            assert ("Nadia Farouk" in text) is (
                changed.get("bylines") != [] and bool(Edition.objects.get(pk=story.pk).bylines)
            )
            if "excerpt" in changed:
                assert "Another excerpt" in text
    with translation.override("ar"):
        assert client.get("/section/world/").content
