"""The factual check of an audit: what the unit says about the draft, until when, and what it is answered."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.actions.audit_comments import (
    ANSWERED_IN,
    CHECKED_IN,
    answer_comment,
    comment_on_draft,
    say_done,
)
from se_engine.queries.audit_comments import Comment, comments_of, is_said_done
from se_engine.queries.audit_facts import entered_at
from se_engine.queries.audits import AuditHead, audit_head
from se_engine.rules.audits import RATERS
from se_engine.rules.errors import NotFound, NotPermitted
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.forms.audit_comments import AnswerForm, CommentForm, DoneForm
from web.language import language
from web.parts import audits as parts
from web.session import reading, session

blueprint = Blueprint("audit_comments", __name__, url_prefix=AUDIT)
COMMENTS = "comments"


@blueprint.get("/comments")
def show(audit_id: int) -> ResponseReturnValue:
    head = audit_head(session(), actor(), audit_id)
    done = is_said_done(session(), audit_id, entered_at(session(), head.audit, CHECKED_IN))
    return render_template(
        "audits/comments.html",
        frame=parts.of_audit(head, COMMENTS),
        until=_until(head),
        over=head.audit.factual_due_on is not None and head.today > head.audit.factual_due_on,
        begun=head.audit.factual_due_on is not None,
        done=done,
        comments=[_comment(head, one) for one in comments_of(session(), audit_id)],
        may_write=_may_write(head) and not done,
    )


def _until(head: AuditHead) -> str | None:
    return format_date(head.audit.factual_due_on, "full") if head.audit.factual_due_on else None


def _may_write(head: AuditHead) -> bool:
    due = head.audit.factual_due_on
    return head.is_unit and head.audit.step == CHECKED_IN and due is not None and head.today <= due


def _comment(head: AuditHead, one: Comment) -> dict[str, Any]:
    answers = head.part in RATERS and head.audit.step in ANSWERED_IN
    return {
        "id": one.row.id,
        "item": item_title(head, one.row.item),
        "words": one.row.words,
        "by": one.by,
        "on": format_date(one.row.recorded_at.date(), "medium"),
        "answer": wording.word("audit_answer", one.answer.answer, language()) if one.answer else None,
        "answer_words": one.answer.words if one.answer else None,
        "answered_by": one.answered_by,
        "answer_url": url_for("audit_comments.answer", audit_id=head.id, comment_id=one.row.id) if answers else None,
    }


def item_title(head: AuditHead, item: str | None) -> str:
    if item is None:
        return gettext("The report as a whole")
    rated = head.framework.rateable_by_key.get(item) if head.framework else None
    return f"{item} {rated.title.to(language())}" if rated else item


@blueprint.route("/comments/new", methods=BOTH)
def new(audit_id: int) -> ResponseReturnValue:
    head = _of_unit(audit_id)
    form = CommentForm()
    rated = head.framework.rateable if head.framework else ()
    form.item.offer((one.key, item_title(head, one.key)) for one in rated)
    return audit_form(
        head,
        form,
        lambda: comment_on_draft(
            session(), actor(), audit_id, words=form.words.data or "", item=form.item.data or None
        ),
        page=COMMENTS,
        title=gettext("Comment on the draft"),
        lead=_lead(head),
        submit=gettext("Send the comment"),
        said=gettext("The comment is sent to the auditors."),
    )


def _lead(head: AuditHead) -> str | None:
    until = _until(head)
    return gettext("Comments are taken until %(day)s.", day=until) if until else None


@blueprint.route("/comments/done", methods=BOTH)
def done(audit_id: int) -> ResponseReturnValue:
    head = _of_unit(audit_id)
    form = DoneForm()
    return audit_form(
        head,
        form,
        lambda: say_done(session(), actor(), audit_id, words=form.words.data or ""),
        page=COMMENTS,
        title=gettext("We are done with the factual check"),
        lead=gettext("The auditors then need not wait for the last day. No further comment can be sent."),
        submit=gettext("We are done"),
        said=gettext("The auditors know that you are done."),
    )


def _of_unit(audit_id: int) -> AuditHead:
    head = audit_head(reading(), actor(), audit_id)
    if not head.is_unit:
        raise NotPermitted("not_your_part")
    return head


@blueprint.route(f"/comments/<{ID}:comment_id>/answer", methods=BOTH)
def answer(audit_id: int, comment_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    if head.part not in RATERS:
        raise NotPermitted("not_your_part")
    about = next((one for one in comments_of(reading(), audit_id) if one.row.id == comment_id), None)
    if about is None:
        raise NotFound()
    form = AnswerForm()
    return audit_form(
        head,
        form,
        lambda: answer_comment(
            session(), actor(), audit_id, comment_id, answer=form.answer.data, words=form.words.data or ""
        ),
        page=COMMENTS,
        title=gettext("Answer the unit"),
        lead=f"{item_title(head, about.row.item)}: «{about.row.words}»",
        submit=gettext("Send the answer"),
        said=gettext("Answered."),
    )
