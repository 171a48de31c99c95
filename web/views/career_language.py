"""Goals for each language skill, and tests: registered for, taken, with what came of them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _

from se_engine import wording
from se_engine.actions.language_goals import end_language_goal, set_language_goal
from se_engine.actions.language_tests import record_test, test_of, void_test
from se_engine.queries.access import access_case
from se_engine.queries.texts import texts_of
from se_engine.queries.wishes import wishes_of
from se_engine.rules.languages import SKILLS
from web.addresses import CASE, ID
from web.auth import actor
from web.drafts import drafted
from web.forms.career import LanguageGoalEndForm, LanguageGoalForm, TestAheadForm, TestResultForm, TestTakenForm
from web.forms.plan import VoidForm
from web.language import language
from web.session import reading, session
from web.views.career import BOTH, career_form, void_form

blueprint = Blueprint("career_language", __name__, url_prefix=f"{CASE}/career")


@blueprint.route("/goals/new", methods=BOTH)
@drafted(_("A goal for Norwegian"))
def new_goal(case_id: int) -> ResponseReturnValue:
    asked = request.args.get("skill", "")
    form = LanguageGoalForm(skill=asked if asked in SKILLS else None)
    form.fit(_wishes(case_id))
    return career_form(
        case_id,
        form,
        lambda: set_language_goal(
            session(),
            actor(),
            case_id,
            skill=form.skill.data,
            level=form.level.data,
            set_on=form.set_on.data,
            by_on=form.by_on.data,
            wish=form.rank,
            words=form.words.data or "",
            kept=form.kept.data,
        ),
        title=gettext("A goal for Norwegian"),
        lead=gettext("What the wished job asks for. An earlier goal for the same skill ends as changed."),
        submit=gettext("Save the goal"),
        said=gettext("The goal is saved."),
        part="goals",
    )


@blueprint.route(f"/goals/<{ID}:language_goal_id>/end", methods=BOTH)
def finish_goal(case_id: int, language_goal_id: int) -> ResponseReturnValue:
    form = LanguageGoalEndForm()
    return career_form(
        case_id,
        form,
        lambda: end_language_goal(
            session(), actor(), case_id, language_goal_id, outcome=form.outcome.data, ended_on=form.ended_on.data
        ),
        title=gettext("The goal is reached or put aside"),
        submit=gettext("Save"),
        said=gettext("Saved."),
        part="goals",
    )


@blueprint.route("/tests/new", methods=BOTH)
def register(case_id: int) -> ResponseReturnValue:
    form = TestAheadForm()
    return career_form(
        case_id,
        form,
        lambda: record_test(
            session(),
            actor(),
            case_id,
            kind=form.kind.data,
            taken_on=form.taken_on.data,
            attempt=form.attempt.data,
        ),
        title=gettext("Registered for a test"),
        lead=gettext("You are reminded a week before, and of the result afterwards."),
        submit=gettext("Save the test"),
        said=gettext("The test is saved."),
        part="tests",
    )


@blueprint.route("/tests/taken", methods=BOTH)
def taken(case_id: int) -> ResponseReturnValue:
    form = TestTakenForm()
    return career_form(
        case_id,
        form,
        lambda: record_test(
            session(),
            actor(),
            case_id,
            kind=form.kind.data,
            taken_on=form.taken_on.data,
            results=form.results(),
            passed=form.has_passed,
            attempt=form.attempt.data,
        ),
        title=gettext("A test that was taken"),
        lead=gettext("The result in a skill is also the participant’s level that day."),
        submit=gettext("Save the test"),
        said=gettext("The test is saved."),
        part="tests",
        template="cases/test_taken.html",
    )


@blueprint.route(f"/tests/<{ID}:test_id>/result", methods=BOTH)
def result(case_id: int, test_id: int) -> ResponseReturnValue:
    test = test_of(reading(), access_case(reading(), actor(), case_id), test_id)
    form = TestResultForm()
    form.fit(test.kind)
    named = wording.word("language_test", test.kind, language())
    return career_form(
        case_id,
        form,
        lambda: record_test(
            session(),
            actor(),
            case_id,
            kind=test.kind,
            taken_on=test.taken_on,
            results=form.results(),
            passed=form.has_passed,
            attempt=test.attempt,
        ),
        title=gettext("The result of the test"),
        lead=f"{named}, {format_date(test.taken_on, 'medium')}",
        submit=gettext("Save the result"),
        said=gettext("The result is saved."),
        part="tests",
    )


@blueprint.route(f"/tests/<{ID}:test_id>/void", methods=BOTH)
def void(case_id: int, test_id: int) -> ResponseReturnValue:
    test_of(reading(), access_case(reading(), actor(), case_id), test_id)
    form = VoidForm()
    return void_form(case_id, form, lambda: void_test(session(), actor(), case_id, test_id, why=form.why.data), "tests")


def _wishes(case_id: int) -> dict[int, str | None]:
    case = access_case(reading(), actor(), case_id)
    ranked = wishes_of(reading(), case.participant_id)
    words = texts_of(reading(), case.participant, list(ranked.values()))
    return {rank: words.get(text_id) for rank, text_id in ranked.items()}
