"""One sampled case, on one page, for the auditors who rate."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from se_engine.queries.audit_reading import case_read
from se_engine.queries.audits import audit_head
from web.addresses import ID
from web.auth import actor
from web.parts import audit_cases
from web.parts.audits import of_audit
from web.session import note_audited, session

blueprint = Blueprint("audit_cases", __name__, url_prefix=f"/audits/<{ID}:audit_id>/cases")


@blueprint.get(f"/<{ID}:number>")
def one(audit_id: int, number: int) -> ResponseReturnValue:
    page = case_read(session(), actor(), audit_id, number, audit_cases.marks())
    note_audited(page.case, audit_id=audit_id, number=number)
    jobs, checks = audit_cases.work(page)
    return render_template(
        "audits/case.html",
        frame=of_audit(audit_head(session(), actor(), audit_id), "sample"),
        page=page,
        steps=audit_cases.steps(page),
        map=audit_cases.matrix(page),
        answered=audit_cases.answered(page),
        contacts=audit_cases.contacts_read(page),
        agreements=audit_cases.agreements(page),
        jobs=jobs,
        checks=checks,
        story=audit_cases.story(page),
        versions=audit_cases.versions(page),
    )
