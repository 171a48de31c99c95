"""The fields of the record, a group at a time, each with its purpose and who reads it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine import record_fields
from se_engine.actions.record import record_answers
from se_engine.queries.participants import OPEN, FieldAnswer, record_page
from se_engine.rules.errors import NotFound, NotPermitted
from web.addresses import PARTICIPANT
from web.auth import actor
from web.forms.record import entries_of, group_form, name_of
from web.language import language
from web.parts.record import about
from web.record_forms import record_form
from web.session import reading, session

blueprint = Blueprint("record", __name__, url_prefix=f"{PARTICIPANT}/fields")


@blueprint.route("/<group>", methods=["GET", "POST"])
def group(participant_id: int, group: str) -> ResponseReturnValue:
    page = record_page(reading(), actor(), participant_id)
    if group not in page.fields:
        raise NotFound()
    shown = tuple(answer for answer in page.fields[group] if answer.access == OPEN)
    if not shown:
        raise NotPermitted()
    form = group_form(shown)
    return record_form(
        participant_id,
        form,
        lambda: record_answers(
            session(), actor(), participant_id, form.answers(shown), happened_on=form.happened_on.data
        ),
        title=record_fields.catalogue().groups[group].to(language()),
        lead=gettext("Only what is needed to help. Everything may be left open."),
        submit=gettext("Save"),
        said=gettext("The answers are saved."),
        template="participants/group.html",
        boxes=_boxes(shown),
        countries_offered=True,
    )


def _boxes(shown: tuple[FieldAnswer, ...]) -> list[dict[str, object]]:
    """Each field with the names of its boxes."""
    keys = list(entries_of(shown))
    return [
        {**about(answer.field), "names": [name_of(key, entry) for key, entry in keys if key == answer.field.key]}
        for answer in shown
    ]
