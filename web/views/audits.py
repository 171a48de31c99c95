"""Audits: the list, a new one, the overview of one with the way on, and its moves."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from se_engine import wording
from se_engine.actions.audits import move_audit, open_audit
from se_engine.clock import today
from se_engine.queries.audit_choices import may_open, offices_to_audit, rateable_frameworks
from se_engine.queries.audits import AuditPage, Member, audit_page, audits_of, has_audits
from se_engine.rules.errors import NoSuchMove, NotFound, NotPermitted
from se_engine.rules.framework import Framework
from se_engine.rules.roles import Role
from web.addresses import ID
from web.answering import Problem, answer, summed_up
from web.audit_forms import BOTH, audit_form
from web.auth import actor
from web.forms.audits import AuditMoveForm, NewAuditForm
from web.language import language
from web.parts import audits as parts
from web.session import reading, session

blueprint = Blueprint("audits", __name__, url_prefix="/audits")


@blueprint.get("")
def index() -> ResponseReturnValue:
    who = actor()
    if who.role not in (Role.AUDITOR, Role.SUPERVISOR) and not has_audits(session(), who):
        raise NotFound()
    rows = [parts.row(line) for line in audits_of(session(), who)]
    return render_template(
        "audits/list.html",
        running=[row for row in rows if not row["ended"]],
        ended=[row for row in rows if row["ended"]],
        opens=may_open(who),
    )


@blueprint.route("/new", methods=BOTH)
def new() -> ResponseReturnValue:
    form = NewAuditForm()
    offices = offices_to_audit(reading(), actor())
    form.fit([(str(number), name) for number, name in offices], framework_choices(), today(reading()))

    def act() -> int:
        name, version = form.chosen
        unit = form.office.number or 0
        return open_audit(session(), actor(), unit, form.charter(), framework=name, version=version).id

    def show(problems: list[Problem], _stale: bool) -> str:
        return render_template(
            "form_page.html",
            form=form,
            problems=summed_up(problems),
            back={"url": url_for("audits.index"), "text": gettext("Audits")},
            heading=gettext("Open an audit"),
            lead=gettext("The version of the framework is fixed from here on, with the sum of its file."),
            action=gettext("Open the audit"),
        )

    if request.method != "POST":
        return show([], False)
    said = gettext("The audit is open. Now fill in its charter.")
    return answer(form, act, then=lambda number: url_for("audit_charter.show", audit_id=number), show=show, said=said)


def framework_choices() -> list[tuple[str, str]]:
    return [(f"{one.name}/{one.version}", _titled(one)) for one in rateable_frameworks()]


def _titled(framework: Framework) -> str:
    return gettext("%(title)s, version %(version)s", title=framework.title.to(language()), version=framework.version)


@blueprint.get(f"/<{ID}:audit_id>")
def show(audit_id: int) -> ResponseReturnValue:
    page = audit_page(session(), actor(), audit_id)
    return render_template(
        "audits/show.html",
        frame=parts.of_audit(page.head, "overview"),
        page=page,
        moves=parts.moves(page),
        waits=parts.others_move(page),
        steps=parts.step_bar(page.head, page.stands),
        deadlines=parts.deadline_rows(page),
        happenings=parts.happenings(page),
        members=[member_fact(one) for one in page.head.members],
        team_url=parts.page_url(audit_id, "team"),
        previous=parts.other_audit(page.previous),
        later=parts.other_audit(page.later),
        yours=_yours(page),
    )


def member_fact(member: Member) -> dict[str, Any]:
    return {"label": wording.word("audit_part", member.row.part, language()).capitalize(), "text": member.name}


def _yours(page: AuditPage) -> str | None:
    """One sentence on whose turn it is."""
    if page.head.ended:
        return None
    if page.options and page.others_next is None:
        return gettext("The next step is yours to take.")
    return gettext("The next step is for others to take. Below stands what it waits for.")


@blueprint.route(f"/<{ID}:audit_id>/moves/<audit_move>", methods=BOTH)
def move(audit_id: int, audit_move: str) -> ResponseReturnValue:
    trigger = audit_move
    page = audit_page(reading(), actor(), audit_id)
    option = next((one for one in page.options if one.move.trigger == trigger), None)
    if option is None:
        _tell_why_not(page, trigger)
    form = AuditMoveForm()
    form.fit(needs_reason=option is not None and option.move.needs_reason)
    title = option.move.title.to(language()) if option else gettext("Move on")
    return audit_form(
        page.head,
        form,
        lambda: move_audit(
            session(),
            actor(),
            audit_id,
            trigger,
            seen_version=form.seen(),
            happened_on=form.happened_on.data,
            words=form.words.data or "",
        ),
        page="overview",
        title=title,
        submit=title,
        said=gettext("Recorded: %(move)s", move=title),
        template="audits/move.html",
        option=parts.move(page.head, option) if option else None,
    )


def _tell_why_not(page: AuditPage, trigger: str) -> None:
    """For others to take, not from this step, or no move at all; what was sent is left to the action."""
    head = page.head
    if any(one.trigger == trigger for one in head.process.moves_from(head.audit.step)):
        raise NotPermitted("not_your_part")
    if all(one.trigger != trigger for one in head.process.moves):
        raise NotFound()
    if request.method != "POST":
        raise NoSuchMove(trigger=trigger, step=head.audit.step)
