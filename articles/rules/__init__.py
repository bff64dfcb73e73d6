"""What a story must be before readers see it: small named rules, each once as a predicate and once as a query."""

from articles.rules import pictures, reach, words
from articles.rules.rule import Problem, Rule
from articles.rules.standing import Standing

RULES: tuple[Rule, ...] = (
    *words.STOPS,
    *pictures.STOPS,
    *reach.STOPS,
    *words.WARNINGS,
    *pictures.WARNINGS,
    *reach.WARNINGS,
)
BY_NAME = {rule.name: rule for rule in RULES}
STOPS = tuple(rule for rule in RULES if rule.is_stop)
WARNINGS = tuple(rule for rule in RULES if not rule.is_stop)


def problems(standing: Standing, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return everything that `rules` find wrong with a story, stops before warnings, each in a sentence to act on."""
    return [Problem(rule, said) for rule in rules for said in rule.breaks(standing.contents, standing)]


__all__ = ["BY_NAME", "RULES", "STOPS", "WARNINGS", "Problem", "Rule", "Standing", "problems"]
