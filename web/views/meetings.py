"""Meetings ahead: planned, shown with invitation and interpreter, moved to another time, called off."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.meetings import cancel_meeting, change_meeting, keep_invitation, plan_meeting
from se_engine.actions.tasks import find_employer
from se_engine.clock import today
from se_engine.queries.collisions import collisions
from se_engine.queries.contacts import Booking, ContactLine, one_contact
from se_engine.queries.headings import Heading, case_heading
from se_engine.queries.interpreters import likely_language, must_decide
from se_engine.queries.invitations import Invitation, invitation_to, reach_of
from se_engine.queries.note_start import Workplace, workplaces_of
from se_engine.queries.partners import partners_to_choose
from se_engine.rules.contacts import KINDS, USUAL_MINUTES
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.interpreters import NEEDED
from web.addresses import CASE, ID
from web.answering import Problem, answer
from web.auth import actor
from web.case_forms import case_form, form_page
from web.drafts import drafted
from web.forms.contacts import ANOTHER
from web.forms.meetings import USUAL_LENGTHS, CancelForm, MeetingForm
from web.numbers import whole_number
from web.parts import contacts as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("meetings", __name__, url_prefix=f"{CASE}/meetings")
BOTH = ["GET", "POST"]
ONE = f"/<{ID}:meeting_id>"


@blueprint.route("/new", methods=BOTH)
@drafted(_l("Meeting"))
def new(case_id: int) -> ResponseReturnValue:
    heading = case_heading(reading(), actor(), case_id)
    workplaces = workplaces_of(reading(), actor(), case_id)
    first = str(workplaces[0].employer_id) if workplaces else ANOTHER
    kind = request.args.get("kind", "")
    form = MeetingForm(
        data={
            "kind": kind if kind in KINDS else "participant", "channel": "in_person", "employer": first,
            "minutes": USUAL_MINUTES, "partner": request.args.get("partner", ""),
            "language": likely_language(reading(), heading.case.participant),
        }
    )  # fmt: skip
    form.fit(workplaces, partners_to_choose(reading(), heading.case.office_id))
    _ask_for_interpreter(form, heading, None)

    def plan() -> int:
        employer_id, track_id = _where(form, heading, workplaces)
        return plan_meeting(
            session(),
            actor(),
            case_id,
            form.meeting(employer_id, track_id),
            interpreter=form.wish(),
            collision_known=bool(form.collision_known.data),
            kept=bool(form.kept.data),
        ).id

    return case_form(
        case_id,
        form,
        plan,
        title=gettext("Plan a meeting"),
        submit=gettext("Plan the meeting"),
        then=lambda meeting_id: _url(case_id, meeting_id),
        said=gettext("The meeting is planned."),
        template="cases/meeting_form.html",
        employers=[place.name for place in workplaces],
        languages_offered=True,
    )


@blueprint.route(f"{ONE}/change", methods=BOTH)
@drafted(_l("Change of a meeting"))
def change(case_id: int, meeting_id: int) -> ResponseReturnValue:
    heading = case_heading(reading(), actor(), case_id)
    found = _meeting(case_id, meeting_id)
    if not found.planned and request.method != "POST":
        return redirect(_url(case_id, meeting_id))
    workplaces = _with(workplaces_of(reading(), actor(), case_id), found)
    form = MeetingForm(data=_as_planned(found))
    form.fit(workplaces, partners_to_choose(reading(), heading.case.office_id), found)
    _ask_for_interpreter(form, heading, found.booking)

    def move() -> object:
        employer_id, track_id = _where(form, heading, workplaces)
        return change_meeting(
            session(),
            actor(),
            meeting_id,
            form.meeting(employer_id, track_id),
            seen_version=whole_number(form.seen.data or ""),
            collision_known=bool(form.collision_known.data),
            kept=bool(form.kept.data),
        )

    def page(problems: list[Problem], stale: bool) -> str:
        if stale:
            form.seen.data = str(_meeting(case_id, meeting_id).version)
        return form_page(
            case_heading(session(), actor(), case_id),
            form,
            problems,
            stale=stale,
            title=gettext("Change the meeting"),
            submit=gettext("Save the change"),
            template="cases/meeting_form.html",
            employers=[place.name for place in workplaces],
        )

    if request.method != "POST":
        return page([], False)
    then = lambda _contact: _url(case_id, meeting_id)  # noqa: E731 - said once
    return answer(form, move, then=then, show=page, said=gettext("The meeting is changed."))


@blueprint.get(ONE)
def show(case_id: int, meeting_id: int) -> ResponseReturnValue:
    heading = case_heading(session(), actor(), case_id)
    found = _meeting(case_id, meeting_id)
    if not found.planned:
        return redirect(url_for("contacts.one", case_id=case_id, contact_id=meeting_id))
    note_read(heading.case)
    return render_template(
        "cases/meeting.html",
        frame=of_case(heading, ""),
        heading=heading,
        found=found,
        contact=parts.contact(found, heading.process),
        over=found.happened_on < today(session()),
        interpreter=parts.interpreter(found.booking) if found.booking else None,
        interpreter_facts=parts.booking_facts(found.booking) if found.booking else [],
        interpreter_undecided=found.booking is None and _must_decide(heading, found.channel, found.kind),
        to_order=found.booking is not None and found.booking.status == NEEDED,
        invitation=_invitation(meeting_id),
        reach=reach_of(session(), heading.case.participant),
        colliding=collisions(
            session(), found.happened_on, found.starts_at, found.minutes,
            user_id=found.user_id, case_id=case_id, other_than=found.id,
        ),
    )  # fmt: skip


@blueprint.route(f"{ONE}/cancel", methods=BOTH)
def cancel(case_id: int, meeting_id: int) -> ResponseReturnValue:
    found = _meeting(case_id, meeting_id)
    form = CancelForm(data={"seen": str(found.version)})
    return case_form(
        case_id,
        form,
        lambda: cancel_meeting(
            session(),
            actor(),
            meeting_id,
            by=form.cancelled_by.data,
            why=form.why.data or "",
            seen_version=whole_number(form.seen.data or ""),
            kept=bool(form.kept.data),
        ),
        title=gettext("Call the meeting off"),
        submit=gettext("Call it off"),
        danger=True,
        then=lambda _: url_for("contacts.show", case_id=case_id),
        said=gettext("The meeting is called off."),
    )


@blueprint.post(f"{ONE}/invitation")
def invite(case_id: int, meeting_id: int) -> ResponseReturnValue:
    """Keeps the invitation as it was sent."""
    _meeting(case_id, meeting_id)
    keep_invitation(session(), actor(), meeting_id, invitation_to(session(), actor(), meeting_id).text)
    flash(gettext("The invitation is kept as sent."), "done")
    return redirect(_url(case_id, meeting_id), 303)


def _meeting(case_id: int, meeting_id: int) -> ContactLine:
    found = one_contact(session(), actor(), meeting_id)
    if found.case_id != case_id:
        raise NotFound()
    return found


def _url(case_id: int, meeting_id: int) -> str:
    return url_for("meetings.show", case_id=case_id, meeting_id=meeting_id)


def _invitation(meeting_id: int) -> Invitation | None:
    try:
        return invitation_to(session(), actor(), meeting_id)
    except Refused:  # a letter, or nobody to invite
        return None


def _must_decide(heading: Heading, channel: str, kind: str) -> bool:
    there = kind in ("participant", "three_way")
    return must_decide(session(), heading.case.participant, channel, there=there)


def _ask_for_interpreter(form: MeetingForm, heading: Heading, booking: Booking | None) -> None:
    """Asked anew at each meeting with her; a meeting that has its answer is changed on its own page."""
    if booking is not None or not must_decide(reading(), heading.case.participant, "in_person", there=True):
        del form.interpreter_needed


def _where(form: MeetingForm, heading: Heading, workplaces: tuple[Workplace, ...]) -> tuple[int | None, int | None]:
    employer_id = form.employer_id()
    if form.new_employer:
        employer_id = find_employer(session(), heading.case.office_id, form.new_employer).id
    return employer_id, next((place.track_id for place in workplaces if place.employer_id == employer_id), None)


def _with(workplaces: tuple[Workplace, ...], found: ContactLine) -> tuple[Workplace, ...]:
    """The meeting's own employer is offered even when nothing runs there any more."""
    known = {place.employer_id for place in workplaces}
    if found.employer_id is None or found.employer_id in known:
        return workplaces
    return (*workplaces, Workplace(found.employer_id, found.employer or "–", found.track_id))


def _as_planned(found: ContactLine) -> dict[str, Any]:
    usual = found.minutes in USUAL_LENGTHS
    return {
        "seen": str(found.version),
        "kind": found.kind,
        "channel": found.channel,
        "employer": str(found.employer_id) if found.employer_id else ANOTHER,
        "partner": str(found.partner_id or ""),
        "told_because": found.words.get("told_because"),
        "happened_on": found.happened_on,
        "starts_at": found.starts_at,
        "minutes": found.minutes if usual else None,
        "minutes_other": None if usual else found.minutes,
        "place": found.words.get("place"),
        "agenda": found.words.get("agenda"),
        "purpose": found.purpose,
    }
