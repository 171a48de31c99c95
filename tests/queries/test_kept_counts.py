"""Counts that are kept are what counting the stays themselves gives, whatever happened to them in between."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from se_engine.actions.corrections import void_event
from se_engine.actions.history import record_event
from se_engine.actions.housekeeping import complete_stays
from se_engine.actions.kept_counts import count_anew, keep_counts
from se_engine.actions.people import add_office
from se_engine.measures.days import Days
from se_engine.measures.kept_counts import Kept, unpacked
from se_engine.measures.stays import Tally
from se_engine.queries.closed_stays import add_closed
from se_engine.queries.kept_counts import add_kept
from se_engine.queries.running_stays import add_running
from se_engine.queries.stays import Frame
from se_engine.queries.step_order import Order
from se_engine.records.cases import Case, Pause, StepPeriod, Waiting
from se_engine.records.history import HistoryEvent
from se_engine.records.kept_counts import KeptCounts, KeptStay, StayChange
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.roles import OPERATOR
from se_engine.rules.timeline import Event, EventKind
from tests.queries.lives import LAST, STEPS, lives, write
from tests.support.people import TODAY, make_case, make_people, transaction

PROCESS = "supported_employment"
EACH = 60
TURNS = 12


@pytest.fixture
def offices(session, clock):
    clock.day = LAST
    return [add_office(session, OPERATOR, name).id for name in ("Nord", "Sør", "Vest")]


def both_ways(session, frame, offices):
    """The same question to the kept counts, which is None where they have no answer, and to the stays."""
    forward = Order.of(PROCESS).is_forward
    kept, counted = defaultdict(Tally), defaultdict(Tally)
    answered = add_kept(session, kept, frame, offices, forward)
    add_closed(session, counted, frame, forward)
    add_running(
        session,
        counted,
        frame.at(tuple(offices)),
    )
    for tally in (*kept.values(), *counted.values()):
        tally.waiting_by = +tally.waiting_by
    return dict(kept) if answered else None, dict(counted)


def assert_alike(session, offices, *, as_of=LAST):
    session.flush()
    for clock in ("calendar", "working"):
        for by, some in ((None, None), ("office", None), (None, tuple(offices[:2])), ("office", (offices[-1],))):
            frame = Frame(PROCESS, some, as_of, clock=clock, by=by)
            kept, counted = both_ways(session, frame, offices if some is None else some)
            assert kept is not None
            assert kept == counted, (clock, by, some)


def test_whatever_happens_to_stays_the_counts_are_theirs(session, offices, engine_name):
    chance = random.Random(engine_name)  # noqa: S311 - the same histories every time, nothing secret
    write(session, lives(chance, EACH, offices))
    if engine_name == "postgresql":  # the rows came with their numbers
        session.execute(text("SELECT setval('step_periods_id_seq', (SELECT max(id) FROM step_periods))"))
    keep_counts(session)
    assert_alike(session, offices)
    for turn in range(TURNS):
        for _ in range(4):
            chance.choice(HAPPENINGS)(session, chance, offices)
        assert_alike(session, offices, as_of=LAST + timedelta(days=chance.choice((0, 1, 40))))
        if turn % 3 == 2:
            while keep_counts(session):
                pass
            assert session.scalar(select(StayChange.id).limit(1)) is None
            assert_alike(session, offices)
    kept = as_kept(session)
    count_anew(session)
    assert as_kept(session) == kept


def as_kept(session):
    """All that is kept, without the room that days have left which nobody's stay lasts any more."""
    session.expire_all()
    found = {}
    for row in session.scalars(select(KeptCounts)):
        kept = Kept()
        kept.add(row.counts)
        told = kept.as_json()
        days = Days(*(unpacked(told.pop(name)) for name in ("left", "stayed")))
        if days.total() or any(unpacked(told["since"])) or told["stopped"]:
            found[row.process_name, row.office_id, row.step, row.clock] = (
                days,
                told | {"stopped": sorted(told["stopped"])},
            )
    return found, {row.period_id: (row.since, row.office_id, row.calendar) for row in session.scalars(select(KeptStay))}


def a_stay(session, chance, *conditions):
    return chance.choice(session.scalars(select(StepPeriod).where(*conditions).order_by(StepPeriod.id)).all())


def goes_on(session, chance, offices):
    """The running stay of a case is left, and another begins."""
    stay = a_stay(session, chance, StepPeriod.left_on.is_(None))
    case = session.get_one(Case, stay.case_id)
    kind, more = chance.choice((
        (EventKind.ENTERED, {"step": chance.choice([step for step in STEPS if step != stay.step])}),
        (EventKind.ENDED, {"reason": "moved"}), (EventKind.PAUSED, {"reason": "sickness"}), (EventKind.RESUMED, {}),
        (EventKind.WAITING_STARTED, {"waiting_for": chance.choice(("nav", "employer"))}), (EventKind.WAITING_ENDED, {}),
    ))  # fmt: skip
    with suppress(Refused, Stale, LookupError, ValueError):
        record_event(session, OPERATOR, case, Event(kind, max(case.last_event_on, LAST), **more))


