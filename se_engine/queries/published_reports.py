"""A report in the published form, as it leaves the page: whoever asks for it, it shows what anybody may be shown."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.queries.publishing import strictest
from se_engine.queries.report_questions import Question, ask
from se_engine.queries.reports import Report, answer
from se_engine.rules.roles import Actor

HIDDEN_IN_JSON = "null"
DAYS = ("as_of", "from_on", "to_on")


def published_answer(
    session: Session, actor: Actor, report: Report, question: Question, **options: str
) -> dict[str, Any]:
    """The answer, with what its heading does not say under `about`: nobody can ask the file."""
    published = replace(question, publish=True)
    asked = ask(session, actor, published)
    about = {
        "group": question.group,
        "threshold": strictest(asked),
        "hidden": HIDDEN_IN_JSON,
    }
    return answer(report, session, actor, published, **options) | {"about": about}


def question_data(question: Question) -> dict[str, Any]:
    """A question as JSON keeps it, without what every published answer is asked."""
    asked = {field.name: getattr(question, field.name) for field in fields(question) if field.name != "publish"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}


def question_from(data: Mapping[str, Any]) -> Question:
    """The question that was kept; what questions have learned to ask since then was not asked."""
    known = {field.name for field in fields(Question)}
    days = {name: date.fromisoformat(data[name]) for name in DAYS if data.get(name)}
    return Question(**{name: value for name, value in data.items() if name in known} | days)
