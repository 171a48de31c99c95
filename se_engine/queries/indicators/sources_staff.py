"""Sources: shares of full time, weeks at work, and group supervision of the offices' staff."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from se_engine.queries.indicators.evidence import Evidence
from se_engine.queries.report_questions import Asked, Question
from se_engine.queries.specialist_weeks import working_days_of_each
from se_engine.records.offices import Office
from se_engine.records.people import GroupSupervision, StaffShare, User
from se_engine.rules.roles import OPERATOR


class ShareRow(NamedTuple):
    user_id: int
    role: str
    percent: int
    se_percent: int
    from_on: date
    until_on: date | None


def shares(evidence: Evidence) -> Mapping[int, Sequence[ShareRow]]:
    """Account → how much of full time, and of that with SE, as it was recorded; the newest last."""
    window = evidence.window
    rows = evidence.rows(
        select(
            StaffShare.user_id, User.role, StaffShare.percent, StaffShare.se_percent, StaffShare.from_on,
            StaffShare.until_on,
        )
        .join(User, User.id == StaffShare.user_id)
        .where(User.office_id.in_(window.offices), StaffShare.from_on <= window.to_on)
        .order_by(StaffShare.id)
    )  # fmt: skip
    found: dict[int, list[ShareRow]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(ShareRow._make(row))
    return found


def share_on(rows: Sequence[ShareRow], day: date) -> ShareRow | None:
    """The newest share that had begun, where it holds on the day: as queries.capacity has it."""
    begun = [row for row in rows if row.from_on <= day]
    newest = begun[-1] if begun else None
    return newest if newest is not None and (newest.until_on is None or newest.until_on >= day) else None


def working_days(evidence: Evidence) -> Mapping[int, int]:
    """Job specialist → working days within the window, without those away."""
    session, window = evidence.session, evidence.window
    offices = tuple(session.scalars(select(Office).where(Office.id.in_(window.offices)).order_by(Office.id)))
    asked = Asked(Question(as_of=window.to_on), OPERATOR, offices)
    return {one.user_id: one.days for one in working_days_of_each(session, asked, window.from_on, window.to_on)}


def supervisions(evidence: Evidence) -> Sequence[tuple[int, date]]:
    """Office and day of each group supervision within the window."""
    window = evidence.window
    rows = evidence.rows(
        select(GroupSupervision.office_id, GroupSupervision.held_on)
        .where(GroupSupervision.office_id.in_(window.offices))
        .where(GroupSupervision.held_on.between(window.from_on, window.to_on))
        .order_by(GroupSupervision.held_on)
    )
    return [(office_id, day) for office_id, day in rows]
