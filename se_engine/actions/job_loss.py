"""After the end of a job: a new search is offered, and she answers."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_of_case
from se_engine.records.jobs import Job, NewSearch
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.jobs import SEARCH_ANSWERS
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def offer_new_search(
    session: Session,
    actor: Actor,
    job_id: int,
    *,
    offered_on: date,
    answer: str,
    words: str = "",
    kept: bool = False,
) -> NewSearch:
    """Her answer, with her words; where the case then goes is her move and is taken by itself."""
    job, case = access_of_case(session, actor, Job, job_id)
    if job.voided:
        raise NotFound()
    if job.ended_on is None:
        raise Refused("job_still_runs")
    check_code("answer", answer, SEARCH_ANSWERS)
    if offered_on > today(session):
        raise Refused("in_the_future", day=offered_on.isoformat(), today=today(session).isoformat())
    if offered_on < job.started_on:
        raise Refused("before_job_start", field="offered_on", started=job.started_on.isoformat())
    check_words(session, case, kept=kept, words=words)
    text = keep_note(session, case.participant, "new_search", words)
    offered = NewSearch(
        job_id=job.id,
        case_id=case.id,
        offered_on=offered_on,
        answer=answer,
        words_text_id=text.id if text else None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(offered)
    session.flush()
    write_trail(
        session, actor, "new_search_offered", case=case, happened_on=offered_on, text=text,
        detail={"job": job.id, "answer": answer},
    )  # fmt: skip
    return offered
