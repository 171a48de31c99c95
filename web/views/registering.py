"""Taking somebody in, asking whether she is here already, and referring her once more."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine import processes
from se_engine.actions.participants import next_ref
from se_engine.actions.referrals import refer_again, start, take_in
from se_engine.actions.same_persons import say_same
from se_engine.queries.access import access_participant
from se_engine.queries.capacity import Capacity, capacities
from se_engine.queries.names import Likely, likely_the_same
from se_engine.queries.participants import record_page
from se_engine.queries.same_persons import linked_to, perhaps_the_same
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION
from web.addresses import ID
from web.answering import Problem, answer, note_record_read, summed_up
from web.auth import actor
from web.case_forms import case_url
from web.forms.referrals import AgainForm, NewForm
from web.numbers import whole_number
from web.parts import record as parts
from web.parts import referrals as referral_parts
from web.parts.capacity import owner_hints
from web.parts.packages import package_choices
from web.record_forms import record_form
from web.session import reading, session

blueprint = Blueprint("registering", __name__, url_prefix="/participants")
BOTH = ["GET", "POST"]


@blueprint.route("/new", methods=BOTH)
def new() -> ResponseReturnValue:
    office_id = actor().office_id
    if actor().role not in CASEWORK or office_id is None:
        raise NotPermitted()
    form, staff = NewForm(), capacities(reading(), actor())
    supervises = actor().role in SUPERVISION
    form.fit(staff if supervises else _own(staff), package_choices(processes.latest()), supervises=supervises)
    if request.method != "POST":
        del form.same_as
        form.ref.data = next_ref(reading(), office_id)
        return _new(form, [], staff)
    likely = likely_the_same(reading(), actor(), office_id, form.name, birth_year=form.birth_year.data)
    form.ask_about(likely)
    return answer(
        form,
        lambda: _take_in(form, office_id, likely),
        then=lambda where: where,
        show=lambda problems, stale: _new(form, problems, staff, likely),
        said=gettext("The participant is registered and the case is open.")
        if form.starts_now
        else gettext("The referral is in the inbox."),
    )


def _take_in(form: NewForm, office_id: int, likely: Likely) -> str:
    """Registers her, and says where to go: her case, or her referral."""
    others = [] if form.same_person else [one.participant_id for one in likely.shown]
    participant = take_in(
        session(),
        actor(),
        office_id,
        same_as=form.same_person,
        not_the_same=others,
        specialist_id=None if form.starts_now else form.owner_id,
        why_owner=form.why,
        kept=form.looked_again,
        **form.registered(),
    )
    if not form.starts_now:
        return url_for("referrals.one", participant_id=participant.id)
    case = start(
        session(),
        actor(),
        participant,
        opened_on=form.opened_on.data,
        owner_id=form.owner_id,
        template=form.template.data or None,
        why_owner=form.why,
        kept=form.looked_again,
    )
    return case_url(case.id)


def _new(form: NewForm, problems: list[Problem], staff: list[Capacity], likely: Likely | None = None) -> str:
    return render_template(
        "participants/new.html",
        form=form,
        problems=summed_up(problems),
        hints={str(number): hint for number, hint in owner_hints(staff).items()},
        likely=referral_parts.people(likely) if likely else [],
        hidden=referral_parts.more_hidden(likely) if likely else None,
    )


def _own(staff: list[Capacity]) -> list[Capacity]:
    return [one for one in staff if one.user_id == actor().user_id]


@blueprint.route(f"/<{ID}:participant_id>/same", methods=BOTH)
def same(participant_id: int) -> ResponseReturnValue:
    """Other registrations of hers: linked, looked at and not linked, or taken back."""
    if request.method == "POST":
        return _said_same(participant_id)
    access_participant(reading(), actor(), participant_id)
    if actor().role not in CASEWORK:
        raise NotPermitted()
    found = record_page(session(), actor(), participant_id)
    note_record_read(actor(), found.participant)
    linked, perhaps = linked_to(session(), actor(), found.id), perhaps_the_same(session(), actor(), found.id)
    return render_template(
        "participants/same.html",
        frame=parts.of_participant(found, ""),
        page=found,
        linked=referral_parts.people(linked),
        hidden_links=referral_parts.more_hidden(linked),
        perhaps=referral_parts.people(perhaps),
        hidden=referral_parts.more_hidden(perhaps),
    )


def _said_same(participant_id: int) -> ResponseReturnValue:
    other, same_one = whole_number(request.form.get("other", "")), request.form.get("same") == "yes"
    say_same(session(), actor(), participant_id, other or participant_id, same=same_one)
    said = gettext("The two registrations are linked.") if same_one else gettext("They are kept as two persons.")
    flash(said, "done")
    return redirect(url_for("registering.same", participant_id=participant_id), 303)


@blueprint.route(f"/<{ID}:participant_id>/refer-again", methods=BOTH)
def refer_once_more(participant_id: int) -> ResponseReturnValue:
    access_participant(reading(), actor(), participant_id)
    form = AgainForm()
    return record_form(
        participant_id,
        form,
        lambda: refer_again(
            session(),
            actor(),
            participant_id,
            referred_on=form.referred_on.data,
            referred_by=form.referred_by.data,
        ),
        title=gettext("Referred again"),
        lead=gettext("The referral stands in the inbox once more. What was decided before is kept."),
        submit=gettext("Put it in the inbox"),
        said=gettext("The referral is in the inbox."),
    )
