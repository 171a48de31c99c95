"""Beside time per step: employer tracks, the own past, tests between groups, notes, and the cases behind them."""

from datetime import date

import pytest
from sqlalchemy import text

from se_engine.actions.cases import open_case
from se_engine.actions.history import record_event
from se_engine.actions.participants import register
from se_engine.actions.people import add_office
from se_engine.actions.schemes import join_scheme
from se_engine.actions.track_rows import begin_track, end_track, write_event
from se_engine.measures.log_rank import log_rank
from se_engine.queries.closed_stays import closed_counts
from se_engine.queries.own_past import months_before, period_before, with_period
from se_engine.queries.report_questions import Question
from se_engine.queries.stays import Frame
from se_engine.queries.time_per_step import cases_behind, time_per_step
from se_engine.records.employers import Employer
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import OPERATOR
from se_engine.rules.timeline import Event, EventKind
from tests.support.people import make_user

AS_OF = date(2026, 11, 1)


def day(text):
    return date.fromisoformat(text)


@pytest.fixture(autouse=True)
def standing_day(clock):
    clock.day = AS_OF


@pytest.fixture
def office(session):
    return add_office(session, OPERATOR, "Eksempelkontor").id


@pytest.fixture
def live(session, office):
    """live("2026-03-01", "2026-03-11 profiling", "2026-04-01 ended"): a case that went there on these days."""

    def case_of(opened, *moves, **facts):
        person = register(session, OPERATOR, office, ref="", given_name="Pat", family_name="Example", **facts)
        case = open_case(session, OPERATOR, person.id, opened_on=day(opened))
        for on, to in map(str.split, moves):
            kind = EventKind.ENDED if to == "ended" else EventKind.ENTERED
            told = {"reason": "moved"} if to == "ended" else {"step": to}
            record_event(session, OPERATOR, case, Event(kind, day(on), **told))
        return case

    return case_of


def report(session, actor=OPERATOR, **asked):
    return time_per_step(session, actor, Question(**{"as_of": AS_OF, "threshold": 0, **asked}))


def block(answer, step, rows="steps"):
    return next(one for one in answer[rows] if one["step"] == step)


def behind(session, step, **rest):
    asked = {name: rest.pop(name) for name in ("by", "group", "as_of") if name in rest}
    return cases_behind(session, OPERATOR, Question(**{"as_of": AS_OF, **asked}), step, **rest)


@pytest.fixture
def tracked(session, office, live):
    """One case with four tracks: one that went on, one closed, one opened by mistake, one that ran at the end."""
    case = live("2026-03-01", "2026-04-01 ended", sex="female")

    def track(opened, *moves):
        place = Employer(office_id=office, name=opened, recorded_at=session.info["clock"](), version=1)
        session.add(place)
        session.flush()
        found, at = begin_track(session, OPERATOR, case, place.id, opened_on=day(opened)), "lead"
        for on, to in map(str.split, moves):
            written = write_event(
                session, OPERATOR, found.id, trigger="go", from_step=at, step=to, happened_on=day(on)
            )
            at = to
        return (found, written) if moves else found

    moved, last = track("2026-03-02", "2026-03-10 contacted", "2026-03-20 meeting", "2026-03-25 match")
    write_event(
        session, OPERATOR, moved.id, trigger=None, from_step="match", step="meeting", happened_on=day("2026-03-25"),
        voids_id=last,
    )  # fmt: skip
    for opened, reason in (("2026-03-05", "no_answer"), ("2026-03-06", "opened_by_mistake")):
        end_track(session, OPERATOR, case, track(opened), happened_on=day("2026-03-15"), reason=reason)
    track("2026-03-12")
    return case


