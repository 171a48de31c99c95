"""Every route × every kind of visitor, from one table; and what every page must have."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from jinja2 import StrictUndefined

from tests.support.contacts import told_and_planned
from tests.support.employers import employer_at_work
from tests.support.pages import Page
from tests.support.people import TODAY, make_case, transaction
from tests.support.plans import make_plan

OPEN, REDIRECTED, FORBIDDEN, ABSENT, UNKNOWN = "open", "to sign-in", "403", "404", "401"
EVERYBODY = ("jo", "sam", "max", "far", "fay", "ida", "adam", "ada", "mia")
"""Owner, colleague, supervisor; a neighbour office's specialist and supervisor; auditor; an office's administrator
and one of all offices; manager."""


def who(otherwise: str, *, opens: str = "", forbidden: str = "") -> dict[str, str]:
    """Visitor → what she meets; the stranger is always asked to sign in."""
    met = dict.fromkeys(EVERYBODY, otherwise)
    met |= dict.fromkeys(opens.split(), OPEN) | dict.fromkeys(forbidden.split(), FORBIDDEN)
    return {**met, "stranger": REDIRECTED}


PUBLIC = {**dict.fromkeys(EVERYBODY, OPEN), "stranger": OPEN}
SIGNED_IN = who(OPEN)
ONE_CASE = who(ABSENT, opens="jo max")
OFFICE_CARD = who(ABSENT, opens="jo sam max")
SUPERVISED_CASE = who(ABSENT, opens="max", forbidden="jo")
SUPERVISORS = who(FORBIDDEN, opens="max fay")
CASEWORK = who(FORBIDDEN, opens="jo sam max far fay")
ONE_PARTNER = who(ABSENT, opens="jo sam max")
NUMBERS = who(OPEN, forbidden="adam ada")
CASES_BEHIND = who(ABSENT, opens="jo sam max far fay")
ADMINISTRATORS = who(FORBIDDEN, opens="adam ada")
OWN_BROWSER = OWN_LIST = who(ABSENT, opens="jo")
OFFICE_SUPERVISOR = who(FORBIDDEN, opens="max") | {"fay": ABSENT}
OWN_CASES = who(FORBIDDEN, opens="jo sam max far fay")
SYSTEMS = {**dict.fromkeys(EVERYBODY, UNKNOWN), "stranger": UNKNOWN}
"""Whoever is signed in with a cookie is nobody to the API."""

NO_PAGES = ("/static", "/api", "/healthz", "/readyz", "/worklist/table.csv")

TABLE: dict[str, dict[str, str]] = {
    "GET /": SIGNED_IN,  # shown, or led to the page of the role
    "GET /about": SIGNED_IN,
    "GET /absences/new": CASEWORK,
    "POST /absences/new": CASEWORK,
    "GET /account": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "POST /account/sessions/<session_id>/end": OWN_BROWSER,
    "GET /admin": ADMINISTRATORS,
    "GET /admin/accounts/new": ADMINISTRATORS,
    "POST /admin/accounts/new": ADMINISTRATORS,
    "GET /admin/accounts/<user_id>/password": ADMINISTRATORS,
    "POST /admin/accounts/<user_id>/password": ADMINISTRATORS,
    "POST /admin/accounts/<user_id>/close": ADMINISTRATORS,
    "GET /admin/clients/new": ADMINISTRATORS,
    "POST /admin/clients/new": ADMINISTRATORS,
    "POST /admin/clients/<client_id>/revoke": ADMINISTRATORS,
    "GET /admin/offices/new": ADMINISTRATORS,
    "POST /admin/offices/new": ADMINISTRATORS,
    "GET /admin/teams/new": ADMINISTRATORS,
    "POST /admin/teams/new": ADMINISTRATORS,
    "GET /bulk": SUPERVISORS,
    "POST /bulk": SUPERVISORS,
    "POST /bulk/do": SUPERVISORS,
    "GET /cases/<case_id>": ONE_CASE,
    "GET /cases/<case_id>/ask": ONE_CASE,
    "POST /cases/<case_id>/ask": ONE_CASE,
    "GET /cases/<case_id>/calls": ONE_CASE,
    "POST /cases/<case_id>/calls": ONE_CASE,
    "GET /cases/<case_id>/contacts": ONE_CASE,
    "GET /cases/<case_id>/contacts/<contact_id>": ONE_CASE,
    "GET /cases/<case_id>/contacts/<contact_id>/interpreter": ONE_CASE,
    "POST /cases/<case_id>/contacts/<contact_id>/interpreter": ONE_CASE,
    "GET /cases/<case_id>/contacts/<contact_id>/void": ONE_CASE,
    "POST /cases/<case_id>/contacts/<contact_id>/void": ONE_CASE,
    "GET /cases/<case_id>/meetings/new": ONE_CASE,
    "POST /cases/<case_id>/meetings/new": ONE_CASE,
    "GET /cases/<case_id>/meetings/<meeting_id>": ONE_CASE,
    "GET /cases/<case_id>/meetings/<meeting_id>/cancel": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/cancel": ONE_CASE,
    "GET /cases/<case_id>/meetings/<meeting_id>/change": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/change": ONE_CASE,
    "GET /cases/<case_id>/meetings/<meeting_id>/interpreter": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/interpreter": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/invitation": ONE_CASE,
    "GET /cases/<case_id>/meetings/<meeting_id>/note": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/note": ONE_CASE,
    "POST /cases/<case_id>/meetings/<meeting_id>/ordered": ONE_CASE,
    "GET /cases/<case_id>/notes/new": ONE_CASE,
    "POST /cases/<case_id>/notes/new": ONE_CASE,
    "GET /cases/<case_id>/checks/new": ONE_CASE,
    "POST /cases/<case_id>/checks/new": ONE_CASE,
    "GET /cases/<case_id>/closing": ONE_CASE,
    "POST /cases/<case_id>/closing": ONE_CASE,
    "GET /cases/<case_id>/continue": ONE_CASE,
    "POST /cases/<case_id>/continue": ONE_CASE,
    "GET /cases/<case_id>/handover": ONE_CASE,
    "GET /cases/<case_id>/history": ONE_CASE,
    "GET /cases/<case_id>/history/<event_id>/correct": ONE_CASE,
    "POST /cases/<case_id>/history/<event_id>/correct": ONE_CASE,
    "GET /cases/<case_id>/employers": ONE_CASE,
    "GET /cases/<case_id>/employers/new": ONE_CASE,
    "POST /cases/<case_id>/employers/new": ONE_CASE,
    "GET /cases/<case_id>/employers/told": ONE_CASE,
    "GET /cases/<case_id>/employers/match": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/moves/<way>": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/moves/<way>": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/match": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/match": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/told": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/told": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/close": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/close": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/closing-talk": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/closing-talk": ONE_CASE,
    "GET /cases/<case_id>/employers/<track_id>/events/<happening_id>/void": ONE_CASE,
    "POST /cases/<case_id>/employers/<track_id>/events/<happening_id>/void": ONE_CASE,
    "GET /cases/<case_id>/jobs": ONE_CASE,
    "GET /cases/<case_id>/jobs/<job_id>/end": ONE_CASE,
    "POST /cases/<case_id>/jobs/<job_id>/end": ONE_CASE,
    "GET /cases/<case_id>/jobs/new": ONE_CASE,
    "POST /cases/<case_id>/jobs/new": ONE_CASE,
    "POST /cases/<case_id>/moves": ONE_CASE,
    "GET /cases/<case_id>/moves/<trigger>": ONE_CASE,
    "GET /cases/<case_id>/needs": ONE_CASE,
    "GET /cases/<case_id>/needs/<need_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/<need_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/<need_id>/up": ONE_CASE,
    "GET /cases/<case_id>/needs/new": ONE_CASE,
    "POST /cases/<case_id>/needs/new": ONE_CASE,
    "GET /cases/<case_id>/needs/partners/<partner_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/partners/<partner_id>": ONE_CASE,
    "GET /cases/<case_id>/needs/problems/<problem_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/problems/<problem_id>": ONE_CASE,
    "GET /cases/<case_id>/needs/problems/new": ONE_CASE,
    "POST /cases/<case_id>/needs/problems/new": ONE_CASE,
    "GET /cases/<case_id>/needs/promises/<commitment_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/promises/<commitment_id>": ONE_CASE,
    "POST /cases/<case_id>/needs/promises/<commitment_id>/done": ONE_CASE,
    "GET /cases/<case_id>/needs/promises/new": ONE_CASE,
    "POST /cases/<case_id>/needs/promises/new": ONE_CASE,
    "GET /cases/<case_id>/owner": SUPERVISED_CASE,
    "POST /cases/<case_id>/owner": SUPERVISED_CASE,
    "GET /cases/<case_id>/pause": ONE_CASE,
    "POST /cases/<case_id>/pause": ONE_CASE,
    "GET /cases/<case_id>/pause/renew": ONE_CASE,
    "POST /cases/<case_id>/pause/renew": ONE_CASE,
    "GET /cases/<case_id>/plan": ONE_CASE,
    "GET /cases/<case_id>/plan/<part>": ONE_CASE,
    "POST /cases/<case_id>/plan/<part>": ONE_CASE,
    "GET /cases/<case_id>/plan/choices/<choice_id>/answer": ONE_CASE,
    "POST /cases/<case_id>/plan/choices/<choice_id>/answer": ONE_CASE,
    "GET /cases/<case_id>/plan/choices/<choice_id>/void": ONE_CASE,
    "POST /cases/<case_id>/plan/choices/<choice_id>/void": ONE_CASE,
    "GET /cases/<case_id>/plan/choices/new": ONE_CASE,
    "POST /cases/<case_id>/plan/choices/new": ONE_CASE,
    "GET /cases/<case_id>/plan/goals/<goal_id>/end": ONE_CASE,
    "POST /cases/<case_id>/plan/goals/<goal_id>/end": ONE_CASE,
    "GET /cases/<case_id>/plan/goals/new": ONE_CASE,
    "POST /cases/<case_id>/plan/goals/new": ONE_CASE,
    "GET /cases/<case_id>/plan/scores": ONE_CASE,
    "POST /cases/<case_id>/plan/scores": ONE_CASE,
    "GET /cases/<case_id>/record": ONE_CASE,
    "GET /cases/<case_id>/reminder": ONE_CASE,
    "POST /cases/<case_id>/reminder": ONE_CASE,
    "POST /cases/<case_id>/reminder/away": ONE_CASE,
    "GET /cases/<case_id>/requests/<request_id>": SUPERVISED_CASE,
    "POST /cases/<case_id>/requests/<request_id>": SUPERVISED_CASE,
    "GET /cases/<case_id>/resume": ONE_CASE,
    "POST /cases/<case_id>/resume": ONE_CASE,
    "GET /cases/<case_id>/sort-first": ONE_CASE,
    "POST /cases/<case_id>/sort-first": ONE_CASE,
    "GET /cases/<case_id>/sort-first/end": ONE_CASE,
    "POST /cases/<case_id>/sort-first/end": ONE_CASE,
    "GET /cases/<case_id>/tasks": ONE_CASE,
    "POST /cases/<case_id>/tasks": ONE_CASE,
    "GET /cases/<case_id>/tasks/<key>": ONE_CASE,
    "POST /cases/<case_id>/tasks/<key>": ONE_CASE,
    "GET /cases/<case_id>/tasks/withdraw": ONE_CASE,
    "POST /cases/<case_id>/tasks/withdraw": ONE_CASE,
    "GET /cases/<case_id>/template": ONE_CASE,
    "POST /cases/<case_id>/template": ONE_CASE,
    "GET /cases/<case_id>/waiting": ONE_CASE,
    "POST /cases/<case_id>/waiting": ONE_CASE,
    "GET /cases/<case_id>/waiting/end": ONE_CASE,
    "POST /cases/<case_id>/waiting/end": ONE_CASE,
    "GET /drafts": CASEWORK,
    "POST /drafts/<draft_id>/throw-away": OWN_BROWSER,
    "GET /employers": CASEWORK,
    "GET /employers/<employer_id>": OFFICE_CARD,
    "GET /employers/<employer_id>/agreements/<agreement_id>/end": OFFICE_CARD,
    "POST /employers/<employer_id>/agreements/<agreement_id>/end": OFFICE_CARD,
    "GET /employers/<employer_id>/agreements/new": OFFICE_CARD,
    "POST /employers/<employer_id>/agreements/new": OFFICE_CARD,
    "GET /employers/<employer_id>/edit": OFFICE_CARD,
    "POST /employers/<employer_id>/edit": OFFICE_CARD,
    "GET /employers/<employer_id>/feedback/<track_id>/<week>": ONE_CASE,
    "POST /employers/<employer_id>/feedback/<track_id>/<week>": ONE_CASE,
    "GET /employers/<employer_id>/history": OFFICE_CARD,
    "GET /employers/<employer_id>/people/<person_id>/left": OFFICE_CARD,
    "POST /employers/<employer_id>/people/<person_id>/left": OFFICE_CARD,
    "GET /employers/<employer_id>/notes/new": OFFICE_CARD,
    "POST /employers/<employer_id>/notes/new": OFFICE_CARD,
    "GET /employers/<employer_id>/people/new": OFFICE_CARD,
    "POST /employers/<employer_id>/people/new": OFFICE_CARD,
    "GET /employers/new": CASEWORK,
    "POST /employers/new": CASEWORK,
    "GET /healthz": PUBLIC,
    "POST /lists": CASEWORK,
    "POST /lists/<filter_id>/away": OWN_LIST,
    "GET /participants/new": CASEWORK,
    "POST /participants/new": CASEWORK,
    "GET /participants/<participant_id>": ONE_CASE,
    "POST /participants/<participant_id>/closed": ONE_CASE,
    "GET /participants/<participant_id>/consents": ONE_CASE,
    "POST /participants/<participant_id>/consents": ONE_CASE,
    "GET /participants/<participant_id>/facts": ONE_CASE,
    "POST /participants/<participant_id>/facts": ONE_CASE,
    "GET /participants/<participant_id>/fields/<group>": ONE_CASE,
    "POST /participants/<participant_id>/fields/<group>": ONE_CASE,
    "GET /participants/<participant_id>/guardian": ONE_CASE,
    "POST /participants/<participant_id>/guardian": ONE_CASE,
    "GET /participants/<participant_id>/interpreter": ONE_CASE,
    "POST /participants/<participant_id>/interpreter": ONE_CASE,
    "GET /participants/<participant_id>/languages": ONE_CASE,
    "POST /participants/<participant_id>/languages": ONE_CASE,
    "GET /participants/<participant_id>/levels": ONE_CASE,
    "POST /participants/<participant_id>/levels": ONE_CASE,
    "GET /participants/<participant_id>/looked": ONE_CASE,
    "GET /participants/<participant_id>/name": ONE_CASE,
    "POST /participants/<participant_id>/name": ONE_CASE,
    "GET /participants/<participant_id>/protection": SUPERVISED_CASE,
    "POST /participants/<participant_id>/protection": SUPERVISED_CASE,
    "GET /participants/<participant_id>/refer-again": ONE_CASE,
    "POST /participants/<participant_id>/refer-again": ONE_CASE,
    "GET /participants/<participant_id>/same": ONE_CASE,
    "POST /participants/<participant_id>/same": ONE_CASE,
    "GET /participants/<participant_id>/schemes": ONE_CASE,
    "POST /participants/<participant_id>/schemes": ONE_CASE,
    "GET /participants/<participant_id>/schemes/<membership_id>/check": ONE_CASE,
    "POST /participants/<participant_id>/schemes/<membership_id>/check": ONE_CASE,
    "GET /participants/<participant_id>/schemes/<membership_id>/approve": SUPERVISED_CASE,
    "POST /participants/<participant_id>/schemes/<membership_id>/approve": SUPERVISED_CASE,
    "GET /partners": CASEWORK,
    "GET /partners/<partner_id>": ONE_PARTNER,
    "POST /partners/<partner_id>": ONE_PARTNER,
    "POST /partners/<partner_id>/end": ONE_PARTNER,
    "GET /partners/new": CASEWORK,
    "POST /partners/new": CASEWORK,
    "POST /preferences/language": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /referrals": CASEWORK,
    "GET /referrals/<participant_id>": ONE_CASE,
    "GET /referrals/<participant_id>/accept": ONE_CASE,
    "POST /referrals/<participant_id>/accept": ONE_CASE,
    "GET /referrals/<participant_id>/assign": SUPERVISED_CASE,
    "POST /referrals/<participant_id>/assign": SUPERVISED_CASE,
    "GET /referrals/<participant_id>/decline": ONE_CASE,
    "POST /referrals/<participant_id>/decline": ONE_CASE,
    "GET /referrals/<participant_id>/wait": ONE_CASE,
    "POST /referrals/<participant_id>/wait": ONE_CASE,
    "GET /reports/time-per-step": NUMBERS,
    "GET /reports/time-per-step/cases": CASES_BEHIND,
    "POST /search": CASEWORK,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "GET /static/<filename>": PUBLIC,
    "GET /team": SUPERVISORS,
    "GET /team/agenda": CASEWORK,
    "GET /today": CASEWORK,
    "GET /team/absences/new": SUPERVISORS,
    "POST /team/absences/new": SUPERVISORS,
    "GET /team/absences/<absence_id>/substitute": OFFICE_SUPERVISOR,
    "POST /team/absences/<absence_id>/substitute": OFFICE_SUPERVISOR,
    "GET /team/handover": OWN_CASES,
    "GET /team/shares/new": SUPERVISORS,
    "POST /team/shares/new": SUPERVISORS,
    "GET /team/supervisions/new": SUPERVISORS,
    "POST /team/supervisions/new": SUPERVISORS,
    "GET /worklist/ahead": CASEWORK,
    "GET /worklist/print": CASEWORK,
    "GET /worklist/table.csv": CASEWORK,
    "GET /api/v1/agenda/own": SYSTEMS,
    "GET /api/v1/agenda/team": SYSTEMS,
    "GET /api/v1/cases": SYSTEMS,
    "POST /api/v1/cases": SYSTEMS,
    "GET /api/v1/cases/<case_id>": SYSTEMS,
    "POST /api/v1/cases/<case_id>/calls": SYSTEMS,
    "POST /api/v1/cases/<case_id>/choices": SYSTEMS,
    "POST /api/v1/cases/<case_id>/commitments": SYSTEMS,
    "GET /api/v1/cases/<case_id>/contacts": SYSTEMS,
    "POST /api/v1/cases/<case_id>/contacts": SYSTEMS,
    "GET /api/v1/cases/<case_id>/disclosures": SYSTEMS,
    "POST /api/v1/cases/<case_id>/disclosures": SYSTEMS,
    "POST /api/v1/cases/<case_id>/goals": SYSTEMS,
    "GET /api/v1/cases/<case_id>/handover": SYSTEMS,
    "GET /api/v1/cases/<case_id>/history": SYSTEMS,
    "POST /api/v1/cases/<case_id>/meetings": SYSTEMS,
    "GET /api/v1/cases/<case_id>/moves": SYSTEMS,
    "POST /api/v1/cases/<case_id>/moves": SYSTEMS,
    "GET /api/v1/cases/<case_id>/needs": SYSTEMS,
    "POST /api/v1/cases/<case_id>/needs": SYSTEMS,
    "POST /api/v1/cases/<case_id>/partner-consents": SYSTEMS,
    "POST /api/v1/cases/<case_id>/pause": SYSTEMS,
    "GET /api/v1/cases/<case_id>/plan": SYSTEMS,
    "POST /api/v1/cases/<case_id>/problems": SYSTEMS,
    "POST /api/v1/cases/<case_id>/resume": SYSTEMS,
    "POST /api/v1/cases/<case_id>/scores": SYSTEMS,
    "GET /api/v1/cases/<case_id>/sticky": SYSTEMS,
    "POST /api/v1/cases/<case_id>/sticky": SYSTEMS,
    "GET /api/v1/cases/<case_id>/tasks": SYSTEMS,
    "POST /api/v1/cases/<case_id>/tasks": SYSTEMS,
    "POST /api/v1/cases/<case_id>/template": SYSTEMS,
    "GET /api/v1/cases/<case_id>/tracks": SYSTEMS,
    "POST /api/v1/cases/<case_id>/tracks": SYSTEMS,
    "POST /api/v1/cases/<case_id>/waiting": SYSTEMS,
    "POST /api/v1/cases/<case_id>/waiting/end": SYSTEMS,
    "POST /api/v1/choices/<choice_id>/answer": SYSTEMS,
    "POST /api/v1/choices/<choice_id>/void": SYSTEMS,
    "POST /api/v1/commitments/<commitment_id>/done": SYSTEMS,
    "POST /api/v1/commitments/<commitment_id>/drop": SYSTEMS,
    "GET /api/v1/contacts/<contact_id>": SYSTEMS,
    "PATCH /api/v1/contacts/<contact_id>": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/cancel": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/interpreter": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/interpreter/outcome": SYSTEMS,
    "GET /api/v1/contacts/<contact_id>/invitation": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/invitation": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/note": SYSTEMS,
    "POST /api/v1/contacts/<contact_id>/void": SYSTEMS,
    "GET /api/v1/employers": SYSTEMS,
    "POST /api/v1/employers": SYSTEMS,
    "GET /api/v1/employers/<employer_id>": SYSTEMS,
    "PATCH /api/v1/employers/<employer_id>": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/agreements": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/agreements/<agreement_id>/end": SYSTEMS,
    "GET /api/v1/employers/<employer_id>/contacts": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/contacts": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/feedback": SYSTEMS,
    "GET /api/v1/employers/<employer_id>/history": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/meetings": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/people": SYSTEMS,
    "POST /api/v1/employers/<employer_id>/people/<person_id>/left": SYSTEMS,
    "POST /api/v1/goals/<goal_id>/end": SYSTEMS,
    "PATCH /api/v1/needs/<need_id>": SYSTEMS,
    "POST /api/v1/needs/<need_id>/earlier": SYSTEMS,
    "GET /api/v1/openapi.json": PUBLIC,
    "GET /api/v1/participants": SYSTEMS,
    "POST /api/v1/participants": SYSTEMS,
    "GET /api/v1/participants/<participant_id>": SYSTEMS,
    "PATCH /api/v1/participants/<participant_id>": SYSTEMS,
    "GET /api/v1/participants/<participant_id>/consents": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/consents": SYSTEMS,
    "GET /api/v1/participants/<participant_id>/languages": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/languages": SYSTEMS,
    "GET /api/v1/participants/<participant_id>/levels": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/levels": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/name": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/same": SYSTEMS,
    "GET /api/v1/participants/<participant_id>/schemes": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/schemes": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/schemes/<membership_id>/approve": SYSTEMS,
    "GET /api/v1/participants/<participant_id>/schemes/<membership_id>/check": SYSTEMS,
    "POST /api/v1/participants/<participant_id>/schemes/<membership_id>/check": SYSTEMS,
    "GET /api/v1/partners": SYSTEMS,
    "POST /api/v1/partners": SYSTEMS,
    "PATCH /api/v1/partners/<partner_id>": SYSTEMS,
    "POST /api/v1/partners/<partner_id>/end": SYSTEMS,
    "POST /api/v1/problems/<problem_id>/close": SYSTEMS,
    "GET /api/v1/process": SYSTEMS,
    "GET /api/v1/referrals": SYSTEMS,
    "GET /api/v1/referrals/<participant_id>": SYSTEMS,
    "POST /api/v1/referrals/<participant_id>/accept": SYSTEMS,
    "POST /api/v1/referrals/<participant_id>/again": SYSTEMS,
    "POST /api/v1/referrals/<participant_id>/assign": SYSTEMS,
    "POST /api/v1/referrals/<participant_id>/decline": SYSTEMS,
    "POST /api/v1/referrals/<participant_id>/wait": SYSTEMS,
    "GET /api/v1/specialists": SYSTEMS,
    "GET /api/v1/track-process": SYSTEMS,
    "GET /api/v1/tracks/<track_id>": SYSTEMS,
    "POST /api/v1/tracks/<track_id>/close": SYSTEMS,
    "POST /api/v1/tracks/<track_id>/closing-talk": SYSTEMS,
    "POST /api/v1/tracks/<track_id>/events/<event_id>/void": SYSTEMS,
    "POST /api/v1/tracks/<track_id>/matches": SYSTEMS,
    "POST /api/v1/tracks/<track_id>/moves": SYSTEMS,
    "GET /api/v1/worklist": SYSTEMS,
    "POST /sign-out": PUBLIC,  # last: it ends the visit, and leads a stranger to where it leads everybody
}


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
    from se_engine.actions.desk import save_filter
    from se_engine.actions.drafts import keep_draft
    from se_engine.actions.jobs import start_job
    from se_engine.actions.requests import ask_supervisor
    from se_engine.actions.schemes import join_scheme
    from se_engine.rules.roles import OPERATOR

    people = office.people
    with transaction(office.database, noon) as session:
        case = make_case(session, people, "job_support", days_per_step=3, birth_year=1990)
        keep_draft(session, people.jo, f"/cases/{case.id}/tasks", [("words", "Begun")], hours=24, case_id=case.id)
        asked = ask_supervisor(session, people.jo, case.id, "end_cause", why="She wants to stop")
        start_job(session, people.jo, case.id, started_on=TODAY, paid=True)
        at_work = employer_at_work(session, people.jo, case, began_on=TODAY)
        planned = make_plan(session, people.jo, case, on=TODAY)
        told = told_and_planned(session, people.jo, case, on=TODAY)
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
                ("job_id", "jobs"),
                ("client_id", "api_clients"),
                ("record_id", "task_records WHERE task NOT LIKE 'T3-M%'"),
                ("draft_id", "drafts"),
            )
        }
        known = {"case_id": case.id, "participant_id": case.participant_id}
    office.visitor("jo")  # another browser of hers
    with office.database.reading() as session:
        newest["session_id"] = session.scalar(text("SELECT max(id) FROM user_sessions"))
    return There(
        {
            **known, **newest, **told, **at_work, **planned, "request_id": asked.id, "membership_id": joined.id, "user_id": people.sam.user_id,
            "filter_id": kept.id, "absence_id": away.id,
            "trigger": "end", "key": "T5-A10", "group": "language", "filename": "se.css",
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


@pytest.mark.parametrize("name", ["jo", "max", "ida", "adam"])
def test_every_page_can_be_read_and_filled_in(name, app, office, there):
    app.jinja_env.undefined = StrictUndefined
    visitor = office.visitor(name)
    faults = {}
    for route, met in TABLE.items():
        method, _, path = route.partition(" ")
        if method != "GET" or met[name] != OPEN or path.startswith(NO_PAGES):
            continue
        answer = visitor.get(there.path(path))
        if answer.status_code != 303 and (found := faults_of(answer)):
            faults[path] = found
    assert faults == {}


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
