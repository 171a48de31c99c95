"""Random people try random things with one case while the days go by: its history always explains where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.cases import advance, continue_case, end_sort_first, hand_over, sort_first
from se_engine.actions.checks import record_check
from se_engine.actions.corrections import void_event
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.requests import answer_request, ask_supervisor
from se_engine.actions.sealing import seal_batch
from se_engine.actions.tasks import record_tasks
from se_engine.actions.waiting import end_waiting, pause, renew_pause, resume, start_waiting
from se_engine.database import Database
from se_engine.processes import latest
from se_engine.queries.access import actor_of
from se_engine.queries.timelines import live_events, periods_of, to_event
from se_engine.queries.trail import verify
from se_engine.records.cases import Case, StepPeriod, SupervisorRequest
from se_engine.records.history import HistoryEvent
from se_engine.records.jobs import Job
from se_engine.records.people import User
from se_engine.records.trail import TrailEntry
from se_engine.rules.calendar import calendar_days, working_days
from se_engine.rules.errors import Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.timeline import END_REASONS, PAUSE_REASONS, WAITING_FOR, Event, EventKind, replay
from tests.support.answers import answer_step
from tests.support.people import Clock, People, make_case, make_people, transaction

PROCESS = latest()
STEPS = [step.key for step in PROCESS.steps if not step.final]
TRIGGERS = sorted({move.trigger for move in PROCESS.moves})
BEGINS = [date(2026, 3, 20), date(2026, 12, 18), date(2028, 2, 21)]
LIKELY = st.sampled_from(["jo", "jo", "jo", "jo", "jo", "max", "max", "max", "sam", "ida"])
BACK = st.sampled_from([0, 0, 0, 1, 3, 12])
"""How many days ago it happened: mostly today, at times registered late."""


class Casework(RuleBasedStateMachine):
    """One office; every rule is a transaction of its own, as a request would be."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(BEGINS[0])
        with transaction(self.database, self.clock) as session:
            number = session.query(Case).count()
            self.clock.day = BEGINS[number % len(BEGINS)]
            self.people = _people_of(session) if number else make_people(session)
            self.case_id = make_case(session, self.people, opened_on=self.clock.day, given_name=f"Pat {number}").id
        self.before = self.picture()

    def attempt(self, who: str, act: Callable[..., object], *given: Any, **said: Any) -> None:
        """What is refused must have changed nothing; what is done is there with its entry in the trail."""
        trail = self.entries()
        try:
            with transaction(self.database, self.clock) as session:
                act(session, getattr(self.people, who), *given, **said)
        except Refused:
            assert self.picture() == self.before
            assert self.entries() == trail
        else:
            self.before = self.picture()
            assert self.entries() > trail

    def picture(self) -> tuple[Any, ...]:
        with self.database.reading() as session:
            case = session.get_one(Case, self.case_id)
            rows = session.scalars(select(HistoryEvent.id).where(HistoryEvent.case_id == self.case_id)).all()
            return case.step, case.status, case.version, case.owner_id, sorted(rows), periods_of(session, self.case_id)

    def entries(self) -> int:
        with self.database.reading() as session:
            return session.query(TrailEntry).count()

    @rule(days=st.sampled_from([1, 2, 9, 40]))
    def days_go_by(self, days: int) -> None:
        self.clock.day += timedelta(days=days)

    @rule(who=LIKELY, trigger=st.sampled_from(TRIGGERS), back=BACK, note=st.sampled_from(["", "It had happened."]))
    def moves(self, who: str, trigger: str, back: int, note: str) -> None:
        said = {"seen_version": None, "happened_on": self.ago(back), "note": note, "end_reason": "moved"}
        self.attempt(who, advance, self.case_id, trigger, **said)

    @rule(data=st.data(), who=st.sampled_from(["jo", "max"]))
    def takes_a_move_there_is(self, data: st.DataObject, who: str) -> None:
        step = self.step()
        if options := PROCESS.moves_from(step):
            move = data.draw(st.sampled_from(options))
            said = {"note": "It had happened.", "end_reason": data.draw(st.sampled_from(END_REASONS))}
            self.attempt(
                who, advance, self.case_id, move.trigger, seen_version=None, happened_on=self.clock.day, **said
            )

    @rule()
    def answers_everything_the_step_asks(self) -> None:
        with transaction(self.database, self.clock) as session:
            case = session.get_one(Case, self.case_id)
            session.refresh(case, ["participant"])
            jo = self.people.jo
            if case.owner_id == jo.user_id and case.status != "ended":
                answer_step(session, jo, case, self.clock.day)
        self.before = self.picture()

    @rule(who=LIKELY, whom=st.sampled_from([*WAITING_FOR, "godot"]), back=BACK)
    def waits(self, who: str, whom: str, back: int) -> None:
        on = self.ago(back)
        self.attempt(who, start_waiting, self.case_id, seen_version=None, waiting_for=whom, on=on, next_on=on)

    @precondition(lambda self: self.open("waiting"))
    @rule(who=LIKELY, back=BACK)
    def stops_waiting(self, who: str, back: int) -> None:
        self.attempt(who, end_waiting, self.case_id, seen_version=None, on=self.ago(back))

    @rule(who=LIKELY, reason=st.sampled_from([*PAUSE_REASONS, "rain"]), back=BACK)
    def pauses(self, who: str, reason: str, back: int) -> None:
        self.attempt(who, pause, self.case_id, seen_version=None, reason=reason, on=self.ago(back))

    @precondition(lambda self: self.open("pause"))
    @rule(who=LIKELY, back=BACK)
    def goes_on(self, who: str, back: int) -> None:
        self.attempt(who, resume, self.case_id, seen_version=None, on=self.ago(back))

    @precondition(lambda self: self.open("pause"))
    @rule(who=LIKELY, back=BACK)
    def wants_more_time(self, who: str, back: int) -> None:
        on = self.ago(back)
        self.attempt(who, renew_pause, self.case_id, seen_version=None, on=on, contact_on=on + timedelta(days=20))

    @rule(who=LIKELY, back=BACK)
    def puts_life_in_order_first(self, who: str, back: int) -> None:
        self.attempt(who, sort_first, self.case_id, seen_version=None, on=self.ago(back))

    @rule(who=LIKELY, back=BACK, end=st.sampled_from([end_sort_first, end_waiting, resume]))
    def ends_what_may_not_have_begun(self, who: str, back: int, end: Callable[..., object]) -> None:
        self.attempt(who, end, self.case_id, seen_version=None, on=self.ago(back))

    @rule(who=LIKELY, paid=st.booleans(), back=BACK)
    def finds_a_job(self, who: str, paid: bool, back: int) -> None:
        self.attempt(who, start_job, self.case_id, started_on=self.ago(back), employer="Kiwi", paid=paid)

    @rule(who=LIKELY, back=BACK)
    def loses_the_job(self, who: str, back: int) -> None:
        with self.database.reading() as session:
            job = session.scalars(select(Job.id).where(Job.case_id == self.case_id).order_by(Job.id.desc())).first()
        self.attempt(who, end_job, self.case_id, job or 4711, ended_on=self.ago(back), reason="employer")

    @rule(who=LIKELY, back=BACK)
    def answers_a_check(self, who: str, back: int) -> None:
        said = {"answer": "this_job", "evidence": "own_words"}
        self.attempt(who, record_check, self.case_id, happened_on=self.ago(back), **said)

    @rule(who=LIKELY, key=st.sampled_from([task.key for task in PROCESS.tasks]), status=st.sampled_from(TaskStatus))
    def records_a_task(self, who: str, key: str, status: TaskStatus) -> None:
        said = {"status": status, "happened_on": self.clock.day, "words": "She said so.", "employer": "Kiwi"}
        self.attempt(who, record_tasks, self.case_id, keys=[key], **said)

    @rule(data=st.data(), who=LIKELY, again=st.booleans(), shift=st.integers(-6, 6))
    def corrects(self, data: st.DataObject, who: str, again: bool, shift: int) -> None:
        with self.database.reading() as session:
            rows = live_events(session, self.case_id)
        row = data.draw(st.sampled_from(rows))
        moved = Event(EventKind(row.kind), row.happened_on + timedelta(days=shift)) if again else None
        said = {"seen_version": None, "why": "A mistake.", "replacement": moved}
        self.attempt(who, void_event, self.case_id, row.id, **said)

    @rule(who=LIKELY, trigger=st.sampled_from(TRIGGERS))
    def asks_the_supervisor(self, who: str, trigger: str) -> None:
        self.attempt(who, ask_supervisor, self.case_id, "exception", why="She begins on Monday.", trigger=trigger)

    @rule(who=LIKELY, answer=st.sampled_from(["granted", "declined", "seen"]))
    def is_answered(self, who: str, answer: str) -> None:
        with self.database.reading() as session:
            asked = select(SupervisorRequest.id).where(SupervisorRequest.case_id == self.case_id)
            request = session.scalars(asked.order_by(SupervisorRequest.id.desc())).first()
        self.attempt(who, answer_request, request or 4711, answer, why="Because.")

    @rule(who=LIKELY, to=st.sampled_from(["jo", "jo", "sam", "ida"]))
    def hands_over(self, who: str, to: str) -> None:
        version = self.before[2]
        owner = getattr(self.people, to).user_id
        self.attempt(who, hand_over, self.case_id, owner, seen_version=version, note="On leave.")

    @precondition(lambda self: self.step() == "ended")
    @rule()
    def comes_back(self) -> None:
        with transaction(self.database, self.clock) as session:
            try:
                self.case_id = continue_case(session, self.people.max, self.case_id, opened_on=self.clock.day).id
            except Refused:
                session.rollback()
        self.before = self.picture()

    @rule()
    def the_trail_is_sealed(self) -> None:
        with transaction(self.database, self.clock) as session:
            seal_batch(session)

    @invariant()
    def history_replays_to_the_present(self) -> None:
        with self.database.reading() as session:
            case = session.get_one(Case, self.case_id)
            timeline = replay([to_event(row) for row in live_events(session, self.case_id)], STEPS)
            assert (case.step, case.status, case.end_reason) == (timeline.step, timeline.status, timeline.end_reason)
            assert (case.opened_on, case.ended_on) == (timeline.opened_on, timeline.ended_on)
            assert case.last_event_on == timeline.last_on
            assert tuple(periods_of(session, self.case_id)) == timeline.periods
            assert case.visit == len(timeline.periods)
            assert case.sorting_first_since == timeline.sorting_first_since
            pause, waiting = timeline.current.pause, timeline.current.waiting
            assert (case.paused_since, case.waiting_since) == (
                pause and pause.started_on,
                waiting and waiting.started_on,
            )

    @invariant()
    def periods_are_whole_and_counted_exactly(self) -> None:
        with self.database.reading() as session:
            ordered = select(StepPeriod).where(StepPeriod.case_id == self.case_id).order_by(StepPeriod.ordinal)
            rows = session.scalars(ordered).all()
        assert [row.ordinal for row in rows] == list(range(1, len(rows) + 1))
        for earlier, later in pairwise(rows):
            assert (earlier.left_on, earlier.left_to) == (later.entered_on, later.step)
        for row in rows:
            if row.left_on is not None:
                days = row.own_days + row.waiting_days + row.paused_days
                assert days == calendar_days(row.entered_on, row.left_on)
                days = row.own_working_days + row.waiting_working_days + row.paused_working_days
                assert days == working_days(row.entered_on, row.left_on)

    def teardown(self) -> None:
        """At the end of each journey: it holds every one before."""
        with self.database.snapshot() as session:
            assert verify(session).ok

    def open(self, what: str) -> bool:
        """Whether the present stay waits or rests."""
        return getattr(self.before[5][-1], what) is not None

    def ago(self, days: int) -> date:
        return self.clock.day - timedelta(days=days)

    def step(self) -> str:
        with self.database.reading() as session:
            return session.get_one(Case, self.case_id).step


def _people_of(session: Session) -> People:
    users = {user.name.lower(): actor_of(user) for user in session.scalars(select(User))}
    return People(users["jo"].office_id or 0, users["jo"], users["sam"], users["max"], users["ida"])


def test_whatever_people_try_history_explains_the_present(database: Database) -> None:
    machine = type("OnThisDatabase", (Casework,), {"database": database})
    few = settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)
