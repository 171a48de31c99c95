"""The follow-up after job start: a year as a line of points, her choices, scores and topics, surveys, absences."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from se_engine import her_language
from se_engine.actions.absence_points import record_absence_point
from se_engine.actions.checks import record_check, record_topics
from se_engine.actions.schedules import confirm_plan, drop_check, restore_check, wish_contact
from se_engine.actions.scores import record_scores, record_survey
from se_engine.queries.follow_up import FollowUpPage, Schedule, follow_up_page, full_talk, one_absence
from se_engine.rules.errors import NotFound
from web.addresses import CASE, ID
from web.auth import actor
from web.case_forms import case_form
from web.drafts import drafted
from web.forms.follow_up import AbsenceForm, ChoiceForm, MoreForm, PointForm, TalkForm, survey_form, talk_form
from web.language import language
from web.names import language_name
from web.parts import follow_up as parts
from web.parts.heading import of_case
from web.session import note_read, reading, session

blueprint = Blueprint("follow_up", __name__, url_prefix=f"{CASE}/follow-up")
BOTH = ["GET", "POST"]
JOB = f"/<{ID}:job_id>"


@blueprint.get("")
def show(case_id: int) -> ResponseReturnValue:
    page = follow_up_page(session(), actor(), case_id)
    note_read(page.case)
    return render_template(
        "cases/follow_up.html",
        frame=of_case(page, "follow_up"),
        page=page,
        schedules=[parts.schedule(page, one) for one in page.schedules],
        scores=parts.score_rows(page),
        score_columns=parts.score_columns(page.leading, page),
    )


@blueprint.route(f"{JOB}/confirm", methods=BOTH)
def confirm(case_id: int, job_id: int) -> ResponseReturnValue:
    page, one = _schedule(case_id, job_id)
    form = ChoiceForm()
    return _form(
        case_id,
        form,
        lambda: confirm_plan(session(), actor(), case_id, job_id, happened_on=form.happened_on.data, **_said(form)),
        title=gettext("Yes to the follow-up plan"),
        lead=gettext("Go through the days together, in the participant’s language. Light ones may be left out."),
        submit=gettext("Record the yes"),
        said=gettext("The yes to the plan is recorded."),
        template="cases/follow_up_confirm.html",
        schedule=parts.schedule(page, one),
    )


@blueprint.route(f"{JOB}/leave-out", methods=BOTH)
def leave_out(case_id: int, job_id: int) -> ResponseReturnValue:
    page, one = _schedule(case_id, job_id)
    form = PointForm()
    form.fit(parts.light_checks(one, page.today))
    form.words.flags.required = form.words.needed = True
    return _form(
        case_id,
        form,
        lambda: drop_check(
            session(), actor(), case_id, job_id, point=form.point.data, happened_on=form.happened_on.data, **_said(form)
        ),
        title=gettext("Leave out a check"),
        lead=gettext("Only the short calls and messages, and only because the participant wants it."),
        submit=gettext("Leave it out"),
        said=gettext("The check is left out."),
    )


@blueprint.route(f"{JOB}/take-up", methods=BOTH)
def take_up(case_id: int, job_id: int) -> ResponseReturnValue:
    _page, one = _schedule(case_id, job_id)
    form = PointForm()
    form.fit(parts.left_out_checks(one))
    return _form(
        case_id,
        form,
        lambda: restore_check(
            session(), actor(), case_id, job_id, point=form.point.data, happened_on=form.happened_on.data, **_said(form)
        ),
        title=gettext("Take a check up again"),
        submit=gettext("Take it up"),
        said=gettext("The check is in the plan again."),
    )


@blueprint.route(f"{JOB}/more", methods=BOTH)
def more(case_id: int, job_id: int) -> ResponseReturnValue:
    _schedule(case_id, job_id)
    form = MoreForm()
    return _form(
        case_id,
        form,
        lambda: wish_contact(
            session(), actor(), case_id, job_id, day=form.day.data, happened_on=form.happened_on.data, **_said(form)
        ),
        title=gettext("More contact"),
        lead=gettext("The participant wants to be contacted on a day of her or his own choice."),
        submit=gettext("Record the wish"),
        said=gettext("The wish is recorded."),
    )


@blueprint.route("/scores", methods=BOTH)
@drafted(_l("Scores and topics"))
def scores(case_id: int) -> ResponseReturnValue:
    talk = full_talk(reading(), actor(), case_id)
    form = talk_form(talk)
    if talk.check is not None and not form.is_submitted():
        form.happened_on.data = talk.check.happened_on
    title = gettext("How it goes at work: %(check)s", check=parts.check_title(talk.window.check))
    return _form(
        case_id,
        form,
        lambda: _record_talk(case_id, form, talk.check.id if talk.check else None),
        title=title,
        lead=gettext("The participant gives the numbers. What nobody wants to talk about is left open."),
        submit=gettext("Save"),
        said=gettext("Scores and topics are recorded."),
        template="cases/follow_up_scores.html",
        talk=talk,
    )


def _record_talk(case_id: int, form: TalkForm, check_id: int | None) -> None:
    on, kept = form.happened_on.data, bool(form.kept.data)
    told = form.told()
    if check_id is None and told is not None:
        made = record_check(session(), actor(), case_id, happened_on=on, answer=told.answer, evidence=told.evidence)
        check_id = made.id
    given = form.scores()
    record_scores(
        session(), actor(), case_id, happened_on=on, words=form.words.data or "", check_id=check_id, kept=kept, **given
    )
    topics = form.talked()
    if topics and check_id is not None:
        record_topics(session(), actor(), case_id, check_id, topics=topics, kept=kept)


@blueprint.route(f"{JOB}/survey/<int:survey_week>", methods=BOTH)
@drafted(_l("Survey"))
def survey(case_id: int, job_id: int, survey_week: int) -> ResponseReturnValue:
    page, one = _schedule(case_id, job_id)
    if survey_week not in one.plan.survey_weeks:
        raise NotFound()
    spoken = request.args.get("language") or _her_language(page)
    if spoken not in her_language.languages():
        raise NotFound()
    ours, hers = her_language.words(language()), her_language.words(spoken)
    form = survey_form([(key, ours[key]) for key in one.plan.survey], ours[one.plan.survey_open], spoken)
    return _form(
        case_id,
        form,
        lambda: record_survey(
            session(),
            actor(),
            case_id,
            job_id,
            week=survey_week,
            language=form.language.data or spoken,
            filled_in=form.filled_in.data,
            happened_on=form.happened_on.data,
            answers=form.answers(),
            words=form.words.data or "",
            kept=bool(form.kept.data),
        ),
        title=gettext("What the participant thinks of the help, week %(week)s", week=survey_week),
        lead=gettext("1 is no, 5 is yes. A question may be skipped. The employer does not see the answers."),
        submit=gettext("Save the answers"),
        said=gettext("The survey is recorded."),
        template="cases/follow_up_survey.html",
        hers=hers,
        plan=one.plan,
        other_languages=[(code, language_name(code) or code) for code in her_language.languages()],
    )


def _her_language(page: FollowUpPage) -> str:
    """Hers where somebody has written it, else the reader's Norwegian or English."""
    hers = page.case.participant.interpreter_language
    return hers if hers in her_language.languages() else language()


