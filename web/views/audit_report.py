"""The report of an audit: made as draft and final, signed, and taken out whole or in its published form."""

from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions.audit_reports import make_draft, make_final, sign_report
from se_engine.actions.trail import write_trail
from se_engine.exchange.audit_files import OUTPUTS, report_file
from se_engine.printing.audit_report import report_pdf
from se_engine.queries.audit_reports import DRAFT, FINAL, ReportLine, access_report, may_make, reports_for
from se_engine.queries.audit_results import result_for
from se_engine.queries.audit_sheets import sheet_of
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.rules.audit_results import READERS
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotPermitted
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audit_report import ReportForm, SignForm
from web.language import language
from web.parts.audits import of_audit
from web.parts.briefs import PDF, VIEWER
from web.session import afterwards, session
from web.views.report_exports import as_file

blueprint = Blueprint("audit_report", __name__, url_prefix=AUDIT)
ONE = f"/report/<{ID}:report_id>"
VERSION = f"<any({', '.join(READERS)}):version>"
MAKE = {DRAFT: make_draft, FINAL: make_final}


@blueprint.get("/report")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    audit, lines = reports_for(session(), actor(), audit_id)
    makes = [kind for kind in (DRAFT, FINAL) if may_make(session(), actor(), audit, kind)]
    return render_template(
        "audits/report.html",
        frame=of_audit(head, "report"),
        make=[(kind, url_for("audit_report.make", audit_id=audit_id, report_kind=kind)) for kind in makes],
        reports=[_line(head, one, newest=place == 0) for place, one in enumerate(lines)],
        rates=head.part in RATERS,
    )


def _line(head: AuditHead, line: ReportLine, *, newest: bool) -> dict[str, Any]:
    report = line.report
    signed = [one.user_id for one in line.signed]
    signs = newest and report.kind == FINAL and head.audit.step == "report" and head.part in RATERS
    return {
        "id": report.id,
        "kind": report.kind,
        "made_at": report.recorded_at,
        "made_by": line.made_by,
        "digest": report.digest,
        "signed": line.signed,
        "wanting": line.wanting,
        "sign_url": url_for("audit_report.sign", audit_id=head.id, report_id=report.id)
        if signs and head.actor.user_id not in signed
        else None,
        "files": [(version, _files(head.id, report.id, version)) for version in READERS],
    }


def _files(audit_id: int, report_id: int, version: str) -> list[tuple[str, str]]:
    given = {"audit_id": audit_id, "report_id": report_id, "version": version}
    return [
        ("PDF", url_for("audit_report.paper", **given)),
        *((output.upper(), url_for("audit_report.file", **given, output=output)) for output in OUTPUTS),
    ]


@blueprint.route(f"/report/<any({DRAFT}, {FINAL}):report_kind>/new", methods=BOTH)
def make(audit_id: int, report_kind: str) -> ResponseReturnValue:
    """What the auditors write for it; everything else is frozen as it stands."""
    head = audit_head(session(), actor(), audit_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    form = ReportForm()
    _audit, lines = reports_for(session(), actor(), audit_id)
    form.fit(_rated(audit_id))
    form.show(lines[0].report.content["written"] if lines else {})
    return audit_form(
        head,
        form,
        lambda: MAKE[report_kind](session(), actor(), audit_id, written=form.written(), first=form.first()),
        page="report",
        title=_("Make the draft") if report_kind == DRAFT else _("Make the final report"),
        submit=_("Make it"),
        said=_("The report is made. It stays as it is, whatever is recorded later."),
        lead=_("Ratings, numbers, sample and plan are taken as they stand now."),
    )


def _rated(audit_id: int) -> list[tuple[str, str]]:
    """What has a level by now: the reader's own, or what is agreed."""
    _audit, result, _whose = result_for(session(), actor(), audit_id)
    levels = result.levels
    return [
        (one.key, f"{one.key} {one.title.to(language())} ({levels[one.key]})")
        for one in result.rateable
        if one.key in levels
    ]


@blueprint.route(f"{ONE}/sign", methods=BOTH)
def sign(audit_id: int, report_id: int) -> ResponseReturnValue:
    """She signs what she has read: the form carries the digest of it."""
    head = audit_head(session(), actor(), audit_id)
    _audit, report = access_report(session(), actor(), audit_id, report_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    form = SignForm()
    if not form.is_submitted():
        form.digest.data = report.digest
    return audit_form(
        head,
        form,
        lambda: sign_report(session(), actor(), audit_id, report_id, digest=form.digest.data or ""),
        page="report",
        title=_("Sign the report"),
        submit=_("Sign"),
        said=_("You have signed the report."),
        lead=_("Digest of the report: %(digest)s", digest=report.digest),
    )


@blueprint.get(f"{ONE}/{VERSION}.pdf")
def paper(audit_id: int, report_id: int, version: str) -> ResponseReturnValue:
    """The whole report is told by the trail each time; the published one is for everybody."""
    made = report_pdf(_sheet(audit_id, report_id, version), language())
    name = f"audit-{audit_id}-report-{report_id}-{version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": VIEWER}
    return Response(made, mimetype=PDF, headers=headers)


@blueprint.get(f"{ONE}/{VERSION}.<any({', '.join(OUTPUTS)}):output>")
def file(audit_id: int, report_id: int, version: str, output: str) -> ResponseReturnValue:
    """Every table of the report."""
    made = report_file(_sheet(audit_id, report_id, version), output, language())
    return as_file(made, output, f"audit-{audit_id}-report-{report_id}-{version}.{output}")


def _sheet(audit_id: int, report_id: int, version: str) -> Any:
    who = actor()
    sheet = sheet_of(session(), who, audit_id, report_id, public=version == "public")
    if not sheet.public:
        detail = {"audit": audit_id, "report": report_id}
        afterwards(lambda own: write_trail(own, who, "audit_report_read", detail=detail))
    return sheet
