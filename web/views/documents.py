"""Agreements, plans and reports of a case: the list, one to read, and the form of what it says."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine import document_kinds
from se_engine.actions.document_agreeing import agree
from se_engine.actions.documents import save_version, start_document
from se_engine.queries.document_beginnings import beginning
from se_engine.queries.document_pages import (
    document_page,
    documents_page,
    employer_choices,
    employer_is_told,
    report_period,
    running_documents,
)
from se_engine.queries.documents import circumstances_of
from se_engine.queries.headings import Heading, case_heading
from se_engine.rules.document_kinds import KINDS
from se_engine.rules.documents import falling, parties_of
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.document_forms import or_stale
from web.drafts import drafted
from web.forms.documents import document_form
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
    around = circumstances_of(heading.case.participant, None, None, heading.today)
    _offer_agreement(form, heading, parties_of(definition, replace(around, told=told)))
    return _written(
        case_id,
        form,
        lambda: _agreed(
            form,
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
            ).id,
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
    page = document_page(reading(), actor(), case_id, document_id)
    definition = document_kinds.latest(page.found.document.kind)
    told = page.found.circumstances.told
    form = document_form(definition, page.content, told=told, seen_version=str(page.found.version.number))
    _offer_agreement(form, page, parties_of(definition, page.found.circumstances))
    fallen = falling(page.found.standing)
    return _written(
        case_id,
        form,
        or_stale(
            form,
            page,
            lambda: _agreed(
                form,
                save_version(
                    session(),
                    actor(),
                    document_id,
                    form.content(),
                    seen_version=form.seen,
                    happened_on=form.happened_on.data,
                    kept=form.kept.data,
                ).document_id,
            ),
        ),
        told=told,
        falls=parts.parties(fallen) if fallen else None,
        cancel_url=url_for("documents.one", case_id=case_id, document_id=document_id),
    )


def _offer_agreement(form: Any, heading: Heading, parties: Iterable[str]) -> None:
    """With the language in which she is likeliest to have heard it, and whether somebody interpreted."""
    person = heading.case.participant
    needs = person.interpreter_need == "yes"
    form.offer_agreement(parties, (person.interpreter_language if needs else None) or "nb", "yes" if needs else "no")


def _agreed(form: Any, document_id: int) -> int:
    """What was written, agreed to by those who were ticked, in one act."""
    if form.agreeing:
        agree(
            session(), actor(), document_id, parties=form.agreeing, happened_on=form.happened_on.data,
            form=form.agreed_how.data or "oral", language=form.agreed_language.data,
            interpreter=form.agreed_interpreter.data,
        )  # fmt: skip
    return document_id


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
        languages_offered="agreed_by" in form,
        parts=parts.asked_parts(form, form.kind, told=told),
        **more,
    )


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise NotFound()
