"""Time per step as it is published: what the pure functions allow, and nothing beside it, month after month."""

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from se_engine.actions.people import add_office
from se_engine.measures.alternatives import WHOLE
from se_engine.measures.publication import hidden, publication_days, published
from se_engine.measures.published_steps import STANDING, published_block, step_tree, waited_counts
from se_engine.queries.report_questions import Question
from se_engine.queries.reports import REPORTS, answer
from se_engine.queries.time_per_step import time_per_step
from se_engine.records.participants import SchemeMembership
from se_engine.rules.errors import Refused
from se_engine.rules.roles import OPERATOR
from tests.queries.lives import FIRST, STEPS, block_of, lives, walk, write
from tests.support.people import make_user

MONTHS = (date(2026, 5, 31), date(2026, 6, 30))
TODAY = date(2026, 7, 14)
RECORDED = datetime(2026, 7, 1, tzinfo=UTC)
THRESHOLD = 5
LIVES = 280


@pytest.fixture(autouse=True)
def standing_day(clock):
    clock.day = TODAY


@pytest.fixture
def offices(session):
    return {add_office(session, OPERATOR, name).id: name for name in ("Nord", "Sør")}


@pytest.fixture
def stays(session, offices, engine_name):
    found = lives(random.Random(f"published {engine_name}"), LIVES, list(offices), spread=420)  # noqa: S311
    write(session, found)
    return [stay for life in found for stay in walk(life)]


def allowed(stays, step, labels, *, until):
    """(the day that stands, hidden cells, parties by group) of one step, by the pure functions alone."""
    ends = publication_days(min(stay.entered for stay in stays), until)
    everybody = {WHOLE: lambda stay: True, **labels}
    rows = {label: [s for s in stays if s.step == step and belongs(s)] for label, belongs in everybody.items()}
    series = [
        {cell: many for label, mine in rows.items() for cell, many in counts_of(label, mine, end).items()}
        for end in ends
    ]
    answer = published(series, step_tree(series), THRESHOLD, standing=STANDING)
    parties = {label: parties_of(mine, ends[answer.index]) for label, mine in rows.items()}
    if labels:
        del parties[WHOLE]
    counts, tree = waited_counts(parties)
    return ends[answer.index], answer.hidden | hidden(counts, tree, THRESHOLD), parties


def counts_of(label, stays, end):
    """The counts of one row at a quarter's end."""
    here = Counter()
    for stay in stays:
        if stay.entered > end:
            continue
        left = stay.left is not None and stay.left <= end
        here["visits"] += 1
        here["completed" if left and stay.to != "ended" else "open"] += 1
        if not left:
            here["running"] += 1
        elif stay.to == "ended":
            here[f"ended.{stay.reason}"] += 1
        else:
            here["forward" if STEPS.index(stay.to) > STEPS.index(stay.step) else "back"] += 1
    return {(label, part): many for part, many in here.items()}


def parties_of(stays, end):
    found = Counter()
    for stay in stays:
        last = min(end, stay.left) if stay.left else end
        found.update({state for day, state in stay.days if day <= last} - {"own", "paused"})
    return found


def assert_only_allowed(session, actor, stays, labels, *, named=None, **asked):
    """Every block of the answer is the published block of the true one, on the day that stands."""
    question = Question(**asked)
    answer = time_per_step(session, actor, question)
    assert (answer["published"], answer["asked_as_of"]) == (True, question.as_of.isoformat())
    told = {group["group"]: group for group in answer.get("groups", [])} or {named or WHOLE: answer}
    shown = 0
    for place, step in enumerate(STEPS):
        stands_on, concealed, parties = allowed(stays, step, labels, until=question.as_of)
        for label, group in told.items():
            mine = [stay for stay in stays if stay.step == step and stay.entered <= stands_on]
            mine = [stay for stay in mine if label == WHOLE or labels[label](stay)]
            known = block_of(mine, stands_on, "calendar", 365) | {"step": step, "title": None, "horizon": 365}
            expected = published_block(known, label, concealed, THRESHOLD, waited=parties.get(label))
            found = group["steps"][place]
            shown += not found["suppressed"]
            assert found.get("as_of", stands_on.isoformat()) == stands_on.isoformat()
            unlike = {"title", "observed_to", "as_of"}
            assert {key: found[key] for key in found if key not in unlike} == {
                key: expected[key] for key in expected if key not in unlike
            }, (label, step)
            assert found.get("observed_to") is None
            if found["suppressed"]:
                assert set(found) == {"step", "title", "suppressed"}
    for step in answer.get("log_rank", {}):
        blocks = [group["steps"][STEPS.index(step)] for group in told.values()]
        assert all(block.get("completed") is not None for block in blocks)
    return shown