def test_days_in_each_step_of_the_employer_tracks(session, tracked):
    lead, contacted, meeting, match, *_ = report(session)["tracks"]
    assert (lead["visits"], lead["completed"], lead["curve"]) == (3, 1, [(8, 3, 1, 0.666667)])
    assert lead["left_to"] == {"forward": 1, "back": 0, "ended": {"case_ended": 1, "no_answer": 1}, "open": 0}
    assert (contacted["visits"], contacted["median"], contacted["own_days_mean"]) == (1, 10, 10.0)
    assert (meeting["left_to"]["ended"], meeting["observed_to"], match["visits"]) == ({"case_ended": 1}, 12, 0)
    early = block(report(session, as_of=day("2026-03-08")), "lead", "tracks")
    assert (early["left_to"]["open"], early["observed_to"]) == (2, 6)
    working = block(report(session, clock="working"), "contacted", "tracks")
    assert working["median"] == 8
    by_sex = report(session, by="sex")["groups"]
    assert [(group["group"], block(group, "lead", "tracks")["visits"]) for group in by_sex] == [("female", 3)]


def test_cases_behind_the_numbers_of_tracks(session, tracked):
    hers = [tracked.id]
    for part, rest in (("visits", {}), ("forward", {}), ("ended", {"reason": "no_answer"}), ("left", {"day": 8})):
        assert behind(session, "lead", part=part, **rest) == hers, part
    assert behind(session, "lead", part="at_risk", day=20) == hers
    for part, rest in (("running", {}), ("back", {}), ("ended", {"reason": "language"}), ("at_risk", {"day": 21})):
        assert behind(session, "lead", part=part, **rest) == [], part
    ida = make_user(session, "Ida", "auditor", None)
    assert cases_behind(session, ida, Question(as_of=AS_OF), "lead") == []


def test_cases_behind_a_day_of_a_curve(session, live):
    left, later = live("2026-03-01", "2026-03-11 profiling"), live("2026-03-01", "2026-03-21 profiling")
    ended, still = live("2026-03-01", "2026-03-11 ended"), live("2026-10-22", sex="male")
    assert behind(session, "engagement", part="left", day=10) == [left.id]
    assert behind(session, "engagement", part="at_risk", day=10) == [left.id, later.id, ended.id, still.id]
    assert behind(session, "engagement", part="at_risk", day=11) == [later.id]
    assert behind(session, "engagement", part="at_risk", day=10, by="sex", group="male") == [still.id]
    for wrong in ({"part": "left"}, {"part": "visits", "day": 1}, {"part": "weather"}):
        with pytest.raises(NotFound):
            behind(session, "engagement", **wrong)


def test_groups_are_compared_by_the_log_rank_test(session, live):
    days = {"female": (3, 5, 8, 8), "male": (13, 21, 34, 55)}
    for sex, lasted in days.items():
        for many in lasted:
            live("2026-03-01", f"{date.fromordinal(day('2026-03-01').toordinal() + many)} profiling", sex=sex)
    chi2, df, p = log_rank([(lasted, [True] * 4) for lasted in days.values()])
    test = report(session, by="sex")["log_rank"]
    assert test["engagement"] == {"chi2": round(chi2, 6), "df": df, "p": round(p, 6)}
    assert set(test) == {"engagement", "profiling"}
    assert report(session, by="office")["log_rank"] == {}


def test_one_in_two_schemes_stands_apart_where_groups_must_not_overlap(session, live):
    case = live("2026-03-01")
    for scheme in ("jobbsjansen", "other"):
        join_scheme(session, OPERATOR, case.participant_id, scheme=scheme, from_on=day("2026-01-01"))
    assert [group["group"] for group in report(session, by="scheme")["groups"]] == ["jobbsjansen", "other"]


def test_schemes_are_tested_with_everybody_in_one_group(session, live):
    """Jobbsjansen, another, and several: three groups, not the two that are shown."""
    both = live("2026-03-01", "2026-03-11 profiling")
    one, other = live("2026-03-01", "2026-03-21 profiling"), live("2026-03-01", "2026-04-05 profiling")
    for case, schemes in ((both, ("jobbsjansen", "other")), (one, ("jobbsjansen",)), (other, ("other",))):
        for scheme in schemes:
            join_scheme(session, OPERATOR, case.participant_id, scheme=scheme, from_on=day("2026-01-01"))
    assert report(session, by="scheme")["log_rank"]["engagement"]["df"] == 2


