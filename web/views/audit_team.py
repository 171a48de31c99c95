"""Who takes part in an audit: the auditors, an observer, and the contact at the unit."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.actions.audit_members import add_member, remove_member
from se_engine.queries.audit_choices import candidates
from se_engine.queries.audits import audit_head
from se_engine.rules.errors import NotPermitted
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audits import MemberForm
from web.language import language
from web.parts import audits as parts
from web.session import reading, session

blueprint = Blueprint("audit_team", __name__, url_prefix=AUDIT)


@blueprint.get("/team")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    changes = head.is_lead and not head.ended
    rows = [
        {
            "name": one.name,
            "part": wording.word("audit_part", one.row.part, language()),
            "role": wording.word("role", one.role, language()),
            "since": format_date(one.row.added_at.date(), "medium"),
            "remove_url": url_for("audit_team.remove", audit_id=audit_id, member_id=one.row.id)
            if changes and one.row.part != "lead"
            else None,
        }
        for one in head.members
    ]
    return render_template(
        "audits/team.html", frame=parts.of_audit(head, "team"), rows=rows, changes=changes, kind=head.audit.kind
    )


@blueprint.route("/team/new", methods=BOTH)
def add(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form = MemberForm()
    form.user.offer((str(number), _named(name, role)) for number, name, role in candidates(reading(), head.audit))
    return audit_form(
        head,
        form,
        lambda: add_member(session(), actor(), audit_id, user_id=form.user.number or 0, part=form.part.data),
        page="team",
        title=gettext("Add somebody"),
        lead=gettext("A new lead takes over; the one before stays as second auditor."),
        submit=gettext("Add"),
        said=gettext("Added."),
    )


def _named(name: str, role: str) -> str:
    return f"{name} ({wording.word('role', role, language()).lower()})"


@blueprint.post(f"/team/<{ID}:member_id>/remove")
def remove(audit_id: int, member_id: int) -> ResponseReturnValue:
    remove_member(session(), actor(), audit_id, member_id)
    flash(gettext("Taken out of the audit."), "done")
    return redirect(url_for("audit_team.show", audit_id=audit_id), 303)
