"""A form about an audit: shown with the version of it that was seen, answered once, and back to the page it is of."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from se_engine.queries.audits import AuditHead, audit_head
from web.addresses import ID
from web.answering import Problem, answer
from web.auth import actor
from web.forms.fields import VersionedForm
from web.parts.audits import linked, of_audit, page_url
from web.session import session

AUDIT = f"/audits/<{ID}:audit_id>"
BOTH = ["GET", "POST"]


def audit_form(
    head: AuditHead,
    form: Any,
    act: Callable[[], Any],
    *,
    page: str,
    title: str,
    submit: str,
    said: str | None = None,
    then: Callable[[Any], str] | None = None,
    template: str = "audits/form.html",
    **shown: Any,
) -> ResponseReturnValue:
    """One title, one form, one action; `page` is the page of the audit that it belongs to and leads back to."""
    audit_id = head.id
    back = page_url(audit_id, page) or page_url(audit_id, "overview") or "/"

    def show(problems: list[Problem], stale: bool) -> str:
        # Read again: after a refusal the page is of what is there now.
        now = audit_head(session(), actor(), audit_id)
        if isinstance(form, VersionedForm):
            form.show_version(now.audit.version, again=stale)
        return render_template(
            template,
            frame=of_audit(now, page),
            form=form,
            problems=linked(now, problems),
            title=title,
            submit=submit,
            cancel_url=back,
            **shown,
        )

    if request.method != "POST":
        return show([], False)
    return answer(form, act, then=then or (lambda _: back), show=show, said=said)
