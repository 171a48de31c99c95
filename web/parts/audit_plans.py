"""A line of an action plan, worded: what is done, by whom, until when, what will show it and what has become of it."""

from datetime import date
from typing import Any

from se_engine import indicators, wording
from se_engine.queries.audit_plans import PlanLine
from se_engine.rules.framework import Framework
from web.language import language

TONES = {"planned": "planned", "begun": "look", "done": "done", "given_up": "plain"}


def plan_line(framework: Framework | None, line: PlanLine, on: date) -> dict[str, Any]:
    action = line.action
    shows = (measure_title(action.evidence), action.evidence_words)
    return {
        "title": titled(framework, action.item),
        "words": action.words,
        "owner": line.owner,
        "due": line.due_on,
        "late": line.late(on),
        "state": wording.word("audit_action_state", line.state, language()),
        "tone": TONES[line.state],
        "expected": action.expected_level,
        "evidence": " · ".join(part for part in shows if part),
        "events": [
            {
                "what": wording.word("audit_action_event", event.what, language()),
                "on": event.happened_on,
                "due": event.due_on,
                "who": who,
                "words": event.words,
            }
            for event, who in zip(line.events, line.who, strict=True)
        ],
    }


def titled(framework: Framework | None, key: str) -> str:
    """The key with the title of what is rated; the key alone where the framework is gone."""
    rated = framework.rateable_by_key.get(key) if framework else None
    return f"{key} {rated.title.to(language())}" if rated else key


def measure_title(key: str | None) -> str:
    """The newest version of an indicator by its name."""
    found = [one for (name, _version), one in indicators.definitions().items() if name == key]
    return found[-1].title.to(language()) if found else key or ""