@blueprint.route(f"/absences/<{ID}:away_id>", methods=BOTH)
def absence(case_id: int, away_id: int) -> ResponseReturnValue:
    one, line = one_absence(follow_up_page(reading(), actor(), case_id), away_id)
    form = AbsenceForm()
    open_first = sorted(one.plan.absence_points, key=lambda point: point.key in line.told)
    titles = {point.key: point.title.to(language()) for point in one.plan.absence_points}
    form.fit(titles, open_first[0].key if open_first else None)
    return _form(
        case_id,
        form,
        lambda: record_absence_point(
            session(),
            actor(),
            case_id,
            away_id,
            point=form.point.data,
            followed_up=form.followed_up.data == "yes",
            happened_on=form.happened_on.data,
        ),
        title=gettext("Has the workplace followed up?"),
        lead=gettext("Only whether it was done. Why the participant is away is not written down here."),
        submit=gettext("Save"),
        said=gettext("It is recorded."),
    )


def _schedule(case_id: int, job_id: int) -> tuple[FollowUpPage, Schedule]:
    page = follow_up_page(reading(), actor(), case_id)
    return page, page.of_job(job_id)


def _said(form: Any) -> dict[str, Any]:
    return {"words": form.words.data or "", "kept": bool(form.kept.data)}


def _form(case_id: int, form: Any, act: Any, **page: Any) -> ResponseReturnValue:
    back = url_for("follow_up.show", case_id=case_id)
    return case_form(case_id, form, act, then=lambda _done: back, cancel_url=back, **page)
