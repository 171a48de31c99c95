"""`audit indicators`: who sees what of a framework's numbers, what is too few, and what cannot be asked."""

import json
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import insert, update

from se_engine import frameworks
from se_engine.actions.people import add_office
from se_engine.indicators import definitions
from se_engine.queries.indicators.answers import ask, cases_behind, indicators
from se_engine.queries.indicators.computed import COMPUTED
from se_engine.queries.indicators.evidence import Evidence, Measured, Window
from se_engine.queries.indicators.stretches import stretches, working_weeks
from se_engine.queries.indicators.suggesting import median_says_otherwise, suggested
from se_engine.records.audits import Audit, AuditMember
from se_engine.records.contacts import Contact
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY, make_user

sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SPRING = {"from_on": date(2025, 10, 1), "to_on": TODAY}
HALF_YEAR = {"from_on": date(2025, 7, 1), "to_on": date(2025, 12, 31)}


@pytest.fixture
def talked(session, people, clock):
    """talked(case, day) writes a talk with NAV as a row."""

    def write(case, on=TODAY, **rest):
        known = {
            "office_id": people.office_id, "case_id": case.id, "kind": "nav", "status": "held", "happened_on": on,
            "channel": "in_person", "user_id": case.owner_id, "recorded_at": clock(), "version": 1, "shared": True,
        }  # fmt: skip
        session.execute(insert(Contact), [{**known, **rest}])

    return write


def row(answer, key):
    return next(one for one in answer["indicators"] if one["id"] == key)


def test_every_number_of_every_framework_is_counted_and_worded():
    assert set(COMPUTED) == set(definitions())
    for name in frameworks.names():
        for measure in frameworks.latest(name).measures:
            found = definitions()[measure.key, measure.version]
            assert (found.unit, found.direction) == (measure.unit, measure.direction)


def test_one_fact_changes_the_number_and_its_cases_at_once(session, people, make_case, talked):
    made = [make_case(owner=people.jo) for _ in range(12)]
    asked = {"framework": "se5", "office": people.office_id, **SPRING}
    for case in made[:8]:
        talked(case)
    before = row(indicators(session, people.max, **asked), "O7")
    told = {name: before[name] for name in ("value", "unit", "n", "numerator", "denominator", "suggested_level")}
    assert told == {"value": 8 / 12, "unit": "share", "n": 12, "numerator": 8, "denominator": 12, "suggested_level": 3}
    assert (before["rateable"], before["why"], len(before["cases"]), len(before["lacking"])) == (True, None, 12, 4)
    talked(made[8], TODAY - timedelta(days=30))
    assert row(indicators(session, people.max, **asked), "O7") == before, "a day too early"
    talked(made[8], TODAY - timedelta(days=29))
    after = row(indicators(session, people.max, **asked), "O7")
    assert (after["value"], after["suggested_level"], len(after["lacking"])) == (0.75, 4, 3)
    session.execute(update(Contact).where(Contact.case_id == made[0].id).values(status="voided"))
    again = row(indicators(session, people.max, **asked), "O7")
    assert (again["numerator"], made[0].participant.ref in again["lacking"]) == (8, True)
    assert json.loads(json.dumps(again)) == again


def test_too_few_suggest_no_level(session, people, make_case, talked):
    for _ in range(9):
        talked(make_case())
    found = row(indicators(session, OPERATOR, framework="se5", office=people.office_id, **SPRING), "O7")
    assert (found["value"], found["n"], found["suggested_level"], found["rateable"]) == (1.0, 9, None, False)
    assert found["why"] == "too_few"
    nothing = row(indicators(session, OPERATOR, framework="se5", office=people.office_id, **SPRING), "5.4")
    assert (nothing["value"], nothing["why"], nothing["rateable"], nothing["cases"]) == (
        None,
        "nothing_counted",
        False,
        [],
    )


@sqlite
def test_who_sees_the_numbers_whole(session, people, make_case, talked, clock):
    made = [make_case(opened_on=date(2025, 12, 1), owner=people.sam if n == 0 else people.jo) for n in range(7)]
    made[1].protected = made[1].participant.protected = True
    session.flush()
    for case in made:
        talked(case, date(2025, 12, 30))
    asked = {"framework": "se5", "version": 1, "office": people.office_id, **HALF_YEAR}
    whole = indicators(session, people.max, **asked)
    assert (whole["published"], row(whole, "O7")["n"], len(row(whole, "O7")["cases"])) == (False, 7, 6)
    for reader in (people.ida, people.sam):
        published = indicators(session, reader, **asked)
        share = row(published, "O7")
        assert (published["published"], share["suppressed"], share["value"], share["n"]) == (True, True, None, None)
        assert (share["suggested_level"], share["detail"], share["why"]) == (None, {}, "suppressed")
        load = row(published, "O1")
        assert (load["suppressed"], load["n"], load["lacking"]) == (False, 7, [])
        assert load["cases"] == ([made[0].participant.ref] if reader is people.sam else [])
        with pytest.raises(Refused) as refused:
            indicators(session, reader, **asked | {"to_on": date(2025, 12, 30)})
        assert refused.value.reason.code == "indicators_half_years_only"
    audit = Audit(
        office_id=people.office_id, kind="learning", framework_name="se5", framework_version=1, framework_digest="0",
        process_name="audit", process_version=1, step="evidence", opened_on=OPENED, entered_on=OPENED,
        from_on=HALF_YEAR["from_on"], until_on=HALF_YEAR["to_on"], legal_basis="agreement", legal_words="",
        told_how="letter", told_words="", created_at=clock(),
    )  # fmt: skip
    session.add(audit)
    session.flush()
    session.add(AuditMember(audit_id=audit.id, user_id=people.ida.user_id, part="lead", added_at=clock()))
    session.flush()
    inside = row(indicators(session, people.ida, **asked), "O7")
    assert (inside["value"], inside["n"], inside["cases"]) == (1.0, 7, []), "the sample is her door to cases"
    audit.ended_on = TODAY
    session.flush()
    assert indicators(session, people.ida, **asked)["published"] is True


