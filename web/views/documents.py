"""Agreements, plans and reports of a case: written, approved, signed, explained, shared, commented on, closed."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine import document_kinds
from se_engine.actions.document_events import (
    approve_document,
    comment_document,
    explain_document,
    share_document,
    sign_document,
    withdraw_event,
)
from se_engine.actions.documents import close_document, save_version, start_document
from se_engine.clock import today
from se_engine.queries.document_beginnings import beginning
from se_engine.queries.document_pages import (
    DocumentPage,
    document_page,
    documents_page,
    employer_choices,
    employer_is_told,
    proposed_deadline,
    report_period,
    running_documents,
)
from se_engine.queries.headings import case_heading
from se_engine.rules.document_kinds import KINDS
from se_engine.rules.documents import falling
from se_engine.rules.errors import NotFound, Stale
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.documents import (
    ApproveForm,
    CloseDocumentForm,
    CommentForm,
    ExplainForm,
    ShareForm,
    SignForm,
    TakeBackForm,
    document_form,
)
from web.language import language
from web.parts import documents as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("documents", __name__, url_prefix=f"{CASE}/documents")
BOTH = ["GET", "POST"]
ONE = f"/<{ID}:document_id>"


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = documents_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/documents.html", frame=of_case(page, "documents"), page=page, groups=parts.groups(page)
    )


@blueprint.route("/new/<kind>", methods=BOTH)
@drafted(_("A document"))
def begin(case_id: int, kind: str) -> ResponseReturnValue:
    """Leads to what has been begun already, where there can be only one of it."""
    _known(kind)
    definition = document_kinds.latest(kind)
    running = running_documents(reading(), actor(), case_id, kind)
    if definition.about == "case" and running and request.method != "POST":
        return redirect(url_for("documents.one", case_id=case_id, document_id=next(iter(running))))
    if definition.about != "employer":
        return _begin(case_id, kind, None)
    heading = case_heading(session(), actor(), case_id)
    offered = employer_choices(session(), actor(), case_id, kind)
    urls = {
        **{url_for("documents.one", case_id=case_id, document_id=number): name for number, name in running.items()},
        **{
            url_for("documents.begin_with", case_id=case_id, kind=kind, employer_id=number): gettext(
                "New: %(name)s", name=name
            )
            for number, name in offered.items()
        },
    }
    if len(urls) == 1:
        return redirect(next(iter(urls)), 303)
    title = definition.title.to(language())
    return render_template("cases/document_with.html", frame=of_case(heading, ""), page=heading, title=title, urls=urls)


@blueprint.route(f"/new/<kind>/<{ID}:employer_id>", methods=BOTH)
@drafted(_("A document"))
def begin_with(case_id: int, kind: str, employer_id: int) -> ResponseReturnValue:
    _known(kind)
    if employer_id not in employer_choices(reading(), actor(), case_id, kind):
        raise NotFound()
    return _begin(case_id, kind, employer_id)


def _begin(case_id: int, kind: str, employer_id: int | None) -> ResponseReturnValue:
    definition, heading = document_kinds.latest(kind), case_heading(reading(), actor(), case_id)
    told = employer_id is None or employer_is_told(reading(), case_id, employer_id)
    period = report_period(reading(), heading, kind) if definition.about == "period" else None
    begins, ends = (period.from_on, period.until_on) if period else (None, None)
    content = beginning(reading(), actor(), case_id, kind, employer_id=employer_id, from_on=begins, until_on=ends)
    form = document_form(definition, content, told=told, from_on=begins, until_on=ends)
    return _written(
        case_id,
        form,
        lambda: (
            start_document(
                session(),
                actor(),
                case_id,
                kind,
                form.content(),
                happened_on=form.happened_on.data,
                employer_id=employer_id,
                from_on=form.from_on.data if period else None,
                until_on=form.until_on.data if period else None,
                kept=form.kept.data,
            ).id
        ),
        told=told,
        lead=gettext("What is known already stands in it. Change what is not right."),
        cancel_url=url_for("documents.show", case_id=case_id),
    )


@blueprint.get(ONE)
def one(case_id: int, document_id: int) -> ResponseReturnValue:
    page = document_page(session(), actor(), case_id, document_id)
    note_read(page.case)
    return render_template(
        "cases/document.html",
        frame=of_case(page, "documents"),
        page=page,
        title=page.found.kind.title.to(language()),
        about=parts.about(page.found, page.employer),
        status=parts.status(page.found),
        tone=parts.TONES[page.found.standing.status],
        note=parts.note(page.found),
        missing=page.found.kind.titles(page.missing, language()),
        parts=parts.parts(page),
        agreement=parts.agreement(page),
        events=parts.events(page),
        versions=parts.versions(page),
        actions=parts.actions(page),
    )


@blueprint.route(f"{ONE}/change", methods=BOTH)
@drafted(_("A document"))
def change(case_id: int, document_id: int) -> ResponseReturnValue:
    page = _page(case_id, document_id)
    definition = document_kinds.latest(page.found.document.kind)
    told = page.found.circumstances.told
    form = document_form(definition, page.content, told=told, seen_version=str(page.found.version.number))
    fallen = falling(page.found.standing)
    return _written(
        case_id,
        form,
        _or_stale(
            form,
            page,
            lambda: (
                save_version(
                    session(),
                    actor(),
                    document_id,
                    form.content(),
                    seen_version=form.seen,
                    happened_on=form.happened_on.data,
                    kept=form.kept.data,
                ).document_id
            ),
        ),
        told=told,
        falls=parts.parties(fallen) if fallen else None,
        cancel_url=_url(page),
    )


def _written(case_id: int, form: Any, act: Callable[[], Any], *, told: bool, **more: Any) -> ResponseReturnValue:
    """The form of a document's content: back to the document once it is saved."""
    return case_form(
        case_id,
        form,
        act,
        title=form.kind.title.to(language()),
        submit=gettext("Save"),
        said=gettext("The document is saved."),
        then=lambda document_id: url_for("documents.one", case_id=case_id, document_id=document_id),
        template="cases/document_form.html",
        parts=parts.asked_parts(form, form.kind, told=told),
        **more,
    )


