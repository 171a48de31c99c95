"""The pages of an audit, by who meets what: Ida leads it, Max supervises the unit, Fay another one."""

FOR_ALL_IN_IT = (
    "GET /audits/<audit_id>",
    "GET /audits/<audit_id>/charter",
    "GET /audits/<audit_id>/team",
    "GET /audits/<audit_id>/evidence",
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
)
BEFORE_READING = ("GET /audits/<audit_id>/cases/<number>",)
"""Opens for auditors when the reading begins: tests/queries/test_audit_reading.py."""
FOR_THE_UNIT = ("GET /audits/<audit_id>/looks",)
LIST = ("GET /audits",)
OPENING = ("GET /audits/new", "POST /audits/new")
