"""Asking the supervisor, and her answer."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.requests import ANSWERS, NOTICES, answer_request, ask_supervisor
from se_engine.queries.headings import case_heading
from se_engine.queries.requests import request_of
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import draft_found, drafted
from web.forms.cases import AnswerForm, AskForm
from web.language import language
from web.parts.requests import request_line
from web.session import reading, session

blueprint = Blueprint("requests", __name__, url_prefix=CASE)


@blueprint.route("/ask", methods=["GET", "POST"])
@drafted(_l("Question to the supervisor"))
def ask(case_id: int) -> ResponseReturnValue:
    form = AskForm()
    heading = case_heading(reading(), actor(), case_id)
    moves = heading.process.moves_from(heading.case.step)
    form.trigger.choices = {"": "–"} | {move.trigger: move.title.to(language()) for move in moves}
    if request.method != "POST" and not draft_found():
        form.kind.data, form.trigger.data = request.args.get("kind"), request.args.get("trigger", "")
    return case_form(
        case_id,
        form,
        lambda: ask_supervisor(
            session(), actor(), case_id, form.kind.data, why=form.why.data or "", trigger=form.trigger.data or None
        ),
        title=gettext("Ask the supervisor"),
        lead=gettext("The question stands with the supervisor until it is answered. A yes opens the move."),
        submit=gettext("Send the question"),
        said=gettext("The supervisor has your question."),
    )


@blueprint.route(f"/requests/<{ID}:request_id>", methods=["GET", "POST"])
def answer(case_id: int, request_id: int) -> ResponseReturnValue:
    found = request_of(reading(), actor(), case_id, request_id)
    if actor().role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    form = AnswerForm()
    form.fit(("seen",) if found.kind in NOTICES else ANSWERS)
    return case_form(
        case_id,
        form,
        lambda: answer_request(session(), actor(), request_id, form.answer.data, why=form.why.data or ""),
        title=gettext("Answer the question"),
        submit=gettext("Send the answer"),
        said=gettext("The answer is sent."),
        template="cases/request.html",
        asked=request_line(found, case_id, may_answer=False),
    )