def test_an_office_beside_its_own_past(session, live):
    before, now = live("2025-12-15", "2026-01-04 profiling"), live("2026-08-01", "2026-08-11 profiling")
    answer = report(session, compare="year")
    assert (answer["from"], answer["to"]) == ("2025-11-02", "2026-11-01")
    assert block(answer, "engagement")["visits"] == 2
    answer = report(session, compare="half_year", from_on=day("2026-07-01"), to_on=day("2026-12-31"))
    past = answer["before"]
    assert (past["from"], past["to"]) == ("2026-01-01", "2026-06-30")
    assert (block(answer, "engagement")["median"], block(past, "profiling")["visits"]) == (10, 1)
    assert set(past["log_rank"]) == {"profiling"}
    grouped = report(session, compare="year", by="office", from_on=day("2026-01-01"), to_on=day("2026-12-31"))
    (group,) = grouped["groups"]
    assert block(group["before"], "engagement")["median"] == 20
    asked = Question(as_of=AS_OF, from_on=day("2025-01-01"), to_on=day("2025-12-31"))
    assert cases_behind(session, OPERATOR, asked, "engagement") == [before.id]
    assert now.id not in cases_behind(session, OPERATOR, asked, "engagement")
    with pytest.raises(Refused):
        report(session, compare="century")


def test_what_a_reader_must_know_is_noted(session, office, live):
    assert [note["code"] for note in report(session)["notes"]] == ["no_stays"]
    live("2026-10-01")
    told = {note["code"]: note["steps"] for note in report(session, horizon=30)["notes"]}
    assert told["everything_censored"] == ["engagement"]
    assert "horizon_beyond_data" not in told
    told = {note["code"]: note["steps"] for note in report(session, horizon=32)["notes"]}
    assert told["horizon_beyond_data"] == ["engagement"]
    assert block(report(session), "engagement")["median"] is None


@pytest.mark.parametrize(
    ("compare", "asked", "period"),
    [
        ("year", ("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31")),
        ("year", ("2024-02-29", "2024-02-29"), ("2023-02-28", "2023-02-28")),
        ("half_year", ("2026-01-01", "2026-06-30"), ("2025-07-01", "2025-12-31")),
        ("half_year", (None, None), ("2025-11-02", "2026-05-01")),
    ],
)
def test_the_period_before(compare, asked, period):
    from_on, to_on = (day(given) if given else None for given in asked)
    question = with_period(Question(as_of=AS_OF, from_on=from_on, to_on=to_on, compare=compare))
    assert tuple(map(str, period_before(question))) == period


def test_months_have_different_lengths():
    assert months_before(day("2026-08-31"), 6) == day("2026-02-28")
    assert period_before(Question(as_of=AS_OF)) is None


@pytest.mark.parametrize("by", [None, "office"])
def test_closed_stays_are_counted_from_the_index_alone(session, office, by):
    statement = closed_counts(Frame("supported_employment", None, AS_OF, by=by))
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    if session.get_bind().dialect.name == "sqlite":
        plan = "\n".join(row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
        assert plan.startswith("SEARCH step_periods USING COVERING INDEX ix_step_periods_closed")
        assert "TEMP B-TREE" not in plan
        return
    for way in ("seqscan", "bitmapscan"):  # among so few rows any way is as good
        session.execute(text(f"SET LOCAL enable_{way} = off"))
    plan = "\n".join(session.scalars(text(f"EXPLAIN {compiled}")))
    assert "Index Only Scan using ix_step_periods_closed on step_periods" in plan
    assert "cases" not in plan
    assert "offices" not in plan
