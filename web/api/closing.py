"""The closing talk with its one question made of facts, the end, and the ends that lack something."""

from hashlib import sha256

from se_engine.actions.closing import Talk, close, report_end
from se_engine.queries.closing import ClosingPage, JobNow, TalkShown, closing_page
from se_engine.queries.closings import ends_lacking
from se_engine.rules.employers import phone
from se_engine.rules.follow_up_answers import NOT_KNOWN
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import closing as models
from web.api.shaping import shaped
from web.api.writes import Headers, Written, check_tag, once
from web.auth import actor
from web.session import note_read, session

WITHOUT_MOVE = "end"
"""Asked for where no move leads to an end: the refusal then says why."""


@api.get(f"{CASE}/closing")
@reads(models.Closing, 404)
def show_closing(case_id: int) -> tuple[models.Closing, Headers]:
    """What the question is made of: in work since …, where, so many hours – correct?"""
    page = closing_page(session(), actor(), case_id)
    note_read(page.case)
    shown = shaped(
        models.Closing,
        page,
        case=case_id,
        job=_job(page.job) if page.job else None,
        end_reason=page.proposed,
        owner=page.case.owner_id,
        talk=_talk(page.talk) if page.talk else None,
        etag=_tag(page),
    )
    return shown, {"ETag": shown.etag}


def _tag(page: ClosingPage) -> str:
    """Of the question: other hours or another job make it another one, though the case stands where it stood."""
    asked = (page.job.id, page.job.since, page.job.terms) if page.job else page.last_job_ended_on
    return f'"{page.case.version}-{sha256(repr(asked).encode()).hexdigest()[:16]}"'


def _job(job: JobNow) -> models.JobAsked:
    return shaped(models.JobAsked, job, job_id=job.id, hours=job.terms.hours, contract=job.terms.contract)


def _talk(talk: TalkShown) -> models.HeldTalk:
    return shaped(models.HeldTalk, talk, present=list(talk.present))


@api.post(f"{CASE}/closing")
@writes(models.ClosingTalkKept, 412, 428, status=201)
@once
def hold_closing(case_id: int, json: models.NewClosingTalk) -> Written:
    """The talk, her last answer as an answer of that day, and with a reason the end: all of it or nothing."""
    page = closing_page(session(), actor(), case_id)
    check_tag(_tag(page))
    made = close(
        session(),
        actor(),
        case_id,
        _said(json, page),
        seen_version=page.case.version,
        job_id=page.job.id if page.job else None,
        trigger=(page.trigger or WITHOUT_MOVE) if json.end_reason else None,
        end_reason=json.end_reason,
        kept=json.kept,
    )
    kept = shaped(
        models.ClosingTalkKept,
        made,
        talk_id=made.id,
        case=case_id,
        ended_on=page.case.ended_on,
        end_reason=page.case.end_reason,
    )
    return kept, 201, {"Location": f"/api/v1/cases/{case_id}/closing"}


def _said(json: models.NewClosingTalk, page: ClosingPage) -> Talk:
    if json.phone.strip():
        phone(json.phone)
    return Talk(
        happened_on=json.happened_on,
        last_answer=page.answer if json.confirmed == "yes" else NOT_KNOWN,
        language=json.language,
        decision=json.decision,
        whom_to_call=", ".join(part for part in (json.whom.strip(), json.phone.strip()) if part),
        natural_support=json.natural_support,
        plan=json.plan,
        present=tuple(json.present),
        ask_later=json.ask_later,
    )


@api.get("/closings")
@reads(models.Ends)
def list_closings() -> models.Ends:
    """Ends that lack a reason or the report to the register; those whose days run out first stand first."""
    found = ends_lacking(session(), actor())
    return models.Ends(ends=[shaped(models.End, line, case=line.case_id) for line in found.lines], more=found.more)


@api.post(f"{CASE}/register-reports")
@writes(models.RegisterReported, status=201)
@once
def report_to_register(case_id: int, json: models.NewRegisterReport) -> Written:
    """The national register was told of the end."""
    report = report_end(session(), actor(), case_id, reported_on=json.reported_on)
    return shaped(models.RegisterReported, report, case=case_id), 201, {"Location": "/api/v1/closings"}
