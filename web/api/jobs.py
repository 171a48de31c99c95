"""Jobs of a case on one address, with what is calculated from them; how they begin and end."""

from collections.abc import Mapping

from se_engine.actions import jobs as actions
from se_engine.actions.job_loss import offer_new_search
from se_engine.queries.absence_points import points_told
from se_engine.queries.access import access_of_case
from se_engine.queries.job_pages import JobsPage, JobStory, jobs_page
from se_engine.queries.subsidies import subsidies_page
from se_engine.records.jobs import AbsencePoint, Job, JobChange
from se_engine.rules.jobs import PLACEMENTS
from web.api.blueprint import CASE, JOB, api
from web.api.describing import reads, writes
from web.api.models import jobs as models
from web.api.shaping import etag, shaped
from web.api.subsidies import shape_subsidy
from web.api.work_absences import shape_absence
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import note_read, session

AHEAD = {"planned_until", "probation_until", "decision_on", "pay_planned_on"}
Told = Mapping[int, Mapping[str, AbsencePoint]]


@api.get(f"{CASE}/jobs")
@reads(models.Jobs, 404)
def list_jobs(case_id: int) -> models.Jobs:
    """Every job with its terms over time, what was said, subsidies and absences; and the labels of today."""
    page = jobs_page(session(), actor(), case_id)
    note_read(page.case)
    told = points_told(session(), [away.id for story in page.jobs for away in story.absences])
    lines = subsidies_page(session(), actor(), case_id).lines
    return models.Jobs(
        case=case_id,
        on=page.today,
        jobs=[_job(page, story, told) for story in page.jobs],
        labels=[shaped(models.Label, label) for label in page.labels],
        subsidies_ahead=[shape_subsidy(one.subsidy, one.steps) for one in lines if one.subsidy.job_id is None],
    )


def _job(page: JobsPage, story: JobStory, told: Told) -> models.Job:
    standing = [_change(page, one, voided=False) for one in story.changes]
    voided = [_change(page, one, voided=True) for one in story.voided]
    return shaped(
        models.Job,
        story.job,
        **key(story.job).model_dump(),
        employer=story.line.employer,
        known_until=story.known_until,
        longest_until=_longest_until(page, story),
        terms=[shaped(models.Terms, one.terms, from_on=one.from_on, until_on=one.until_on) for one in story.stretches],
        changes=sorted([*standing, *voided], key=lambda one: (one.happened_on, one.change_id)),
        texts=[shaped(models.JobText, one, words=page.words.get(one.text_id)) for one in story.texts],
        searches=[
            shaped(models.OfferedSearch, one, words=page.words.get(one.words_text_id or 0)) for one in story.searches
        ],
        subsidies=[shape_subsidy(one, steps) for one, steps in story.subsidies],
        absences=[shape_absence(one, told[one.id]) for one in story.absences],
    )


def _longest_until(page: JobsPage, story: JobStory) -> object:
    rule = story.longest(page.today) if story.terms(page.today).contract in PLACEMENTS else None
    return rule.last_day(story.job.started_on) if rule else None


def _change(page: JobsPage, change: JobChange, *, voided: bool) -> models.JobChange:
    words = page.words.get(change.text_id or 0)
    return shaped(models.JobChange, change, change_id=change.id, words=words, voided=voided)


@api.post(f"{CASE}/jobs")
@writes(models.JobKey, status=201)
@once
def start_job(case_id: int, json: models.NewJob) -> Written:
    """It has begun; two full-time jobs at once and a placement that lasts too long are asked about first."""
    given = json.model_dump(exclude={*AHEAD, "stands"}) | {"occupation": json.occupation or None}
    ahead = actions.Ahead(**json.model_dump(include=AHEAD))
    job = actions.start_job(session(), actor(), case_id, ahead=ahead, kept=json.stands, **given)
    shown, _, headers = _stands(job)
    return shown, 201, {**headers, "Location": f"/api/v1/cases/{case_id}/jobs"}


@api.post(f"{JOB}/end")
@writes(models.JobKey, 412, 428)
@once
def end_job(job_id: int, json: models.JobEnd) -> Written:
    """The last day, who ended it and why; its track ends with it."""
    job, case = access_of_case(session(), actor(), Job, job_id, lock=True)
    check_seen(job)
    return _stands(actions.end_job(session(), actor(), case.id, job.id, **json.model_dump()))


@api.post(f"{JOB}/new-search")
@writes(models.NewSearchKey, status=201)
@once
def offer_search(job_id: int, json: models.NewSearch) -> Written:
    """A new search was offered after the end, and she answered; where the case goes is a move of its own."""
    offered = offer_new_search(session(), actor(), job_id, **json.model_dump())
    return shaped(models.NewSearchKey, offered), 201, {"Location": f"/api/v1/cases/{offered.case_id}/jobs"}


def _stands(job: Job) -> Written:
    session().flush()
    shown = key(job)
    return shown, 200, {"ETag": shown.etag}


def key(job: Job) -> models.JobKey:
    return shaped(models.JobKey, job, job_id=job.id, case=job.case_id, etag=etag(job))
