"""The sheet for the talk between a supervisor and one specialist, and for the specialist to prepare with herself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from se_engine import processes
from se_engine.clock import today
from se_engine.queries import worklist_terms as terms
from se_engine.queries.access import access_specialist, cases_in_scope
from se_engine.queries.day_sql import NEVER
from se_engine.queries.due import plans_since
from se_engine.queries.not_moving import stuck_terms
from se_engine.queries.retention import in_retention
from se_engine.queries.texts import full_name, open_text
from se_engine.queries.worklist_statuses import standing
from se_engine.records.career import CareerStep, LanguageTest
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.choices import Goal
from se_engine.records.follow_up import Check
from se_engine.records.jobs import Job
from se_engine.records.participants import Participant
from se_engine.records.texts import ParticipantText
from se_engine.rules.follow_up_answers import THIS_JOB
from se_engine.rules.roles import Actor
from se_engine.rules.talks import LOOKS_BACK, SIGNALS, Good, Signal, to_celebrate, to_discuss

IN_WORK = ("work", "work_and_education")
WAITS_FOR_US = ("promise", "agreed", "follow_up", "request")


@dataclass(frozen=True)
class TalkCase:
    """One running case of hers."""

    case: Case
    name: str
    participant_ref: str
    days: int
    """Since the step was entered, by the calendar."""
    guide_days: int | None
    signals: tuple[Signal, ...]
    waits_for_us: tuple[tuple[str, date | None], ...]
    """What somebody waits for, and since when."""

    def since(self, what: str) -> date | None:
        return next((one.since for one in self.signals if one.what == what), None)


@dataclass(frozen=True)
class TalkSheet:
    user_id: int
    name: str
    on: date
    own: bool
    """Whether the specialist reads it herself."""
    running: int
    no_contact: tuple[TalkCase, ...]
    waiting_for_us: tuple[TalkCase, ...]
    long_steps: tuple[TalkCase, ...]
    celebrate: tuple[tuple[TalkCase, Good], ...]
    discuss: tuple[TalkCase, ...]

    @property
    def shown(self) -> list[Case]:
        """Each case that is told of, once: for the trail."""
        lines = [*self.no_contact, *self.waiting_for_us, *self.long_steps, *(one for one, _ in self.celebrate)]
        return list({one.case.id: one.case for one in (*lines, *self.discuss)}.values())


def talk_sheet(session: Session, actor: Actor, user_id: int) -> TalkSheet:
    """Three statements and one for the account, whatever she has."""
    specialist = access_specialist(session, actor, user_id)
    on = today(session)
    hers = and_(cases_in_scope(actor, on), Case.owner_id == specialist.id)
    running = [_case(session, row, on) for row in session.execute(_running(actor, hers, on))]
    good = to_celebrate(_good(session, hers, on))
    known = {one.case.id: one for one in running}
    known |= _others(session, hers, on, [one.case_id for one in good if one.case_id not in known])
    discussed = to_discuss(signal for one in running for signal in one.signals)
    return TalkSheet(
        user_id=specialist.id,
        name=specialist.name,
        on=on,
        own=specialist.id == actor.user_id,
        running=len(running),
        no_contact=_by_since(running, "no_contact"),
        waiting_for_us=tuple(sorted((one for one in running if one.waits_for_us), key=_waited_since)),
        long_steps=_by_since(running, "over_guide"),
        celebrate=tuple((known[one.case_id], one) for one in good),
        discuss=tuple(known[case_id] for case_id, _signals in discussed),
    )


def _by_since(found: Sequence[TalkCase], what: str) -> tuple[TalkCase, ...]:
    since = [(one.since(what), one.case.id, one) for one in found]
    return tuple(one for _day, _id, one in sorted((day, number, one) for day, number, one in since if day is not None))


def _waited_since(one: TalkCase) -> tuple[date, int]:
    return min((day for _what, day in one.waits_for_us if day is not None), default=date.max), one.case.id


_ABOUT = (Case, Participant.ref, Participant.sealed_key, ParticipantText.sealed)


def _running(actor: Actor, hers: ColumnElement[bool], on: date) -> Any:
    """Her running cases with what stands still in each, by the terms of the worklist."""
    stands = standing(hers, on, plans_since(on), actor.user_id)
    kinds = stuck_terms(stands, actor, on)
    flags = (term.label(f"is_{kind}") for kind, (term, _day) in kinds.items())
    days = (day.label(f"since_{kind}") for kind, (_term, day) in kinds.items())
    found = select(*_ABOUT, terms.guide_days().label("guide"), *flags, *days, *_waited_for(stands))
    return _named(found.select_from(stands).join(Case, Case.id == stands.c.id)).order_by(Case.id)


def _waited_for(stands: CTE) -> list[ColumnElement[Any]]:
    days = {"promise": stands.c.promised_on, "agreed": stands.c.agreed_on, "follow_up": stands.c.check_due}
    there = (func.coalesce(day, NEVER).label(f"waits_{what}") for what, day in days.items())
    return [stands.c.asked.label("asked"), *there]


def _named(query: Any) -> Any:
    return query.join(Participant, Participant.id == Case.participant_id).outerjoin(
        ParticipantText, ParticipantText.id == Participant.name_id
    )


def _case(session: Session, row: Any, on: date) -> TalkCase:
    found = row._mapping
    case = row.Case
    signals = (Signal(case.id, kind, found[f"since_{kind}"]) for kind in SIGNALS if found[f"is_{kind}"])
    waits = [(what, found[f"waits_{what}"]) for what in WAITS_FOR_US[:-1] if found[f"waits_{what}"] <= on]
    if row.asked:
        waits.append((WAITS_FOR_US[-1], None))
    return _line(session, row, on, guide=row.guide, signals=tuple(signals), waits=tuple(waits))


def _line(
    session: Session,
    row: Any,
    on: date,
    *,
    guide: int | None = None,
    signals: tuple[Signal, ...] = (),
    waits: tuple[tuple[str, date | None], ...] = (),
) -> TalkCase:
    return TalkCase(
        case=row.Case,
        name=full_name(open_text(session, row.sealed_key, "name", row.sealed)),
        participant_ref=row.ref,
        days=(on - row.Case.entered_on).days,
        guide_days=guide,
        signals=signals,
        waits_for_us=waits,
    )


def _others(session: Session, hers: ColumnElement[bool], on: date, ids: Sequence[int]) -> dict[int, TalkCase]:
    """Cases to celebrate that have ended."""
    if not ids:
        return {}
    rows = session.execute(_named(select(*_ABOUT).select_from(Case)).where(hers, Case.id.in_(ids)))
    return {row.Case.id: _line(session, row, on) for row in rows}


def _good(session: Session, hers: ColumnElement[bool], on: date) -> list[Good]:
    """Everything that went well in her cases in the last weeks, in one statement."""
    since = on - LOOKS_BACK
    order = [step.key for step in processes.latest().steps if not step.final]
    forward = [
        and_(StepPeriod.step == one, StepPeriod.left_to.in_(order[place + 1 :])) for place, one in enumerate(order[:-1])
    ]
    voiding_step, voiding_test = aliased(CareerStep), aliased(LanguageTest)
    found: list[tuple[str, Any, Any, list[Any]]] = [
        ("ended_in_work", Case.id, Case.ended_on, [Case.end_reason.in_(IN_WORK)]),
        ("job_started", Job.case_id, Job.started_on, [in_retention(), Job.ended_on.is_(None)]),
        ("job_kept", Check.case_id, Check.happened_on, [~Check.voided, Check.answer == THIS_JOB]),
        ("goal_reached", Goal.case_id, Goal.ended_on, [Goal.outcome == "reached"]),
        (
            "career_step",
            CareerStep.case_id,
            CareerStep.happened_on,
            [CareerStep.voids_id.is_(None), ~exists().where(voiding_step.voids_id == CareerStep.id)],
        ),
        ("moved_forward", StepPeriod.case_id, StepPeriod.left_on, [or_(*forward)]),
    ]
    parts = []
    for what, case_id, day, wanted in found:
        rows = select(literal(what).label("what"), case_id.label("case_id"), day.label("on_day"))
        rows = rows.where(*wanted, hers, day.between(since, on))
        parts.append(rows if case_id is Case.id else rows.join(Case, Case.id == case_id))
    tests = (
        select(literal("test_passed").label("what"), Case.id.label("case_id"), LanguageTest.taken_on.label("on_day"))
        .join(Case, Case.participant_id == LanguageTest.participant_id)
        .where(LanguageTest.passed.is_(True), LanguageTest.voids_id.is_(None), hers)
        .where(~exists().where(voiding_test.voids_id == LanguageTest.id), Case.status != "ended")
        .where(LanguageTest.taken_on.between(since, on))
    )
    every = session.execute(union_all(*parts, tests))
    return [Good(row.case_id, row.what, row.on_day) for row in every]
