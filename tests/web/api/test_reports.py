"""Reports through the API: as on the command line, for those who may read them, described and refused alike."""

import pytest

from se_engine.queries.report_questions import Question
from se_engine.queries.reports import REPORTS, answer
from tests.support.people import TODAY, transaction

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_every_report_is_as_on_the_command_line(world):
    with world.database.snapshot() as session:
        expected = {
            name: answer(report, session, world.people.max, Question(as_of=TODAY, threshold=0, by=by))
            for by, (name, report) in zip(
                (None, "sex", None, "sex", None, None, None, "team"), REPORTS.items(), strict=True
            )
        }
    for name, told in expected.items():
        by = f"&by={told['by']}" if told["by"] else ""
        found = world.max.get(f"/reports/{name}?as_of={TODAY}&threshold=0{by}")
        assert (found.status_code, found.json) == (200, told)
    assert expected["flow"]["groups"][0]["days"][-1]["suppressed"] is False


def test_every_report_is_described_as_it_answers(world):
    from web.api.models import reports as models
    from web.api.models import work_reports as work

    described = world.max.get("/openapi.json").json["paths"]
    by_name = {"time-per-step": models.TimePerStep, "flow": models.Flow, "caseload": models.Caseload,
               "outcomes": models.Outcomes, "retention": models.Retention, "effort": work.Effort,
               "going-back": work.GoingBack, "field-work": work.FieldWork}  # fmt: skip
    for name, model in by_name.items():
        assert f"/api/v1/reports/{name}" in described
        asked = ("threshold=0", "by=sex&threshold=0", "published=true")
        for options in asked if REPORTS[name].leaves else ("threshold=0",):
            found = world.max.get(f"/reports/{name}?{options}").json
            known = {field.alias or key for key, field in model.model_fields.items()}
            assert set(found) <= known, name
            model.model_validate(found)


def test_who_reads_and_what_is_refused(world):
    assert world.jo.get("/reports/caseload").json["specialists"][0]["name"] == "Jo"
    assert world.ida.get("/reports/caseload").json["specialists"] == []
    for name in REPORTS:
        assert world.far.get(f"/reports/{name}?office=Lakselv").status_code == 404
        turned = world.max.get(f"/reports/{name}?from=2026-02-02&to=2026-01-01")
        assert (turned.status_code, turned.json["code"]) == (422, "ends_before_it_starts")
        assert world.max.get(f"/reports/{name}?horizon=9999").json["code"] == "request_not_valid"
    year = world.ida.get("/reports/outcomes?from=2026-01-02")
    assert (year.status_code, year.json["code"]) == (422, "published_period_not_a_year")


def test_saved_reports_are_read_as_their_pages_are(world, noon):
    from se_engine.actions.saved_reports import save_report

    with transaction(world.database, noon) as session:
        asked = (REPORTS["caseload"], Question(TODAY))
        first, second = (save_report(session, world.people.max, name, *asked).id for name in ("One", "Two"))
    page = world.jo.get("/reports/saved?limit=1").json
    assert [line["name"] for line in page["saved"]] == ["Two"]
    rest = world.jo.get(f"/reports/saved?cursor={page['next']}").json
    assert ([line["saved_id"] for line in rest["saved"]], rest["next"]) == ([first], None)
    told = world.max.get(f"/reports/saved/{second}?today=true").json
    assert (told["today"]["code"], told["answer"]["report"]) == ("same", "caseload")
    assert world.jo.get(f"/reports/saved/{second}?today=true").json["today"]["code"] == "not_told"
    assert "today" not in {name for name, value in world.jo.get(f"/reports/saved/{second}").json.items() if value}
    assert world.far.get(f"/reports/saved/{second}").status_code == 404
