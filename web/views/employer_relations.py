"""What a card gathers: people to talk to, framework agreements, and the answers to our five questions."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions import employer_relations as actions
from se_engine.actions.employers import version_of
from se_engine.clock import today
from se_engine.queries.access import access_employer, access_person, access_track
from se_engine.queries.employer_cards import agreements_of, people_of
from se_engine.queries.employer_feedback import work_began_on
from se_engine.rules.employers import WEEKS
from se_engine.rules.errors import NotFound
from web.addresses import ID
from web.answering import Problem, answer, summed_up
from web.auth import actor
from web.form_pages import form_page
from web.forms.employers import (
    AgreementEndForm,
    AgreementForm,
    PersonChangeForm,
    PersonForm,
    PersonLeftForm,
    feedback_form,
)
from web.session import reading, session
from web.views.employers import card_url

EMPLOYER = f"/employers/<{ID}:employer_id>"
blueprint = Blueprint("employer_relations", __name__, url_prefix=EMPLOYER)
BOTH = ["GET", "POST"]


@blueprint.route("/people/new", methods=BOTH)
def new_person(employer_id: int) -> ResponseReturnValue:
    back, form = _back(employer_id), PersonForm()

    def act() -> object:
        return actions.add_person(session(), actor(), employer_id, **_told(form))

    return form_page(
        form, act, heading=gettext("Somebody to talk to"), action=gettext("Add the person"),
        lead=gettext("Work details only. They are removed when they are no longer right."),
        said=gettext("The person is added."), back=back,
    )  # fmt: skip


@blueprint.route(f"/people/<{ID}:person_id>/edit", methods=BOTH)
def edit_person(employer_id: int, person_id: int) -> ResponseReturnValue:
    employer = access_employer(reading(), actor(), employer_id)
    person = access_person(reading(), actor(), employer_id, person_id)
    form = PersonChangeForm(obj=person)
    form.show_version(version_of(employer))

    def act() -> object:
        return actions.change_person(
            session(), actor(), employer_id, person_id, seen_version=form.seen(), **_told(form)
        )

    def stale() -> None:
        form.show_version(version_of(access_employer(session(), actor(), employer_id)), again=True)

    return form_page(
        form, act, heading=gettext("Change the person"), action=gettext("Save the person"),
        facts=[{"label": gettext("Name"), "text": person.name}], said=gettext("The person is changed."), stale=stale,
        back=(card_url(employer_id), employer.name),
    )  # fmt: skip


def _told(form: PersonForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "", "function": form.function.data or "", "phone": form.phone.data or "",
        "email": form.email.data or "", "preferred_form": form.preferred_form.data,
        "preferred_time": form.preferred_time.data or "", "decides": bool(form.decides.data),
    }  # fmt: skip


@blueprint.route(f"/people/<{ID}:person_id>/left", methods=BOTH)
def person_left(employer_id: int, person_id: int) -> ResponseReturnValue:
    back, form = _back(employer_id), PersonLeftForm()

    def act() -> object:
        return actions.person_left(session(), actor(), employer_id, person_id, left_on=form.left_on.data)

    person = next((one for one in people_of(reading(), employer_id) if one.id == person_id), None)
    if person is None:
        raise NotFound()
    return form_page(
        form, act, heading=gettext("No longer the one to talk to"), action=gettext("Take off the card"),
        facts=[{"label": gettext("Name"), "text": person.name}], said=gettext("The person is off the card."), back=back,
    )  # fmt: skip


@blueprint.route("/agreements/new", methods=BOTH)
def new_agreement(employer_id: int) -> ResponseReturnValue:
    back, form = _back(employer_id), AgreementForm()

    def act() -> object:
        return actions.add_agreement(
            session(), actor(), employer_id, from_on=form.from_on.data, until_on=form.until_on.data,
            places=form.places.data, tasks=form.tasks.data or "", confirmed=form.nobody_named.data,
        )  # fmt: skip

    return form_page(
        form, act, heading=gettext("Framework agreement"),
        lead=gettext("How many places a year, and for how long."), action=gettext("Record the agreement"),
        said=gettext("The agreement is recorded."), back=back,
    )  # fmt: skip


@blueprint.route(f"/agreements/<{ID}:agreement_id>/end", methods=BOTH)
def end_agreement(employer_id: int, agreement_id: int) -> ResponseReturnValue:
    back, form = _back(employer_id), AgreementEndForm()

    def act() -> object:
        return actions.end_agreement(session(), actor(), employer_id, agreement_id, ended_on=form.ended_on.data)

    if not any(one.id == agreement_id for one in agreements_of(reading(), employer_id, today(reading()))):
        raise NotFound()
    return form_page(
        form, act, heading=gettext("End the agreement before its time"), action=gettext("End the agreement"),
        said=gettext("The agreement is ended."), back=back,
    )  # fmt: skip


@blueprint.route(f"/feedback/<{ID}:track_id>/<{ID}:week>", methods=BOTH)
def feedback(employer_id: int, track_id: int, week: int) -> ResponseReturnValue:
    employer = access_employer(reading(), actor(), employer_id)
    track = access_track(reading(), actor(), track_id)
    if track.employer_id != employer.id or week not in WEEKS:
        raise NotFound()
    form = feedback_form()

    def act() -> object:
        return actions.record_feedback(
            session(), actor(), employer_id, track_id, week, happened_on=form.happened_on.data,
            answers=form.answers(), another=form.another.data, text=form.text.data or "",
            confirmed=form.nobody_named.data,
        )  # fmt: skip

    def page(problems: list[Problem], stale: bool) -> str:
        return render_template(
            "employers/feedback.html", form=form, employer=employer, week=week, occupation=track.occupation,
            began_on=work_began_on(reading(), track_id),
            problems=summed_up(problems),
        )  # fmt: skip

    if request.method != "POST":
        return page([], False)
    return answer(
        form, act, then=lambda _: f"{card_url(employer_id)}#feedback", show=page,
        said=gettext("The answers are recorded. Thank the employer."),
    )  # fmt: skip


def _back(employer_id: int) -> tuple[str, str]:
    """The card, for those it is open to."""
    return card_url(employer_id), access_employer(reading(), actor(), employer_id).name
