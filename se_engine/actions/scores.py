"""Her own five scores, and her experience of the service: asked, answered, never changed afterwards."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.checks import check_of
from se_engine.actions.jobs import job_of
from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day, close_by_fact
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.queries.schedules import leading_job, plan_of
from se_engine.records.follow_up import Scores, Survey, SurveyAnswer
from se_engine.records.jobs import Job
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_answers import FILLED_IN, HIGHEST, LOWEST, check_scores
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def record_scores(
    session: Session,
    actor: Actor,
    case_id: int,
    *,
    happened_on: date,
    safe: int,
    understand: int,
    learn: int,
    belong: int,
    stay: int,
    words: str = "",
    job_id: int | None = None,
    check_id: int | None = None,
    kept: bool = False,
) -> Scores:
    """How she has it on a day, from 1 to 5; it is the fact that closes the monthly task."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, happened_on)
    given = {"safe": safe, "understand": understand, "learn": learn, "belong": belong, "stay": stay}
    check_scores(given)
    check_words(session, case, kept=kept, words=words)
    job = job_of(session, case, job_id) if job_id else leading_job(session, case.id, happened_on)
    text = keep_note(session, case.participant, "scores", words)
    made = Scores(
        case_id=case.id,
        job_id=job.id if job else None,
        check_id=check_of(session, case, check_id).id if check_id else None,
        happened_on=happened_on,
        words_text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
        **given,
    )
    session.add(made)
    session.flush()
    write_trail(
        session, actor, "scores_recorded", case=case, happened_on=happened_on, text=text, detail={"scores": made.id}
    )
    told = ",".join(str(score) for score in given.values())
    close_by_fact(session, actor, case, "scores", happened_on=happened_on, value=told, text=text)
    return made


def record_survey(
    session: Session,
    actor: Actor,
    case_id: int,
    job_id: int,
    *,
    week: int,
    language: str,
    filled_in: str,
    happened_on: date,
    answers: Mapping[str, int],
    words: str = "",
    kept: bool = False,
) -> Survey:
    """What she thinks of the help, in her language; a question she skips has no answer."""
    case = access_case(session, actor, case_id)
    job = job_of(session, case, job_id)
    plan = plan_of(job)
    check_working_day(session, case, happened_on)
    if week not in plan.survey_weeks:
        raise Refused("survey_week", allowed=", ".join(map(str, plan.survey_weeks)))
    check_language(language)
    check_code("filled_in", filled_in, FILLED_IN)
    for key, score in answers.items():
        check_code("question", key, plan.survey)
        if not LOWEST <= score <= HIGHEST:
            raise Refused("score_needed", score=key)
    if not answers and not words.strip():
        raise Refused("survey_empty")
    # Two who write it at once wait for each other here: a survey is never changed, so there is one.
    session.execute(select(Job.id).where(Job.id == job.id).with_for_update(key_share=True))
    if session.scalar(select(Survey.id).where(Survey.job_id == job.id, Survey.week == week)):
        raise Refused("survey_answered", week=week)
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "survey", words)
    made = Survey(
        case_id=case.id,
        job_id=job.id,
        week=week,
        plan_version=plan.version,
        language=language,
        filled_in=filled_in,
        happened_on=happened_on,
        words_text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    session.add_all([SurveyAnswer(survey_id=made.id, question=key, score=score) for key, score in answers.items()])
    write_trail(
        session, actor, "survey_recorded", case=case, happened_on=happened_on, text=text,
        detail={"survey": made.id, "week": week},
    )  # fmt: skip
    session.flush()
    return made
