"""Every route × every kind of visitor, from one table; and what every page must have."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from jinja2 import StrictUndefined

from tests.support.applications import NOWHERE, lent, settings_for
from tests.support.audits import audit_there
from tests.support.careers import give_photo, make_career
from tests.support.contacts import told_and_planned
from tests.support.documents import approved_profile
from tests.support.employers import employer_at_work
from tests.support.jobs import fill_job
from tests.support.pages import Page
from tests.support.people import EMPLOYER, TODAY, make_case, make_user, transaction
from tests.support.plans import make_plan
from tests.web.routes import ABSENT, EVERYBODY, FORBIDDEN, OPEN, REDIRECTED, TABLE, UNKNOWN

NO_PAGES = (
    "/static",
    "/photos",
    "/api",
    "/healthz",
    "/readyz",
    "/worklist/table.csv",
    "/calendar.ics",
    "/reports/<report>/export",
    "/reports/saved/<saved_id>/file",
    "/audits/<audit_id>/report/<report_id>/<version>",
    "/quality/offices/export",
)


def routes(app) -> set[str]:
    """Each method and path of the application, its parameters by name."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]*:", "<", str(rule))
        found |= {f"{method} {path}" for method in rule.methods - {"HEAD", "OPTIONS"}}
    return found


@dataclass(frozen=True)
class There:
    """A case of Jo's with something behind every parameter."""

    values: dict[str, object]

    def path(self, route: str) -> str:
        path = re.sub(r"<(\w+)>", lambda match: str(self.values[match[1]]), route)
        return path + str(self.values.get(f"?{route}", ""))


@pytest.fixture
def there(office, noon) -> There:
    from sqlalchemy import text

    from se_engine.actions.absences import record_absence
    from se_engine.actions.api_clients import add_api_client
    from se_engine.actions.checks import record_check
    from se_engine.actions.desk import save_filter
    from se_engine.actions.drafts import keep_draft
    from se_engine.actions.jobs import start_job
    from se_engine.actions.requests import ask_supervisor
    from se_engine.actions.saved_reports import save_report
    from se_engine.actions.schemes import join_scheme
    from se_engine.queries.report_questions import Question
    from se_engine.queries.reports import REPORTS
    from se_engine.rules.roles import OPERATOR

    people = office.people
    with transaction(office.database, noon) as session:
        case = make_case(session, people, "job_support", days_per_step=3, birth_year=1990)
        keep_draft(session, people.jo, f"/cases/{case.id}/tasks", [("words", "Begun")], hours=24, case_id=case.id)
        asked = ask_supervisor(session, people.jo, case.id, "end_cause", why="She wants to stop")
        job = start_job(session, people.jo, case.id, started_on=TODAY, paid=True, employer=EMPLOYER)
        at_work = employer_at_work(session, people.jo, case, began_on=TODAY)
        planned = make_plan(session, people.jo, case, on=TODAY) | approved_profile(session, people.jo, case, on=TODAY)
        told = told_and_planned(session, people.jo, case, on=TODAY)
        told |= fill_job(session, people.jo, job.id, on=TODAY)
        told |= make_career(session, people.jo, case, on=TODAY)
        give_photo(session, people.jo)
        told |= give_photo(session, make_user(session, "Kim", "job_specialist", people.office_id))  # nobody removes it
        joined = join_scheme(session, people.jo, case.participant_id, scheme="jobbsjansen", from_on=TODAY)
        add_api_client(session, OPERATOR, name="Sync", user_id=people.sam.user_id, scopes=["read"])
        kept = save_filter(session, people.jo, "Mine", "status=today")
        away = record_absence(
            session, people.max, people.sam.user_id, from_on=TODAY, until_on=TODAY, substitute_id=None
        )
        newest = {
            name: session.scalar(text(f"SELECT max(id) FROM {table}"))  # noqa: S608 - our own names
            for name, table in (
                ("event_id", "history"),
                ("client_id", "api_clients"),
                ("record_id", "task_records WHERE task NOT LIKE 'T3-M%'"),
                ("draft_id", "drafts"),
            )
        }
        told["check_id"] = record_check(
            session, people.jo, case.id, happened_on=TODAY, answer="this_job", evidence="own_words"
        ).id
        told |= audit_there(session, people)
        report = save_report(session, people.max, "Spring", REPORTS["retention"], Question(TODAY))
        known = {"case_id": case.id, "participant_id": case.participant_id, "job_id": job.id, "saved_id": report.id}
    office.visitor("jo")  # another browser of hers
    with office.database.reading() as session:
        newest["session_id"] = session.scalar(text("SELECT max(id) FROM user_sessions"))
    return There(
        {
            **known, **newest, **told, **at_work, **planned,
            "request_id": asked.id, "membership_id": joined.id, "user_id": people.sam.user_id,
            "filter_id": kept.id, "office_id": people.office_id, "absence_id": away.id,
            "trigger": "end", "key": "T5-A10", "group": "language", "filename": "se.css", "secret": "wrong",
            "survey_week": 13, "framework_name": "dimensions", "framework_item": "L1a",
            "theory_line": "own_decision", "theory_part": "short", "happening": "new",
            "standstill": "over_guide", "report": "time-per-step", "output": "csv",
            "?/reports/saved/new": "?report=flow",
            "?/theory/<office_id>/cases": "?measure=stays_90",
            "?/reports/time-per-step/cases": "?step=profiling",
            "?/bulk": f"?case={case.id}",
            "?/cases/<case_id>/tasks/withdraw": f"?record={newest['record_id']}",
        }
    )  # fmt: skip


