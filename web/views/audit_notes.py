"""The notes of an audit: read by those who rate, written, put right, and taken back with a reason."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.audit_notes import correct_note, void_note, write_note
from se_engine.queries.audit_notes import notes_page, sampled_numbers
from se_engine.queries.audits import audit_head
from se_engine.rules.audit_notes import NOTED_IN
from se_engine.rules.audits import SOURCES
from se_engine.rules.framework import Framework
from web.addresses import ID
from web.audit_forms import AUDIT, BOTH, audit_form
from web.auth import actor
from web.drafts import drafted
from web.forms.audit_notes import CorrectNoteForm, NoteForm, VoidNoteForm
from web.language import language
from web.numbers import whole_number
from web.parts import audit_notes as parts
from web.parts.audits import of_audit
from web.session import note_audited, reading, session

blueprint = Blueprint("audit_notes", __name__, url_prefix=f"{AUDIT}/notes")
ONE = f"/<{ID}:audit_note>"


@blueprint.get("")
def show(audit_id: int) -> ResponseReturnValue:
    item, number = request.args.get("item") or None, whole_number(request.args.get("case", ""))
    page = notes_page(session(), actor(), audit_id, item=item, number=number)
    for case, of_it in page.read:
        note_audited(case, audit_id=audit_id, number=of_it)
    writes = page.audit.step in NOTED_IN and actor().user_id is not None
    return render_template(
        "audits/notes.html",
        frame=of_audit(audit_head(session(), actor(), audit_id), "notes"),
        notes=[parts.note(page, line, actor().user_id if writes else None) for line in page.notes],
        voided=[parts.note(page, line, None) for line in page.voided],
        writes=writes,
        asked=parts.asked(page, item, number),
    )


@blueprint.route("/new", methods=BOTH)
@drafted(_l("Note in an audit"))
def new(audit_id: int) -> ResponseReturnValue:
    head = audit_head(reading(), actor(), audit_id)
    numbers = sampled_numbers(reading(), actor(), audit_id)
    source = request.args.get("source")
    form = NoteForm(source=source if source in SOURCES else None, case=request.args.get("case"))
    form.fit_cases(numbers)
    if head.framework:
        form.fit(item_choices(head.framework), request.args.getlist("item"))
    return audit_form(
        head,
        form,
        lambda: write_note(
            session(), actor(), audit_id, form.note(form.source.data or ""), case_number=form.case.number,
            appointment_id=whole_number(request.args.get("appointment", "")), kept=bool(form.kept.data),
        ),
        page="notes",
        title=gettext("A note"),
        submit=gettext("Save the note"),
        said=gettext("The note is saved."),
        template="audits/note.html",
    )  # fmt: skip


def item_choices(framework: Framework) -> list[tuple[str, str]]:
    return [(one.key, f"{one.key} {one.title.to(language())}") for one in framework.rateable]


@blueprint.route(f"{ONE}/correct", methods=BOTH)
@drafted(_l("Correction of a note in an audit"))
def correct(audit_id: int, audit_note: int) -> ResponseReturnValue:
    page = notes_page(reading(), actor(), audit_id)
    line = page.note(audit_note)
    if line.number is not None:
        case = next(case for case, number in page.read if number == line.number)
        note_audited(case, audit_id=audit_id, number=line.number)
    old = line.note
    form = CorrectNoteForm(
        happened_on=old.happened_on, language=old.language, interpreter=old.interpreter, words=line.words,
        score=old.score, may_quote=old.may_quote, items=list(line.items),
    )  # fmt: skip
    form.fit(item_choices(page.framework))
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: correct_note(
            session(), actor(), audit_id, audit_note, form.note(old.source), kept=bool(form.kept.data)
        ),
        page="notes",
        title=gettext("Put the note right"),
        lead=parts.heading(line),
        submit=gettext("Save the correction"),
        said=gettext("The note is put right. What stood there is kept."),
        template="audits/note.html",
    )


@blueprint.route(f"{ONE}/void", methods=BOTH)
def void(audit_id: int, audit_note: int) -> ResponseReturnValue:
    line = notes_page(reading(), actor(), audit_id).note(audit_note)
    form = VoidNoteForm()
    return audit_form(
        audit_head(reading(), actor(), audit_id),
        form,
        lambda: void_note(session(), actor(), audit_id, audit_note, why=form.why.data or ""),
        page="notes",
        title=gettext("Take the note back"),
        lead=parts.heading(line),
        submit=gettext("Take it back"),
        said=gettext("The note is taken back."),
    )
