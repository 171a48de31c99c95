"""The pages of an audit, by who meets what: Ida leads it, Max supervises the unit, Fay another one."""

FOR_ALL_IN_IT = (
    "GET /audits/<audit_id>",
    "GET /audits/<audit_id>/charter",
    "GET /audits/<audit_id>/team",
    "GET /audits/<audit_id>/evidence",
    "GET /audits/<audit_id>/sample",
    "GET /audits/<audit_id>/comments",
)
FOR_THE_LEAD = (
    "GET /audits/<audit_id>/moves/<audit_move>",
    "POST /audits/<audit_id>/moves/<audit_move>",
    "GET /audits/<audit_id>/charter/change",
    "POST /audits/<audit_id>/charter/change",
    "GET /audits/<audit_id>/charter/adapt",
    "POST /audits/<audit_id>/charter/adapt",
    "GET /audits/<audit_id>/visit/days",
    "POST /audits/<audit_id>/visit/days",
    "GET /audits/<audit_id>/team/new",
    "POST /audits/<audit_id>/team/new",
    "POST /audits/<audit_id>/team/<member_id>/remove",
    "POST /audits/<audit_id>/evidence",
    "GET /audits/<audit_id>/sample/draw",
    "POST /audits/<audit_id>/sample/draw",
    "GET /audits/<audit_id>/sample/choose",
    "POST /audits/<audit_id>/sample/choose",
    "GET /audits/<audit_id>/comments/<comment_id>/answer",
    "POST /audits/<audit_id>/comments/<comment_id>/answer",
)
OF_A_DRAWN_CASE = ("GET /audits/<audit_id>/sample/<number>/replace", "POST /audits/<audit_id>/sample/<number>/replace")
"""There is none in the charter."""
WRITTEN_BY_UNIT = (
    "GET /audits/<audit_id>/comments/new",
    "POST /audits/<audit_id>/comments/new",
    "GET /audits/<audit_id>/comments/done",
    "POST /audits/<audit_id>/comments/done",
)
BEFORE_READING = ("GET /audits/<audit_id>/cases/<number>",)
"""Opens for auditors when the reading begins: tests/queries/test_audit_reading.py."""
FOR_THE_UNIT = ("GET /audits/<audit_id>/looks",)
LIST = ("GET /audits",)
OPENING = ("GET /audits/new", "POST /audits/new")
RESULTS_OF_AUDITORS = (
    "GET /audits/<audit_id>/results",
    "GET /audits/<audit_id>/report/<report_kind>/new",
    "POST /audits/<audit_id>/report/<report_kind>/new",
    "GET /audits/<audit_id>/corrections/new",
    "POST /audits/<audit_id>/corrections/new",
)
"""The unit may see the result when the draft is sent, and makes no report."""
RESULTS_FOR_ALL = (
    "GET /audits/<audit_id>/report",
    "GET /audits/<audit_id>/plan",
    "GET /audits/<audit_id>/follow-up",
)
REPORTS_BEFORE_THE_DRAFT = (
    "GET /audits/<audit_id>/report/<report_id>/sign",
    "POST /audits/<audit_id>/report/<report_id>/sign",
    "GET /audits/<audit_id>/report/<report_id>/<version>.pdf",
    "GET /audits/<audit_id>/report/<report_id>/<version>.<output>",
)
PLAN_BEFORE_THE_REPORT = (
    "GET /audits/<audit_id>/plan/new",
    "POST /audits/<audit_id>/plan/new",
    "GET /audits/<audit_id>/plan/<action_id>",
    "POST /audits/<audit_id>/plan/<action_id>",
)
"""There is nothing to plan in the charter."""
VISIT = ("GET /audits/<audit_id>/visit",)
BY_RATERS = (
    "GET /audits/<audit_id>/ratings",
    "POST /audits/<audit_id>/ratings",
    "POST /audits/<audit_id>/ratings/<item>",
    "POST /audits/<audit_id>/ratings/lock",
    "GET /audits/<audit_id>/ratings/caps/<item>",
    "POST /audits/<audit_id>/ratings/caps/<item>",
    "GET /audits/<audit_id>/agreement",
    "POST /audits/<audit_id>/agreement",
    "POST /audits/<audit_id>/agreement/<item>",
    "POST /audits/<audit_id>/agreement/take",
    "POST /audits/<audit_id>/agreement/confirm-equal",
    "GET /audits/<audit_id>/notes",
    "GET /audits/<audit_id>/notes/new",
    "POST /audits/<audit_id>/notes/new",
    "GET /audits/<audit_id>/visit/new",
    "POST /audits/<audit_id>/visit/new",
    "GET /audits/<audit_id>/visit/<appointment_id>/change",
    "POST /audits/<audit_id>/visit/<appointment_id>/change",
    "POST /audits/<audit_id>/visit/<appointment_id>/cancel",
    "POST /audits/<audit_id>/visit/<appointment_id>/held",
    "GET /audits/<audit_id>/visit/missing",
    "POST /audits/<audit_id>/visit/missing",
    "GET /audits/<audit_id>/visit/missing/new",
    "POST /audits/<audit_id>/visit/missing/new",
    "GET /audits/<audit_id>/visit/feedback",
    "POST /audits/<audit_id>/visit/feedback",
)
OF_A_NOTE = (
    "GET /audits/<audit_id>/notes/<audit_note>/correct",
    "POST /audits/<audit_id>/notes/<audit_note>/correct",
    "GET /audits/<audit_id>/notes/<audit_note>/void",
    "POST /audits/<audit_id>/notes/<audit_note>/void",
)
"""There is none in the charter."""
RATED_BY_UNIT = (
    "GET /audits/<audit_id>/self-assessment",
    "POST /audits/<audit_id>/self-assessment",
    "POST /audits/<audit_id>/self-assessment/<item>",
    "POST /audits/<audit_id>/self-assessment/lock",
)
"""Auditors read it once it is handed in."""
OVERVIEW = ("GET /quality/offices", "GET /quality/offices/export.<output>")
OWN_ACTIONS = ("GET /audits/actions",)
ONE_ACTION = ("GET /audits/actions/<action_id>", "POST /audits/actions/<action_id>")
"""Opens for its owner, once there is a report: tests/actions/test_audit_plans.py."""
