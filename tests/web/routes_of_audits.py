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
