"""What became of the unit's participants: ends and retention with their intervals, and units beside each other."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from se_engine.measures.funnel import Funnel, funnel, limits_between
from se_engine.measures.intervals import wilson
from se_engine.queries.outcomes import outcomes
from se_engine.queries.report_questions import Question
from se_engine.queries.retention import ANY, retention
from se_engine.records.audits import Audit
from se_engine.rules.retention import IN_WORK, NOT_KNOWN
from se_engine.rules.roles import Actor, Role

LEAST_IN_FUNNEL = 10
"""Units with fewer jobs are neither drawn nor named: chance alone puts them anywhere."""
WEEK_BESIDE = 26
"""The checkpoint at which units stand beside each other."""
SHARE_DIGITS = 4


def outcomes_of(session: Session, actor: Actor, audit: Audit) -> dict[str, Any]:
    """{"whole": …, "public": …} as of the window's last day: every number for the audit, and the published form."""
    asked = Question(as_of=audit.until_on, office=audit.office_id)
    inside = replace(actor, role=Role.SUPERVISOR, office_id=audit.office_id, team_id=None)
    return {
        "whole": _numbers(session, inside, asked),
        "public": _numbers(session, actor, replace(asked, publish=True)),
    }


def _numbers(session: Session, actor: Actor, asked: Question) -> dict[str, Any]:
    ends = outcomes(session, actor, asked)
    kept = retention(session, actor, asked, which=ANY)
    return {"ends_as_of": ends["as_of"], "kept_as_of": kept["as_of"], "ends": _ends(ends), "kept": _kept(kept)}


def _ends(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each reason among the cases that have ended."""
    if found.get("suppressed"):
        return []
    total, still_open = found["total"], found["still_open"]
    ended = None if total is None or still_open is None else total - still_open
    return [{"reason": one["reason"], **interval(one["n"], ended)} for one in found["outcomes"]]


def _kept(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each checkpoint: of all jobs that reached it, those known to go on; what nobody knows is told beside."""
    rows = [one for one in found["checkpoints"] if not one["suppressed"]]
    return [
        {"week": one["week"], NOT_KNOWN: one[NOT_KNOWN], **interval(one[IN_WORK], one["total"])} for one in rows
    ]


def interval(k: int | None, n: int | None) -> dict[str, Any]:
    """k of n with the share and Wilson's limits of 95 %; nothing of it where one of them is hidden."""
    if k is None or n is None:
        return {"k": None, "n": None, "share": None, "low": None, "high": None}
    limits = wilson(k, n)
    low, high = limits or (None, None)
    return {"k": k, "n": n, "share": _round(k / n if n else None), "low": _round(low), "high": _round(high)}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, SHARE_DIGITS)


def units_beside(session: Session, actor: Actor, as_of: date) -> dict[str, Any] | None:
    """Every office's jobs still held at half a year, in the published form; None where too few offices show any."""
    found = retention(session, actor, Question(as_of=as_of, by="office", publish=True), which=ANY)
    units = [
        (group["group"], row[IN_WORK], row["total"])
        for group in found["groups"]
        for row in group["checkpoints"]
        if row["week"] == WEEK_BESIDE and not row["suppressed"] and None not in (row[IN_WORK], row["total"])
    ]
    drawn = funnel(units, least=LEAST_IN_FUNNEL)
    return None if drawn is None else {"as_of": found["as_of"], "week": WEEK_BESIDE, **funnel_data(drawn)}


def funnel_data(found: Funnel) -> dict[str, Any]:
    """A funnel as JSON keeps it, with the lines between its points."""
    sizes = [one.n for one in found.points]
    return {
        "least": LEAST_IN_FUNNEL,
        "target": _round(found.target),
        "dispersion": _round(found.dispersion),
        "points": [{**asdict(one), "share": _round(one.share), "place": one.place} for one in found.points],
        "limits": [
            [n, *(round(one, SHARE_DIGITS) for one in limits)]
            for n, limits in limits_between(found.target, min(sizes), max(sizes))
        ],
    }
