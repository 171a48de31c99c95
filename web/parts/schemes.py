"""What the rules of a scheme say, in plain words, condition by condition."""

from typing import Any

from flask_babel import gettext

from se_engine import wording
from se_engine.queries.scheme_facts import Asked
from se_engine.rules.schemes import Check, Fact, Finding
from web.language import language

FIRST = ("not_met", "unknown", "met", "not_relevant")
TONES = {"met": "done", "not_met": "act", "unknown": "look", "not_relevant": "plain"}


def check_title(asked: Asked) -> str:
    return gettext("Conditions: %(scheme)s", scheme=asked.rules.title.to(language()))


def known(asked: Asked) -> list[dict[str, Any]]:
    """What the record knows of the conditions, so that nobody wonders why it is not asked."""
    used = {fact for one in asked.rules.criteria for fact in (one.fact, *(one.when or ())[:1])}
    return [{"label": _fact_name(key), "text": _said(key, fact)} for key, fact in asked.known.items() if key in used]


def _fact_name(key: str) -> str:
    return {
        "age": gettext("Age"),
        "sex": gettext("Sex"),
        "born_abroad": gettext("Born outside Norway"),
        "introduction_before": gettext("Has been in the introduction programme"),
        "years_since_introduction": gettext("Whole years since the introduction programme ended"),
    }[key]


def _said(key: str, fact: Fact) -> str:
    if isinstance(fact, tuple):
        smallest, largest = fact
        if smallest == largest:
            return str(smallest)
        return gettext("%(smallest)s or %(largest)s", smallest=smallest, largest=largest)
    if key == "sex":
        return wording.word("sex", fact, language())
    return gettext("Yes") if fact == "yes" else gettext("No")


def result(made: Check, *, approved: bool) -> dict[str, str]:
    if approved:
        return {"text": wording.word("check_result", "approved", language()), "tone": "done"}
    return {"text": wording.word("check_result", made.result.value, language()), "tone": TONES[made.result.value]}


def reasons(made: Check) -> list[dict[str, str]]:
    """What stands in the way first, then what is not known."""
    return [_reason(one) for one in sorted(made.findings, key=lambda one: FIRST.index(one.verdict.value))]


def _reason(one: Finding) -> dict[str, str]:
    return {
        "title": one.criterion.title.to(language()),
        "verdict": wording.word("verdict", one.verdict.value, language()),
        "tone": TONES[one.verdict.value],
        "source": gettext("Source: %(source)s (%(mark)s)", source=one.criterion.source, mark=one.criterion.mark),
    }
