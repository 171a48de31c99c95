"""Kinds of documents as data, files with faults, and where a document stands after anything that may happen to it."""

import copy
import tomllib
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine import document_kinds, record_fields
from se_engine.rules.document_definition import read_kind
from se_engine.rules.document_kinds import KINDS, PARTIES, DocumentKind
from se_engine.rules.documents import (
    AGREED,
    Circumstances,
    Happening,
    cleaned,
    differences,
    falling,
    in_effect,
    missing,
    next_period,
    parties_of,
    remind_on,
    standing,
)
from se_engine.rules.errors import InvalidDefinition
from tests.support.documents import filled

TODAY = date(2026, 3, 16)
PLAN = tomllib.loads(
    next(path for path in document_kinds.files() if path.parent.name == "step_down_plan").read_text("utf-8")
)


def read(document: dict[str, Any]) -> DocumentKind:
    return read_kind(document, kind="step_down_plan", version=1, source="step_down_plan/v1.toml")


def broken(path: str, value: Any) -> dict[str, Any]:
    """The plan with one thing changed or, with None, taken out."""
    document = copy.deepcopy(PLAN)
    place: Any = document
    *way, last = path.split(".")
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("kind", "diary", "kind «diary» is unknown"),
        ("kind", "final_report", "lies in the folder of «step_down_plan»"),
        ("about", "world", "about «world» is unknown"),
        ("parties", ["nav"], "party «nav» is unknown"),
        ("parties", [], "either parties who agree, or comment_days"),
        ("title", {"nb": "Plan", "en": "Plan"}, "title: text is missing in nn"),
        ("colour", "red", "unknown key «colour»"),
        ("field.0.kind", "essay", "kind «essay» is unknown"),
        ("field.0.whose", "specialist", "own words are the participant’s"),
        ("field.0.part", "attic", "part «attic» is unknown"),
        ("field.0.key", "phases", "field «phases» is used 2 times"),
        ("field.0.key", "own__words", "single underscores"),
        ("field.0.title", None, "«title» is missing"),
        ("field.0.source", "crystal_ball", "source «crystal_ball» is unknown"),
        ("field.0.record", ["dream"], "source «record» names fields"),
        ("field.0.needed", "yes", "needed must be true or false"),
        ("field.0.needed_if", {"nothing": ["yes"]}, "names «nothing», which is no field"),
        ("field.1.columns", None, "kind «rows» has columns"),
        ("field.1.columns.0.key", "row", "«row» is kept"),
        ("field.1.columns.1.at_most", 0, "at_most is smaller than at_least"),
        ("field.1.columns.2.choices", None, "kind «choice» has choices"),
        ("part.1.key", "phases", "part «phases» is used 2 times"),
        ("part.1.key", "nowhere", "part «nowhere» has no field"),
    ],
)
def test_every_fault_of_a_file_is_named(path: str, value: Any, fault: str) -> None:
    with pytest.raises(InvalidDefinition) as no:
        read(broken(path, value))
    assert any(fault in one for one in no.value.faults), no.value.faults


def test_several_faults_are_named_at_once() -> None:
    document = broken("about", "world")
    document["field"][0]["kind"] = "essay"
    with pytest.raises(InvalidDefinition) as no:
        read(document)
    assert len(no.value.faults) >= 2


def test_every_kind_is_there_and_begins_with_what_the_record_has() -> None:
    assert [kind.kind for kind in document_kinds.every()] == list(KINDS)
    known = record_fields.catalogue().fields
    named = {key for kind in document_kinds.every() for one in kind.fields for key in one.record}
    assert named <= known.keys()
    assert all("supervisor" in known[key].readers for key in named)


def test_a_choice_taken_from_the_record_has_its_answers() -> None:
    for kind in document_kinds.every():
        for one in kind.fields:
            if one.source == "record" and one.kind == "choice":
                asked = record_fields.get(one.record[0])
                assert {choice.key for choice in asked.choices} <= {choice.key for choice in one.choices}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("told", [True, False])
def test_a_whole_content_lacks_nothing_and_each_needed_field_is_missed(kind: str, told: bool) -> None:
    definition = document_kinds.latest(kind)
    content = cleaned(definition, filled(kind, on=TODAY, told=told))
    assert missing(definition, content, told=told) == ()
    for one in definition.shown(told=told):
        without = {key: value for key, value in content.items() if key != one.key}
        gaps = missing(definition, without, told=told)
        assert (one.key in gaps) == (one.needed and one.key in content)
    assert cleaned(definition, content) == content


def test_a_placement_needs_an_end_a_decision_and_a_way_to_pay() -> None:
    definition = document_kinds.latest("three_party_agreement")
    content = filled("three_party_agreement", on=TODAY, ends_on=None, decision_on=None, pay_plan=None)
    assert missing(definition, content) == ()
    assert missing(definition, {**content, "terms": "placement"}) == ("ends_on", "decision_on", "pay_plan")


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)), st.integers(1, 8))
def test_periods_follow_each_other_and_day_76_comes_two_weeks_before_the_end(opened: date, many: int) -> None:
    last, before = None, None
    for _ in range(many):
        begins, ends = next_period(opened, last)
        assert before is None or begins == before + timedelta(days=1)
        assert ends - remind_on(opened, last) == timedelta(days=14)
        last = before = ends


HAPPENINGS = st.lists(
    st.builds(
        lambda number, what, party, days: Happening(0, number, what, party, TODAY + timedelta(days=days)),
        st.integers(1, 3),
        st.sampled_from(("approved", "signed", "explained", "withdrawn")),
        st.sampled_from(("participant", "employer", "specialist")),
        st.integers(0, 5),
    ),
    max_size=12,
).map(
    lambda rows: [
        Happening(
            place,
            row.number,
            row.what,
            row.party,
            row.happened_on,
            voids_id=place - 1 if row.what == "withdrawn" else None,
        )
        for place, row in enumerate(rows)
    ]
)


@given(HAPPENINGS, st.booleans(), st.booleans())
def test_it_is_in_force_only_when_all_have_agreed_to_the_newest_version(
    happened: list[Happening], told: bool, minor: bool
) -> None:
    kind = document_kinds.latest("three_party_agreement")
    around = Circumstances(minor=minor, told=told)
    stands = standing(kind, around, happened, number=3, complete=True, closed=False, on=TODAY)
    agreed = {one.party for one in in_effect(happened) if one.number == 3 and one.what in AGREED}
    wanted = set(parties_of(kind, around))
    assert (stands.status == "in_force") == (wanted <= agreed)
    assert set(stands.waiting_for) == wanted - agreed
    assert ("employer" in wanted) == told
    assert ("guardian" in wanted) == minor
    assert set(falling(stands)) == agreed <= set(PARTIES)


def test_differences_name_the_fields_in_their_order() -> None:
    kind = document_kinds.latest("cooperation_agreement")
    before = filled("cooperation_agreement", on=TODAY)
    after = {**before, "complaint": "Call.", "purpose": "Work."}
    assert [one.field for one in differences(kind, before, after)] == ["purpose", "complaint"]
    assert differences(kind, before, before) == ()
