"""The charter of an audit: what it says, changed by its lead until it is sent, and what is adapted."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.audits import adapt, change_charter
from se_engine.queries.audit_charter import adaptations_of, earlier_audits
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.rules.audit_charter import WINDOW
from se_engine.rules.errors import NotPermitted
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audits import AdaptForm, CharterForm
from web.parts import audits as parts
from web.parts.audit_charter import adaptation, earlier_title, facts, item_titles
from web.session import reading, session
from web.views.audits import framework_choices

blueprint = Blueprint("audit_charter", __name__, url_prefix=AUDIT)
CHARTER = "charter"


@blueprint.get("/charter")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    changes = may_change(head)
    standing = adaptations_of(session(), audit_id)
    return render_template(
        "audits/charter.html",
        frame=parts.of_audit(head, CHARTER),
        facts=facts(head, standing.get(WINDOW)),
        changes=changes,
        adaptations=[adaptation(head, one) for item, one in standing.items() if item != WINDOW],
    )


def may_change(head: AuditHead) -> bool:
    return head.is_lead and head.audit.step == CHARTER


@blueprint.route("/charter/change", methods=BOTH)
def change(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form = CharterForm()
    longer = adaptations_of(reading(), audit_id).get(WINDOW)
    earlier = earlier_audits(reading(), head.audit.office_id, but=head.id)
    choices = [(str(one.id), earlier_title(one)) for one in earlier]
    form.fit(head, _frameworks(head), choices, longer.words if longer else "")

    def act() -> object:
        name, version = form.chosen
        return change_charter(
            session(), actor(), audit_id, form.charter(head), seen_version=form.seen(), framework=name,
            version=version,
        )  # fmt: skip

    return audit_form(
        head,
        form,
        act,
        page=CHARTER,
        title=gettext("Change the charter"),
        lead=gettext("Both sides agree on it before anything is looked at. Every change is kept."),
        submit=gettext("Save the charter"),
        said=gettext("The charter is saved."),
    )


def _frameworks(head: AuditHead) -> list[tuple[str, str]]:
    """Those in force, and the one the audit stands on though there is a newer."""
    choices = dict(framework_choices())
    own = f"{head.audit.framework_name}/{head.audit.framework_version}"
    return list(({own: parts.framework_title(head)} | choices).items())


@blueprint.route("/charter/adapt", methods=BOTH)
def adapt_item(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_lead:
        raise NotPermitted("not_your_part")
    form = AdaptForm()
    form.item.offer((key, f"{key} {title}") for key, title in item_titles(head).items())
    return audit_form(
        head,
        form,
        lambda: adapt(
            session(), actor(), audit_id, item=form.item.data, how=form.how.data, words=form.words.data or ""
        ),
        page=CHARTER,
        title=gettext("Adapt an item"),
        lead=gettext("What is not applicable here is not rated; a total with adapted items is not compared."),
        submit=gettext("Keep it in the charter"),
        said=gettext("The charter says so now."),
    )
