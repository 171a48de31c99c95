"""What was said about a job, part by part: her words, the workplace's, what worked, the plan for support."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.texts import keep_text
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_of_case
from se_engine.queries.job_terms import parts_of
from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.jobs import Job, JobText
from se_engine.rules.errors import NotFound
from se_engine.rules.jobs import PARTS
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code


def record_job_words(
    session: Session, actor: Actor, job_id: int, words: Mapping[str, str], *, kept: bool = False
) -> list[JobText]:
    """The parts that say something new; an earlier text of a part stays, and counts no more."""
    job, case = access_of_case(session, actor, Job, job_id)
    if job.voided:
        raise NotFound()
    return write_words(session, actor, case, job, words, kept=kept)


def check_parts(session: Session, case: Case, words: Mapping[str, str], *, kept: bool) -> dict[str, str]:
    """The parts that say something; Refused for a part there is not, or words that should be looked at again."""
    given = {part: text.strip() for part, text in words.items() if text and text.strip()}
    for part in given:
        check_code("part", part, PARTS)
    check_words(session, case, kept=kept, **given)
    return given


def write_words(
    session: Session, actor: Actor, case: Case, job: Job, words: Mapping[str, str], *, kept: bool
) -> list[JobText]:
    """The same for a case that is open to the reader; nothing is written of a part that says what it said."""
    given = check_parts(session, case, words, kept=kept)
    if not given:
        return []
    before = parts_of(session, job.id)
    told = texts_of(session, case.participant, list(before.values()))
    written = []
    for part, text in given.items():
        if told.get(before.get(part, 0)) == text:
            continue
        sealed = keep_text(session, case.participant, f"job_{part}", text)
        row = JobText(job_id=job.id, part=part, text_id=sealed.id, recorded_by=actor.user_id, recorded_at=now(session))
        session.add(row)
        written.append(row)
        write_trail(session, actor, "job_words", case=case, text=sealed, detail={"job": job.id, "job_part": part})
    session.flush()
    return written
