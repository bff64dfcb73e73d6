"""Templates that were cast say what they said, in each language; parts kept standing are set anew when anything changed."""

import itertools

import pytest
from django.template import Context, Engine
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given as handed
from hypothesis import settings
from hypothesis import strategies as st

from articles.models import Edition
from newsroom import environment
from newsroom.stereotype import Part, Plate
from tests.builders import make_published
from tests.newsroom.stereotyped import AROUND, CONDITIONS, FILTERS, NAMES, WHOLE, engines, outcome, values

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
BARE, BOTH = [{}], ["en", "ar"]
HOWS = [{}, {"autoescape": False}, {"use_l10n": False}, {"use_tz": False}]


def engine(loader):
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
    return Engine(loaders=[loader], libraries=libraries)


def compare(templates, hows=BARE, languages=BOTH, **options):
    """Fail for each template that says something else when it is cast; return all that was said."""
    named = dict(enumerate(templates)) if isinstance(templates, list) else templates
    plain, cast = engines({str(name): text for name, text in named.items()}, **options)
    said, wrong = [], []
    for language, how, name in itertools.product(languages, hows, named):
        with translation.override(language):
            wanted = outcome(plain, str(name), how)
            # The second time nothing is new to it.
            found = {outcome(cast, str(name), how) for _ in range(2)}
        said.append(wanted)
        if found != {wanted}:
            wrong.append(f"{named[name]}\n  {language} {how}\n  wanted {wanted}\n  found  {found}")
    assert not wrong, f"{len(wrong)} of {len(said)}:\n" + "\n".join(wrong[:40])
    return said


def printed(names, filters=("",)):
    return [f"{{{{ {name}{'|' if one else ''}{one} }}}}" for name in names for one in filters]


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


@pytest.mark.parametrize("invalid", ["", "no %s here", "invalid"])
def test_every_value_is_found_and_printed_as_django_does(invalid):
    said = compare(printed(NAMES), HOWS, string_if_invalid=invalid)
    assert len(set(said)) > 100
    for seen in ("&lt;deep&gt;", "an item", "called &amp; &lt;said&gt;", "VariableDoesNotExist"):
        assert (seen in " ".join(said)) is (seen != "VariableDoesNotExist")
    assert "AttributeError: lost on the way" in said
    assert "ZeroDivisionError: loud" in said
    assert "TypeError: inside" in said


def test_every_filter_is_handed_what_django_hands_it(long_series):
    every = printed(NAMES, FILTERS)
    assert len(set(compare(every if long_series else every[::7]))) > 100
    compare(printed(["absent", "thing.silent", "safe", "moment", "none"], FILTERS), string_if_invalid="no %s")


def test_every_condition_decides_as_django_does(long_series):
    every = [
        f"{{% if {one.replace('VALUE', name)} %}}yes{{% elif {name} %}}if{{% else %}}no{{% endif %}}"
        for name, one in itertools.product(NAMES, CONDITIONS)
    ]
    said = compare(every if long_series else every[::5], languages=["en"])
    assert {"yes", "if", "no"} <= set(said)


def test_every_tag_prints_every_value_as_django_does(long_series):
    every = [one.replace("VALUE", name) for name, one in itertools.product(NAMES, AROUND)]
    for invalid in ("", "no %s here"):
        said = compare(every if long_series else every[::5], string_if_invalid=invalid)
        assert len(set(said)) > 100
    compare(every[::51], HOWS)


def test_whole_templates_say_what_they_said():
    said = compare(WHOLE, HOWS)
    for seen in ("<middle base &lt;b&gt;", "1.0/2True", "[of a part]", "(&lt;b&gt;27)"):
        assert any(seen in one for one in said), seen


@override_settings(USE_THOUSAND_SEPARATOR=True)
def test_whole_numbers_are_grouped_where_the_site_groups_them():
    said = compare(printed(["large", "negative", "count", "real", "exact", "1500"]), HOWS)
    assert "1,234,567" in said
    assert "1234567" in said


def test_error_names_its_template_and_line_in_debug_where_nothing_is_cast():
    inner = (
        "django.template.loaders.locmem.Loader",
        {"a": "one\n{% if thing %}\n{{ thing.loud }}{% endif %}"},
    )
    held = Engine(loaders=[("newsroom.stereotype.Loader", [inner])], debug=True)
    with pytest.raises(ZeroDivisionError) as caught:
        held.get_template("a").render(Context(values()))
    told = caught.value.template_debug
    assert (told["during"], told["line"], told["name"]) == ("{{ thing.loud }}", 3, "a")


_names = st.sampled_from(NAMES)
_values = st.one_of(_names, st.builds("{}|{}".format, _names, st.sampled_from(FILTERS)))
_leaves = st.one_of(
    st.sampled_from(["<p>", " text & ", "{% translate 'Tags' %}", "{{ x }}", "{{ forloop.counter }}", "{% url 'undated' %}"]),
    st.builds(lambda around, value: around.replace("VALUE", value), st.sampled_from(AROUND), _values),
)  # fmt: skip


def _holding(inner):
    held = st.lists(inner, max_size=3).map("".join)
    return st.one_of(
        st.builds(lambda c, v, a, b: f"{{% if {c.replace('VALUE', v)} %}}{a}{{% else %}}{b}{{% endif %}}", st.sampled_from(CONDITIONS), _names, held, held),
        st.builds(lambda v, a, b: f"{{% for x in {v} %}}{a}{{% empty %}}{b}{{% endfor %}}", st.sampled_from(["many", "rows", "numbers", "held", "absent"]), held, held),
        st.builds(lambda v, a: f"{{% with x={v} %}}{a}{{% endwith %}}", _values, held),
        st.builds(lambda a: f"{{% autoescape off %}}{a}{{% endautoescape %}}", held),
        st.builds(lambda a: f"{{% language 'ar' %}}{a}{{% endlanguage %}}", held),
        st.builds(lambda a: f"{{% framed %}}{a}{{% endframed %}}", held),
    )  # fmt: skip


@handed(st.lists(st.recursive(_leaves, _holding, max_leaves=6), min_size=1, max_size=4).map("".join))
@settings(deadline=None, max_examples=60)
def test_any_template_says_what_it_said(text):
    compare([text], languages=["en"])


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


def test_part_that_was_given_something_safe_is_not_printed_for_what_is_not():
    plain, cast = engines(
        {"a": "{% standing '_included.html' one=text %}|{% standing '_included.html' one=safe %}"}
    )
    for engine_of in (plain, cast):
        for text in ("<i>", mark_safe("<i>"), "<i>"):
            said = engine_of.get_template("a").render(Context({"text": text, "safe": mark_safe("<i>")}))
            wanted = "<i>" if isinstance(text, SafeString) else "&lt;i&gt;"
            assert said == f"{wanted}||||True|<i>||||True"
