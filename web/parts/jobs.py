"""Jobs and answers at checks, worded."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.jobs import CheckLine, JobLine
from web.language import language


def job_name(job: JobLine) -> str:
    return ", ".join(part for part in (job.employer, job.occupation) if part) or gettext("A job")


def job_lines(jobs: Sequence[JobLine]) -> list[dict[str, Any]]:
    return [
        {
            "id": job.id,
            "name": job_name(job),
            "when": when_of(job),
            "running": job.ended_on is None,
            "facts": " · ".join(facts_of(job)),
            "end_reason": wording.word("job_end_reason", job.end_reason, language()) if job.end_reason else None,
        }
        for job in jobs
    ]


def when_of(job: JobLine) -> str:
    start = format_date(job.started_on, "medium")
    if job.ended_on is None:
        return gettext("since %(day)s", day=start)
    return f"{start} – {format_date(job.ended_on, 'medium')}"


def facts_of(job: JobLine) -> list[str]:
    facts = []
    if job.paid is not None:
        facts.append(gettext("with pay") if job.paid else gettext("without pay"))
    if job.subsidy:
        facts.append(gettext("wage subsidy"))
    if job.hours:
        hours = f"{job.hours:g}"
        facts.append(
            gettext("%(number)s hours a week", number=hours if language() == "en" else hours.replace(".", ","))
        )
    if job.contract:
        facts.append(wording.word("contract", job.contract, language()).lower())
    return facts


def job_choices(jobs: Sequence[JobLine]) -> dict[str, str]:
    """Running jobs first."""
    running_first = sorted(jobs, key=lambda job: job.ended_on is not None)
    return {str(job.id): f"{job_name(job)}, {when_of(job)}" for job in running_first}


def check_lines(checks: Sequence[CheckLine], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Answers, with the name of the job each is about."""
    return [
        {
            "day": {"text": format_date(made.happened_on, "medium")},
            "answer": wording.word("check_answer", made.answer, language()),
            "evidence": wording.word("check_evidence", made.evidence, language()),
            "job": names.get(made.job_id or 0, "–"),
        }
        for made in checks
    ]
