"""What templates are made of and given, to be printed as Django prints them and cast: both must say the same."""

import re
from collections import ChainMap, OrderedDict, UserList, defaultdict, namedtuple
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Library
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

register = Library()
Pair = namedtuple("Pair", "first last")
LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "l10n": "django.templatetags.l10n",
    "tz": "django.templatetags.tz",
    "printed": "articles.templatetags.printed",
    "own": "tests.newsroom.stereotyped",
}


@register.simple_tag
def joined(*args, sep="<"):
    return sep.join(map(str, args))


@register.simple_tag(takes_context=True)
def seen(context, name):
    return context.get(name, "unseen")


@register.simple_tag
def number():
    return 1234


@register.simple_block_tag
def framed(content, mark="*"):
    return mark_safe(f"{mark}{content}{mark}")


@register.inclusion_tag("_included.html")
def included(one, two="2"):
    return {"one": one, "two": two}


@register.inclusion_tag("_included.html", takes_context=True)
def included_around(context):
    return {"one": context.get("text"), "csrf_token": "given"}


@register.inclusion_tag("_included.html", takes_context=True)
def included_whole(context):
    return Context({"one": context.get("count"), "two": "<"})


@register.filter(is_safe=True)
def kept_safe(value, more="!"):
    return f"{value}{more}"


@register.filter(needs_autoescape=True)
def told(value, autoescape=True):
    return f"{value} {autoescape}"


@register.filter(expects_localtime=True)
def hour(value):
    return f"{value:%H:%M}" if isinstance(value, datetime) else f"no hour in {value}"


class Silent(Exception):
    silent_variable_failure = True


class Thing:
    """What a template may be given: everything that Django's documentation treats apart."""

    name = "a <thing>"

    def __repr__(self):
        return "Thing <repr>"

    of_class = {"key": "of the class"}

    def __init__(self):
        self.own = "own"
        self.nested = {"deep": [{"x": "<deep>"}], "items": "a key, not a method"}

    def method(self):
        return "called & <said>"

    def asks(self, one):
        return one

    def is_rude(self):
        raise TypeError("inside")

    def delete(self):
        raise AssertionError("was called")

    delete.alters_data = True

    def left_alone(self):
        raise AssertionError("was called")

    left_alone.do_not_call_in_templates = True
    left_alone.word = "left alone"

    @property
    def lost(self):
        raise AttributeError("lost on the way")

    @property
    def silent(self):
        raise Silent

    @property
    def gone(self):
        raise ObjectDoesNotExist

    @property
    def loud(self):
        raise ZeroDivisionError("loud")

    def silenced(self):
        raise Silent

    def again(self):
        return Thing()


class Guessing:
    def __getattr__(self, name):
        if name in ("guessed", "7"):
            return f"guessed {name}"
        raise AttributeError(name)


class Odd:
    def __getitem__(self, key):
        if key == "key":
            return "by key"
        raise {"value": ValueError, "index": IndexError, "type": TypeError}.get(key, KeyError)(key)

    value = "an attribute after all"


class Once:
    """What can be gone through a single time."""

    def __init__(self):
        self._left = iter([1, 2, 3])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._left)

    def __repr__(self):
        return "once"


# The same each time: where they lie in memory stands in what they say of themselves, and a loop takes that apart by letters.
GUESSING, ODD = Guessing(), Odd()


def later():
    return "<later>"


def asked():
    return "asked <&>"


def asks(one):
    return one


def values():
    """Values of every kind that is found or printed in a way of its own, anew: some count how often they are called."""
    default = defaultdict(list, known="known")
    return {
        "text": "<b> & \"quoted\" 'too'",
        "safe": mark_safe("<i>safe</i>"),
        "lazy": gettext_lazy("Search"),
        "later": SimpleLazyObject(later),
        "count": 7,
        "large": 1234567,
        "negative": -1500,
        "real": 1234.5,
        "exact": Decimal("98765.432"),
        "yes": True,
        "no": False,
        "none": None,
        "empty": "",
        "day": date(2016, 11, 3),
        "moment": datetime(2016, 11, 3, 22, 5, tzinfo=UTC),
        "hours": datetime(2016, 11, 3, 22, 5).time(),
        "many": ["a", "<b>", 3],
        "several": ("x", "y"),
        "pairs": [("one", 1), ("two", 2000)],
        "rows": [["a", "b"], ["c"], []],
        "uneven": [("one", 1, 2)],
        "numbers": [1, 1, 2, 2, 1],
        "none_at_all": [],
        "pair": Pair("<first>", 2),
        "listed": UserList(["in a list"]),
        "held": {"a": 1, "b": {"c": "<c>"}, "1": "text one", "items": "an item", 5: "five"},
        "ordered": OrderedDict(one="uno", two="due"),
        "chained": ChainMap({"in": "chain"}),
        "default": default,
        "thing": Thing(),
        "guessing": GUESSING,
        "odd": ODD,
        "kind": Thing,
        "asked": asked,
        "asks": asks,
        "silently": Thing().silenced,
        "around": Context({"in_context": "in a context"}),
        "once": Once(),
        "html": "_part.html",
        "parent": "base.html",
    }


