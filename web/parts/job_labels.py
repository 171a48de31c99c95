"""Calculated labels with what they mean and the version of their definition."""

from flask_babel import gettext

from se_engine import wording
from se_engine.rules.job_labels import DEFINITIONS, Label
from web.language import language
from web.parts.job_facts import number


def label_lines(labels: tuple[Label, ...]) -> list[dict[str, str]]:
    """Each label with its value, what it means, and the version of the definition."""
    tones = {"yes": "done", "no": "not_yet", "not_known": "look"}
    return [
        {
            "label": wording.word("job_label", label.key, language()),
            "value": wording.word("label_value", label.value, language()),
            "tone": tones[label.value],
            "meaning": _meaning(label),
            "version": gettext("definition %(version)s", version=label.version),
        }
        for label in labels
    ]


def _meaning(label: Label) -> str:
    rule = DEFINITIONS[label.version]
    if label.key == "job_started":
        return gettext("A job with pay has begun.")
    if label.key == "education":
        return gettext("In upper secondary or higher education, or training for a trade, today.")
    return gettext(
        "Ordinary paid work, at least %(hours)s hours a week, in %(weeks)s of %(of)s weeks. Counted: %(counted)s.",
        hours=number(rule.hours), weeks=rule.weeks, of=rule.of_weeks, counted=label.weeks,
    )  # fmt: skip
