"""The inbox of referrals: who waits for a decision, deciding about one, and whose it is."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine import processes
from se_engine.actions.referrals import accept as accept_one
from se_engine.actions.referrals import assign, decline, let_wait
from se_engine.queries.capacity import Capacity, capacities
from se_engine.queries.referrals import Place, Referral, inbox, referral
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION
from web.addresses import ID
from web.answering import note_record_read
from web.auth import actor
from web.case_forms import case_url
from web.forms.referrals import AcceptForm, AssignForm, DeclineForm, WaitForm
from web.numbers import whole_number
from web.parts import referrals as parts
from web.parts.capacity import columns_of, owner_hints
from web.parts.packages import package_choices
from web.referral_forms import referral_form
from web.session import reading, session

blueprint = Blueprint("referrals", __name__, url_prefix="/referrals")
BOTH = ["GET", "POST"]
OF_ONE = f"/<{ID}:participant_id>"


@blueprint.get("")
def show() -> ResponseReturnValue:
    if actor().role not in CASEWORK:
        raise NotPermitted()
    found = inbox(session(), actor(), status=request.args.get("status", ""), after=_place())
    supervises = actor().role in SUPERVISION
    following = (
        url_for("referrals.show", status=found.status, after=parts.place_text(found.after)) if found.after else None
    )
    return render_template(
        "referrals/list.html",
        found=found,
        panel=parts.panel(found),
        rows=parts.rows(found, supervises=supervises),
        next_url=following,
        first_url=url_for("referrals.show", status=found.status) if request.args.get("after") else None,
        capacity=[columns_of(one) for one in capacities(session(), actor())] if supervises else [],
    )


def _place() -> Place | None:
    given = request.args.get("after")
    if not given:
        return None
    rank, _dot, rest = given.partition(".")
    day, _dot, number = rest.partition(".")
    try:
        return whole_number(rank) or 0, date.fromisoformat(day), whole_number(number) or 0
    except ValueError:
        raise NotFound() from None


@blueprint.get(OF_ONE)
def one(participant_id: int) -> ResponseReturnValue:
    found = referral(session(), actor(), participant_id)
    note_record_read(actor(), found.participant)
    return render_template(
        "referrals/show.html",
        found=found,
        facts=parts.facts(found),
        story=parts.story(found),
        linked=parts.people(found.linked),
        hidden_links=parts.more_hidden(found.linked),
        perhaps=parts.people(found.perhaps),
        hidden=parts.more_hidden(found.perhaps),
    )


@blueprint.route(f"{OF_ONE}/accept", methods=BOTH)
def accept(participant_id: int) -> ResponseReturnValue:
    found, form, staff = _read(participant_id), AcceptForm(), capacities(reading(), actor())
    supervises = actor().role in SUPERVISION
    form.fit_owners(staff if supervises else [], chosen=found.participant.specialist_id)
    form.fit_load(staff if supervises else _own(staff))
    form.fit_packages(package_choices(processes.latest()))
    _suggest(form, supervises=supervises)
    return referral_form(
        found,
        form,
        lambda: accept_one(
            session(),
            actor(),
            participant_id,
            seen_version=form.seen(),
            decided_on=form.decided_on.data,
            decided_by=form.decided_by.data,
            opened_on=form.opened_on.data,
            owner_id=form.owner_id,
            template=form.template.data or None,
            why_owner=form.why,
            kept=form.looked_again,
        ),
        title=_("Accept the referral"),
        submit=_("Accept and open the case"),
        said=_("The case is open."),
        then=lambda case: case_url(case.id),
        hints=_hints(staff),
        order=("owner", "why_owner", "kept", "template", "opened_on", "decided_by", "decided_on"),
    )


def _read(participant_id: int) -> Referral:
    return referral(reading(), actor(), participant_id)


def _own(staff: list[Capacity]) -> list[Capacity]:
    return [one for one in staff if one.user_id == actor().user_id]


def _hints(staff: list[Capacity]) -> dict[str, str]:
    return {str(number): hint for number, hint in owner_hints(staff).items()}


def _suggest(form: AcceptForm | WaitForm | DeclineForm, *, supervises: bool) -> None:
    """Mostly the one who writes has decided."""
    if not form.is_submitted():
        form.decided_by.data = "supervisor" if supervises else "specialist"


@blueprint.route(f"{OF_ONE}/wait", methods=BOTH)
def wait(participant_id: int) -> ResponseReturnValue:
    found, form = _read(participant_id), WaitForm()
    _suggest(form, supervises=actor().role in SUPERVISION)
    return referral_form(
        found,
        form,
        lambda: let_wait(
            session(),
            actor(),
            participant_id,
            seen_version=form.seen(),
            reason=form.reason.data,
            look_again_on=form.look_again_on.data,
            decided_on=form.decided_on.data,
            decided_by=form.decided_by.data,
            note=form.note.data or "",
            kept=form.kept.data,
        ),
        title=_("Let the referral wait"),
        submit=_("Let it wait"),
        said=_("The referral waits. It comes first in the list on the day you chose."),
        order=("reason", "look_again_on", "note", "kept", "decided_by", "decided_on"),
    )


@blueprint.route(f"{OF_ONE}/decline", methods=BOTH)
def say_no(participant_id: int) -> ResponseReturnValue:
    found, form = _read(participant_id), DeclineForm()
    _suggest(form, supervises=actor().role in SUPERVISION)
    return referral_form(
        found,
        form,
        lambda: decline(
            session(),
            actor(),
            participant_id,
            seen_version=form.seen(),
            reason=form.reason.data,
            may_return=form.may_return.data == "yes",
            decided_on=form.decided_on.data,
            decided_by=form.decided_by.data,
            note=form.note.data or "",
            kept=form.kept.data,
        ),
        title=_("Decline the referral"),
        lead=_("Little Norwegian or a long way to work is no reason: that is what the support is for."),
        submit=_("Decline"),
        said=_("The decision is recorded."),
        order=("reason", "may_return", "note", "kept", "decided_by", "decided_on"),
    )


@blueprint.route(f"{OF_ONE}/assign", methods=BOTH)
def give(participant_id: int) -> ResponseReturnValue:
    found, form = _read(participant_id), AssignForm()
    if actor().role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    staff = capacities(reading(), actor())
    form.fit_owners(staff, chosen=found.participant.specialist_id, nobody=_("Nobody yet"))
    form.fit_load(staff)
    return referral_form(
        found,
        form,
        lambda: assign(
            session(),
            actor(),
            participant_id,
            form.owner_id,
            seen_version=form.seen(),
            why=form.why,
            kept=form.looked_again,
        ),
        title=_("Whose referral is it?"),
        submit=_("Save"),
        said=_("The referral is given."),
        hints=_hints(staff),
        order=("owner", "why_owner", "kept"),
    )
