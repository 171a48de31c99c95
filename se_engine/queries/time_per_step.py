"""Report «time per step»: how long people stay in each step, beside that how long employer tracks stay in theirs.

Whoever may open every case reads it whole; the published form, and what lies behind a number, stand in modules of
their own.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.measures.stays import DEFINITION_VERSION
from se_engine.measures.suppression import suppress
from se_engine.queries.behind_steps import cases_behind
from se_engine.queries.counted_stays import Counted, count_stays
from se_engine.queries.own_past import Period, period_before, with_period
from se_engine.queries.published_time import published_form
from se_engine.queries.report_notes import notes
from se_engine.queries.report_questions import Asked, Question, ask
from se_engine.rules.roles import Actor

__all__ = ["cases_behind", "time_per_step"]


def time_per_step(session: Session, actor: Actor, question: Question) -> dict[str, Any]:
    """How long people stay in each step, as things stood on a day: the answer of the report as JSON.

    A step with fewer visits than the office's threshold is hidden. Whoever may open all the cases may lower the
    threshold, and anybody may raise it. The session should see one moment: `Database.snapshot`.
    """
    asked = ask(session, actor, question)
    asked = ask(session, actor, with_period(question, whole_years=not asked.whole))
    report = asked.heading("time-per-step", DEFINITION_VERSION) | {
        "process": processes.SUPPORTED_EMPLOYMENT,
        "clock": question.clock,
        "visits": question.visits,
        "horizon": question.horizon,
        "published": not asked.whole,
    }
    return report | (_whole_form(session, asked) if asked.whole else published_form(session, asked))


def _whole_form(session: Session, asked: Asked) -> dict[str, Any]:
    """Every number, for those who may open the cases."""
    past = period_before(asked.question)
    counted = count_stays(session, asked)
    before = count_stays(session, asked, past) if past else None
    # Who takes part in two schemes is shown in both; a test needs groups that have nobody in common.
    tested = count_stays(session, asked, apart=True) if asked.question.by == "scheme" else counted
    with uncollected():
        return _told(counted, before, past, asked) | (tested.log_ranks() if asked.question.by else {})


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts off looking for rubbish: an answer of many groups is a hundred thousand small rows, none of which is any,
    and they would all be gone through again and again while they become more.

    Whoever also lets go of the answer within it spares going through it even once.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _told(counted: Counted, before: Counted | None, past: Period | None, asked: Asked) -> dict[str, Any]:
    question = asked.question

    def body(label: str) -> dict[str, Any]:
        found = _blocks(counted, asked, label)
        told = found | {"notes": notes(found["steps"])}
        if before is None or past is None:
            return told
        then = {"from": past.from_on.isoformat(), "to": past.to_on.isoformat(), **_blocks(before, asked, label)}
        return told | {"before": then | counted.against(before, label)}

    if question.by is None:
        return {"threshold": asked.threshold()} | body("")
    labels = sorted({*counted.labels(), *(before.labels() if before else ())})
    shown = [label for label in labels if question.group in (None, label)]
    return {"groups": [{"group": label, **body(label)} for label in shown]}


def _blocks(counted: Counted, asked: Asked, label: str) -> dict[str, list[dict[str, Any]]]:
    horizon, threshold = asked.question.horizon, asked.threshold(label)
    return {
        name: suppress([counted.block(name, step, label, horizon) for step in order.steps], threshold)
        for name, order in counted.orders.items()
    }
