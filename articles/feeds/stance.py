"""What crawlers of AI may do here, said in the four ways that they read: one setting, `AI_CRAWLERS`.

- robots.txt (RFC 9309), by the names that their operators document; a name that fetches a page because a person asked
  for it is none of them.
- `Content-Usage` in robots.txt: draft-ietf-aipref-attach and draft-ietf-aipref-vocab, drafts that may still change.
- Really Simple Licensing 1.0 (https://rslstandard.org/rsl): `License:` in robots.txt, `/license.xml`, `rel="license"`.
- TDMRep (W3C Community Group, https://www.w3.org/community/reports/tdmrep/): `/.well-known/tdmrep.json`.
"""

from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from articles import prose
from articles.feeds import answers
from articles.feeds.answers import absolute

ALLOW, SEARCH_ONLY, DENY = "allow", "search-only", "deny"
# Who collects texts to train models with, or says by such a name whether that may be done with what was collected.
TRAINING = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGLM-Spider", "ClaudeBot",
    "cohere-ai", "cohere-training-data-crawler", "DeepSeekBot", "Diffbot", "FacebookBot", "Google-CloudVertexBot",
    "Google-Extended", "GPTBot", "ImagesiftBot", "img2dataset", "LAIONDownloader", "meta-externalagent", "Omgilibot",
    "PanguBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended",
)  # fmt: skip
# Who builds the index from which an assistant answers, naming its sources.
ANSWERING = (
    "Amzn-SearchBot", "AzureAI-SearchBot", "Claude-SearchBot", "DuckAssistBot", "meta-webindexer", "MistralAI-Index",
    "OAI-SearchBot", "PerplexityBot", "YouBot",
)  # fmt: skip
RSL = "https://rslstandard.org/rsl"
RSL_TYPE = "application/rsl+xml; charset=utf-8"
# What a licence lets, by the stance; what is not let is said to be forbidden.
PERMITS = {ALLOW: "all", SEARCH_ONLY: "search ai-index ai-input", DENY: "search"}
PROHIBITS = {ALLOW: "", SEARCH_ONLY: "ai-train", DENY: "ai-all"}
USAGE = {ALLOW: "train-ai=y, search=y", SEARCH_ONLY: "train-ai=n, search=y", DENY: "train-ai=n, search=y"}


def kept_out() -> tuple[str, ...]:
    """Return the names of crawlers that may read nothing, by the site's stance."""
    return {ALLOW: (), SEARCH_ONLY: TRAINING, DENY: tuple(sorted((*TRAINING, *ANSWERING), key=str.lower))}[
        settings.AI_CRAWLERS
    ]


def usage() -> str:
    """Return what the texts may be used for, as the drafts of the IETF write it."""
    return USAGE[settings.AI_CRAWLERS]


@require_safe
def licence(request: HttpRequest) -> HttpResponseBase:
    """Answer with the terms of use for machines, in RSL: what is free is said to be, attribution is asked for."""
    stance: str = settings.AI_CRAWLERS
    forbidden = PROHIBITS[stance]
    name = escape(prose.without_controls(settings.SITE_NAME))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<rsl xmlns="{RSL}">',
        '  <content url="/">',
        "    <license>",
        f'      <permits type="usage">{PERMITS[stance]}</permits>',
        *([f'      <prohibits type="usage">{forbidden}</prohibits>'] if forbidden else []),
        '      <payment type="attribution"/>',
        "    </license>",
        f'    <copyright type="organization" contactUrl="{escape(absolute("/"))}">{name}</copyright>',
        "  </content>",
        "</rsl>",
        "",
    ]
    return answers.send(request, "\n".join(lines).encode("utf-8", "replace"), RSL_TYPE)


@require_safe
def reservation(request: HttpRequest) -> HttpResponseBase:
    """Answer whether the rights to mine texts and data are reserved, in TDMRep."""
    is_reserved = settings.AI_CRAWLERS != ALLOW
    rule: dict[str, Any] = {"location": "/", "tdm-reservation": int(is_reserved)}
    if is_reserved:
        rule["tdm-policy"] = absolute("/license.xml")
    return answers.as_list(request, [rule])
