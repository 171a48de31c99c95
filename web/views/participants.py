"""The participant's record: identity, languages and levels, interpreter, protection."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.consents import record_guardian
from se_engine.actions.languages import record_levels, set_languages
from se_engine.actions.participants import change_facts, protect, rename
from se_engine.actions.reading import open_on_request
from se_engine.queries.access import access_participant, colleagues
from se_engine.queries.interpreters import likely_language
from se_engine.queries.participants import RecordPage, record_page
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK, SUPERVISION
from web.addresses import ID
from web.answering import note_record_read
from web.auth import actor
from web.forms.participants import (
    ClosedForm,
    FactsForm,
    GuardianForm,
    InterpreterForm,
    LanguagesForm,
    LevelsForm,
    NameForm,
    ProtectionForm,
)
from web.names import country_names, language_names, offered_first
from web.parts import record as parts
from web.parts import referrals as referral_parts
from web.record_forms import record_form
from web.session import reading, session

blueprint = Blueprint("participants", __name__, url_prefix="/participants")
BOTH = ["GET", "POST"]


@blueprint.app_template_global()
def offered_languages() -> list[str]:
    """What a field for a language offers while one writes."""
    return offered_first(language_names())


@blueprint.app_template_global()
def offered_countries() -> list[str]:
    return list(country_names().values())


def _casework() -> list[Any]:
    return [user for user in colleagues(reading(), actor()) if user.role_of in CASEWORK]


@blueprint.get(f"/<{ID}:participant_id>")
def show(participant_id: int) -> ResponseReturnValue:
    page = record_page(session(), actor(), participant_id)
    note_record_read(actor(), page.participant)
    return _record(page, ClosedForm())


@blueprint.post(f"/<{ID}:participant_id>/closed")
def closed(participant_id: int) -> ResponseReturnValue:
    """Opened for this one reading; the next one gives its own reason."""
    form = ClosedForm()
    if not form.validate_on_submit():
        return _record(record_page(session(), actor(), participant_id), form), 422
    open_on_request(session(), actor(), participant_id, why=form.why.data or "")
    return _record(record_page(session(), actor(), participant_id, opened=True), form, opened=True)


def _record(page: RecordPage, form: ClosedForm, *, opened: bool = False) -> str:
    return render_template(
        "participants/show.html",
        frame=parts.of_participant(page, "record"),
        page=page,
        identity=parts.identity(page),
        interpreter=parts.interpreter(page),
        levels=parts.levels(page),
        schemes=parts.schemes(page),
        consents=parts.consents(page),
        groups=parts.field_groups(page),
        form=form,
        opened=opened,
        linked=referral_parts.people(page.linked),
        hidden_links=referral_parts.more_hidden(page.linked),
    )


@blueprint.route(f"/<{ID}:participant_id>/name", methods=BOTH)
def name(participant_id: int) -> ResponseReturnValue:
    form = NameForm()
    if request.method != "POST":
        known = record_page(reading(), actor(), participant_id)
        form.given_name.data, form.family_name.data = known.given_name, known.family_name
    return record_form(
        participant_id,
        form,
        lambda: rename(
            session(),
            actor(),
            participant_id,
            given_name=form.given_name.data or "",
            family_name=form.family_name.data or "",
        ),
        title=gettext("Change the name"),
        submit=gettext("Save the name"),
        said=gettext("The name is changed."),
    )


@blueprint.route(f"/<{ID}:participant_id>/facts", methods=BOTH)
def facts(participant_id: int) -> ResponseReturnValue:
    form = FactsForm(obj=access_participant(reading(), actor(), participant_id))
    return record_form(
        participant_id,
        form,
        lambda: change_facts(session(), actor(), participant_id, seen_version=form.seen(), **form.facts()),
        title=gettext("Who the participant is"),
        lead=gettext("What is not known is left open."),
        submit=gettext("Save"),
        said=gettext("The details are saved."),
        countries_offered=True,
    )


@blueprint.route(f"/<{ID}:participant_id>/interpreter", methods=BOTH)
def interpreter(participant_id: int) -> ResponseReturnValue:
    known = access_participant(reading(), actor(), participant_id)
    spoken = likely_language(reading(), known)
    form = InterpreterForm(interpreter_need=known.interpreter_need, interpreter_language=spoken)
    return record_form(
        participant_id,
        form,
        lambda: change_facts(
            session(),
            actor(),
            participant_id,
            seen_version=form.seen(),
            interpreter_need=form.interpreter_need.data,
            interpreter_language=form.interpreter_language.data if form.interpreter_need.data == "yes" else None,
        ),
        title=gettext("Interpreter"),
        lead=gettext("Decided together with the participant. It closes the task of the first step."),
        submit=gettext("Record the decision"),
        said=gettext("The decision on interpreting is recorded."),
        languages_offered=True,
    )


@blueprint.route(f"/<{ID}:participant_id>/languages", methods=BOTH)
def languages(participant_id: int) -> ResponseReturnValue:
    form = LanguagesForm()
    if request.method != "POST":
        form.put(record_page(reading(), actor(), participant_id).languages)
    return record_form(
        participant_id,
        form,
        lambda: set_languages(session(), actor(), participant_id, form.languages),
        title=gettext("Languages"),
        lead=gettext("All languages are a resource. The first language first."),
        submit=gettext("Save the languages"),
        said=gettext("The languages are saved."),
        languages_offered=True,
    )


@blueprint.route(f"/<{ID}:participant_id>/levels", methods=BOTH)
def levels(participant_id: int) -> ResponseReturnValue:
    form = LevelsForm()
    known = record_page(reading(), actor(), participant_id)
    if request.method != "POST":
        for skill, level in known.newest_levels.items():
            form[skill].data = level.level or ""
    return record_form(
        participant_id,
        form,
        lambda: record_levels(
            session(),
            actor(),
            participant_id,
            levels=form.levels(),
            source=form.source.data,
            happened_on=form.happened_on.data,
        ),
        title=gettext("Norwegian, skill by skill"),
        lead=gettext("The participant’s own estimate is enough. No level closes a door to a job."),
        submit=gettext("Record the levels"),
        said=gettext("The levels are recorded."),
        template="participants/levels.html",
        earlier=parts.earlier_levels(known),
    )


@blueprint.route(f"/<{ID}:participant_id>/guardian", methods=BOTH)
def guardian(participant_id: int) -> ResponseReturnValue:
    form = GuardianForm()
    return record_form(
        participant_id,
        form,
        lambda: record_guardian(
            session(), actor(), participant_id, name=form.name.data or "", consented_on=form.consented_on.data
        ),
        title=gettext("Guardian’s consent"),
        lead=gettext("For a participant under 18 years."),
        submit=gettext("Record the consent"),
        said=gettext("The guardian’s consent is recorded."),
    )


@blueprint.route(f"/<{ID}:participant_id>/protection", methods=BOTH)
def protection(participant_id: int) -> ResponseReturnValue:
    known = access_participant(reading(), actor(), participant_id)
    if actor().role not in SUPERVISION:
        raise NotPermitted("ask_supervisor")
    form = ProtectionForm()
    form.fit({user.id: user.name for user in _casework()})
    if request.method != "POST":
        form.protected.data = "yes" if known.protected else "no"
        form.readers.data = [user_id for user_id, _ in record_page(reading(), actor(), participant_id).readers]
    return record_form(
        participant_id,
        form,
        lambda: protect(
            session(),
            actor(),
            participant_id,
            readers=form.readers.data or [],
            protected=form.protected.data == "yes",
        ),
        title=gettext("Protected address"),
        lead=gettext("Only the persons named here see that the participant exists. You are one of them."),
        submit=gettext("Save"),
        said=gettext("The protection is saved."),
    )