@sqlite
def test_what_cannot_be_asked(session, people, make_case):
    asked = {"framework": "se5", "office": people.office_id, **SPRING}
    for changed, code in (
        ({"framework": "no_such"}, "no_such_framework"),
        ({"version": 99}, "no_such_framework"),
        ({"from_on": TODAY, "to_on": OPENED}, "ends_before_it_starts"),
    ):
        with pytest.raises(Refused) as refused:
            indicators(session, people.max, **asked | changed)
        assert refused.value.reason.code == code
    fay = make_user(session, "Fay", "supervisor", add_office(session, OPERATOR, "Vadsø").id)
    adam = make_user(session, "Adam", "administrator", people.office_id)
    for reader, office in ((people.max, 99), (fay, people.office_id)):
        with pytest.raises(NotFound):
            indicators(session, reader, **asked | {"office": office})
    with pytest.raises(NotPermitted):
        indicators(session, adam, **asked)
    empty = indicators(session, people.max, **asked | {"framework": "seqf"})
    assert empty["indicators"] == [], "structure only: nothing is counted"


@sqlite
def test_the_cases_behind_a_number(session, people, make_case, talked):
    met, lacks = make_case(), make_case()
    talked(met)
    asked = ask(session, people.max, framework="se5", version=None, office=people.office_id, **SPRING)
    assert cases_behind(session, people.max, asked, "O7") == [met.id, lacks.id]
    assert cases_behind(session, people.max, asked, "O7", lacking=True) == [lacks.id]
    assert cases_behind(session, people.sam, asked, "O7") == []
    with pytest.raises(NotFound):
        cases_behind(session, people.max, asked, "4.2")


@sqlite
def test_a_cell_is_suggested_by_its_items(session, people, make_case):
    make_case()
    found = indicators(session, people.max, framework="dimensions", office=people.office_id, **SPRING)
    assert {one["id"] for one in found["cells"]} >= {"L1", "P1", "C5"}
    assert next(one for one in found["cells"] if one["id"] == "L1")["items"] == ["L1a", "L1b", "L1c"]


def test_specialists_are_rated_one_by_one():
    """IPS 17: levels 5, 1 and 2 make 2.67, which is 3; pooled it would be another."""
    item = frameworks.latest("ips25").item_by_key["17"]
    assert item.per == "specialist"
    each = [Fraction(9), Fraction(1), Fraction(2)]
    measured = Measured(Fraction(4), 40, 100, detail={"each": each})
    assert suggested(item, measured).level == 3
    assert suggested(item, Measured(Fraction(4), 40, 100, detail={"each": [Fraction(4)] * 3})).level == 3
    assert suggested(item, Measured(Fraction(4), 1, 4, detail={"each": each})).why == "too_few"


def test_the_median_beside_the_mean():
    item = frameworks.latest("se5").item_by_key["3.1"]
    for median, differs in ((30.0, False), (30.5, True), (None, True)):
        assert median_says_otherwise(item, Measured(Fraction(24), 31, detail={"median": median})) is differs
    assert not median_says_otherwise(item, Measured(Fraction(24), 3, detail={"median": None}))


def test_a_window_in_stretches():
    window = Window((1,), date(2026, 3, 1), date(2026, 4, 10))
    assert stretches(window, 30) == [(date(2026, 3, 12), date(2026, 4, 10))]
    assert stretches(window, 91) == [(date(2026, 3, 1), date(2026, 4, 10))]
    # The week before Easter has three working days, the week with Easter Monday four.
    assert [monday.day for monday in working_weeks(window)] == [2, 9, 16, 23, 30, 6]


def test_a_source_is_read_once(session, people):
    read = []

    def source(evidence):
        read.append(evidence)
        return len(read)

    evidence = Evidence(session, Window((people.office_id,), OPENED, TODAY))
    assert (evidence.read(source), evidence.read(source), len(read)) == (1, 1, 1)
