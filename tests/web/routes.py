"""Who meets what at every route: one table, from the visitors' point of view."""

from tests.web import routes_of_audits as audits
from tests.web.api.routes import ROUTES
from tests.web.routes_of_administration import ADMINISTRATION
from tests.web.routes_of_career import CAREER
from tests.web.routes_of_cases import CASES
from tests.web.routes_of_documents import DOCUMENTS
from tests.web.routes_of_follow_up import FOLLOW_UP
from tests.web.routes_of_jobs import JOBS
from tests.web.routes_of_plan import PLAN
from tests.web.routes_of_training import TRAINING

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
THEORY = who(FORBIDDEN, opens="max fay ida mia")
SAVED = who(ABSENT, opens="jo sam max mia", forbidden="adam ada")
"""A report that a supervisor of the office saved."""
CASES_BEHIND = who(ABSENT, opens="jo sam max far fay")
ADMINISTRATORS = who(FORBIDDEN, opens="adam ada")
OWN_BROWSER = OWN_LIST = who(ABSENT, opens="jo")
OFFICE_SUPERVISOR = who(FORBIDDEN, opens="max") | {"fay": ABSENT}
LEADERS = who(FORBIDDEN, opens="max fay mia")
TALKERS = who(ABSENT, opens="sam max")
"""The specialist herself, who is Sam, and her supervisor."""
OWN_CASES = who(FORBIDDEN, opens="jo sam max far fay")
NO_FEED = dict.fromkeys((*EVERYBODY, "stranger"), ABSENT)
"""An address that is a secret: asked with a wrong one, it is nothing, for whoever asks."""
SYSTEMS = {**dict.fromkeys(EVERYBODY, UNKNOWN), "stranger": UNKNOWN}
"""Whoever is signed in with a cookie is nobody to the API."""

ONE_AUDIT = who(ABSENT, opens="ida max")
LEADS_AUDIT = who(ABSENT, opens="ida", forbidden="max")

