"""How long the facets of a search take alone: counted anew for each question, in this process."""

import random
import statistics
import time
from typing import Any

from articles.index import ask, facets
from bench.addresses import questions

KINDS = ("search, rare word", "search, common word", "search, two common words", "search, phrase")


def asked() -> list[dict[str, Any]]:
    """Return for kinds of questions how long their facets took, none asked before: milliseconds, 95 of 100 and the middle."""
    made = []
    every = questions(random.Random(11))
    for kind in KINDS:
        clock, processor = [], []
        for text in dict.fromkeys(every[kind]):
            began, ran = time.perf_counter(), time.process_time()
            facets(ask(text))
            clock.append((time.perf_counter() - began) * 1000)
            processor.append((time.process_time() - ran) * 1000)
        if len(clock) > 1:
            made.append(
                {
                    "name": kind,
                    "questions": len(clock),
                    "p50": statistics.median(clock),
                    "p95": statistics.quantiles(clock, n=20, method="inclusive")[18],
                    "processor": statistics.mean(processor),
                }
            )
    return made