NAMES = [
    *values(),
    *("absent", "absent.more", "True", "False", "None", "1500", "1500.25", "'<a literal>'", '_("Search")'),
    *("many.0", "many.1", "many.9", "many.length", "several.1", "rows.0.1", "pair.first", "pair.1", "pair.9", "listed.0"),
    *("held.a", "held.b.c", "held.1", "held.5", "held.items", "held.keys", "held.absent", "held.absent.more", "held.b"),
    *("ordered.one", "ordered.items", "chained.in", "chained.out", "default.known", "default.unknown", "default.items"),
    *("thing.name", "thing.own", "thing.of_class.key", "thing.method", "thing.method.upper", "thing.asks", "thing.delete"),
    *("thing.delete.more", "thing.left_alone.word", "thing.lost", "thing.silent", "thing.silent.more", "thing.gone"),
    *("thing.silenced", "thing.loud", "thing.is_rude", "thing.again.own", "thing.absent", "thing.absent.more", "thing.0"),
    *("thing.nested.deep.0.x", "thing.nested.items", "guessing.guessed", "guessing.absent", "guessing.7", "odd.key"),
    *("odd.value", "odd.index", "odd.type", "kind.own", "kind.method", "kind.of_class.key", "kind.mro", "text.upper"),
    *("text.0", "text.9999", "none.x", "count.real", "count.0", "around.in_context", "around.dicts", "around.pop", "around.0", "around.absent"),
    *("day.year", "moment.date", "safe.upper", "lazy.upper", "asked.upper", "asks.x", "silently.x", "dicts", "template"),
]  # fmt: skip
FILTERS = [
    *("upper", "lower|capfirst", "default:'<none>'", "default:text", "default:absent", "default_if_none:safe", "length"),
    *("safe", "escape", "force_escape", "escapejs", "add:'5'", "add:count", "add:absent", "join:'<'", "join:safe"),
    *("first", "last", "slice:':2'", "slice:'1:'", "date:'Y-m-d H:i'", "date", "time:'H:i'", "date:text", "truncatechars:5"),
    *("urlencode", "urlencode:''", "iriencode", "linebreaksbr", "linebreaks", "yesno:'a,b,c'", "floatformat:2", "pluralize"),
    *("floatformat:'2g'", "stringformat:'s'", "filesizeformat", "striptags", "unordered_list"),
    *("dictsort:0", "divisibleby:2", "kept_safe", "kept_safe:text", "kept_safe:'<'|upper", "told", "told|told", "hour"),
    *("localize", "unlocalize", "localtime", "utc", "timezone:'Africa/Cairo'", 'default:_("Search")', "default:1500"),
]  # fmt: skip
CONDITIONS = [
    *("VALUE", "not VALUE", "VALUE and yes", "VALUE or no", "no or VALUE", "not VALUE and not no", "VALUE == 7", "VALUE != 7", "VALUE > 5", "VALUE < 5"),
    *("VALUE >= 7", "VALUE <= 7", "VALUE in many", "'a' in VALUE", "VALUE not in many", "VALUE is None", "VALUE is not None", "VALUE == absent"),
    *("VALUE|length > 1", "VALUE|default:absent", "VALUE and thing.loud", "yes and VALUE or no and VALUE", "VALUE == thing.lost"),
]  # fmt: skip
# What stands around a value, `VALUE` for it.
AROUND = [
    *("{{ VALUE }}", "{% autoescape off %}{{ VALUE }}{% endautoescape %}", "{% localize off %}{{ VALUE }}{% endlocalize %}"),
    *("{% localize on %}{{ VALUE }}{% endlocalize %}", "{% timezone 'Africa/Cairo' %}{{ VALUE }}{% endtimezone %}"),
    *("{% localtime off %}{{ VALUE }}{% endlocaltime %}", "{% filter upper %}{{ VALUE }}{% endfilter %}"),
    *("{% for x in VALUE %}[{{ x }}{{ forloop.counter }}]{% empty %}none{% endfor %}", "{% with it=VALUE %}{{ it }}{% endwith %}"),
    *("{% for a, b in VALUE %}{{ a }}={{ b }} {% endfor %}", "{% for x in VALUE reversed %}{{ x }}{% if not forloop.last %}, {% endif %}{% endfor %}"),
    *("{% firstof VALUE 'none' %}", "{% joined VALUE 'x' %}", "{% joined 'x' sep=VALUE %}", "{% joined VALUE as kept %}{{ kept }}", "{% seen VALUE %}"),
    *("{% included VALUE %}", "{% included 'a' two=VALUE %}", "{% include '_part.html' with text=VALUE %}", "{% include '_part.html' with text=VALUE only %}"),
    *("{% blocktranslate with it=VALUE %}Search: {{ it }}{% endblocktranslate %}", "{% framed %}{{ VALUE }}{% endframed %}", "{% include VALUE %}"),
    *("{% ifchanged VALUE %}a{% else %}b{% endifchanged %}", "{% cycle VALUE 'b' %}", "{% translate VALUE %}", "{% language VALUE %}{% translate 'Search' %}{% endlanguage %}"),
    *("{% regroup VALUE by 0 as groups %}{% for one in groups %}{{ one.grouper }}{% endfor %}", "{% widthratio VALUE 10 100 %}", "{% spaceless %}<p> {{ VALUE }} </p>{% endspaceless %}"),
    *("{% url VALUE %}", "{% url 'year' VALUE %}", "{% url 'year' VALUE as where %}{{ where }}", "{% blocktranslate count n=VALUE %}{{ n }} of them without a date{% plural %}{{ n }} of them without a date{% endblocktranslate %}"),
]  # fmt: skip
WHOLE = {
    "loops": "{% for row in rows %}{% for x in row %}{{ forloop.parentloop.counter }}.{{ forloop.counter0 }}/{{ forloop.revcounter }}{{ forloop.first }}{{ x }} {% empty %}-{% endfor %}{% endfor %}{{ forloop }}",
    "cycles": "{% for x in numbers %}{% cycle 'a' '<b>' text as turn_of %}{% ifchanged %}{{ x }}{% endifchanged %}{% ifchanged x %}new{% else %}old{% endifchanged %}{% if forloop.counter == 3 %}{% resetcycle %}{% endif %}{% include '_turns.html' %}{% endfor %}{{ turn_of }}",
    "silent cycles": "{% for x in many %}{% cycle 'a' 'b' as turn_of silent %}{{ turn_of }}{% include '_part.html' with text=turn_of %}{% endfor %}",
    "branches": "{% if absent %}a{% elif count == 8 %}b{% elif count|add:absent %}c{% elif thing.method %}d{% else %}e{% endif %}{% if no %}{% endif %}",
    "set in a loop": "{% for x in many %}{% joined x as kept %}{{ kept }}{% endfor %}{{ kept }}{% number as kept %}{{ kept }}{% with kept='w' %}{{ kept }}{% endwith %}",
    "plates": "{% url 'undated' %}{% static 'css/story.css' %}{% comment %}no{% endcomment %}{% translate 'Tags' %} {{ text }}{% load i18n %}{% translate 'Tags' noop %}{% translate lazy as said %}{{ said }}{% verbatim %}{{ text }}{% endverbatim %}{% templatetag openblock %}{# no #}",
    "language": "{% translate 'Search' %}{% language 'ar' %}{% translate 'Search' %}{{ large }}{% for x in many %}{% translate 'Tags' %}{% endfor %}{% endlanguage %}{% translate 'Search' %}{% get_current_language as said %}{{ said }}",
    "includes": "{% for x in many %}{% include '_part.html' with text=x %}{% include html with text=x only %}{% include '_part.html' %}{% endfor %}{% included_around %}{% included_whole %}{{ one }}",
    "numbers": "{{ large }}{{ negative }}{{ real }}{{ exact }}{{ large|unlocalize }}{% number %}{{ yes }}{{ 1500 }}{{ numbers }}",
    "deep": "{% extends 'middle.html' %}{% block inner %}<{{ block.super }}>{{ text }}{% endblock %}{% block foot %}{% for x in many %}{{ block.super }}{{ forloop.counter }}{% endfor %}{% endblock %}",
    "by name": "{% extends parent %}{% block text %}{{ block.super }}{{ block.name }}!{% endblock %}",
    "middle.html": "{% extends 'base.html' %}{% block text %}middle {{ block.super }}{% block inner %}inner {{ count }}{% endblock %}{% endblock %}{% block foot %}{% joined 'f' count %}{{ block.super }}{% endblock %}",
    "base.html": "<{% block text %}base {{ text }}{% endblock %}>{% include '_extending.html' %}{% block foot %}foot{% translate 'Tags' %}{% endblock %}{{ block.name }}",
    "_extending.html": "{% extends '_extended.html' %}{% block text %}[{{ block.super }}]{% endblock %}",
    "_extended.html": "{% block text %}of a part{% endblock %}{% block foot %}its foot{% endblock %}",
    "_part.html": "({{ text }}{{ forloop.counter }}{% if not text %}none{% endif %}{% seen 'count' %})",
    "_turns.html": "{% cycle '1' '2' '3' %}{% ifchanged forloop.first %}c{% endifchanged %}",
    "_included.html": "{{ one }}|{{ two }}|{{ text }}|{{ csrf_token }}|{{ True }}",
}  # fmt: skip


def engines(templates, **options):
    """Two engines for the same templates: as Django prints them, and cast."""
    inner = ("django.template.loaders.locmem.Loader", {**WHOLE, **templates})
    loaders = ("django.template.loaders.cached.Loader", "newsroom.stereotype.Loader")
    built = list(LIBRARIES.values())
    return [
        Engine(loaders=[(loader, [inner])], libraries=LIBRARIES, builtins=built, **options)
        for loader in loaders
    ]


def outcome(engine, name, how):
    """What a template prints, or the error with which it ends; where in memory a thing lies is no part of it."""
    try:
        said = engine.get_template(name).render(Context(values(), **how))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    return _PLACE.sub("", said)


_PLACE = re.compile(r"( |%20)at( |%20)0x[0-9a-f]+", re.IGNORECASE)