def is_gone(session, chance, offices):
    """A whole case is erased, and its stays with it."""
    stay = a_stay(session, chance)
    stays = select(StepPeriod.id).where(StepPeriod.case_id == stay.case_id)
    for part in (Waiting, Pause):
        session.execute(delete(part).where(part.period_id.in_(stays)))
    session.execute(delete(StepPeriod).where(StepPeriod.case_id == stay.case_id))


def is_at_another_office(session, chance, offices):
    stay = a_stay(session, chance)
    session.execute(
        update(StepPeriod).where(StepPeriod.case_id == stay.case_id).values(office_id=chance.choice(offices))
    )


def is_corrected(session, chance, offices):
    """Its days were others: a row written over, as an older release or an operator would."""
    stay = a_stay(session, chance, StepPeriod.left_on.is_not(None))
    session.execute(
        update(StepPeriod).where(StepPeriod.id == stay.id)
        .values(own_days=stay.own_days + 3, paused_working_days=1, step=chance.choice(STEPS[:2]))
    )  # fmt: skip


def was_waiting(session, chance, offices):
    """A waiting or a pause that nobody had told of, and one that was none."""
    stay = a_stay(session, chance, StepPeriod.left_on.is_(None))
    part = chance.choice((Waiting(waiting_for="course"), Pause(reason="sickness")))
    part.period_id, part.started_on, part.ended_on = stay.id, stay.entered_on, chance.choice((None, LAST))
    session.add(part)
    session.flush()
    other = chance.choice(session.scalars(select(Waiting).order_by(Waiting.id)).all())
    session.execute(delete(Waiting).where(Waiting.id == other.id))


def was_written_by_an_older_release(session, chance, offices):
    stay = a_stay(session, chance, StepPeriod.left_on.is_not(None))
    session.execute(update(StepPeriod).where(StepPeriod.id == stay.id).values(end_reason=None, waited_for=None))
    if chance.random() < 0.5:
        complete_stays(session)


HAPPENINGS = (
    goes_on, goes_on, is_gone, is_at_another_office, is_corrected, was_waiting, was_written_by_an_older_release,
)  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [{"visits": "first"}, {"from_on": LAST}, {"to_on": LAST}, {"by": "sex"}, {"by": "period"}],
    ids=lambda asked: next(iter(asked)),
)
def test_what_the_counts_cannot_tell_they_do_not_answer(session, offices, asked):
    write(session, lives(random.Random(1), 10, offices))  # noqa: S311
    keep_counts(session)
    told = defaultdict(Tally)
    frame = Frame(PROCESS, None, **{"as_of": LAST, **asked})
    assert not add_kept(session, told, frame, offices, Order.of(PROCESS).is_forward)
    assert not told


def test_a_day_before_the_last_event_is_counted_from_the_stays(session, offices):
    write(session, lives(random.Random(1), 10, offices))  # noqa: S311
    keep_counts(session)
    last = max(*session.scalars(select(StepPeriod.left_on)).all(), key=lambda day: day or LAST - timedelta(days=999))
    kept, counted = both_ways(session, Frame(PROCESS, None, last - timedelta(days=1)), offices)
    assert kept is None
    assert counted


def test_through_the_actions_too_and_nothing_is_kept_before_the_first_tick(database, clock):
    """Opened, moved, waited, ended, and a move taken back."""
    with transaction(database, clock) as session:
        people = make_people(session)
        for step in ("profiling", "job_finding", "job_support", "ended"):
            make_case(session, people, step)
        offices = list(session.scalars(select(StepPeriod.office_id).distinct()))
        assert both_ways(session, Frame(PROCESS, None, TODAY), offices)[0] is None
    with database.session_of_one_moment() as session:
        assert keep_counts(session) > 0
    with transaction(database, clock) as session:
        assert keep_counts(session) == 0
        assert_alike(session, offices, as_of=TODAY)
        make_case(session, people, "employer_engagement", ref="Another")
        assert_alike(session, offices, as_of=TODAY)
        assert keep_counts(session) > 0
        event = session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "ended")).one()
        case = session.get_one(Case, event.case_id)
        void_event(session, OPERATOR, case.id, event.id, seen_version=case.version, why="Feil.")
        assert_alike(session, offices, as_of=TODAY)
        assert keep_counts(session) > 0
        assert_alike(session, offices, as_of=TODAY)
