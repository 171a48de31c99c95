"""The sample of an audit worded for auditors: cases by number, step, outcome and the number of a job specialist."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext

from se_engine import wording
from se_engine.queries.audit_frame import Framed
from se_engine.queries.audit_samples import Sampled
from se_engine.queries.audits import AuditHead
from se_engine.records.audits import AuditCase
from se_engine.rules.audits import RATERS, READING
from web.language import language
from web.parts import audits as parts
from web.parts.heading import step_short


def stratum_row(row: dict[str, Any]) -> dict[str, Any]:
    step, outcome, specialist = row["stratum"]
    return {
        "step": step_title(step),
        "outcome": outcome_title(outcome),
        "specialist": specialist_title(specialist),
        "size": row["size"],
        "drawn": row["drawn"],
    }


def case_row(head: AuditHead, one: Sampled, rows: list[Sampled], *, changes: bool) -> dict[str, Any]:
    row = one.row
    out = next((other.row for other in rows if other.row.id == row.replaces_id), None)
    return {
        "number": row.number,
        "drawn": wording.word("audit_drawn", row.drawn, language()),
        "purposive": row.drawn == "purposive",
        "stratum": described(row.stratum),
        "stands": one.stands,
        "fate": _fate(one),
        "reason": _reason(row, out),
        "words": row.words if out is None else None,
        "why_words": one.replaced_by.words if one.replaced_by else None,
        "url": _reading_url(head, row) if one.stands else None,
        "replace_url": url_for("audit_sample.replace", audit_id=head.id, number=row.number)
        if changes and one.stands
        else None,
    }


def _fate(one: Sampled) -> str | None:
    """What became of a case that is not read."""
    later = one.replaced_by
    if later is None:
        return None
    why = wording.word("replaced_because", later.reason, language()).lower() if later.reason else ""
    if later.case_id == one.row.case_id:
        return gettext("Out, with none in its place: %(why)s", why=why)
    return gettext("Replaced by case %(number)s: %(why)s", number=later.number, why=why)


def _reason(row: AuditCase, out: AuditCase | None) -> str | None:
    if out is not None:
        return gettext("In the place of case %(number)s", number=out.number)
    return wording.word("chosen_because", row.reason, language()) if row.reason else None


def _reading_url(head: AuditHead, row: AuditCase) -> str | None:
    readable = head.audit.step in READING and head.part in RATERS and "audit_cases.one" in current_app.view_functions
    return url_for("audit_cases.one", audit_id=head.id, number=row.number) if readable else None


def described(stratum: list[Any] | None) -> str:
    """A stratum in words: no name, no number of a case."""
    if not stratum:
        return ""
    step, outcome, specialist = stratum
    return parts.DOT.join((step_title(step), outcome_title(outcome), specialist_title(specialist)))


def step_title(step: str) -> str:
    return step_short(step) if step else gettext("no step")


def outcome_title(outcome: str) -> str:
    group = "audit_outcome" if outcome in wording.words("audit_outcome", language()) else "end_reason"
    try:
        return wording.word(group, outcome, language())
    except KeyError:  # an end reason of a version that is gone
        return outcome


def specialist_title(number: int) -> str:
    return gettext("job specialist %(number)s", number=number) if number else gettext("no job specialist")


def choice(handle: str, case: Framed) -> str:
    marks = [wording.word("chosen_because", mark, language()) for mark in case.marks]
    return parts.DOT.join((handle[:4], described(list(case.stratum)), *marks))
