"""What changes while a job runs, and what is said about it."""

from se_engine.actions.job_changes import change_job as change
from se_engine.actions.job_changes import void_change
from se_engine.actions.job_words import record_job_words as record
from se_engine.queries.access import access_of_case
from se_engine.records.jobs import Job, JobChange
from web.api.blueprint import JOB, api
from web.api.describing import writes
from web.api.models import jobs as models
from web.api.models.plan import Why
from web.api.shaping import shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import session


@api.post(f"{JOB}/changes")
@writes(models.JobChangeKey, status=201)
@once
def change_job(job_id: int, json: models.NewJobChange) -> Written:
    """One change on its day; on the first day of the job it puts right what was written when it began."""
    given = json.model_dump(exclude={"kept", "stands"})
    made = change(session(), actor(), job_id, words_kept=json.kept, kept=json.stands, **given)
    return _key(made), 201, {"Location": _address(job_id)}


@api.post(f"{JOB}/changes/<id:change_id>/void")
@writes(models.JobChangeKey)
@once
def take_job_change_back(job_id: int, change_id: int, json: Why) -> Written:
    """What held before holds again."""
    return _key(void_change(session(), actor(), job_id, change_id, why=json.why)), 200, {}


def _key(made: JobChange) -> models.JobChangeKey:
    return shaped(models.JobChangeKey, made, change_id=made.id)


@api.post(f"{JOB}/words")
@writes(models.JobWordsKept, status=201)
@once
def record_job_words(job_id: int, json: models.NewJobWords) -> Written:
    """The plan for support, what worked and what did not, and words about the end – each in its own words."""
    written = record(session(), actor(), job_id, json.words, kept=json.kept)
    kept = models.JobWordsKept(job_id=job_id, parts=[text.part for text in written])
    return kept, 201, {"Location": _address(job_id)}


def _address(job_id: int) -> str:
    _job, case = access_of_case(session(), actor(), Job, job_id)
    return f"/api/v1/cases/{case.id}/jobs"
