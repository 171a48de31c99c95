"""Pages of reports: whole for those who may open the cases, with small numbers hidden for others; sentences for faults.

Pages do not differ between databases, and what the numbers are is tested where they are counted: one engine is enough.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from se_engine.actions.people import add_team
from se_engine.queries.report_groups import GROUPINGS
from se_engine.rules.roles import OPERATOR
from tests.support.people import TODAY, make_case, make_user, transaction
from web.reports.choices import DIVISIONS, Choices

ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PAGES = ("time-per-step", "flow", "caseload", "outcomes", "retention", "going-back", "field-work")
WHOLE_YEAR_NEEDED = "from=1.2.2026&to=3.2.2026"


@pytest.fixture
def cases(office, noon):
    with transaction(office.database, noon) as session:
        return [
            make_case(
                session, office.people, "job_finding", opened_on=TODAY - timedelta(days=40), given_name=f"P{number}",
                family_name="Example",
            ).id
            for number in range(3)
        ]  # fmt: skip


def test_a_report_may_be_divided_by_all_that_reports_know_of():
    assert set(DIVISIONS) == {"", *GROUPINGS}


def test_choices_come_back_from_the_address_they_are_written_into():
    chosen = Choices(TODAY, by="sex", group="female", clock="working", standing=True)
    assert chosen.url == {"as_of": "2026-03-16", "by": "sex", "group": "female", "clock": "working"}
    assert Choices(TODAY).url == {}
    assert Choices(TODAY, own_team="North").url == {"by": ""}, "else her own team would come back"


@ONE_ENGINE
def test_every_number_leads_a_supervisor_to_the_cases_behind_it(visit, cases):
    max_ = visit("max")
    wanted = [f"/cases/{case}" for case in cases]
    for name in ("time-per-step", "flow", "caseload", "outcomes", "field-work"):
        page = max_.page(f"/reports/{name}")
        behind = {link for link in page.links if "/cases?" in link}
        opened = [max_.page(link) for link in sorted(behind)]
        assert wanted in [[link for link in one.links if link.startswith("/cases/")] for one in opened], name
        assert all(parse_qs(urlsplit(link).query)["as_of"] == ["2026-03-16"] for link in behind), name


@ONE_ENGINE
def test_drawings_lead_to_the_same_cases_and_to_no_other_host(visit, cases):
    text = visit("max").get("/reports/time-per-step").text
    drawings = re.findall(r"<svg [^>]*aria-labelledby.*?</svg>", text, flags=re.DOTALL)
    assert len(drawings) >= 2
    links = [link for drawing in drawings for link in re.findall(r'href="([^"]+)"', drawing)]
    assert links
    assert all(link.startswith("/reports/cases?report=ageing") for link in links)
    assert visit("max").get(links[0].replace("&amp;", "&")).status_code == 200
    assert "se.invalid" not in text
    assert "style=" not in text


@ONE_ENGINE
def test_others_see_no_small_number_and_no_link(visit, cases):
    for name in ("ida", "mia", "jo"):
        visitor = visit(name)
        for report in ("time-per-step", "flow", "outcomes", "retention"):
            page = visitor.page(f"/reports/{report}")
            assert not [link for link in page.links if "/cases?" in link], (name, report)
            assert "P1" not in page.text


@ONE_ENGINE
def test_a_supervisor_prints_the_published_form(visit, cases):
    page = visit("max").page("/reports/outcomes")
    paper = next(link for link in page.links if "form=published" in link)
    assert "/cases?" not in visit("max").get(paper).text


@ONE_ENGINE
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_drawn(visit, cases):
    max_ = visit("max")
    for address, field in {
        "time-per-step?as_of=someday": "as_of",
        "flow?from=1.3.2026&to=1.2.2026": "to",
        "outcomes?from=1.3.2026&to=1.2.2026": "to",
        "outcomes?horizon=99999": "horizon",
        "outcomes?horizon=soon": "horizon",
    }.items():
        answer = max_.get(f"/reports/{address}")
        at_field = rf'<p class="ds-validation-message" id="\w+-error">[^<]+</p>\s*<input[^>]*name="{field}"'
        assert answer.status_code == 422, address
        assert "<svg role" not in answer.text, address
        assert re.search(at_field, answer.text), address


@ONE_ENGINE
def test_what_readers_of_published_numbers_may_not_ask_is_told(visit, cases):
    answer = visit("ida").get(f"/reports/outcomes?{WHOLE_YEAR_NEEDED}")
    assert answer.status_code == 422
    assert "ds-validation-message" in answer.text


@ONE_ENGINE
def test_no_events_at_all_are_a_sentence_and_no_drawing(visit, noon):
    max_ = visit("max")
    for report in PAGES:
        answer = max_.get(f"/reports/{report}?as_of=1.1.2020")
        assert answer.status_code == 200, report
        assert "se-drawing" not in answer.text, report


@ONE_ENGINE
def test_an_office_that_is_none_of_hers_is_not_found(visit, office):
    far = f"office={office.far.office_id}"
    for query in ("office=x", "office=99999999999999999999", "office=4711"):
        assert visit("ida").get(f"/reports/time-per-step?{query}").status_code == 404, query
    assert visit("mia").get(f"/reports/time-per-step?{far}").status_code == 404
    assert visit("ida").get(f"/reports/time-per-step?{far}").status_code == 200


@ONE_ENGINE
def test_an_unknown_clock_is_told_which_there_are(visit):
    answer = visit("ida").get("/reports/time-per-step?clock=lunar")
    assert answer.status_code == 422
    assert "calendar" in answer.text


@ONE_ENGINE
def test_who_leads_a_team_sees_it_first_and_whole(office, noon):
    with transaction(office.database, noon) as session:
        team = add_team(session, OPERATOR, office.people.office_id, "North")
        owner = make_user(session, "Una", "job_specialist", office.people.office_id, team_id=team.id)
        office.actors["tea"] = make_user(session, "Tea", "supervisor", office.people.office_id, team_id=team.id)
        hers = make_case(session, office.people, owner=owner).id
        make_case(session, office.people)
    tea = office.visitor("tea")
    page = tea.page("/reports/time-per-step")
    behind = next(link for link in page.links if "part=visits" in link)
    assert [link for link in tea.page(behind).links if link.startswith("/cases/")] == [f"/cases/{hers}"]
    everybody = next(link for link in page.links if "by=" in link and "group" not in link and "form" not in link)
    assert "part=visits" not in tea.get(everybody).text
