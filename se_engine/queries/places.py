"""Where a symbolic place of a reason is mended: the path of the very form."""

BY_PLACE = {
    "tasks": "/cases/{case}/tasks",
    "record": "/cases/{case}/record",
    "jobs": "/cases/{case}/jobs",
    "closing": "/cases/{case}/closing",
    "employers": "/cases/{case}/employers",
    "told": "/cases/{case}/employers/told",
    "match": "/cases/{case}/employers/match",
    "case": "/cases/{case}",
}

BY_FACT = {
    "employer_meeting": "/cases/{case}/notes/new?kind=employer",
    "disclosure_decision": "/cases/{case}/employers/told",
    "match_score": "/cases/{case}/employers/match",
    "agreement": "/cases/{case}/documents/new/cooperation_agreement",
    "profile_approval": "/cases/{case}/documents/new/vocational_profile",
    "plan_abc": "/cases/{case}/documents/new/vocational_profile",
    "written_agreement": "/cases/{case}/documents/new/three_party_agreement",
    "buddy": "/cases/{case}/documents/new/three_party_agreement",
    "decision_date": "/cases/{case}/documents/new/three_party_agreement",
    "subsidy_decision": "/cases/{case}/subsidies",
    "first_rungs": "/cases/{case}/training/new",
    "schedule_confirmed": "/cases/{case}/follow-up",
    "scores": "/cases/{case}/follow-up/scores",
    "step_down_plan": "/cases/{case}/documents/new/step_down_plan",
}
"""Facts with pages of their own: where each is recorded. A document that has been begun is opened there."""


def place_path(case_id: int, where: str, trigger: str = "") -> str:
    """The path for `Reason.where`; `trigger` names the move whose own form asks for what is missing."""
    kind, _, rest = where.partition(":")
    if kind == "fact" and (fact := rest.partition(":")[0]) in BY_FACT:
        return BY_FACT[fact].format(case=case_id)
    if kind in ("task", "fact"):
        return f"/cases/{case_id}/tasks/{rest.rpartition(':')[2]}"
    if kind == "move" and trigger:
        return f"/cases/{case_id}/moves/{trigger}"
    return BY_PLACE.get(kind, BY_PLACE["case"]).format(case=case_id)
