"""Reports leave the page as files, and stay as they were when they are saved."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import openpyxl
import pytest

from tests.support.people import TODAY, make_participant, transaction

OPENED = date(2025, 11, 3)
"""Long enough ago to be published."""
TYPES = {"csv": "text/csv", "xlsx": "spreadsheetml", "json": "application/json"}


def opened(office, noon, many, on=OPENED):
    from se_engine.actions.cases import open_case

    with transaction(office.database, noon) as session:
        for _ in range(many):
            open_case(session, office.people.jo, make_participant(session, office.people).id, opened_on=on)


@pytest.mark.parametrize("output", TYPES)
def test_a_supervisor_takes_what_a_manager_takes_and_the_trail_says_so(visit, office, noon, output):
    opened(office, noon, 2)
    path = f"/reports/time-per-step/export.{output}?as_of=2026-03-01&by=sex"
    day = json.loads(visit("mia").get(path.replace(f".{output}?", ".json?")).data)["as_of"]
    first, second = visit("max").get(path), visit("mia").get(path)
    assert first.status_code == 200
    assert first.data == second.data
    assert TYPES[output] in first.content_type
    assert f'filename="time-per-step-{day}.{output}"' in first.headers["Content-Disposition"]
    told = [detail for what, _, detail in office.trail() if what == "report_exported"]
    assert told[-2:] == [f"report=time-per-step output={output} as_of={day} by=sex"] * 2


def test_small_numbers_are_hidden_in_the_file_of_one_who_sees_them_on_the_page(visit, office, noon):
    opened(office, noon, 2)
    max_ = visit("max")
    assert json.loads(max_.get("/reports/time-per-step/export.json").data)["steps"][0]["suppressed"]
    book = openpyxl.load_workbook(io.BytesIO(max_.get("/reports/time-per-step/export.xlsx").data))
    assert not [
        cell for sheet in book.worksheets[:-1] for row in sheet for cell in row if cell.data_type == "n" and cell.value
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing/export.csv", 404),
        ("flow/export.pdf", 404),
        ("flow/export.csv?as_of=someday", 404),
        ("flow/export.csv?office=4711", 404),
        ("outcomes/export.csv?clock=lunar", 422),
        ("outcomes/export.csv?from=2026-01-02&to=2026-02-01", 422),
    ],
)
def test_what_cannot_be_asked_makes_no_file(visit, office, path, status):
    answer = visit("max").get(f"/reports/{path}")
    assert answer.status_code == status
    assert "Content-Disposition" not in answer.headers


def test_a_report_is_saved_opened_taken_out_and_withdrawn(visit, office, noon):
    opened(office, noon, 6)
    max_ = visit("max")
    new = "/reports/saved/new?report=caseload&as_of=2026-02-28"
    answer = max_.submit(new, at="/reports/saved/new", name="Spring")
    assert answer.status_code == 303
    page = max_.page("/reports/saved")
    path = next(link for link in page.links if link.startswith("/reports/saved/") and "new" not in link)
    before = {output: max_.get(f"{path}/file.{output}").data for output in TYPES}
    assert json.loads(before["json"])["sum"]["cases"] == 6

    opened(office, noon, 6, on=OPENED + timedelta(days=1))
    assert {output: max_.get(f"{path}/file.{output}").data for output in TYPES} == before
    assert visit("mia").get(f"{path}/file.json").data == before["json"]
    assert max_.get(path).text.count("12") > visit("mia").get(path).text.count("12")

    assert max_.submit(path, at=f"{path}/withdraw").status_code == 303
    page = visit("jo").page(path)
    assert not [form for form in page.forms if form.action.endswith("withdraw")]
    assert "Max" in page.text
    assert ("saved_report_withdrawn", None) in [entry[:2] for entry in office.trail()]


def test_a_report_without_a_name_is_asked_for_again(visit, office, noon):
    max_ = visit("max")
    answer = max_.submit(f"/reports/saved/new?report=flow&as_of={TODAY}", at="/reports/saved/new", name="  ")
    assert answer.status_code == 422
    assert "80" in answer.text
    assert max_.get("/reports/saved/new?report=nothing").status_code == 404