def test_who_may_not_open_the_cases_sees_what_the_pure_functions_give(session, offices, stays):
    ida = make_user(session, "Ida", "auditor", None)
    sexes = {sex: lambda stay, sex=sex: stay.life.sex == sex for sex in ("female", "male")}
    named = {name: lambda stay, number=number: stay.life.office == number for number, name in offices.items()}
    years = {year: lambda stay, year=year: str(stay.entered.year) == year for year in ("2025", "2026")}
    first = {"first": lambda stay: stay.first, "repeat": lambda stay: not stay.first}
    shown = [assert_only_allowed(session, ida, stays, {}, as_of=month) for month in MONTHS]
    shown += [assert_only_allowed(session, ida, stays, sexes, as_of=MONTHS[1], by="sex")]
    shown += [assert_only_allowed(session, OPERATOR, stays, named, as_of=TODAY, by="office", publish=True)]
    whole = {"from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)}
    shown += [assert_only_allowed(session, ida, stays, years, named="2025", as_of=MONTHS[0], **whole)]
    shown += [assert_only_allowed(session, ida, stays, first, named="first", as_of=MONTHS[0], visits="first")]
    assert sum(shown) > len(shown)  # else the test would look at nothing


def in_schemes(session, stays):
    """Everybody's schemes, some from a day on and some two at once; a stay's group is that of the day it began."""
    since = date(2025, 11, 1)
    found = {stay.life.number for stay in stays}
    schemes = {number: ((), (("jobbsjansen", since),), (("other", None),), (("jobbsjansen", since), ("other", None)))[
        number % 4
    ] for number in found}  # fmt: skip
    rows = [
        {"participant_id": number, "scheme": scheme, "from_on": from_on, "check_result": "met", "recorded_at": RECORDED}
        for number, joined in schemes.items()
        for scheme, from_on in joined
    ]
    session.execute(insert(SchemeMembership), rows)

    def group(stay):
        there = [scheme for scheme, from_on in schemes[stay.life.number] if from_on is None or from_on <= stay.entered]
        return "several" if len(there) > 1 else next(iter(there), "none")

    return {name: lambda stay, name=name: group(stay) == name for name in ("jobbsjansen", "other", "several", "none")}


def test_schemes_are_published_as_groups_of_which_everybody_is_in_one(session, offices, stays):
    ida = make_user(session, "Ida", "auditor", None)
    schemes = in_schemes(session, stays)
    assert all(sum(belongs(stay) for belongs in schemes.values()) == 1 for stay in stays)
    assert assert_only_allowed(session, ida, stays, schemes, as_of=MONTHS[1], by="scheme")
    for name in ("flow", "caseload", "outcomes", "retention"):
        report = answer(REPORTS[name], session, ida, Question(MONTHS[1], by="scheme"))
        assert {group["group"] for group in report["groups"]} <= set(schemes)
    outcomes = answer(REPORTS["outcomes"], session, ida, Question(MONTHS[1], by="scheme"))
    whole = answer(REPORTS["outcomes"], session, ida, Question(MONTHS[1]))
    totals = [group.get("total") for group in outcomes["groups"]]
    assert None in totals or sum(totals) == whole["total"]
    assert not [many for many in totals if many is not None and many < THRESHOLD]


def test_a_reader_of_one_office_reads_its_published_form(session, offices, stays):
    number, name = next(iter(offices.items()))
    jo = make_user(session, "Jo", "job_specialist", number)
    hers = [stay for stay in stays if stay.life.office == number]
    assert_only_allowed(session, jo, hers, {}, as_of=MONTHS[1])
    max_ = make_user(session, "Max", "supervisor", number)
    assert time_per_step(session, max_, Question(as_of=MONTHS[1]))["published"] is False
    assert time_per_step(session, max_, Question(as_of=MONTHS[1], publish=True))["office"] == name


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_has_no_published_answer_is_refused(session, offices, stays):
    ida = make_user(session, "Ida", "auditor", None)
    some_days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 3, 31)}
    for asked in (
        some_days,
        {"from_on": date(2026, 1, 1)},
        {"by": "sex", "visits": "first"},
        {"by": "sex", "from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)},
        {"compare": "half_year", "from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)},
        {"compare": "year", **some_days},
    ):
        with pytest.raises(Refused) as refused:
            time_per_step(session, ida, Question(as_of=TODAY, **asked))
        assert refused.value.reason.code.startswith("published_"), asked
    nothing = time_per_step(session, ida, Question(as_of=FIRST))
    assert {block["suppressed"] for block in (*nothing["steps"], *nothing["tracks"])} == {True}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_published_year_beside_the_year_before(session, offices, stays):
    ida = make_user(session, "Ida", "auditor", None)
    answer = time_per_step(session, ida, Question(as_of=MONTHS[1], compare="year"))
    assert (answer["from"], answer["before"]["from"], answer["before"]["to"]) == (
        "2026-01-01", "2025-01-01", "2025-12-31",
    )  # fmt: skip
    alone = Question(as_of=MONTHS[1], from_on=date(2025, 1, 1), to_on=date(2025, 12, 31))
    assert answer["before"]["steps"] == time_per_step(session, ida, alone)["steps"]
