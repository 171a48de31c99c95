"""The follow-up plan: ours says what was decided, and every fault of a file is told at once."""

import tomllib
from pathlib import Path

import pytest

from se_engine import follow_up_plans, her_language, processes
from se_engine.rules.errors import InvalidDefinition, Refused
from se_engine.rules.follow_up_answers import SCORES
from se_engine.rules.follow_up_definition import read_plan

OURS = processes.WORKFLOWS / "follow_up" / "v1.toml"
PLAN = follow_up_plans.get(1)


@pytest.fixture
def document():
    return tomllib.loads(OURS.read_text(encoding="utf-8"))


def faults(document) -> str:
    with pytest.raises(InvalidDefinition) as invalid:
        read_plan(document, version=1, source="v1.toml")
    return "; ".join(invalid.value.faults)


def test_ours_has_the_days_that_were_decided():
    weeks = [1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26, 30, 34, 39, 43, 47, 52]
    assert [check.day for check in PLAN.checks] == [-3, 0, 2, *(7 * week for week in weeks)]
    assert [check.week for check in PLAN.checks if check.full] == [4, 13, 26, 52]
    assert [check.key for check in PLAN.light] == ["before", "w30", "w34", "w43", "w47"]
    assert [check.week for check in PLAN.checks if check.questions] == [13, 26, 52]
    assert PLAN.survey_weeks == (13, 52)


def test_ours_has_the_contents_of_a_contact():
    assert tuple(item.key for item in PLAN.scores) == SCORES
    assert [len(PLAN.topics[side]) for side in ("participant", "employer")] == [8, 7]
    assert [(point.key, point.week) for point in PLAN.absence_points] == [
        ("plan", 4), ("dialogue_1", 7), ("activity", 8), ("dialogue_2", 26), ("benefit_end", 52),
    ]  # fmt: skip
    assert {event.key for event in PLAN.events} == {
        "shift_change", "new_leader", "subsidy_step", "subsidy_end", "contract_end", "probation_end",
        "return_from_leave", "return_from_sickness",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_question_of_the_survey_has_words(language):
    words = her_language.words(language)
    assert all(words[key] for key in (*PLAN.survey, PLAN.survey_open))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["check"][3].pop("week"), "check «w1»: it has either a day or a week"),
        (lambda d: d["check"][3].update(week=0), "check «w1»: its day is not after that of «d2»"),
        (lambda d: d["check"][3].update(form="letter"), "check «w1»: form «letter» is unknown"),
        (lambda d: d["check"][3].update(key="d2"), "check «d2» stands twice"),
        (lambda d: d["check"][3].update(key="w 1"), "letters and digits only"),
        (lambda d: d["check"][3].update(light="yes"), "light must be true or false"),
        (lambda d: d["check"][3].update(talks=["tea"]), "talk «tea» stands nowhere"),
        (lambda d: d["check"][3].update(with_her=-1), "with_her must be a whole number, zero or more"),
        (lambda d: d["check"][0].update(day=-9), "check «before»: the first window opens after it"),
        (lambda d: d["event"][0].update(opens=9), "event «shift_change»: it opens after it is due"),
        (lambda d: d["topic"][0].update(side="nav"), "side «nav» is unknown"),
        (lambda d: d["topic"][0]["title"].pop("nn"), "topic «work»: title: text is missing in nn"),
        (lambda d: d["score"].reverse(), "score: it is these, in this order"),
        (lambda d: d["question"].pop(), "question: one about each of"),
        (lambda d: d.update(red_after_days=True), "red_after_days must be a whole number"),
        (lambda d: d.update(checks=[]), "the file: unknown key «checks»"),
        (lambda d: d.update(check={}), "check must be a list of tables"),
        (lambda d: d.update(event=["new"]), "event «?» must be a table"),
        (lambda d: d["survey"].update(questions="survey_1"), "survey: questions must be a list of words"),
        (lambda d: d["absence_point"].append(dict(d["absence_point"][0])), "absence_point «plan» stands twice"),
    ],
)
def test_a_fault_is_told_in_a_sentence(document, change, said):
    change(document)
    assert said in faults(document)


def test_all_faults_are_told_at_once(document):
    document["check"][3]["form"] = "letter"
    document["title"] = {}
    assert "letter" in faults(document)
    assert "title: text is missing in nb; the file: title: text is missing in nn" in faults(document)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"name = ", "is not TOML"), ("name = 'Ærlig'".encode("latin-1"), "not written in UTF-8")]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content, sentence):
    (tmp_path / "v1.toml").write_bytes(content)
    with pytest.raises(InvalidDefinition) as invalid:
        follow_up_plans.read_file(tmp_path / "v1.toml")
    assert sentence in invalid.value.faults[0]


def test_an_office_has_its_own_and_the_version_that_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SE_DEFINITIONS_DIR", str(tmp_path))
    (tmp_path / "follow_up").mkdir()
    text = OURS.read_text(encoding="utf-8").replace("red_after_days = 7 ", "red_after_days = 5 ")
    (tmp_path / "follow_up" / "v101.toml").write_text(text, encoding="utf-8")
    assert (follow_up_plans.newest().version, follow_up_plans.get(101).red_after) == (101, 5)
    assert follow_up_plans.get(1).red_after == 7
    with pytest.raises(Refused):
        follow_up_plans.get(7)
