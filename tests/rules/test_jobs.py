"""Terms of a job on any day, however its changes were recorded, and two full-time jobs at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from se_engine.rules.jobs import FULL_TIME, Terms, full_time_on, stretches, terms_on

START = date(2026, 1, 5)


@dataclass(frozen=True)
class Begun:
    started_on: date = START
    ended_on: date | None = None
    hours_per_week: float | None = 20
    contract: str | None = "temporary"
    occupation_code: str | None = "5120"
    planned_until: date | None = None
    probation_until: date | None = None
    decision_on: date | None = None
    pay_planned_on: date | None = None


@dataclass(frozen=True)
class Told:
    id: int
    what: str
    happened_on: date
    number: float | None = None
    code: str | None = None
    day: date | None = None
    voids_id: int | None = None


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_the_first_day_has_the_terms_it_was_agreed_with():
    assert terms_on(Begun(), [], START) == Terms(hours=20, contract="temporary", occupation_code="5120")


def test_a_change_holds_from_its_day_on():
    more = Told(1, "hours", day(10), number=30)
    assert [terms_on(Begun(), [more], day(n)).hours for n in (9, 10, 400)] == [20, 30, 30]


def test_a_late_entry_takes_its_place_and_what_is_taken_back_never_was():
    later = Told(1, "hours", day(20), number=37.5)
    late = Told(2, "hours", day(10), number=25)
    back = Told(3, "hours", day(20), voids_id=1)
    assert [terms_on(Begun(), [later, late], day(n)).hours for n in (10, 19, 20)] == [25, 25, 37.5]
    assert terms_on(Begun(), [later, late, back], day(20)).hours == 25


def test_a_job_for_good_has_no_last_day_and_nothing_to_decide():
    job = Begun(planned_until=day(90), decision_on=day(60))
    terms = terms_on(job, [Told(1, "contract", day(30), code="permanent")], day(30))
    assert (terms.contract, terms.planned_until, terms.decision_on) == ("permanent", None, None)


def test_a_contract_that_was_seen_is_dated_by_the_day_it_was_seen():
    assert terms_on(Begun(), [Told(1, "written", day(3))], day(5)).written_on == day(3)


KINDS = st.sampled_from(["hours", "position", "contract", "occupation", "planned_until", "leader"])
CHANGES = st.lists(st.tuples(KINDS, st.integers(0, 60), st.integers(1, 50), st.booleans()), max_size=12)


def told(drawn) -> list[Told]:
    """Changes numbered as they were recorded, some taken back."""
    found: list[Told] = []
    for what, on, value, back in drawn:
        number = len(found) + 1
        change = Told(number, what, day(on), number=float(value), code=str(5000 + value), day=day(100 + value))
        found.append(change)
        if back:
            found.append(Told(number + 1, what, day(on), voids_id=number))
    return found


def by_hand(changes: list[Told], what: str, on: date) -> Told | None:
    """The last one of a kind up to a day, looked for in another way."""
    voided = [one.voids_id for one in changes]
    newest = None
    for one in changes:
        if one.what != what or one.voids_id or one.id in voided or one.happened_on > on:
            continue
        if newest is None or one.happened_on >= newest.happened_on:
            newest = one
    return newest


@given(CHANGES, st.integers(0, 80), st.randoms())
def test_terms_are_those_of_the_newest_change_of_each_kind(drawn, on, shuffle):
    changes = told(drawn)
    mixed = list(changes)
    shuffle.shuffle(mixed)
    terms = terms_on(Begun(), mixed, day(on))
    hours, occupation = by_hand(changes, "hours", day(on)), by_hand(changes, "occupation", day(on))
    assert terms.hours == (hours.number if hours else 20)
    assert terms.occupation_code == (occupation.code if occupation else "5120")
    position, until = by_hand(changes, "position", day(on)), by_hand(changes, "planned_until", day(on))
    assert terms.position == (position.number if position else None)
    assert terms.planned_until == (until.day if until else None)


@given(CHANGES, st.none() | st.integers(0, 80))
def test_stretches_cover_every_day_of_the_job_once(drawn, ended):
    job = Begun(ended_on=None if ended is None else day(ended))
    found = stretches(job, told(drawn))
    assert found[0].from_on == START
    assert found[-1].until_on == job.ended_on
    for one, following in pairwise(found):
        assert one.until_on == following.from_on - timedelta(days=1)
        assert one.terms != following.terms
    for stretch in found:
        for on in (stretch.from_on, stretch.until_on or day(200)):
            assert stretch.terms == terms_on(job, told(drawn), on)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 60), st.integers(0, 60))
def test_two_full_time_jobs_are_found_on_the_first_day_of_both(start, other, length, other_length):
    one = Begun(day(start), day(start + length), hours_per_week=FULL_TIME)
    two = Begun(day(other), day(other + other_length), hours_per_week=37.5)
    both = {day(n) for n in range(start, start + length + 1)} & {day(n) for n in range(other, other + other_length + 1)}
    assert full_time_on(stretches(one, []), stretches(two, [])) == min(both, default=None)


def test_part_time_beside_full_time_is_nothing_to_ask_about():
    full, part = stretches(Begun(hours_per_week=37.5), []), stretches(Begun(hours_per_week=FULL_TIME - 0.5), [])
    assert full_time_on(full, part) is None
    grown = stretches(Begun(hours_per_week=20), [Told(1, "hours", day(30), number=37.5)])
    assert full_time_on(full, grown) == day(30)
