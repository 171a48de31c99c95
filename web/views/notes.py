"""The one note: of a contact that nobody planned, of a meeting that was, and of a contact with an employer alone."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.contacts import record_note
from se_engine.actions.tasks import find_employer
from se_engine.queries.access import access_employer
from se_engine.queries.note_start import NoteStart, note_start
from se_engine.rules.contacts import CHANNELS, HELD, KINDS
from web.addresses import CASE, ID
from web.answering import Problem, answer, linked, summed_up
from web.auth import actor
from web.case_forms import case_url
from web.drafts import drafted
from web.forms.contacts import ANOTHER, USUAL_MINUTES, EmployerNoteForm, NoteForm
from web.numbers import whole_number
from web.parts import needs as parts
from web.parts.follow_up import check_title
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("notes", __name__)
BOTH = ["GET", "POST"]
ROUTINE_MINUTES = 30
LIKELY_TASKS = 6


@blueprint.route(f"{CASE}/notes/new", methods=BOTH)
@drafted(_l("Note"))
def new(case_id: int) -> ResponseReturnValue:
    return _note(case_id, None)


@blueprint.route(f"{CASE}/meetings/<{ID}:meeting_id>/note", methods=BOTH)
@drafted(_l("Note of a meeting"))
def tell(case_id: int, meeting_id: int) -> ResponseReturnValue:
    """Completing a meeting asks only what was said and what comes next; the rest stands as it was planned."""
    return _note(case_id, meeting_id)


@blueprint.route(f"/employers/<{ID}:employer_id>/notes/new", methods=BOTH)
@drafted(_l("Note of an employer"))
def of_employer(employer_id: int) -> ResponseReturnValue:
    """A contact with an employer that is about no participant: the register's own."""
    employer = access_employer(reading(), actor(), employer_id)
    form = EmployerNoteForm(data={"channel": "in_person", "status": HELD, "minutes": ROUTINE_MINUTES, "travel": 0})
    del form.concrete_job

    def page(problems: list[Problem], stale: bool) -> str:
        return render_template(
            "employers/note.html", employer=employer, form=form, problems=summed_up(problems), back=_card(employer_id)
        )

    if request.method != "POST":
        return page([], False)
    return answer(
        form,
        lambda: record_note(
            session(), actor(), None, form.note(employer_id), collision_known=bool(form.collision_known.data)
        ),
        then=lambda _contact: _card(employer_id),
        show=page,
        said=gettext("The note is recorded."),
    )


def _card(employer_id: int) -> str:
    return url_for("employers.show", employer_id=employer_id)


def _note(case_id: int, contact_id: int | None) -> ResponseReturnValue:
    start = note_start(reading(), actor(), case_id, contact_id=contact_id)
    if start.meeting and not start.meeting.planned and request.method != "POST":
        return redirect(url_for("contacts.one", case_id=case_id, contact_id=contact_id))
    form = NoteForm(data=_defaults(start))
    form.fit(start)

    def page(problems: list[Problem], stale: bool) -> str:
        fresh = note_start(session(), actor(), case_id, contact_id=contact_id)
        return _page(fresh, form, problems, stale=stale)

    if request.method != "POST":
        note_read(start.case)
        return _page(start, form, [], stale=False)
    return answer(
        form,
        lambda: _record(start, form),
        then=lambda told: _after(start, form, told),
        show=page,
        said=gettext("The note is recorded."),
    )


def _after(start: NoteStart, form: NoteForm, told: Any) -> str:
    """Back to the case; after a cooperation meeting to its page, where who does what is written down.

    At a full check of the follow-up she was asked, so her scores and the topics come next.
    """
    if told.partner_id is not None:
        return url_for("contacts.one", case_id=start.id, contact_id=told.id)
    if start.follow_up and start.follow_up.full and form.told_of_work() is not None:
        return url_for("follow_up.scores", case_id=start.id)
    return case_url(start.id)


def _record(start: NoteStart, form: NoteForm) -> Any:
    employer_id = form.employer_id()
    if form.new_employer:
        employer_id = find_employer(session(), start.case.office_id, form.new_employer).id
    return record_note(
        session(),
        actor(),
        start.id,
        form.note(employer_id, start.track_at(employer_id)),
        contact_id=start.meeting.id if start.meeting else None,
        seen_version=whole_number(form.seen.data or "") if start.meeting else None,
        interpreter=form.told_of_interpreter() if form.status.data == HELD else None,
        answer=form.told_of_work(),
        collision_known=bool(form.collision_known.data),
        kept=bool(form.kept.data),
    )


def _defaults(start: NoteStart) -> dict[str, Any]:
    """A routine contact: today, in person, held, half an hour; a planned one as it was planned."""
    meeting, asked = start.meeting, request.args
    minutes = (meeting.minutes if meeting else None) or ROUTINE_MINUTES
    first = meeting.employer_id if meeting else start.workplaces[0].employer_id if start.workplaces else None
    return {
        "seen": str(meeting.version) if meeting else "",
        "kind": asked["kind"] if asked.get("kind") in KINDS else start.kind,
        "employer": asked.get("employer") or (str(first) if first else ANOTHER),
        "employer_name": meeting.employer if meeting else None,
        "partner": str(meeting.partner_id or "") if meeting else asked.get("partner", ""),
        "told_because": meeting.words.get("told_because") if meeting else None,
        "channel": meeting.channel
        if meeting
        else asked["channel"]
        if asked.get("channel") in CHANNELS
        else "in_person",
        "status": HELD,
        "participant_present": "yes",
        "happened_on": min(meeting.happened_on, start.today) if meeting else start.today,
        "starts_at": meeting.starts_at if meeting else None,
        "minutes": minutes if minutes in USUAL_MINUTES else None,
        "minutes_other": None if minutes in USUAL_MINUTES else minutes,
        "purpose": meeting.purpose if meeting else None,
        "travel": 0,
        "tasks": asked.getlist("task"),
    }


def _page(start: NoteStart, form: NoteForm, problems: list[Problem], *, stale: bool) -> str:
    if start.meeting and stale:
        form.seen.data = str(start.meeting.version)
    ticked = set(form.tasks.data or ())
    return render_template(
        "cases/note.html",
        frame=of_case(start, ""),
        start=start,
        form=form,
        problems=linked(problems, start.id),
        stale=stale,
        title=gettext("The note of the meeting") if start.meeting else gettext("Write a note"),
        submit=gettext("Save the note"),
        likely=[option for place, option in enumerate(form.tasks) if place < LIKELY_TASKS or option.data in ticked],
        unlikely=[
            option for place, option in enumerate(form.tasks) if place >= LIKELY_TASKS and option.data not in ticked
        ],
        employers=start.employers,
        promises=parts.commitments(start.promises),
        follow_up=check_title(start.follow_up) if start.follow_up else None,
    )
