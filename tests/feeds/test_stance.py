"""What crawlers of AI may do is one setting, said the same in robots.txt, by a licence and by a reservation."""

from urllib.robotparser import RobotFileParser

import pytest
from django.core.exceptions import ImproperlyConfigured
from lxml import etree

from newsroom import environment
from tests.public_pages import assert_public

RSL = "{https://rslstandard.org/rsl}"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert_public(response)
    return response


@pytest.mark.parametrize(
    ("stance", "out", "let", "permits", "prohibits", "is_reserved"),
    [
        ("allow", [], ["GPTBot", "OAI-SearchBot", "Googlebot"], "all", None, 0),
        ("search-only", ["GPTBot", "ClaudeBot", "CCBot", "Google-Extended"], ["OAI-SearchBot", "Claude-SearchBot", "PerplexityBot", "Googlebot", "ia_archiver"], "search ai-index ai-input", "ai-train", 1),
        ("deny", ["GPTBot", "OAI-SearchBot", "PerplexityBot"], ["Googlebot", "Bingbot", "ChatGPT-User"], "search", "ai-all", 1),
    ],
)  # fmt: skip
def test_one_stance_is_said_alike_everywhere(
    client, settings, stance, out, let, permits, prohibits, is_reserved
):
    settings.AI_CRAWLERS = stance
    text = read(client, "/robots.txt").content.decode()
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    for name in out:
        assert not rules.can_fetch(name, f"{settings.SITE_URL}/story/12345678/x/"), name
    for name in let:
        assert rules.can_fetch(name, f"{settings.SITE_URL}/story/12345678/x/"), name
        assert not rules.can_fetch(name, f"{settings.SITE_URL}/admin/"), name
    lines = text.splitlines()
    assert f"License: {settings.SITE_URL}/license.xml" in lines
    assert f"Content-Usage: train-ai={'n' if is_reserved else 'y'}, search=y" in lines
    response = read(client, "/license.xml")
    assert response.headers["Content-Type"].startswith("application/rsl+xml")
    tree = etree.fromstring(response.content)
    assert tree.tag == f"{RSL}rsl"
    assert tree.find(f"{RSL}content").get("url") == "/"
    licence = tree.find(f"{RSL}content/{RSL}license")
    assert licence.findtext(f"{RSL}permits") == permits
    assert licence.findtext(f"{RSL}prohibits") == prohibits
    (rule,) = read(client, "/.well-known/tdmrep.json").json()
    assert (rule["location"], rule["tdm-reservation"]) == ("/", is_reserved)
    assert rule.get("tdm-policy") == (f"{settings.SITE_URL}/license.xml" if is_reserved else None)


def test_name_of_the_paper_is_escaped_in_its_licence(client, settings):
    settings.SITE_NAME = "A & <B> \x0b"
    assert etree.fromstring(read(client, "/license.xml").content).findtext(f".//{RSL}copyright") == "A & <B> "


def test_stance_is_one_of_three():
    assert environment.one_of("AI_CRAWLERS", " Deny ", ("allow", "deny")) == "deny"
    with pytest.raises(ImproperlyConfigured, match="It can be: allow, deny"):
        environment.one_of("AI_CRAWLERS", "perhaps", ("allow", "deny"))
