"""Employers: the register, the card, adding one and changing it."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine.actions.employer_relations import add_person
from se_engine.actions.employers import add_employer, change_employer, version_of
from se_engine.queries.access import access_employer
from se_engine.queries.employer_cards import changes_of, employer_card
from se_engine.queries.employer_feedback import feedback_due
from se_engine.queries.employer_names import LikeEmployer, like_employers
from se_engine.queries.employers import register
from se_engine.rules.employers import FACTS
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK
from web import employer_lists as lists
from web.addresses import ID
from web.answering import Problem, answer, summed_up
from web.auth import actor
from web.drafts import drafted
from web.forms.employers import EmployerForm, NewEmployerForm
from web.parts import employers as parts
from web.session import reading, session

blueprint = Blueprint("employers", __name__, url_prefix="/employers")
BOTH = ["GET", "POST"]


@blueprint.get("")
def index() -> ResponseReturnValue:
    chosen = lists.filters_from(request.args)
    found = register(session(), actor(), chosen, place=lists.place_from(request.args))
    return render_template(
        "employers/list.html",
        found=found,
        panel=lists.panel(found),
        chips=lists.chips(chosen),
        groups=lists.groups(found),
        columns=lists.columns(),
        choices=lists.choices(),
        due=lists.due_lines(feedback_due(session(), actor())),
        **lists.neighbours(found),
    )


@blueprint.route("/new", methods=BOTH)
@drafted(_l("New employer"))
def new() -> ResponseReturnValue:
    office_id = actor().office_id
    if actor().role not in CASEWORK or office_id is None:
        raise NotPermitted()
    form = NewEmployerForm()
    if request.method != "POST":
        return _new(form, [], office_id)

    def act() -> Any:
        added = add_employer(session(), actor(), office_id, another=form.another.data, stage="new", **form.facts())
        if (form.person.data or "").strip():
            add_person(session(), actor(), added.id, name=form.person.data or "")
        return added

    return answer(
        form,
        act,
        then=lambda added: card_url(added.id),
        show=lambda problems, stale: _new(form, problems, office_id),
        said=gettext("The employer is added."),
    )


def _new(form: NewEmployerForm, problems: list[Problem], office_id: int) -> str:
    like: list[LikeEmployer] = []
    if form.another.errors or form.name.errors:
        digits = "".join((form.org_number.data or "").split())
        like = like_employers(reading(), office_id, " ".join((form.name.data or "").split()), digits or None)
    return render_template("employers/new.html", form=form, problems=summed_up(problems), like=like)


@blueprint.get(f"/<{ID}:employer_id>")
def show(employer_id: int) -> ResponseReturnValue:
    card = employer_card(session(), actor(), employer_id)
    return render_template("employers/show.html", card=card, columns=parts.question_columns(), **parts.of_card(card))


@blueprint.get(f"/<{ID}:employer_id>/history")
def history(employer_id: int) -> ResponseReturnValue:
    employer = access_employer(session(), actor(), employer_id)
    changes = parts.change_lines(changes_of(session(), employer_id))
    return render_template("employers/history.html", employer=employer, changes=changes)


@blueprint.route(f"/<{ID}:employer_id>/edit", methods=BOTH)
@drafted(_l("Employer’s card"))
def edit(employer_id: int) -> ResponseReturnValue:
    known = access_employer(reading(), actor(), employer_id)
    form = EmployerForm()
    if request.method != "POST":
        if not form.seen():  # no draft stands in it
            form.put({field: getattr(known, field) for field in FACTS})
            form.card.data = str(version_of(known))
        form.nobody_named.data = False  # said of what is sent, and so each time anew
        return _edit(form, known, [], stale=False)
    return answer(
        form,
        lambda: _change(form, employer_id),
        then=lambda _: card_url(employer_id),
        show=lambda problems, stale: _edit(
            form, access_employer(reading(), actor(), employer_id), problems, stale=stale
        ),
        said=gettext("The card is saved."),
    )


def _change(form: EmployerForm, employer_id: int) -> object:
    return change_employer(
        session(), actor(), employer_id, seen_version=form.seen(), confirmed=form.nobody_named.data, **form.facts()
    )


def _edit(form: EmployerForm, known: Any, problems: list[Problem], *, stale: bool) -> str:
    meanwhile: list[dict[str, Any]] = []
    if stale:
        meanwhile = _bring_up_to_date(form, known)
        form.card.data = str(version_of(known))
    return render_template(
        "employers/edit.html", form=form, employer=known, problems=summed_up(problems), meanwhile=meanwhile
    )


def _bring_up_to_date(form: EmployerForm, known: Any) -> list[dict[str, Any]]:
    """What was changed by others since: shown where the writer changed the same, and taken over where she did not."""
    changes = [one for one in changes_of(reading(), known.id, since=form.seen()) if one.field in FACTS]
    seen = {one.field: one.before for one in changes}  # the newest first, so the oldest word on each field stays
    mine = parts.texts(form.facts())
    form.put({field: getattr(known, field) for field, before in seen.items() if mine[field] == before})
    both = [field for field, before in seen.items() if mine[field] != before]
    newest = {one.field: one for one in reversed(changes)}
    return [parts.meanwhile(newest[field], mine[field]) for field in both]


def card_url(employer_id: int) -> str:
    return url_for("employers.show", employer_id=employer_id)
