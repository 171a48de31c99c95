"""What stands around a job: needs as appointments, what is sorted out first, partners, promises and problems."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine.actions.commitments import complete_commitment, drop_commitment, record_commitments
from se_engine.actions.needs import change_need, note_need, sort_earlier
from se_engine.actions.partners import record_partner_consents
from se_engine.actions.problems import close_problem, open_problem
from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.choices import tracks_to_choose
from se_engine.queries.needs import needs_page, one_commitment, one_need, one_problem
from se_engine.queries.partners import consent_grid, partner_line, partners_to_choose
from se_engine.queries.texts import texts_of
from se_engine.rules.errors import Stale
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.base import WriteForm
from web.forms.needs import (
    CommitmentEndForm,
    CommitmentsForm,
    NeedChangeForm,
    NeedForm,
    ProblemEndForm,
    ProblemForm,
    topics_form,
)
from web.numbers import whole_number
from web.parts import needs as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("needs", __name__, url_prefix=f"{CASE}/needs")
BOTH = ["GET", "POST"]


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = needs_page(session(), actor(), case_id)
    note_read(page.case)
    asked = {row.partner_id for row in page.grid}
    return render_template(
        "cases/needs.html",
        frame=of_case(page, "needs"),
        page=page,
        first=[parts.need(page, need) for need in page.sorted_first],
        open_needs=[parts.need(page, need) for need in page.open_needs],
        earlier_needs=[parts.need(page, need) for need in page.earlier_needs],
        promises=[parts.commitment(page, made) for made in page.commitments if made.is_open],
        kept_promises=[parts.commitment(page, made) for made in page.commitments if not made.is_open],
        problems=[parts.problem(page, found) for found in page.problems if found.closed_on is None],
        solved=[parts.problem(page, found) for found in page.problems if found.closed_on],
        columns=parts.grid_columns(),
        grid=[parts.grid_row(page.id, row) for row in page.grid],
        partners={partner_id: name for partner_id, name in page.partners.items() if partner_id not in asked},
        in_first_step=page.step == page.process.first_step,
    )


@blueprint.route("/new", methods=BOTH)
@drafted(_("A need"))
def note(case_id: int) -> ResponseReturnValue:
    form = NeedForm(sort_first=request.args.get("first") == "yes")
    form.partner.offer(_partners(case_id))
    return _form(
        case_id,
        form,
        lambda: note_need(
            session(),
            actor(),
            case_id,
            area=form.area.data,
            noted_on=form.happened_on.data,
            words=form.words.data or "",
            partner_id=form.partner.number,
            appointment_on=form.appointment_on.data,
            sort_first=form.sort_first.data,
            kept=form.kept.data,
        ),
        part="needs",
        title=gettext("A need outside work"),
        lead=gettext("What must be in place, who is responsible, and when the appointment is."),
        submit=gettext("Save the need"),
        said=gettext("The need is saved."),
        order=("area", "partner", "appointment_on", "words", "sort_first", "happened_on", "kept"),
    )


@blueprint.route(f"/<{ID}:need_id>", methods=BOTH)
def change(case_id: int, need_id: int) -> ResponseReturnValue:
    known, words = one_need(reading(), actor(), case_id, need_id)
    form = NeedChangeForm(
        partner=str(known.partner_id or ""),
        appointment_on=known.appointment_on,
        status=known.status,
        sort_first=known.sort_first,
        seen_version=str(known.version),
    )
    offered = _partners(case_id)
    form.partner.offer({known.partner_id: known.partner, **offered} if known.partner_id else offered)

    def act() -> Any:
        try:
            return change_need(
                session(),
                actor(),
                need_id,
                seen_version=whole_number(form.seen_version.data or "") or 0,
                status=form.status.data,
                on=form.happened_on.data,
                words=form.words.data or "",
                partner_id=form.partner.number,
                appointment_on=form.appointment_on.data,
                sort_first=form.sort_first.data,
                kept=form.kept.data,
            )
        except Stale:
            form.seen_version.data = str(known.version)
            raise

    return _form(
        case_id,
        form,
        act,
        part="needs",
        title=gettext("How the need stands"),
        submit=gettext("Save"),
        said=gettext("The need is saved."),
        asked=words,
        order=("status", "appointment_on", "partner", "words", "sort_first", "happened_on", "kept"),
    )


@blueprint.post(f"/<{ID}:need_id>/up")
def up(case_id: int, need_id: int) -> ResponseReturnValue:
    one_need(reading(), actor(), case_id, need_id)
    sort_earlier(session(), actor(), need_id)
    return redirect(url_for("needs.show", case_id=case_id, _anchor="first"), 303)


@blueprint.route(f"/partners/<{ID}:partner_id>", methods=BOTH)
def ask_topics(case_id: int, partner_id: int) -> ResponseReturnValue:
    case = access_case(reading(), actor(), case_id)
    partner = partner_line(reading(), actor(), partner_id)
    rows = {row.partner_id: row for row in consent_grid(reading(), case.id, today(reading()))}
    newest = {answer.topic: answer for answer in rows[partner_id].topics} if partner_id in rows else {}
    form = topics_form(
        {topic: "yes" for topic, answer in newest.items() if answer.state in ("yes", "review", "run_out")}
    )
    return _form(
        case_id,
        form,
        lambda: record_partner_consents(
            session(),
            actor(),
            case_id,
            partner_id,
            answers=form.answers,
            happened_on=form.happened_on.data,
            valid_until=form.valid_until.data,
            language=form.language.data,
        ),
        part="partners",
        title=gettext("What %(partner)s may be told", partner=partner.name),
        lead=gettext("Ask about one topic at a time. No is a full answer, and costs nothing."),
        submit=gettext("Record the answers"),
        said=gettext("The answers are recorded."),
        template="cases/topics.html",
        topics=[f"topic_{topic}" for topic in newest or parts.TOPICS],
        languages_offered=True,
    )


@blueprint.route("/promises/new", methods=BOTH)
@drafted(_("Who does what"))
def promise(case_id: int) -> ResponseReturnValue:
    form = CommitmentsForm()
    form.offer(_partners(case_id))
    contact_id = whole_number(request.args.get("contact", ""))
    return _form(
        case_id,
        form,
        lambda: record_commitments(
            session(),
            actor(),
            case_id,
            contact_id,
            form.promises,
            made_on=form.made_on.data,
            because=form.because.data or "",
            kept=form.kept.data,
        ),
        part="promises",
        title=gettext("Who does what by when"),
        lead=gettext("One line each. Lines that are left empty are left out."),
        submit=gettext("Save what was agreed"),
        said=gettext("What was agreed is saved."),
        template="cases/promises.html",
    )


@blueprint.post(f"/promises/<{ID}:commitment_id>/done")
def done(case_id: int, commitment_id: int) -> ResponseReturnValue:
    one_commitment(reading(), actor(), case_id, commitment_id)
    complete_commitment(session(), actor(), commitment_id, done_on=today(session()))
    flash(gettext("Marked as done today."), "done")
    return redirect(url_for("needs.show", case_id=case_id, _anchor="promises"), 303)


@blueprint.route(f"/promises/<{ID}:commitment_id>", methods=BOTH)
def end_promise(case_id: int, commitment_id: int) -> ResponseReturnValue:
    known = one_commitment(reading(), actor(), case_id, commitment_id)
    form = CommitmentEndForm()

    def act() -> Any:
        if form.outcome.data == "done":
            return complete_commitment(session(), actor(), commitment_id, done_on=form.on.data)
        return drop_commitment(
            session(), actor(), commitment_id, why=form.why.data or "", dropped_on=form.on.data, kept=form.kept.data
        )

    return _form(
        case_id,
        form,
        act,
        part="promises",
        title=gettext("What became of it?"),
        submit=gettext("Save"),
        said=gettext("Saved."),
        asked=_text(case_id, known.text_id),
        order=("outcome", "on", "why", "kept"),
    )


@blueprint.route("/problems/new", methods=BOTH)
@drafted(_("A problem"))
def raise_problem(case_id: int) -> ResponseReturnValue:
    form = ProblemForm(track=request.args.get("track", ""))
    form.fit(tracks_to_choose(reading(), actor(), case_id))
    return _form(
        case_id,
        form,
        lambda: open_problem(
            session(),
            actor(),
            case_id,
            tag=form.tag.data,
            brought_by=form.brought_by.data,
            words=form.words.data or "",
            opened_on=form.opened_on.data,
            answer_on=form.answer_on.data,
            track_id=form.track_id,
            kept=form.kept.data,
        ),
        part="problems",
        title=gettext("A problem"),
        lead=gettext("Say it in a few words, without names. It stays on top until it is solved."),
        submit=gettext("Save the problem"),
        said=gettext("The problem is saved."),
        order=("words", "tag", "brought_by", "track", "opened_on", "answer_on", "kept"),
        place="problem",
    )


@blueprint.route(f"/problems/<{ID}:problem_id>", methods=BOTH)
def solve(case_id: int, problem_id: int) -> ResponseReturnValue:
    known = one_problem(reading(), actor(), case_id, problem_id)
    form = ProblemEndForm()
    return _form(
        case_id,
        form,
        lambda: close_problem(
            session(),
            actor(),
            problem_id,
            solution=form.solution.data or "",
            closed_on=form.closed_on.data,
            kept=form.kept.data,
        ),
        part="problems",
        title=gettext("The problem is solved"),
        submit=gettext("Close the problem"),
        said=gettext("The problem is solved."),
        asked=_text(case_id, known.text_id),
        order=("solution", "closed_on", "kept"),
        place="problem",
    )


def _form(
    case_id: int, form: WriteForm, act: Callable[[], Any], *, part: str, order: tuple[str, ...] = (), **more: Any
) -> ResponseReturnValue:
    """A form about one part of the page, its fields in the order in which they are asked: back to it, done or not."""
    back = url_for("needs.show", case_id=case_id, _anchor=part)
    shown = {"template": "cases/need.html", "order": order, "cancel_url": back, **more}
    return case_form(case_id, form, act, then=lambda _: back, **shown)


def _partners(case_id: int) -> dict[int, str]:
    return partners_to_choose(reading(), access_case(reading(), actor(), case_id).office_id)


def _text(case_id: int, text_id: int) -> str | None:
    case = access_case(reading(), actor(), case_id)
    return texts_of(reading(), case.participant, [text_id]).get(text_id)
