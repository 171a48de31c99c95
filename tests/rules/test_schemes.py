"""Rules of schemes: what they say of what is known, and of what nobody knows; and files with faults."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine import processes, schemes
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.scheme_definition import read_rules
from se_engine.rules.schemes import Fact, SchemeRules, Verdict, age_range, overlaps, whole_years

JOBBSJANSEN = tomllib.loads((schemes.files()[2]).read_text(encoding="utf-8"))
MET: dict[str, Fact] = {
    "age": (30, 31),
    "sex": "female",
    "born_abroad": "yes",
    "work_tie": "none",
    "ordinary_education": "no",
    "needs_qualification": "yes",
    "kvp_entitled": "no",
    "introduction_before": "no",
    "transition_benefit": "no",
}


def read(document: dict[str, Any], version: str = "2026") -> SchemeRules:
    return read_rules(document, scheme="jobbsjansen", version=version, source="jobbsjansen/2026.toml")


@pytest.fixture
def rules() -> SchemeRules:
    return read(JOBBSJANSEN)


def test_everything_known_and_right_is_met(rules: SchemeRules) -> None:
    check = rules.check(MET)
    assert check.result is Verdict.MET
    assert check.rules == "jobbsjansen/2026"
    verdicts = {finding.criterion.key: finding.verdict for finding in check.findings}
    assert verdicts["after_introduction"] is Verdict.NOT_RELEVANT


@pytest.mark.parametrize(
    ("facts", "result", "because"),
    [
        ({"age": (17, 17)}, "not_met", "age"),
        ({"age": (17, 18)}, "unknown", "age"),
        ({"age": (55, 56)}, "unknown", "age"),
        ({"age": (56, 57)}, "not_met", "age"),
        ({"age": None}, "unknown", "age"),
        ({"sex": "male"}, "not_met", "woman"),
        ({"kvp_entitled": "yes"}, "not_met", "not_kvp"),
        ({"work_tie": "working"}, "not_met", "home_staying"),
        ({"introduction_before": "yes"}, "unknown", "after_introduction"),
        ({"introduction_before": "yes", "years_since_introduction": (1, 1)}, "not_met", "after_introduction"),
        ({"introduction_before": "yes", "years_since_introduction": (2, 2)}, "met", ""),
        ({"introduction_before": None, "years_since_introduction": (1, 1)}, "unknown", "after_introduction"),
        ({"introduction_before": None, "years_since_introduction": (2, 2)}, "met", ""),
        ({"transition_benefit": "yes", "active_jobseeker": "no"}, "not_met", "seeks_work"),
    ],
)
def test_one_condition_decides(rules: SchemeRules, facts: dict[str, Fact], result: str, because: str) -> None:
    check = rules.check({**MET, **facts})
    assert check.result == result
    spoiling = [f.criterion.key for f in check.findings if f.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)]
    assert spoiling == ([because] if because else [])


def test_what_held_in_2013_holds_for_those_who_began_then_alone() -> None:
    assert [one.name for one in [schemes.in_force("jobbsjansen", date(2013, 6, 1))] if one] == ["jobbsjansen/2013"]
    assert [one.name for one in [schemes.in_force("jobbsjansen", date(2026, 6, 1))] if one] == ["jobbsjansen/2026"]
    assert schemes.in_force("jobbsjansen", date(2020, 6, 1)) is None
    assert schemes.in_force("other", date(2026, 6, 1)) is None
    old = schemes.get("jobbsjansen/2013")
    assert old is not None
    assert old.mark == "H"
    two_years = {**MET, "introduction_before": "yes", "years_since_introduction": (2, 2)}
    assert old.check(two_years).result is Verdict.NOT_MET


@given(st.sets(st.sampled_from(sorted(MET))), st.sampled_from([{"sex": "male"}, {"kvp_entitled": "yes"}, {}]))
def test_knowing_less_never_makes_a_yes_of_a_no(unknown: set[str], spoilt: dict[str, Fact]) -> None:
    facts = {**MET, **dict.fromkeys(unknown - set(spoilt)), **spoilt}
    result = read(JOBBSJANSEN).check(facts).result
    assert (result is Verdict.NOT_MET) == bool(spoilt)


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.dates(date(1950, 1, 1), date(2026, 12, 31)))
def test_the_age_is_one_of_the_two_that_the_year_allows(born: date, on: date) -> None:
    smallest, largest = age_range(born.year, on) or (0, 0)
    if born <= on:
        assert smallest <= whole_years(born, on) <= largest <= smallest + 1


def test_an_answer_that_is_none_is_refused(rules: SchemeRules) -> None:
    by_key = {question.key: question for question in rules.questions}
    assert by_key["years_since_introduction"].fact(" 3 ") == (3, 3)
    assert by_key["kvp_entitled"].fact("") is None
    for key, answer in (("years_since_introduction", "three"), ("kvp_entitled", "maybe"), ("work_tie", "strong")):
        with pytest.raises(Refused):
            by_key[key].fact(answer)


def test_what_the_record_knows_is_not_asked(rules: SchemeRules) -> None:
    asked = [question.key for question in rules.open_questions({"born_abroad": "yes", "age": (20, 21)})]
    assert "born_abroad" not in asked
    assert "work_tie" in asked


SPOILED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "an unknown key": (lambda d: d.update(colour="red"), "unknown key «colour»"),
    "an unknown scheme": (lambda d: d.update(scheme="lottery"), "scheme «lottery» is unknown"),
    "another folder": (lambda d: d.update(scheme="nav_follow_up"), "lies in the folder of «jobbsjansen»"),
    "no day": (lambda d: d.pop("valid_from"), "«valid_from» is missing"),
    "a day as a word": (lambda d: d.update(valid_from="2026"), "valid_from must be a day"),
    "an end before the start": (lambda d: d.update(valid_until=date(2025, 1, 1)), "valid_until is before valid_from"),
    "an unknown mark": (lambda d: d.update(mark="?"), "mark «?» is unknown"),
    "a text missing": (lambda d: d["criterion"][0]["title"].pop("nn"), "criterion «age»: title: text is missing in nn"),
    "a fourth language": (lambda d: d["title"].update(se="x"), "unknown language «se»"),
    "a condition of nothing": (lambda d: d["criterion"][0].update(fact="luck"), "«luck» is neither a question"),
    "a condition of two kinds": (lambda d: d["criterion"][0].update(one_of=["a"]), "it has either one_of, or"),
    "a condition of no kind": (lambda d: d["criterion"][1].pop("one_of"), "it has either one_of, or"),
    "a number as a choice": (
        lambda d: (d["criterion"][0].pop("at_least"), d["criterion"][0].pop("at_most"),
                   d["criterion"][0].update(one_of=["18"])),
        "«age» is a number; use at_least",
    ),
    "a choice as a number": (
        lambda d: (d["criterion"][3].pop("one_of"), d["criterion"][3].update(at_least=1)),
        "«work_tie» is no number; use one_of",
    ),
    "limits crossed": (lambda d: d["criterion"][0].update(at_most=3), "at_most is smaller than at_least"),
    "an answer there is not": (lambda d: d["criterion"][3].update(one_of=["weak"]), "«weak» is no answer to"),
    "a when there is not": (
        lambda d: d["criterion"][7].update(when={"introduction_before": "perhaps"}),
        "«perhaps» is no answer to «introduction_before»",
    ),
    "a key used twice": (lambda d: d["criterion"].append(d["criterion"][0]), "criterion «age» is used 2 times"),
    "a question for nothing": (
        lambda d: d["question"].append({"key": "shoe", "kind": "number", "title": d["title"]}),
        "question «shoe» is asked for nothing",
    ),
    "a choice without choices": (lambda d: d["question"][1].pop("choice"), "kind «choice» has choices"),
    "true as a number": (lambda d: d["criterion"][0].update(at_least=True), "at_least must be a whole number"),
    "no list of tables": (lambda d: d.update(criterion="age"), "criterion must be a list of tables"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILED)
def test_each_fault_is_named(fault: str) -> None:
    document = tomllib.loads((schemes.files()[2]).read_text(encoding="utf-8"))
    spoil, sentence = SPOILED[fault]
    spoil(document)
    with pytest.raises(InvalidDefinition) as invalid:
        read(document)
    assert any(sentence in one for one in invalid.value.faults), invalid.value.faults


def test_all_faults_are_named_at_once() -> None:
    document = tomllib.loads((schemes.files()[2]).read_text(encoding="utf-8"))
    document.update(colour="red", mark="?")
    with pytest.raises(InvalidDefinition) as invalid:
        read(document)
    assert len(invalid.value.faults) == 2


def test_a_day_belongs_to_one_version() -> None:
    one, other = read(JOBBSJANSEN), read({**JOBBSJANSEN, "valid_from": date(2027, 1, 1)}, "2027")
    assert overlaps([one, other]) == [
        "jobbsjansen/2027: 2027-01-01 belongs to jobbsjansen/2026 too; give that one a valid_until"
    ]
    assert overlaps([read({**JOBBSJANSEN, "valid_until": date(2026, 12, 31)}), other]) == []


@pytest.mark.parametrize("path", schemes.files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file_of_ours_is_sound(path: Path) -> None:
    rules = schemes.read_file(path)
    assert rules.criteria
    assert all(one.source and one.mark for one in rules.criteria)


def test_an_office_may_have_rules_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path))
    own = tmp_path / "schemes" / "jobbsjansen" / "2026.toml"
    own.parent.mkdir(parents=True)
    own.write_bytes(
        processes.WORKFLOWS.joinpath("schemes/jobbsjansen/2026.toml").read_bytes().replace(b"= 55", b"= 60")
    )
    found = schemes.in_force("jobbsjansen", date(2026, 6, 1))
    assert found is not None
    assert found.criteria[0].at_most == 60
