"""Style sheets lose their comments and blanks on the way out, templates their indentation; what they say stays."""

import re

import pytest
from django.core.files.base import ContentFile
from django.template import engines

from newsroom import lean


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a { color: red; }", "a{color:red}"),
        ("/* why */ a , b > c { x: calc(1px + 2px) ; y: f(1, 2) }", "a,b>c{x:calc(1px + 2px);y:f(1,2)}"),
        ("p :hover, p:hover { top: 0 }", "p :hover,p:hover{top:0}"),
        ('a::before { content: "; }  /* , */"; }', 'a::before{content:"; }  /* , */"}'),
        (r"a { content: 'it\'s ;  }'; }", r"a{content:'it\'s ;  }'}"),
        ("a { b: url(x.svg#a; b) }", "a{b:url(x.svg#a; b)}"),
        ("a{}/**/b c{}", "a{}b c{}"),
        ("a { b: 0.5em -0.5em 10.5em 0 0; c: d(0.5, 0.25) }", "a{b:.5em -.5em 10.5em 0 0;c:d(.5,.25)}"),
        ("a/* */b { c: d/* */e }", "a b{c:d e}"),
    ],
)
def test_sheet_keeps_what_counts_and_nothing_else(written, sent):
    assert lean.sheet(written) == sent


def test_collected_sheet_is_named_by_what_is_sent_and_another_s_is_left_alone(tmp_path):
    store = lean.Sheets(location=tmp_path)
    ours, same, theirs = (ContentFile(text.encode()) for text in ("a { b: c }", "a{ b:c; }", "a { b: c }"))
    assert store.file_hash("css/a.css", ours) == store.file_hash("css/a.css", same)
    assert store.file_hash("admin/a.css", theirs) != store.file_hash("css/a.css", ours)
    assert (tmp_path / store.save("css/a.css", ours)).read_bytes() == b"a{b:c}"
    assert (tmp_path / store.save("admin/a.css", theirs)).read_bytes() == b"a { b: c }"


def test_template_is_loaded_without_its_indentation_but_for_a_program_in_it():
    whole = engines["django"].get_template("archive/_sections.html").template.source
    assert "<nav" in whole
    assert not re.search(r"^[ \t]", whole, re.MULTILINE)
    assert "\n    day = open" in engines["django"].get_template("archive/_recipe.html").template.source
