"""Saved reports: which of them a reader may open, as they were answered, and what they would say today.

An office's readers open what one of them saved, and those who read every office what one of those saved: the two are
answered different questions, and what one hides the other could give away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, aliased

from se_engine.queries.access import may_open_every_case, offices_for_reports
from se_engine.queries.published_reports import published_answer, question_from
from se_engine.queries.reports import REPORTS
from se_engine.records.people import User
from se_engine.records.supervision import SavedReport
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import SUPERVISION, Actor, Role

MOST = 200
"""Shown on the list: the newest."""


@dataclass(frozen=True)
class SavedLine:
    id: int
    name: str
    report: str
    as_of: date
    saved_at: datetime
    saved_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


@dataclass(frozen=True)
class Today:
    """The same question asked once more; a sentence's code where it cannot be answered any more."""

    answer: Mapping[str, Any] | None
    refused: Refused | None = None


def saved_reports(session: Session, actor: Actor, *, before: int | None = None, most: int = MOST) -> list[SavedLine]:
    """The newest first, those that were withdrawn among them; `before` a number, those that were saved earlier."""
    offices_for_reports(session, actor)
    chosen = _lines().where(_hers(actor), SavedReport.id < before if before is not None else true())
    rows = session.execute(chosen.order_by(SavedReport.id.desc()).limit(most))
    return [SavedLine(*row) for row in rows]


def access_saved(session: Session, actor: Actor, number: int) -> SavedReport:
    """NotPermitted for roles that read no reports; NotFound for what another office saved."""
    offices_for_reports(session, actor)
    saved = session.scalar(select(SavedReport).where(SavedReport.id == number, _hers(actor)))
    if saved is None:
        raise NotFound()
    return saved


def saved_line(session: Session, saved: SavedReport) -> SavedLine:
    """The same with the names of those who saved and withdrew it."""
    return SavedLine(*session.execute(_lines().where(SavedReport.id == saved.id)).one())


def may_withdraw(actor: Actor, saved: SavedReport) -> bool:
    """Whoever saved it, and a supervisor of its office."""
    if saved.withdrawn_at is not None:
        return False
    own = saved.saved_by is not None and saved.saved_by == actor.user_id
    return own or (actor.role in SUPERVISION and (actor.role is Role.OPERATOR or saved.office_id == actor.office_id))


def moved_on(saved: SavedReport) -> int | None:
    """The version that the report's definition has today, where it is another."""
    report = REPORTS.get(saved.report)
    return report.version if report and report.version != saved.definition_version else None


def sees_changes(actor: Actor, saved: SavedReport) -> bool:
    """Two answers to one question tell apart what came late: only for those who may open every case behind them."""
    return may_open_every_case(actor, saved.office_id)


def as_today(session: Session, actor: Actor, saved: SavedReport) -> Today:
    """What the same question is answered now: later facts about the same days are in it. For `sees_changes` only."""
    if not sees_changes(actor, saved):
        raise NotFound()
    report = REPORTS.get(saved.report)
    if report is None:
        return Today(None)
    options = {name: saved.question[name] for name in report.options if saved.question.get(name)}
    try:
        return Today(published_answer(session, _asker(actor, saved), report, question_from(saved.question), **options))
    except Refused as refused:
        return Today(None, refused)


def _asker(actor: Actor, saved: SavedReport) -> Actor:
    """What an office saved is asked as its own readers ask it, also by whoever reads every office."""
    return actor if saved.office_id is None else replace(actor, role=Role.SUPERVISOR, office_id=saved.office_id)


def _hers(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.OPERATOR:
        return true()
    if actor.role.everywhere or actor.office_id is None:
        return SavedReport.office_id.is_(None)
    return SavedReport.office_id == actor.office_id


def _lines() -> Any:
    by, withdrawn = aliased(User), aliased(User)
    return (
        select(
            SavedReport.id, SavedReport.name, SavedReport.report, SavedReport.as_of, SavedReport.saved_at,
            by.name, SavedReport.withdrawn_at, withdrawn.name,
        )
        .outerjoin(by, by.id == SavedReport.saved_by)
        .outerjoin(withdrawn, withdrawn.id == SavedReport.withdrawn_by)
    )  # fmt: skip
