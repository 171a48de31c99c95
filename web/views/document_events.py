"""What happens to a document, on pages: signed, approved, explained, shared, commented on, closed, or taken back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.document_events import (
    approve_document,
    comment_document,
    explain_document,
    share_document,
    sign_document,
    withdraw_event,
)
from se_engine.actions.documents import close_document
from se_engine.clock import today
from se_engine.queries.document_pages import DocumentPage, document_page, proposed_deadline
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.document_forms import or_stale
from web.forms.documents import (
    ApproveForm,
    CloseDocumentForm,
    CommentForm,
    ExplainForm,
    ShareForm,
    SignForm,
    TakeBackForm,
)
from web.language import language
from web.parts import documents as parts
from web.session import reading, session

ONE = f"/<{ID}:document_id>"
blueprint = Blueprint("document_events", __name__, url_prefix=f"{CASE}/documents{ONE}")
BOTH = ["GET", "POST"]


@blueprint.route("/sign", methods=BOTH)
def sign(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    left = parts.still_to_agree(page)
    form = SignForm(**_seen(page), parties=left)
    form.parties.offer(left)
    return _event(
        page,
        form,
        lambda: sign_document(
            session(),
            actor(),
            document_id,
            seen_version=form.seen,
            parties=form.parties.data or (),
            happened_on=form.happened_on.data,
            language=form.language.data,
            interpreter=form.interpreter.data,
        ),
        title=gettext("Signed on paper"),
        lead=gettext("The Norwegian text binds. Write in which language it was read."),
        submit=gettext("Record the signatures"),
        said=gettext("The signatures are recorded."),
        order=("parties", "language", "interpreter", "happened_on"),
    )


@blueprint.route("/approve", methods=BOTH)
def approve(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    left = parts.still_to_agree(page)
    form = ApproveForm(**_seen(page), party=left[0] if len(left) == 1 else None)
    form.offer(left)
    return _event(
        page,
        form,
        lambda: approve_document(
            session(),
            actor(),
            document_id,
            seen_version=form.seen,
            party=form.party.data or "",
            happened_on=form.happened_on.data,
            form=form.form.data or "oral",
            language=form.language.data,
            interpreter=form.interpreter.data,
            words=form.words.data or "",
            on_behalf=form.on_behalf.data,
            because=form.because.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Approve"),
        submit=gettext("Record the approval"),
        said=gettext("The approval is recorded."),
        order=("party", "form", "language", "interpreter", "words", "on_behalf", "because", "happened_on", "kept"),
    )


@blueprint.route("/explain", methods=BOTH)
def explain(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    form = ExplainForm(**_seen(page))
    return _event(
        page,
        form,
        lambda: explain_document(
            session(),
            actor(),
            document_id,
            seen_version=form.seen,
            happened_on=form.happened_on.data,
            language=form.language.data,
            interpreter=form.interpreter.data,
            teach_back=form.teach_back.data == "yes",
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("Gone through with the participant"),
        lead=gettext("It counts as understood once the participant has told it back."),
        submit=gettext("Save"),
        said=gettext("Saved."),
        order=("language", "interpreter", "teach_back", "words", "happened_on", "kept"),
        waits=False,
    )


@blueprint.route("/share", methods=BOTH)
def share(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    deadline = proposed_deadline(page.found.kind, today(reading()))
    form = ShareForm(**_seen(page), deadline_on=deadline)
    return _event(
        page,
        form,
        lambda: share_document(
            session(),
            actor(),
            document_id,
            seen_version=form.seen,
            happened_on=form.happened_on.data,
            deadline_on=form.deadline_on.data,
            form=form.form.data or "paper",
            language=form.language.data,
        ),
        title=gettext("Share with the participant"),
        submit=gettext("It is shared"),
        said=gettext("It is shared. You are reminded when the day has come."),
        order=("form", "language", "happened_on", "deadline_on"),
    )


@blueprint.route("/comment", methods=BOTH)
def comment(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    form = CommentForm(**_seen(page))
    return _event(
        page,
        form,
        lambda: comment_document(
            session(),
            actor(),
            document_id,
            seen_version=form.seen,
            happened_on=form.happened_on.data,
            words=form.words.data or "",
            on_behalf=form.on_behalf.data,
            because=form.because.data or "",
            language=form.language.data,
            interpreter=form.interpreter.data,
            kept=form.kept.data,
        ),
        title=gettext("The participant’s comment"),
        submit=gettext("Save the comment"),
        said=gettext("The comment is saved."),
        order=("words", "on_behalf", "because", "language", "interpreter", "happened_on", "kept"),
    )


@blueprint.route("/close", methods=BOTH)
def close(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    form = CloseDocumentForm(**_seen(page))
    return _event(
        page,
        form,
        lambda: close_document(session(), actor(), document_id, seen_version=form.seen, closed_on=form.closed_on.data),
        title=gettext("No longer in force"),
        lead=gettext("For what has been replaced, or whose time is over. It stays readable."),
        submit=gettext("Put it out of force"),
        said=gettext("The document is no longer in force."),
        order=("closed_on",),
        waits=False,
        danger=True,
    )


@blueprint.route(f"/events/<{ID}:entry_id>/take-back", methods=BOTH)
def take_back(case_id: int, document_id: int, entry_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    if all(line.event.id != entry_id for line in page.events):
        raise NotFound()
    form = TakeBackForm()
    return _event(
        page,
        form,
        lambda: withdraw_event(
            session(),
            actor(),
            entry_id,
            why=form.why.data or "",
            happened_on=form.happened_on.data,
            kept=form.kept.data,
        ),
        title=gettext("Take it back"),
        lead=gettext("For what is no longer so, or was written down wrongly. It stays readable."),
        submit=gettext("Take it back"),
        said=gettext("It is taken back."),
        order=("why", "happened_on", "kept"),
        waits=False,
        danger=True,
    )


def _page(case_id: int, document_id: int) -> DocumentPage:
    return document_page(reading(), actor(), case_id, document_id)


def _seen(page: DocumentPage) -> dict[str, Any]:
    """The version that is shown, and the language she is likeliest to have read it in."""
    person = page.case.participant
    hers = person.interpreter_language if person.interpreter_need == "yes" else None
    return {"seen_version": str(page.found.version.number), "language": hers or "nb"}


def _event(
    page: DocumentPage, form: Any, act: Callable[[], Any], *, order: tuple[str, ...], waits: bool = True, **more: Any
) -> ResponseReturnValue:
    """A form about one document: back to it, done or not. `waits`: it asks for a document that is complete."""
    back = url_for("documents.one", case_id=page.id, document_id=page.found.id)
    missing = page.found.kind.titles(page.missing, language()) if waits else []
    return case_form(
        page.id,
        form,
        or_stale(form, page, act) if "seen_version" in form else act,
        then=lambda _: back,
        template="cases/document_event.html",
        order=order,
        cancel_url=back,
        missing=missing,
        change_url=url_for("documents.change", case_id=page.id, document_id=page.found.id),
        languages_offered=True,
        **more,
    )