TABLE: dict[str, dict[str, str]] = {
    **dict.fromkeys(audits.FOR_ALL_IN_IT, ONE_AUDIT),
    **dict.fromkeys(audits.FOR_THE_LEAD, LEADS_AUDIT),
    **dict.fromkeys(audits.BEFORE_READING, who(ABSENT)),
    **dict.fromkeys(audits.OF_A_DRAWN_CASE, who(ABSENT, forbidden="max")),
    **dict.fromkeys(audits.WRITTEN_BY_UNIT, who(ABSENT, opens="max", forbidden="ida")),
    **dict.fromkeys(audits.FOR_THE_UNIT, who(ABSENT, opens="max", forbidden="ida")),
    **dict.fromkeys(audits.LIST, who(ABSENT, opens="ida max fay")),
    **dict.fromkeys(audits.RESULTS_OF_AUDITORS, who(ABSENT, opens="ida", forbidden="max")),
    **dict.fromkeys(audits.RESULTS_FOR_ALL, ONE_AUDIT),
    **dict.fromkeys(audits.REPORTS_BEFORE_THE_DRAFT, who(ABSENT, opens="ida")),
    **dict.fromkeys(audits.PLAN_BEFORE_THE_REPORT, who(ABSENT, forbidden="ida max")),
    **dict.fromkeys(audits.VISIT, ONE_AUDIT),
    **dict.fromkeys(audits.BY_RATERS, LEADS_AUDIT),
    **dict.fromkeys(audits.OF_A_NOTE, who(ABSENT, forbidden="max")),
    **dict.fromkeys(audits.RATED_BY_UNIT, who(ABSENT, opens="max", forbidden="ida")),
    **dict.fromkeys(audits.OVERVIEW, THEORY),
    **dict.fromkeys(audits.OWN_ACTIONS, who(FORBIDDEN, opens="jo sam max far fay mia")),
    **dict.fromkeys(audits.ONE_ACTION, who(ABSENT, forbidden="ida adam ada")),
    **dict.fromkeys(audits.OPENING, who(FORBIDDEN, opens="ida")),
    **dict.fromkeys(ROUTES, SYSTEMS),
    **dict.fromkeys(ADMINISTRATION, ADMINISTRATORS),
    **dict.fromkeys(CASES, ONE_CASE),
    **dict.fromkeys(CAREER, ONE_CASE),
    **dict.fromkeys(DOCUMENTS, ONE_CASE),
    **dict.fromkeys(FOLLOW_UP, ONE_CASE),
    **dict.fromkeys(JOBS, ONE_CASE),
    **dict.fromkeys(PLAN, ONE_CASE),
    **dict.fromkeys(TRAINING, ONE_CASE),
    "GET /": SIGNED_IN,  # shown, or led to the page of the role
    "GET /about": SIGNED_IN,
    "GET /absences/new": CASEWORK,
    "POST /absences/new": CASEWORK,
    "GET /account": SIGNED_IN,
    "GET /account/digest": CASEWORK,
    "POST /account/digest": CASEWORK,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /account/phone": SIGNED_IN,
    "POST /account/phone": SIGNED_IN,
    "GET /account/photo": SIGNED_IN,
    "POST /account/photo": SIGNED_IN,
    "POST /account/photo/remove": OWN_LIST,
    "GET /photos/<colleague_id>": who(ABSENT, opens="jo sam max adam mia"),
    "POST /account/sessions/<session_id>/end": OWN_BROWSER,
    "GET /bulk": SUPERVISORS,
    "POST /bulk": SUPERVISORS,
    "POST /bulk/do": SUPERVISORS,
    "GET /calendar": CASEWORK,
    "POST /calendar": CASEWORK,
    "GET /calendar.ics": CASEWORK,
    "GET /calendar/<secret>.ics": NO_FEED,
    "POST /calendar/revoke": CASEWORK,
    "GET /cases/<case_id>/owner": SUPERVISED_CASE,
    "POST /cases/<case_id>/owner": SUPERVISED_CASE,
    "GET /cases/<case_id>/requests/<request_id>": SUPERVISED_CASE,
    "POST /cases/<case_id>/requests/<request_id>": SUPERVISED_CASE,
    "GET /closings": CASEWORK,
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
    "GET /employers/<employer_id>/people/<person_id>/edit": OFFICE_CARD,
    "POST /employers/<employer_id>/people/<person_id>/edit": OFFICE_CARD,
    "GET /employers/<employer_id>/people/<person_id>/left": OFFICE_CARD,
    "POST /employers/<employer_id>/people/<person_id>/left": OFFICE_CARD,
    "GET /employers/<employer_id>/notes/new": OFFICE_CARD,
    "POST /employers/<employer_id>/notes/new": OFFICE_CARD,
    "GET /employers/<employer_id>/people/new": OFFICE_CARD,
    "POST /employers/<employer_id>/people/new": OFFICE_CARD,
    "GET /employers/new": CASEWORK,
    "POST /employers/new": CASEWORK,
    "GET /healthz": PUBLIC,
    "GET /reports/effort": THEORY,
    "GET /reports/effort/cases": who(ABSENT, opens="max fay"),
    "GET /quality": NUMBERS,
    "GET /quality/<framework_name>/<framework_item>": NUMBERS,
    "GET /theory": THEORY,
    "GET /theory/<office_id>/cases": who(ABSENT, opens="max"),
    "GET /theory/<office_id>/<theory_line>/<theory_part>": OFFICE_SUPERVISOR,
    "POST /theory/<office_id>/<theory_line>/<theory_part>": OFFICE_SUPERVISOR,
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
    "GET /reminders": CASEWORK,
    "GET /reports": NUMBERS,
    "GET /reports/caseload": NUMBERS,
    "GET /reports/cases": CASES_BEHIND,
    "GET /reports/field-work": CASEWORK,
    "GET /reports/flow": NUMBERS,
    "GET /reports/going-back": SUPERVISORS,
    "GET /reports/outcomes": NUMBERS,
    "GET /reports/retention": NUMBERS,
    "GET /reports/<report>/export.<output>": NUMBERS,
    "GET /reports/saved": NUMBERS,
    "GET /reports/saved/new": who(FORBIDDEN, opens="max fay ida mia"),
    "POST /reports/saved/new": who(ABSENT, forbidden="jo sam far adam ada"),
    "GET /reports/saved/<saved_id>": SAVED,
    "GET /reports/saved/<saved_id>/file.<output>": SAVED,
    "POST /reports/saved/<saved_id>/withdraw": SAVED | {"jo": FORBIDDEN, "sam": FORBIDDEN, "mia": FORBIDDEN},
    "GET /reports/time-per-step": NUMBERS,
    "GET /reports/time-per-step/cases": CASES_BEHIND,
    "POST /search": CASEWORK,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "GET /static/<filename>": PUBLIC,
    "GET /leader": LEADERS,
    "GET /leader.pdf": LEADERS,
    "GET /numbers/mine": CASEWORK,
    "GET /team": SUPERVISORS,
    "GET /team/caseload/<user_id>": who(ABSENT, opens="max"),
    "GET /team/not-moving/<standstill>": SUPERVISORS,
    "GET /team/since.pdf": SUPERVISORS,
    "GET /team/since/<happening>": SUPERVISORS,
    "GET /team/talk/<user_id>": TALKERS,
    "GET /team/talk/<user_id>.pdf": TALKERS,
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
    "GET /api/v1/openapi.json": PUBLIC,
    "POST /sign-out": PUBLIC,  # last: it ends the visit, and leads a stranger to where it leads everybody
}
