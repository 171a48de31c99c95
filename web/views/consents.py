"""The questions of consent: all asked in one talk, each answered by itself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine.actions.consents import record_answers
from se_engine.queries.participants import record_page
from se_engine.rules.consents import LINES, OTHER
from web.addresses import PARTICIPANT
from web.auth import actor
from web.forms.participants import consent_answers, consents_form
from web.parts.record import consent_history
from web.record_forms import record_form
from web.session import reading, session

blueprint = Blueprint("consents", __name__, url_prefix=f"{PARTICIPANT}/consents")


@blueprint.route("", methods=["GET", "POST"])
def ask(participant_id: int) -> ResponseReturnValue:
    known = record_page(reading(), actor(), participant_id)
    asked = {line: answer.answer for line, answer in known.newest_answers.items()}
    form = consents_form(asked)
    return record_form(
        participant_id,
        form,
        lambda: record_answers(
            session(),
            actor(),
            participant_id,
            answers=consent_answers(form),
            form=form["form"].data,
            happened_on=form.happened_on.data,
            language=form.language.data,
            valid_until=form.valid_until.data,
            party=form.party.data or "",
        ),
        title=gettext("Consents"),
        lead=gettext("Read each question aloud. No is a full answer, and costs the participant nothing."),
        submit=gettext("Record the answers"),
        said=gettext("The answers are recorded."),
        template="participants/consents.html",
        languages_offered=True,
        lines=[f"line_{line}" for line in LINES],
        other=f"line_{OTHER}",
        asked=asked,
        history=consent_history(known),
    )