@blueprint.route(f"{ONE}/sign", methods=BOTH)
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


@blueprint.route(f"{ONE}/approve", methods=BOTH)
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


@blueprint.route(f"{ONE}/explain", methods=BOTH)
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


@blueprint.route(f"{ONE}/share", methods=BOTH)
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


@blueprint.route(f"{ONE}/comment", methods=BOTH)
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


@blueprint.route(f"{ONE}/close", methods=BOTH)
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


@blueprint.route(f"{ONE}/events/<{ID}:entry_id>/take-back", methods=BOTH)
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


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise NotFound()


def _page(case_id: int, document_id: int) -> DocumentPage:
    return document_page(reading(), actor(), case_id, document_id)


def _url(page: DocumentPage) -> str:
    return url_for("documents.one", case_id=page.id, document_id=page.found.id)


def _seen(page: DocumentPage) -> dict[str, Any]:
    """The version that is shown, and the language she is likeliest to have read it in."""
    person = page.case.participant
    hers = person.interpreter_language if person.interpreter_need == "yes" else None
    return {"seen_version": str(page.found.version.number), "language": hers or "nb"}


def _or_stale(form: Any, page: DocumentPage, act: Callable[[], Any]) -> Callable[[], Any]:
    """Once it is found stale the form is about the newest version, which its notice leads to."""

    def again() -> Any:
        try:
            return act()
        except Stale:
            form.seen_version.data = str(_page(page.id, page.found.id).found.version.number)
            raise

    return again


def _event(
    page: DocumentPage, form: Any, act: Callable[[], Any], *, order: tuple[str, ...], waits: bool = True, **more: Any
) -> ResponseReturnValue:
    """A form about one document: back to it, done or not. `waits`: it asks for a document that is complete."""
    back = _url(page)
    missing = page.found.kind.titles(page.missing, language()) if waits else []
    return case_form(
        page.id,
        form,
        _or_stale(form, page, act) if "seen_version" in form else act,
        then=lambda _: back,
        template="cases/document_event.html",
        order=order,
        cancel_url=back,
        missing=missing,
        change_url=url_for("documents.change", case_id=page.id, document_id=page.found.id),
        languages_offered=True,
        **more,
    )
