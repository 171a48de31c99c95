"""se-engine report: every report of the registry, in text and as JSON, and what it refuses."""

import pytest

from se_engine.queries.reports import REPORTS

ON = ("--as-of", "2026-11-01")
DIVIDED = {"time-per-step", "flow", "caseload", "outcomes", "retention"}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_report_is_a_table_and_json(filled):
    for name, report in REPORTS.items():
        answer = dict(report.tabled(filled.json("report", name, *ON, "--threshold", "1")))
        assert (answer["report"], answer["as_of"], answer["office"]) == (name, "2026-11-01", None)
        assert (answer["definition_version"], type(answer[report.rows])) == (report.version, list)
        text = filled("report", name, *ON, "--threshold", "1", "--office", "Eksempelkontor").stdout
        assert text.splitlines()[0].startswith(report.columns[0])
        if name in DIVIDED:
            for group in filled.json("report", name, *ON, "--by", "sex")["groups"]:
                assert group["group"] in {"female", "male", "unknown"}
            assert filled("report", name, *ON, "--by", "sex", "--published").stdout.startswith("published as of 2026-")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_numbers_of_the_worked_example(filled):
    [*_, last] = filled.json("report", "flow", *ON)["days"]
    assert last["day"] == "2026-11-01"
    assert last["entered"] == 12 == last["ended"] + sum(last["steps"].values())
    caseload = filled.json("report", "caseload", *ON)
    assert sum(one["active"] + one["paused"] for one in caseload["specialists"]) == caseload["sum"]["cases"]
    outcomes = filled.json("report", "outcomes", *ON, "--threshold", "1")
    assert outcomes["still_open"] + sum(one["n"] for one in outcomes["outcomes"]) == outcomes["total"] == 12
    ended = {one["reason"]: one["n"] for one in outcomes["outcomes"]}
    assert ended == {"other_service": 1, "withdrew": 1} | ended
    assert "too few to be shown" in filled("report", "outcomes", *ON, "--threshold", "13").stdout


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["flow", "--from", "2026-11-02"], "report_begins_after_it_ends"),
        (["outcomes", "--from", "2026-05-02", "--to", "2026-05-01"], "ends_before_it_starts"),
        (["outcomes", "--horizon", "-1"], "horizon_not_allowed"),
        (["caseload", "--office", "Nord"], "no_such_office"),
        (["retention", "--from", "2026-05-02", "--published"], "published_period_not_a_year"),
        (["going-back", "--published"], "report_stays_inside"),
        (["effort", "--of", "luck"], "report_option_unknown"),
        (["caseload", "--as", "nobody@example.org"], "no_such_account"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(se, arguments, code):
    refused = se("report", *arguments, *ON, "--format", "json", exits=1)
    assert f'"code": "{code}"' in refused.stdout
    assert refused.stderr.strip().endswith(".")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_wrong_usage_says_what_is_allowed(se):
    for option, allowed in (("--by", "'office', 'team'"), ("--clock", "'calendar', 'working'"), ("--which", "'first'")):
        told = se("report", "retention", option, "sand", exits=2).stderr
        assert allowed in told


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_report_is_saved_listed_and_asked_once_more(filled):
    kept = filled.json("report", "saved", "save", "effort", "--name", "Autumn", "--of", "core", *ON)
    [line] = filled.json("report", "saved", "list")["saved"]
    assert (line["id"], line["name"], line["report"]) == (kept["saved_id"], "Autumn", "effort")
    assert "Autumn" in filled("report", "saved", "list").stdout
    shown = filled.json("report", "saved", "show", line["id"], "--today")
    assert shown["today"] == {"code": "same", "others": 0, "refused": None}
    assert shown["definition_version"] == shown["definition_today"] == REPORTS["effort"].version
    assert (shown["question"]["of"], shown["answer"]["of"]) == ("core", "core")
    assert "every number is the same" in filled("report", "saved", "show", line["id"], "--today").stdout
    assert '"code": "not_found"' in filled("report", "saved", "show", 99, "--format", "json", exits=1).stdout
    refused = filled("report", "saved", "save", "flow", "--name", " ", *ON, "--format", "json", exits=1)
    assert '"code": "saved_report_name"' in refused.stdout
