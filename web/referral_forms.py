"""A form about a referral: shown, done once, or shown again with what was typed."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from se_engine.queries.referrals import Referral, referral
from se_engine.rules.errors import NotPermitted
from web.answering import Problem, answer, note_record_read, summed_up
from web.auth import actor
from web.forms.fields import VersionedForm
from web.session import session


def referral_form(
    found: Referral,
    form: Any,
    act: Callable[[], Any],
    *,
    title: str,
    submit: str,
    said: str,
    then: Callable[[Any], str] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """Back to the inbox when it is done, unless `then` says where."""

    def page(problems: list[Problem], stale: bool) -> str:
        now = referral(session(), actor(), found.id) if stale else found
        if isinstance(form, VersionedForm):
            form.show_version(now.participant.version, again=stale)
        if request.method != "POST":
            note_record_read(actor(), now.participant)
        return render_template(
            "referrals/form.html",
            found=now,
            form=form,
            problems=summed_up(problems),
            stale=stale,
            title=title,
            submit=submit,
            **more,
        )

    if not found.may_decide:
        raise NotPermitted("ask_supervisor")
    if request.method != "POST":
        return page([], False)
    return answer(form, act, then=then or (lambda _: url_for("referrals.show")), show=page, said=said)
