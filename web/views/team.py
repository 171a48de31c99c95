"""The supervisor's page: since last Monday, what is not moving, who carries how much; and the facts about staff."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from se_engine.actions import staff
from se_engine.queries.access import colleagues
from se_engine.queries.caseload import caseload
from se_engine.queries.not_moving import not_moving
from se_engine.queries.report_questions import Question
from se_engine.queries.since import since_page
from se_engine.queries.team import team_page
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import SUPERVISION
from web.auth import actor
from web.form_pages import form_page
from web.forms.team import ShareForm, SupervisionForm
from web.parts import loads, monday
from web.session import session
from web.views.monday import since_asked
from web.worklists import step_title

blueprint = Blueprint("team", __name__, url_prefix="/team")


@blueprint.get("")
def show() -> ResponseReturnValue:
    who = actor()
    found = team_page(session(), who)
    happened = since_page(session(), who, since_asked())
    carried = caseload(session(), who, Question(as_of=happened.on, office=who.office_id))
    return render_template(
        "team.html",
        found=found,
        since=happened.since,
        happened=monday.counts(happened),
        away=monday.away_lines(happened),
        stuck=monday.stuck_groups(not_moving(session(), who)),
        caseload_columns=loads.columns(),
        caseload=loads.rows(carried),
        norm=loads.norm(carried),
        step_title=step_title,
    )


@blueprint.route("/shares/new", methods=["GET", "POST"])
def share() -> ResponseReturnValue:
    form = ShareForm()
    form.user.choices = _staff()

    def act() -> None:
        staff.record_share(
            session(), actor(), form.user.data, percent=form.percent.data, se_percent=form.se_percent.data,
            from_on=form.from_on.data, until_on=form.until_on.data,
        )  # fmt: skip

    return form_page(
        form, act, heading=_("Record a share of full time"), action=_("Record"), said=_("Recorded."), back=_team()
    )


@blueprint.route("/supervisions/new", methods=["GET", "POST"])
def supervision() -> ResponseReturnValue:
    form = SupervisionForm()
    form.attended.choices = _staff()

    def act() -> None:
        staff.record_group_supervision(
            session(), actor(), actor().office_id or 0, held_on=form.held_on.data, minutes=form.minutes.data,
            attended=form.attended.data or [],
        )  # fmt: skip

    return form_page(
        form, act, heading=_("Record group supervision"), action=_("Record"), said=_("Recorded."), back=_team()
    )


def _staff() -> dict[int, str]:
    """Everybody of the office, to choose from."""
    if actor().role not in SUPERVISION:
        raise NotPermitted()
    return {user.id: user.name for user in colleagues(session(), actor())}


def _team() -> tuple[str, str]:
    return url_for("team.show"), _("Team")
