"""Her plan, opened beside her: wishes, goals, dream, how motivated and how sure, and what she was offered and chose."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from se_engine.actions.choices import answer_choice, put_to_her, void_choice
from se_engine.actions.goals import end_goal, record_scores, record_wishes, set_goal
from se_engine.queries.access import access_case
from se_engine.queries.choices import one_choice, tracks_to_choose
from se_engine.queries.participants import OPEN, FieldAnswer, record_page
from se_engine.queries.plan import one_goal, plan_page, tasks_for_words
from se_engine.queries.texts import texts_of
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.plan import AnswerForm, GoalEndForm, GoalForm, ProposalForm, ScoresForm, VoidForm, wishes_form
from web.forms.record import entries_of, name_of
from web.language import language
from web.numbers import whole_number
from web.parts import plan as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("plan", __name__, url_prefix=f"{CASE}/plan")
BOTH = ["GET", "POST"]
FIELDS = {"dream": ("dream",), "wishes": ("main_goal", "job_wishes"), "plans": ("plans", "next_career_step")}
"""Which fields of her record one form asks for."""


@blueprint.app_template_global()
def prompts_for(*tasks: str, place: str | None = None) -> list[dict[str, str]]:
    """Open questions for tasks, by their keys, or for a part of the plan; macros/prompts.html shows them."""
    return parts.questions(*tasks, place=place)


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = plan_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/plan.html",
        frame=of_case(page, "plan"),
        page=page,
        dream=parts.wishes(page, "dream"),
        main_goal=parts.wishes(page, "main_goal"),
        wishes=parts.wishes(page, "job_wishes"),
        plans=parts.wishes(page, "plans"),
        next_step=parts.wishes(page, "next_career_step"),
        goals=parts.goals(page, page.running_goals),
        ended_goals=parts.goals(page, page.ended_goals),
        curve=parts.curve(page.scores),
        waiting=parts.choices(page, page.open_choices),
        answered=parts.choices(page, [choice for choice in page.choices if choice.answer and not choice.voided]),
        voided=parts.choices(page, [choice for choice in page.choices if choice.voided]),
        titles=parts.titles(),
    )


@blueprint.route("/choices/new", methods=BOTH)
@drafted(_("A choice"))
def offer(case_id: int) -> ResponseReturnValue:
    form = ProposalForm(track=request.args.get("track", ""), about=request.args.get("about"))
    form.fit(tracks_to_choose(reading(), actor(), case_id))
    return _form(
        case_id,
        form,
        lambda: put_to_her(
            session(),
            actor(),
            case_id,
            about=form.about.data,
            offer=form.offer.data or "",
            offered_on=form.happened_on.data,
            answer=form.answer.data,
            words=form.words.data or "",
            language=form.language.data,
            interpreter=form.interpreter.data,
            track_id=form.track_id,
            contact_id=whole_number(request.args.get("contact", "")),
            tasks=form.keys,
            kept=form.kept.data,
        ),
        title=gettext("Offer a choice"),
        lead=gettext("What is offered, and what the participant says to it. Without an answer it waits on the plan."),
        submit=gettext("Save the choice"),
        said=gettext("The choice is saved."),
        part="choices",
        template="cases/choice.html",
        languages_offered=True,
    )


@blueprint.route(f"/choices/<{ID}:choice_id>/answer", methods=BOTH)
@drafted(_("An answer"))
def answer(case_id: int, choice_id: int) -> ResponseReturnValue:
    known = one_choice(reading(), actor(), case_id, choice_id)
    form = AnswerForm()
    return _form(
        case_id,
        form,
        lambda: answer_choice(
            session(),
            actor(),
            choice_id,
            answer=form.answer.data,
            answered_on=form.answered_on.data,
            words=form.words.data or "",
            language=form.language.data,
            interpreter=form.interpreter.data,
            tasks=form.keys,
            kept=form.kept.data,
        ),
        title=gettext("Answer to what was offered"),
        submit=gettext("Save the answer"),
        said=gettext("The answer is saved."),
        part="choices",
        template="cases/choice.html",
        asked=_words(case_id, known.offer_text_id),
        languages_offered=True,
    )


@blueprint.route(f"/choices/<{ID}:choice_id>/void", methods=BOTH)
def take_back(case_id: int, choice_id: int) -> ResponseReturnValue:
    known = one_choice(reading(), actor(), case_id, choice_id)
    form = VoidForm()
    return _form(
        case_id,
        form,
        lambda: void_choice(session(), actor(), choice_id, why=form.why.data or ""),
        title=gettext("Take the offer back"),
        lead=gettext("For what was never offered, or was written down wrongly. It stays readable."),
        submit=gettext("Take it back"),
        said=gettext("The offer is taken back."),
        part="choices",
        template="cases/choice.html",
        asked=_words(case_id, known.offer_text_id),
        danger=True,
    )


@blueprint.route("/goals/new", methods=BOTH)
@drafted(_("A goal"))
def set_own_goal(case_id: int) -> ResponseReturnValue:
    follows = whole_number(request.args.get("follows", ""))
    known = one_goal(reading(), actor(), case_id, follows) if follows else None
    form = GoalForm(kind=known[0].kind if known else None)
    return _form(
        case_id,
        form,
        lambda: set_goal(
            session(),
            actor(),
            case_id,
            kind=form.kind.data,
            words=form.words.data or "",
            set_on=form.set_on.data,
            whose=form.whose.data,
            language=form.language.data,
            follows_id=follows,
            tasks=form.keys,
            kept=form.kept.data,
        ),
        title=gettext("The goal has changed") if known else gettext("A goal"),
        lead=gettext("The earlier goal stays as it was said; the new one follows it.") if known else None,
        submit=gettext("Save the goal"),
        said=gettext("The goal is saved."),
        part="goals",
        template="cases/choice.html",
        asked=known[1] if known else None,
        place="goal",
        languages_offered=True,
    )


@blueprint.route(f"/goals/<{ID}:goal_id>/end", methods=BOTH)
def finish_goal(case_id: int, goal_id: int) -> ResponseReturnValue:
    _goal, words = one_goal(reading(), actor(), case_id, goal_id)
    form = GoalEndForm()
    return _form(
        case_id,
        form,
        lambda: end_goal(session(), actor(), goal_id, outcome=form.outcome.data, ended_on=form.ended_on.data),
        title=gettext("End the goal"),
        submit=gettext("End the goal"),
        said=gettext("The goal has ended."),
        part="goals",
        template="cases/choice.html",
        asked=words,
    )


@blueprint.route("/scores", methods=BOTH)
def scores(case_id: int) -> ResponseReturnValue:
    form = ScoresForm()
    return _form(
        case_id,
        form,
        lambda: record_scores(
            session(),
            actor(),
            case_id,
            motivation=form.motivation.number,
            confidence=form.confidence.number,
            happened_on=form.happened_on.data,
        ),
        title=gettext("Two numbers"),
        lead=gettext("Let the participant choose. We talk about what it would take, not about the number."),
        submit=gettext("Save the numbers"),
        said=gettext("The numbers are saved."),
        part="scores",
        template="cases/scores.html",
    )


@blueprint.route("/<part>", methods=BOTH)
@drafted(_("Wishes and plans"))
def words(case_id: int, part: str) -> ResponseReturnValue:
    if part not in FIELDS:
        raise NotFound()
    shown = _fields(case_id, FIELDS[part])
    form = wishes_form(shown)
    known = parts.titles()
    titles = {"dream": known["dream"], "wishes": gettext("Your wishes"), "plans": known["plans"]}
    return _form(
        case_id,
        form,
        lambda: record_wishes(
            session(),
            actor(),
            case_id,
            form.answers(form.shown),
            happened_on=form.happened_on.data,
            tasks=form.keys,
            kept=form.kept.data,
        ),
        title=titles[part],
        submit=gettext("Save"),
        said=gettext("Saved."),
        part=part,
        template="cases/wishes.html",
        names=[name_of(*key) for key in entries_of(form.shown)],
        place="dream" if part == "dream" else "goal",
    )


def _fields(case_id: int, keys: tuple[str, ...]) -> tuple[FieldAnswer, ...]:
    found = record_page(reading(), actor(), access_case(reading(), actor(), case_id).participant_id)
    answers = (answer for group in found.fields.values() for answer in group)
    return tuple(answer for answer in answers if answer.field.key in keys and answer.access == OPEN)


def _words(case_id: int, text_id: int) -> Any:
    case = access_case(reading(), actor(), case_id)
    return texts_of(reading(), case.participant, [text_id]).get(text_id)


def _form(case_id: int, form: Any, act: Callable[[], Any], *, part: str, **more: Any) -> ResponseReturnValue:
    """A form about one part of the plan: back to it, done or not."""
    back = url_for("plan.show", case_id=case_id, _anchor=part)
    if "tasks" in form:
        open_tasks = tasks_for_words(reading(), actor(), case_id)
        form.offer_tasks({task.key: task.title.to(language()) for task in open_tasks})
    return case_form(case_id, form, act, then=lambda _: back, cancel_url=back, **more)
