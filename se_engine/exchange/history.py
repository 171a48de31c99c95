"""Importing history.csv: all of it or nothing, twice is once; a file may continue an earlier one."""

from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from se_engine import processes
from se_engine.actions.history import left_columns, standing
from se_engine.clock import today
from se_engine.exchange.bulk import LEFT, STANDING, Bulk, iso
from se_engine.exchange.directory import Directory
from se_engine.exchange.events import FileEvent, History
from se_engine.exchange.known_cases import Employers, KnownCases
from se_engine.exchange.outcome import Fault, Outcome, Progress, no_progress
from se_engine.exchange.participants import in_chunks
from se_engine.exchange.stories import ImportedCase, Importing, Story
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.rules.errors import NotPermitted, Reason, Refused
from se_engine.rules.roles import Actor, Role
from se_engine.rules.timeline import Period

AT_A_TIME = 500
COLUMN_OF = {
    "before_the_last_event": "happened_on",
    "ends_before_it_starts": "happened_on",
    "unknown_step": "step",
    "already_in_step": "step",
    "job_ref_used": "job_ref",
    "job_unknown": "job_ref",
    "job_has_ended": "job_ref",
    "which_job": "job_ref",
}
"""The cell that has to change; for every other reason it is the event."""


def import_history(session: Session, actor: Actor, path: Path, *, progress: Progress = no_progress) -> Outcome:
    """Everything in the session's transaction; the caller rolls it back when the outcome has faults."""
    if actor.role is not Role.OPERATOR:
        raise NotPermitted()
    file = History(path, today(session))
    file.read(lambda done: progress(done, 2 * file.table.lines))
    outcome = Outcome(rows=file.table.rows_read, faults=file.table.faults)
    importing = Importing(Bulk(session, actor), Employers(session), processes.latest())
    offices = Directory(session, actor).offices
    done = file.table.rows_read
    for chunk in in_chunks(file.participants(), AT_A_TIME):
        done += _chunk(file, chunk, offices, importing, outcome)
        progress(done, 2 * file.table.lines)
    return outcome.settled()


def _chunk(
    file: History, chunk: list[tuple[str, str]], offices: dict[str, int], importing: Importing, outcome: Outcome
) -> int:
    """So many participants at a time; how many rows were theirs."""
    placed = {key: offices[key[0]] for key in chunk if key[0] in offices}
    known = KnownCases(importing.bulk.session, [(office_id, key[1]) for key, office_id in placed.items()])
    stories, taken = [], 0
    for key in chunk:
        events = list(file.events_of(key))
        taken += len(events)
        person = known.people.get((placed[key], key[1])) if key in placed else None
        if person is None:
            outcome.faults += (_nobody(key, found, key in placed) for found in events)
            continue
        story = Story(importing, person, known)
        for found in events:
            _apply(story, found, outcome)
        stories.append(story)
    if outcome.ok:
        _write(importing.bulk, stories)
    importing.bulk.forget()
    return taken


def _nobody(key: tuple[str, str], found: FileEvent, office_known: bool) -> Fault:
    if not office_known:
        return Fault(found.line, "office", key[0], Reason("no_such_office", {"office": key[0]}))
    return Fault(
        found.line, "participant_ref", key[1], Reason("no_such_participant", {"ref": key[1], "office": key[0]})
    )


def _apply(story: Story, found: FileEvent, outcome: Outcome) -> None:
    try:
        change = story.apply(found)
    except Refused as refused:
        column = COLUMN_OF.get(refused.reason.code, "event")
        outcome.faults.append(Fault(found.line, column, _cell(found, column), refused.reason))
        return
    setattr(outcome, change, getattr(outcome, change) + 1)


def _cell(found: FileEvent, column: str) -> str:
    written: dict[str, Any] = {
        "event": found.kind,
        "happened_on": found.event.happened_on.isoformat(),
        "step": found.event.step,
        "job_ref": found.particulars.job_ref,
    }
    return written[column] or ""


def _write(bulk: Bulk, stories: list[Story]) -> None:
    touched = [case for story in stories for case in story.cases if case.touched]
    again = [case.id for case in touched if case.known]
    if again:
        _take_out_periods(bulk.session, again)
        bulk.session.connection().execute(_STANDING_AGAIN, [_stands_again(case) for case in touched if case.known])
    for story in stories:
        for case in story.cases:
            case.jobs.add_new(case.id)
            if case.touched:
                _write_case(bulk, story, case)
    bulk.flush()
    for story in stories:
        for case in story.cases:
            case.jobs.write_changes()


def _take_out_periods(session: Session, case_ids: list[int]) -> None:
    """They are written anew from the events, as after every late entry."""
    periods = select(StepPeriod.id).where(StepPeriod.case_id.in_(case_ids))
    session.execute(delete(Waiting).where(Waiting.period_id.in_(periods)))
    session.execute(delete(Pause).where(Pause.period_id.in_(periods)))
    session.execute(delete(StepPeriod).where(StepPeriod.case_id.in_(case_ids)))


_STANDING_AGAIN = (
    update(Case.__table__)  # type: ignore[arg-type]
    .where(Case.__table__.c.id == bindparam("case"))
    .values(
        {name: bindparam(f"now_{name}") for name in (*STANDING, "visit", "last_contact_on")}
        | {"version": Case.__table__.c.version + 1}
    )
)


def _stands_again(case: ImportedCase) -> dict[str, Any]:
    values = {**standing(case.timeline), "visit": len(case.timeline.periods), "last_contact_on": case.last_contact_on}
    return {"case": case.id, **{f"now_{name}": value for name, value in values.items()}}


def _write_case(bulk: Bulk, story: Story, case: ImportedCase) -> None:
    person, timeline = story.person, case.timeline
    if case.known is None:
        stands = standing(timeline)
        bulk.add(
            "cases", case.id, person.id, person.office_id, person.team_id, case.owner_id, case.process.name,
            case.process.version, case.template, case.previous_id, person.protected, iso(timeline.opened_on),
            len(timeline.periods), iso(case.last_contact_on), 1, *(_written(stands[name]) for name in STANDING),
        )  # fmt: skip
        if case.owner_id is not None:
            opened = iso(timeline.opened_on)
            bulk.add("case_owners", bulk.number("case_owners"), case.id, case.owner_id, opened, bulk.recorded_at)
    for ordinal, period in enumerate(timeline.periods, start=1):
        _write_period(bulk, person.office_id, case, ordinal, period)


def _write_period(bulk: Bulk, office_id: int, case: ImportedCase, ordinal: int, period: Period) -> None:
    number, left = bulk.number("step_periods"), left_columns(period, case.timeline.end_reason)
    bulk.add(
        "step_periods", number, case.id, office_id, case.process.name, ordinal, period.step, iso(period.entered_on),
        *(_written(left.get(name)) for name in LEFT),
    )  # fmt: skip
    for table, intervals in (("waitings", period.waitings), ("pauses", period.pauses)):
        for interval in intervals:
            bulk.add(
                table, bulk.number(table), number, interval.reason, iso(interval.started_on), iso(interval.ended_on),
                iso(interval.next_on),
            )  # fmt: skip


def _written(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
