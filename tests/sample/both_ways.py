"""Asks for pages twice, set by templates that were cast and by templates as Django prints them: they are the same."""

import re
from collections import Counter
from copy import deepcopy

from django.conf import settings
from django.test import override_settings
from django.urls import Resolver404, resolve

from newsroom import environment, standing
from tests.crawling import close
from tests.markup import Page

# Made anew for every answer.
_ONCE = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=nonce=")[^"]*')


def uncast():
    """Settings under which templates are printed by Django alone."""
    templates = deepcopy(settings.TEMPLATES)
    plain = environment.template_loaders(is_cast=False)
    templates[0]["OPTIONS"]["loaders"] = [("django.template.loaders.cached.Loader", plain)]
    return override_settings(TEMPLATES=templates)


def text_of(client, path):
    """What a page says, without what is made anew for every answer; and the template it was set by."""
    standing._kept.clear()
    answer = client.get(path)
    if answer.streaming:
        close(answer)
    if answer.streaming or not answer.templates:
        return "", ""
    return _ONCE.sub("", answer.content.decode()), answer.templates[0].name


def walked(client, starts, is_wanted, *, is_whole=False):
    """What pages say by their addresses, and their templates: those that `starts` lead to, one of each kind.

    If the walk `is_whole`, three of each, whatever leads to them.
    """
    most = 3 if is_whole else 1
    kinds = Counter()
    wanted, found, names = list(starts), {}, set()
    for path in wanted:
        kind = _kind(path)
        if path not in starts and kinds[kind] >= most:
            continue
        text, name = text_of(client, path)
        if not text:
            continue
        kinds[kind] += 1
        found[path] = text
        names.add(name)
        if path not in starts and not is_whole:
            continue
        for link in Page(text).links:
            link = link.partition("#")[0]
            if is_wanted(link) and link not in wanted:
                wanted.append(link)
    return found, names


def _kind(path):
    try:
        return resolve(path.partition("?")[0]).route
    except Resolver404:
        return path


def differing(client, found):
    """Addresses of pages that say something else when Django alone prints their templates."""
    with uncast():
        return [path for path, text in found.items() if text_of(client, path)[0] != text]
