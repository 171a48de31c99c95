"""The list of occupations, and how long measures last: data that is whole, and found by the words people use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from se_engine.job_measures import longest, read_file
from se_engine.occupations import check_occupation, named, occupations, search, title_of
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.jobs import PLACEMENTS


def test_every_group_of_the_standard_is_there_with_three_titles():
    found = occupations()
    assert len(found) == 407
    assert {code[0] for code in found} == set("0123456789")
    assert all(len(code) == 4 and code.isdecimal() for code in found)
    for language in ("nb", "nn", "en"):
        titles = [one.title.to(language) for one in found.values()]
        assert all(title.strip() == title and title for title in titles)
        assert len(set(titles)) == len(titles), language


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("renhold hotell", "9112"), ("vask", "9112"), ("bussj", "8331"), ("barnehage", "5311"), ("cleaner", "9112"),
        ("lager", "4321"), ("kafé", "5246"), ("kafe", "5246"), ("5223", "5223"), ("oppvask", "9412"),
        ("sjukeheim", None), ("sykehjem", "5321"), ("butikk", "5223"), ("reinhaldarar", "9112"),
    ],
)  # fmt: skip
def test_what_people_say_finds_it(words, code):
    assert (code in [one.code for one in search(words, limit=20)]) if code else search(words) == []


def test_a_title_or_a_code_with_its_title_names_one():
    for given in ("5120", "5120 Kokker", "kokker", "Cooks", "Kokkar"):
        found = named(given, "nb")
        assert found is not None
        assert found.code == "5120"
    assert named("vask", "nb") is None
    assert named("5120 Bakere", "nb") is None


def test_an_unknown_code_is_refused_at_its_field():
    with pytest.raises(Refused) as refused:
        check_occupation("9999")
    assert refused.value.reason.values == {"field": "occupation_code", "given": "9999"}
    check_occupation(None)
    assert title_of("9999", "nb") == "9999"
    assert title_of(None, "nb") is None


def test_every_placement_has_a_longest_with_its_source():
    for contract in PLACEMENTS:
        rule = longest(contract, date(2026, 3, 1))
        assert rule is not None
        assert rule.source
        assert rule.mark
    training = longest("work_training", date(2026, 1, 31))
    assert training is not None
    assert training.last_day(date(2026, 1, 31)) == date(2027, 7, 30)
    assert longest("permanent", date(2026, 1, 1)) is None
    assert longest("wage_subsidy_trial", date(2033, 1, 1)) is None


def test_a_file_with_an_unknown_measure_says_so(tmp_path: Path):
    wrong = tmp_path / "v1.toml"
    wrong.write_text(
        '[[placement]]\ncontract = "holiday"\nsource = "x"\nmark = "D"\n[[subsidy]]\nkind = "mentor"\nyears = 1\n'
    )
    with pytest.raises(InvalidDefinition) as fault:
        read_file(wrong)
    assert "holiday" in str(fault.value)
    assert "mentor" in str(fault.value)
