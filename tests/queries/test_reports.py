"""Time per step: the worked example, days in the past, groups, hidden numbers, and the cases behind."""

import csv
import json
import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from se_engine.actions.cases import open_case
from se_engine.actions.history import days_of, record_event
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.participants import protect, register
from se_engine.actions.people import add_office, add_team
from se_engine.actions.schemes import join_scheme
from se_engine.queries.report_questions import Question
from se_engine.queries.time_per_step import cases_behind, time_per_step
from se_engine.queries.timelines import periods_of
from se_engine.records.cases import Case
from se_engine.records.jobs import Job
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from se_engine.rules.timeline import PAUSE_REASONS, WAITING_FOR, Event, EventKind
from tests.support.people import EMPLOYER, make_user
from tests.support.tree import TOP

EXAMPLE = TOP / "tests" / "acceptance"
AS_OF = date(2026, 11, 1)
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")


@pytest.fixture(autouse=True)
def standing_day(clock):
    clock.day = AS_OF


@pytest.fixture
def office(session):
    return add_office(session, OPERATOR, "Eksempelkontor").id


def day(text):
    return date.fromisoformat(text)


def live(session, office, *events, **facts):
    """A case that lived through these events: «2026-01-05 entered profiling»."""
    facts = {"ref": "", "given_name": "Pat", "family_name": "Example", **facts}
    participant = register(session, OPERATOR, office, **facts)
    opened, *rest = events
    case = open_case(session, OPERATOR, participant.id, opened_on=day(opened.split()[0]))
    for happened_on, kind, *what in map(str.split, rest):
        add(session, case, kind, day(happened_on), *what)
    return case


def add(session, case, kind, on, *what):
    said = what[0] if what else None
    if kind == "job_started":
        return start_job(session, OPERATOR, case.id, started_on=on, employer=EMPLOYER)
    if kind == "job_ended":
        return end_job(session, OPERATOR, case.id, case_job(session, case), ended_on=on, reason=said)
    field = {"entered": "step", "waiting_started": "waiting_for"}.get(kind, "reason")
    return record_event(session, OPERATOR, case, Event(EventKind(kind), on, **({field: said} if said else {})))


def case_job(session, case):
    return session.query(Job.id).filter_by(case_id=case.id).scalar()


