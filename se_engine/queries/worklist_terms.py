"""What puts a case on somebody's list: its due day and its statuses, as SQL over the cases table."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, literal, null, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from se_engine import processes
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.participants import Participant
from se_engine.rules.process import Process
from se_engine.rules.roles import Actor, Role

NEVER = literal(date.max, Date)

STATUSES = ("needs_me", "waiting", "no_contact", "over_guide", "information_missing", "paused", "all")
SUPERVISOR_STATUSES = ("needs_me", "requests", "unassigned", *STATUSES[1:])


def statuses(role: Role) -> tuple[str, ...]:
    """What a reader of this role may choose from, in the order of the panel."""
    return STATUSES if role is Role.JOB_SPECIALIST else SUPERVISOR_STATUSES


running = Case.status != "ended"
_active = Case.status == "active"


class plus_days(FunctionElement[date]):  # noqa: N801 - reads as the SQL function it stands for
    """A day so many days later; each engine says it in its own way."""

    type = Date()
    inherit_cache = True


@compiles(plus_days, "sqlite")
def _plus_days_sqlite(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, {number} || ' days')"


@compiles(plus_days)
def _plus_days(element: plus_days, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} + {number})"


class earlier(FunctionElement[date]):  # noqa: N801 - reads as the SQL function it stands for
    """The earlier of two days that are both there."""

    type = Date()
    inherit_cache = True


@compiles(earlier, "sqlite")
def _earlier_sqlite(element: earlier, compiler: SQLCompiler, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


@compiles(earlier)
def _earlier(element: earlier, compiler: SQLCompiler, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


def _days(pick: Callable[[Process, str, str], int | None]) -> ColumnElement[int | None]:
    """A number of days by step and template, from each version of the process."""
    versions = [processes.get(processes.SUPPORTED_EMPLOYMENT, number) for number in _versions()]
    by_version = {process.version: _by_template(process, pick) for process in versions}
    return next(iter(by_version.values())) if len(by_version) == 1 else case(by_version, value=Case.process_version)


def _versions() -> list[int]:
    return processes.versions(processes.SUPPORTED_EMPLOYMENT)


def _by_template(process: Process, pick: Callable[[Process, str, str], int | None]) -> ColumnElement[int | None]:
    return case(
        {template.key: _by_step(process, template.key, pick) for template in process.templates}, value=Case.template
    )


def _by_step(
    process: Process, template: str, pick: Callable[[Process, str, str], int | None]
) -> ColumnElement[int | None]:
    days = {step.key: pick(process, template, step.key) for step in process.steps}
    return case({step: number for step, number in days.items() if number is not None}, value=Case.step, else_=null())


def contact_days() -> ColumnElement[int | None]:
    """After how many days without contact the step's limit is reached."""
    return _days(lambda process, template, step: process.contact_days(step, template))


def guide_days() -> ColumnElement[int | None]:
    return _days(lambda process, template, step: process.guide_days(step, template))


def contact_due() -> ColumnElement[date]:
    """The last day for the next contact; never while she has paused."""
    since = func.coalesce(Case.last_contact_on, Case.opened_on)
    return case((_active, func.coalesce(plus_days(since, contact_days()), NEVER)), else_=NEVER)


def due() -> ColumnElement[date]:
    """The earliest of what is agreed (next check, contact after a pause) and the contact limit."""
    return earlier(func.coalesce(Case.next_on, NEVER), contact_due())


def guide_due() -> ColumnElement[date]:
    """The last day within the step's guide time; never while life is sorted first or she has paused."""
    counted = and_(_active, Case.sorting_first_since.is_(None))
    return case((counted, func.coalesce(plus_days(Case.entered_on, guide_days()), NEVER)), else_=NEVER)


def conditions(actor: Actor, on: Any) -> dict[str, ColumnElement[bool]]:
    """Status → which of the reader's running cases have it; `on` is a day, or the parameter that stands for one."""
    terms: dict[str, ColumnElement[bool]] = {
        "needs_me": due() <= on,
        "waiting": and_(_active, Case.waiting_for.is_not(None)),
        "no_contact": contact_due() < on,
        "over_guide": guide_due() < on,
        "information_missing": information_missing(),
        "paused": Case.status == "paused",
        "all": true(),
    }
    if actor.role is Role.JOB_SPECIALIST:
        return terms
    asked, unassigned = open_request(), Case.owner_id.is_(None)
    mine = Case.owner_id == actor.user_id
    needs_me = or_(asked, unassigned, and_(mine, due() <= on))
    return terms | {"requests": asked, "unassigned": unassigned, "needs_me": needs_me}


def information_missing() -> ColumnElement[bool]:
    """What the first talks need to know and nobody has recorded; `missing` names it for a row."""
    return or_(
        Participant.birth_year.is_(None),
        Participant.interpreter_need.is_(None),
        and_(Participant.interpreter_need == "yes", Participant.interpreter_language.is_(None)),
    )


def open_request() -> ColumnElement[bool]:
    return exists().where(SupervisorRequest.case_id == Case.id, SupervisorRequest.answered_at.is_(None))
