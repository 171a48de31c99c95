"""Reports as files: the same numbers in every form, what is hidden hidden in all of them, and nothing calculated."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from se_engine import wording
from se_engine.exchange.report_changes import changes
from se_engine.exchange.report_files import OUTPUTS, report_file
from se_engine.exchange.report_tables import Mark, tables
from se_engine.exchange.report_words import Words
from se_engine.queries.published_reports import published_answer, question_data, question_from
from se_engine.queries.report_questions import Question
from se_engine.queries.reports import LEAVING, REPORTS
from se_engine.rules.roles import OPERATOR, Actor, Role
from se_engine.rules.text import LANGUAGES
from tests.exchange.conftest import entered, event

AS_OF = date(2026, 11, 21)
STEPS = ("engagement", "profiling", "job_finding", "employer_engagement", "job_support", "follow_up")
HEAD = {
    "definition_version": 1, "as_of": "2026-10-31", "asked_as_of": "2026-11-21", "from": None, "to": None,
    "office": "Nord", "by": None, "published": True,
}  # fmt: skip
ABOUT = {"group": None, "threshold": 5, "hidden": "null"}
SHOWN = {
    "step": "profiling", "title": "time_in_step", "visits": 42, "completed": 30, "open": 12, "median": 38.5,
    "median_low": None, "median_high": None, "quartile_1": 21, "quartile_3": None, "mean_to_horizon": 44,
    "horizon": 365,
    "own_days_mean": 28, "waiting_days_mean": None, "paused_days_mean": 2, "suppressed": False,
    "left_to": {"forward": 24, "back": 6, "ended": {"moved": None, "work": 0}, "open": None},
    "waiting_by": {"employer": 3}, "curve": [[7, None, None, 0.75]], "band": [[7, 0.5, None]],
}  # fmt: skip
TIME = HEAD | {
    "report": "time-per-step", "clock": "calendar", "visits": "all", "horizon": 365, "threshold": 5, "about": ABOUT,
    "steps": [SHOWN, {"step": "job_finding", "title": "time_in_step", "suppressed": True}], "tracks": [], "notes": [],
}  # fmt: skip
DIVIDED = {key: value for key, value in TIME.items() if key not in ("steps", "tracks", "notes")} | {
    "by": "team",
    "groups": [
        {"group": "=1+2", "steps": [SHOWN]},
        {"group": "none", "steps": [{"step": "profiling", "suppressed": True}]},
    ],
    "log_rank": {"profiling": {"chi2": 3.4, "df": 1, "p": 0.065}},
}  # fmt: skip
TIMES = REPORTS["time-per-step"]


def sheets(answer, language="en"):
    """Sheet → rows of values, as another program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(report_file(REPORTS[answer["report"]], answer, "xlsx", language)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def lines(answer, language="en"):
    text = report_file(REPORTS[answer["report"]], answer, "csv", language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def as_read(value):
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return datetime.fromisoformat(value)
    return value.value if isinstance(value, Mark) else value


def test_the_workbook_has_the_numbers_of_the_json_and_hides_what_it_hides():
    found = sheets(TIME)
    headings, first, second = found["Steps"]
    row = dict(zip(headings, first, strict=True))
    shown = [
        ("Stays", "visits"),
        ("Median days", "median"),
        ("First quartile, days", "quartile_1"),
        ("Own days, mean", "own_days_mean"),
    ]
    assert {title: row[title] for title, _ in shown} == {title: SHOWN[key] for title, key in shown}
    assert row["Third quartile, days"] is None
    assert second[0] != ":"
    assert {cell for cell in second[1:-1] if cell is not None} == {":", "Time in the step"}
    assert found["Where they went"][1:] == [
        [first[0], "On to a later step", None, 24],
        [first[0], "Back to an earlier step", None, 6],
        [first[0], "The case ended", wording.word("end_reason", "moved", "en"), ":"],
        [first[0], "The case ended", wording.word("end_reason", "work", "en"), 0],
        [first[0], "Still in the step", None, ":"],
    ]
    assert found["Still in the step"][1] == [first[0], 7, ":", ":", 0.75]
    assert ["Smallest number shown", 5] in found["About"]
    assert ["Office", "Nord"] in found["About"]
    assert any(":" in str(value) and "hidden" in str(label).lower() for label, value in found["About"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_a_table_of_the_answer_and_none_is_left_out(language):
    words, found = Words(DIVIDED, language), sheets(DIVIDED, language)
    *made, about = found.values()
    expected = [table for table in tables(TIMES, DIVIDED) if table.rows]
    for rows, table in zip(made, expected, strict=True):
        assert rows[0] == [words.column(name) for name in table.columns]
        assert rows[1:] == [[as_read(value) for value in row] for row in words.rows(table)]
    assert about == [[label, as_read(value)] for label, value in words.about()]


def test_what_looks_like_a_formula_is_text():
    book = openpyxl.load_workbook(io.BytesIO(report_file(TIMES, DIVIDED, "xlsx", "en")))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert book["Steps"]["A2"].value == "=1+2"
    assert [line[0] for line in lines(DIVIDED)[1:3]] == ["'=1+2", "None"]
    assert book["Steps"].freeze_panes == "B2"


def test_a_spreadsheet_here_at_home_reads_decimals_with_a_comma():
    assert "38,5" in lines(TIME, "nb")[1]
    assert "38.5" in lines(TIME, "en")[1]
    empty = lines(TIME).index([])
    assert ["Report", "Time per step"] in lines(TIME)[empty:]


def test_a_row_that_is_hidden_whole_is_there_without_numbers():
    hidden = HEAD | {"report": "outcomes", "clock": "calendar", "horizon": 365, "suppressed": True, "about": ABOUT}
    assert lines(hidden)[1] == ["", ":", ":", ":", ":"]
    caseload = HEAD | {"report": "caseload", "specialists": [], "sum": {"suppressed": True}, "about": ABOUT}
    assert lines(caseload)[:2] == [["Cases", "Active", "Waiting", "Paused", "In follow-up"], [":"] * 5]


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_same_answer_is_the_same_file(output):
    assert report_file(TIMES, TIME, output, "nb") == report_file(TIMES, TIME, output, "nb")


def test_changes_are_told_by_row_and_curves_are_left_aside():
    later = {**SHOWN, "visits": 43, "curve": [[7, None, None, 0.7]], "left_to": {**SHOWN["left_to"], "back": None}}
    found = changes(TIMES, TIME, TIME | {"steps": [later]})
    told = {(one.table, dict(one.row)["step"], one.column): (one.then, one.today) for one in found}
    assert told["steps", "profiling", "visits"] == (42, 43)
    assert told["left_to", "profiling", "stays"] == (6, Mark.HIDDEN)
    assert told["steps", "job_finding", "visits"] == (Mark.HIDDEN, None)
    assert {one.table for one in found} == {"steps", "left_to"}
    assert changes(TIMES, TIME, TIME) == []


def test_a_question_is_kept_and_asked_again():
    question = Question(AS_OF, office=3, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31), by="sex", clock="working")
    assert question_from(json.loads(json.dumps(question_data(question)))) == question
    assert question_from({"as_of": "2026-11-21", "gone": 1}) == Question(AS_OF)


@pytest.fixture
def many(importer):
    """Eighty lives in one office, long enough ago to be published."""
    people, lives = [], []
    for number in range(80):
        ref = f"P{number}"
        people.append({"participant_ref": ref, "sex": ("female", "male")[number % 2], "referred_on": ""})
        on = date(2025, 1, 1) + timedelta(days=number)
        life = [event("opened", on.isoformat())]
        for place, step in enumerate(STEPS[1 : 2 + number % 6], start=1):
            on += timedelta(days=5 + (number * place) % 40)
            life.append(entered(step, on.isoformat()))
        if number % 4 == 0:
            life.append(event("ended", (on + timedelta(days=9)).isoformat(), reason=("work", "moved")[number % 8 == 0]))
        lives += [{**row, "participant_ref": ref} for row in life]
    assert importer.people(*people).ok
    assert importer.history(*lives).ok
    return importer


def test_whoever_takes_a_report_takes_what_a_manager_sees_and_everything_in_it_has_words(many):
    office = many.rows("SELECT id FROM offices")[0][0]
    supervisor, manager, specialist = (
        Actor(1, role, office) for role in (Role.SUPERVISOR, Role.MANAGER, Role.JOB_SPECIALIST)
    )
    seen = 0
    with many.database.reading() as session:
        for report in LEAVING.values():
            for by in (None, "sex", "period"):
                question = Question(AS_OF, by=by)
                taken, shown, hers = (
                    published_answer(session, who, report, question)
                    for who in (supervisor, manager, manager if report.name == "effort" else specialist)
                )
                assert taken == shown == hers
                manager_page = report.answer(session, manager, question)
                assert {key: value for key, value in taken.items() if key != "about"} == manager_page
                for table in tables(report, taken):
                    assert_worded(Words(taken, "nn"), table)
                    seen += sum(isinstance(value, int) for row in table.rows for value in row)
                if by is None:
                    assert_equal_files(report, taken)
        assert published_answer(session, OPERATOR, REPORTS["flow"], replace(question, by=None))["published"]
    assert seen > 50


CODED = (
    "step", "reason", "title", "left_to", "end_reason", "waiting_for", "result", "hours_given", "part", "of",
    "dimension",
)  # fmt: skip


def assert_worded(words, table):
    assert words.table(table.name) != table.name
    for place, column in enumerate(table.columns):
        assert words.column(column) != column, column
        for row in table.rows:
            if column in CODED and row[place] is not None:
                assert words.cell(column, row[place]) != row[place], (column, row[place])


def assert_equal_files(report, answer):
    """The first rows of the workbook and the JSON, number by number."""
    rows = report.tabled(json.loads(report_file(report, answer, "json", "en"))).get(report.rows) or []
    first = next(iter(sheets(answer).values()))
    if not rows:
        return
    columns = tables(report, answer)[0].columns
    for row, cells in zip(rows, first[1:], strict=True):
        flat = row | (row["steps"] if isinstance(row.get("steps"), dict) else {})
        for column, cell in zip(columns, cells, strict=True):
            value = flat.get(column)
            if value is None:
                assert cell in (None, ":")
            elif isinstance(value, int | float):
                assert cell == value
