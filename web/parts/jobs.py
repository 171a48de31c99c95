"""Jobs and answers at checks, worded."""

from collections.abc import Sequence
from typing import Any

from flask_babel import format_date, gettext

from se_engine import wording
from se_engine.queries.jobs import JobLine, JobsPage
from web.language import language


def job_name(job: JobLine) -> str:
    return ", ".join(part for part in (job.employer, job.occupation) if part) or gettext("A job")


def job_lines(jobs: Sequence[JobLine]) -> list[dict[str, Any]]:
    return [
        {
            "id": job.id,
            "name": job_name(job),
            "when": _when(job),
            "running": job.ended_on is None,
            "facts": " · ".join(_facts(job)),
            "end_reason": wording.word("job_end_reason", job.end_reason, language()) if job.end_reason else None,
        }
        for job in jobs
    ]


def _when(job: JobLine) -> str:
    start = format_date(job.started_on, "medium")
    if job.ended_on is None:
        return gettext("since %(day)s", day=start)
    return f"{start} – {format_date(job.ended_on, 'medium')}"


def _facts(job: JobLine) -> list[str]:
    facts = []
    if job.paid is not None:
        facts.append(gettext("with pay") if job.paid else gettext("without pay"))
    if job.subsidy:
        facts.append(gettext("wage subsidy"))
    if job.hours_per_week:
        hours = f"{job.hours_per_week:g}"
        facts.append(
            gettext("%(number)s hours a week", number=hours if language() == "en" else hours.replace(".", ","))
        )
    if job.contract:
        facts.append(wording.word("contract", job.contract, language()).lower())
    return facts


def job_choices(jobs: Sequence[JobLine]) -> dict[str, str]:
    """Running jobs first."""
    running_first = sorted(jobs, key=lambda job: job.ended_on is not None)
    return {str(job.id): f"{job_name(job)}, {_when(job)}" for job in running_first}


def check_lines(page: JobsPage) -> list[dict[str, Any]]:
    names = {job.id: job_name(job) for job in page.jobs}
    return [
        {
            "day": {"text": format_date(made.happened_on, "medium")},
            "answer": wording.word("check_answer", made.answer, language()),
            "evidence": wording.word("check_evidence", made.evidence, language()),
            "job": names.get(made.job_id or 0, "–"),
        }
        for made in page.checks
    ]