@pytest.fixture
def example(session, office):
    """The twelve histories of the worked example, event by event."""
    histories = defaultdict(list)
    with (EXAMPLE / "history.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            said = row["step"] or row["reason"] or row["waiting_for"]
            histories[row["participant_ref"]].append(f"{row['happened_on']} {row['event']} {said}")
    return {ref: live(session, office, *events, ref=ref) for ref, events in histories.items()}


def report(session, actor=OPERATOR, **options):
    return time_per_step(session, actor, Question(**{"as_of": AS_OF, "threshold": 1, **options}))


def step_of(answer, step):
    return next(block for block in answer["steps"] if block["step"] == step)


def test_worked_example_gives_its_answer(session, example):
    expected = json.loads((EXAMPLE / "time_per_step.json").read_text(encoding="utf-8"))
    answer = json.loads(json.dumps(report(session), allow_nan=False))
    assert [block["step"] for block in answer["steps"]] == [block["step"] for block in expected["steps"]]
    for block, wanted in zip(answer["steps"], expected["steps"], strict=True):
        assert {key: block[key] for key in wanted} == wanted
    assert {key: answer[key] for key in ("report", "as_of", "clock", "process", "definition_version")} == {
        "report": "time-per-step",
        "as_of": "2026-11-01",
        "clock": "calendar",
        "process": "supported_employment",
        "definition_version": 1,
    }


def test_where_the_visits_of_the_example_went(session, example):
    answer = report(session)
    assert step_of(answer, "engagement")["left_to"] == {
        "forward": 10, "back": 0, "ended": {"other_service": 1}, "open": 1,
    }  # fmt: skip
    assert step_of(answer, "job_finding")["left_to"] == {
        "forward": 2, "back": 1, "ended": {"withdrew": 1}, "open": 5,
    }  # fmt: skip
    assert step_of(answer, "follow_up")["title"] == "time_to_trouble_or_job_loss"


def test_first_visits_only(session, example):
    assert step_of(report(session, visits="first"), "profiling")["visits"] == 10
    assert step_of(report(session), "profiling")["visits"] == 11


def test_day_in_the_past_knows_nothing_of_what_came_later(session, example):
    """On 20 March 2026 A04 waited for NAV, and had been paused for four weeks of that stay."""
    profiling = step_of(report(session, as_of=date(2026, 3, 20)), "profiling")
    assert profiling["left_to"] == {"forward": 4, "back": 0, "ended": {}, "open": 3}
    assert profiling["waiting_by"] == {"nav": round(8 / 7, 4)}
    assert profiling["paused_days_mean"] == 4.0


def test_entered_in_the_period(session, example):
    answer = report(session, from_on=date(2026, 5, 1), to_on=date(2026, 5, 31))
    assert {block["step"]: block.get("visits") for block in answer["steps"]} == {
        "engagement": 2, "profiling": 1, "job_finding": 1, "employer_engagement": None, "job_support": None,
        "follow_up": None,
    }  # fmt: skip


def test_working_days(session, office):
    """From the Monday before Easter to the Wednesday after it: four working days, two of them waiting."""
    live(
        session, office, "2026-03-30 opened", "2026-03-31 waiting_started nav", "2026-04-07 waiting_ended",
        "2026-04-08 entered profiling",
    )  # fmt: skip
    block = step_of(report(session, clock="working"), "engagement")
    assert (block["median"], block["own_days_mean"], block["waiting_by"]) == (4, 2.0, {"nav": 2.0})


def test_several_waited_for_in_one_stay(session, office):
    live(
        session, office, "2026-03-02 opened", "2026-03-04 waiting_started nav", "2026-03-07 waiting_started course",
        "2026-03-08 paused sickness", "2026-03-10 resumed", "2026-03-12 waiting_ended", "2026-03-20 entered profiling",
    )  # fmt: skip
    block = step_of(report(session), "engagement")
    assert block["waiting_by"] == {"course": 3.0, "nav": 3.0}
    assert (block["own_days_mean"], block["waiting_days_mean"], block["paused_days_mean"]) == (10.0, 6.0, 2.0)


@pytest.mark.parametrize("clock_name", ["calendar", "working"])
def test_sums_of_the_database_are_the_sums_of_the_stays(session, office, clock_name):
    """Random histories, on random days: what SQL adds up is what counting stay by stay gives."""
    chance = random.Random(7)  # noqa: S311 - the same histories every time, nothing secret
    cases = [random_life(session, office, chance) for _ in range(15)]
    periods = [period for case in cases for period in periods_of(session, case.id)]
    for _ in range(4):
        as_of = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        answer = report(session, as_of=as_of, clock=clock_name, threshold=0)
        for step in STEPS:
            counted = by_hand([p for p in periods if p.step == step and p.entered_on <= as_of], as_of, clock_name)
            block = step_of(answer, step)
            assert {key: block[key] for key in counted} == counted, (as_of, step)


def random_life(session, office, chance):
    on = date(2026, 1, 1) + timedelta(days=chance.randrange(60))
    case = live(session, office, f"{on} opened")
    while case.status != "ended" and on < date(2026, 10, 1):
        on += timedelta(days=chance.choice((0, 0, 1, 5, 20)))
        kind = chance.choice(("entered", "entered", "waiting_started", "waiting_ended", "paused", "resumed", "ended"))
        if kind == "ended" and chance.random() < 0.7:
            continue
        said = {
            "entered": chance.choice([step for step in STEPS if step != case.step]),
            "waiting_started": chance.choice(WAITING_FOR),
            "paused": chance.choice(PAUSE_REASONS),
            "ended": "moved",
        }.get(kind)
        fits = {
            "waiting_ended": case.waiting_for is not None,
            "paused": case.status == "active",
            "resumed": case.status == "paused",
        }
        if fits.get(kind, True):
            add(session, case, kind, on, *([said] if said else []))
    return case


def by_hand(periods, as_of, clock_name):
    own = waiting = paused = completed = 0
    waited_for = Counter()
    for period in periods:
        left = period.left_on is not None and period.left_on <= as_of
        days = days_of(period, period.left_on if left else as_of, clock_name)
        own, paused = own + days.own, paused + days.paused
        waiting += sum(days.waiting.values())
        waited_for.update(days.waiting)
        completed += left and period.left_to != "ended"
    many = len(periods)
    return {
        "visits": many,
        "completed": completed,
        "own_days_mean": round(own / many, 4) if many else None,
        "waiting_days_mean": round(waiting / many, 4) if many else None,
        "paused_days_mean": round(paused / many, 4) if many else None,
        "waiting_by": {whom: round(days / many, 4) for whom, days in sorted(waited_for.items())},
    }


@pytest.fixture
def two_offices(session, office):
    other = add_office(session, OPERATOR, "Nabokontor").id
    for n in range(6):
        live(session, office, "2026-03-01 opened", f"2026-03-{10 + n} entered profiling", sex="female")
    for _ in range(3):
        live(session, other, "2026-03-01 opened", "2026-03-21 entered profiling", sex="male")
    return office, other


def test_small_numbers_are_hidden_from_those_who_may_not_open_the_cases(session, two_offices):
    office, other = two_offices
    ida = make_user(session, "Ida", "auditor", None)
    assert step_of(report(session, ida, office=other, threshold=1), "engagement") == {
        "step": "engagement", "title": "time_in_step", "suppressed": True,
    }  # fmt: skip
    assert step_of(report(session, ida, threshold=1), "engagement")["visits"] == 9
    assert step_of(report(session, ida, threshold=10), "engagement")["suppressed"] is True
    # Beside all nine, the six of one office would tell of the three of the other.
    assert step_of(report(session, ida, office=office, threshold=1), "engagement")["suppressed"] is True


def test_supervisor_of_the_office_may_lower_the_threshold(session, two_offices):
    max_ = make_user(session, "Max", "supervisor", two_offices[1])
    assert step_of(report(session, max_, threshold=None), "engagement")["suppressed"] is True
    assert step_of(report(session, max_, threshold=1), "engagement")["visits"] == 3


def test_supervisor_of_a_team_may_not(session, two_offices):
    team = add_team(session, OPERATOR, two_offices[1], "Nord")
    max_ = make_user(session, "Max", "supervisor", two_offices[1], team_id=team.id)
    assert step_of(report(session, max_, threshold=1), "engagement")["suppressed"] is True


def test_supervisor_of_a_team_sees_it_whole_and_no_other(session, two_offices):
    north, south = (add_team(session, OPERATOR, two_offices[0], name).id for name in ("Nord", "Sør"))
    for number, case in enumerate(session.query(Case).filter_by(office_id=two_offices[0])):
        case.team_id = north if number < 2 else south
    session.flush()
    max_ = make_user(session, "Max", "supervisor", two_offices[0], team_id=north)
    (own,) = report(session, max_, threshold=1, by="team", group="Nord")["groups"]
    assert step_of(own, "engagement")["visits"] == 2
    assert report(session, max_, threshold=1, by="team", group="Sør")["published"] is True
    assert report(session, max_, threshold=1, by="team", group="Nord", publish=True)["published"] is True


def test_reader_of_one_office_sees_its_numbers_and_no_others(session, two_offices):
    office, other = two_offices
    jo = make_user(session, "Jo", "job_specialist", office)
    assert report(session, jo)["office"] == "Eksempelkontor"
    assert step_of(report(session, jo), "engagement")["visits"] == 6
    with pytest.raises(NotFound):
        report(session, jo, office=other)


def test_administrator_reads_no_report(session, office):
    with pytest.raises(NotPermitted):
        report(session, make_user(session, "Adi", "administrator", office))


def test_groups_by_office_each_with_its_own_threshold(session, two_offices):
    answer = report(session, by="office", threshold=None)
    shown = {group["group"]: step_of(group, "engagement").get("visits") for group in answer["groups"]}
    assert shown == {"Eksempelkontor": 6, "Nabokontor": None}
    assert "steps" not in answer
    assert answer["log_rank"]["engagement"]["df"] == 1


def test_groups_by_sex_and_team(session, two_offices):
    assert [group["group"] for group in report(session, by="sex")["groups"]] == ["female", "male"]
    assert [group["group"] for group in report(session, by="team")["groups"]] == ["none"]


def test_groups_by_scheme_count_her_in_each_scheme_of_that_day(session, office):
    case = live(session, office, "2026-03-01 opened", "2026-05-01 entered profiling")
    her = case.participant_id
    join_scheme(session, OPERATOR, her, scheme="jobbsjansen", from_on=day("2026-01-01"), until_on=day("2026-04-01"))
    join_scheme(session, OPERATOR, her, scheme="jobbsjansen", from_on=day("2026-02-01"))
    join_scheme(session, OPERATOR, her, scheme="other", from_on=day("2026-04-01"))
    visits = {
        group["group"]: [block.get("visits") for block in group["steps"][:2]]
        for group in report(session, by="scheme")["groups"]
    }
    assert visits == {"jobbsjansen": [1, 1], "other": [None, 1]}


def test_every_number_names_its_cases(session, example):
    def refs(step, **options):
        ids = cases_behind(session, OPERATOR, Question(as_of=AS_OF), step, **options)
        return [ref for ref, case in example.items() if case.id in ids]

    answer = report(session)
    for step in STEPS:
        block = step_of(answer, step)
        assert len(refs(step, part="ended")) == sum(block["left_to"]["ended"].values())
        assert len(refs(step, part="running")) == block["left_to"]["open"]
    assert refs("profiling", part="back") == []
    assert refs("job_finding", part="back") == ["A03"]
    assert refs("job_finding", part="ended", reason="withdrew") == ["A02"]
    assert refs("profiling", part="waiting", reason="nav") == ["A04"]
    assert refs("profiling", part="open") == ["A05", "A06", "A11"]
    assert refs("follow_up") == ["A01"]


def test_cases_behind_a_number_only_for_those_who_may_open_them(session, example, office):
    max_ = make_user(session, "Max", "supervisor", office)
    ida = make_user(session, "Ida", "auditor", None)
    protect(session, OPERATOR, example["A01"].participant_id, protected=True, readers=[])
    session.flush()
    everybody = cases_behind(session, OPERATOR, Question(as_of=AS_OF), "follow_up")
    assert (len(everybody), cases_behind(session, max_, Question(as_of=AS_OF), "follow_up")) == (1, [])
    assert cases_behind(session, ida, Question(as_of=AS_OF), "profiling") == []
    assert step_of(report(session, max_), "follow_up")["visits"] == 1


@pytest.mark.parametrize(
    "options",
    [
        {"clock": "lunar"}, {"visits": "last"}, {"by": "weather"}, {"horizon": -1},
        {"from_on": date(2026, 5, 2), "to_on": date(2026, 5, 1)},
    ],
)  # fmt: skip
def test_question_that_cannot_be_asked(session, office, options):
    with pytest.raises(Refused):
        report(session, **options)


def test_service_without_cases(session, office):
    answer = json.loads(json.dumps(report(session, threshold=0), allow_nan=False))
    assert [block["visits"] for block in answer["steps"]] == [0] * len(STEPS)
    assert {block["suppressed"] for block in report(session, threshold=1)["steps"]} == {True}