def test_the_table_has_every_route_and_no_other(app):
    assert routes(app) ^ set(TABLE) == set()


def meets(visitor, route: str, path: str, token: str) -> str:
    method = route.partition(" ")[0]
    body = None if method == "GET" else {"csrf_token": token}
    with visitor.client.open(path, method=method, data=body) as answer:
        if answer.status_code == 303 and answer.location.startswith("/sign-in") and "sign-out" not in path:
            return REDIRECTED
        known = {401: UNKNOWN, 403: FORBIDDEN, 404: ABSENT}
        return known.get(answer.status_code) or (OPEN if answer.status_code < 500 else str(answer.status_code))


@pytest.mark.parametrize("name", [*EVERYBODY, "stranger"])
def test_every_route_opens_to_those_it_is_for_and_to_nobody_else(name, office, there, stranger):
    visitor = stranger if name == "stranger" else office.visitor(name)
    token = visitor.page("/about" if visitor.actor else "/sign-in").forms[0].values["csrf_token"]
    met = {route: meets(visitor, route, there.path(route.partition(" ")[2]), token) for route in TABLE}
    assert {route: answer for route, answer in met.items() if answer != TABLE[route][name]} == {}


@pytest.fixture(scope="module")
def strict():
    """Of its own: macros keep to what their environment said when they were first asked for."""
    from web import create_app

    app = create_app(settings_for(NOWHERE))
    app.jinja_env.undefined = StrictUndefined
    return app


@pytest.mark.parametrize("name", ["jo", "max", "ida", "adam"])
def test_every_page_can_be_read_and_filled_in(name, strict, office, there):
    with lent(strict, office.database) as office.app:
        assert faulty_pages(office.visitor(name), name, there) == {}


def faulty_pages(visitor, name, there) -> dict[str, list[str]]:
    faults = {}
    for route, met in TABLE.items():
        method, _, path = route.partition(" ")
        if method != "GET" or met[name] != OPEN or path.startswith(NO_PAGES) or path.endswith(".pdf"):
            continue
        answer = visitor.get(there.path(path))
        if answer.status_code != 303 and (found := faults_of(answer)):
            faults[path] = found
    return faults


def faults_of(answer) -> list[str]:
    if answer.status_code >= 500:
        return [answer.status]
    page = Page(answer.text)
    faults = [f"field without label: {field}" for field in page.unlabelled]
    if not page.title.strip().removesuffix("– SE Engine").strip():
        faults.append("no title")
    if len(page.h1s) != 1 or not page.h1s[0]:
        faults.append(f"h1: {page.h1s}")
    faults += [
        f"form without token: {form.action}"
        for form in page.forms
        if form.method == "post" and not form.values.get("csrf_token")
    ]
    return faults
