"""The closing talk's one question, made of facts; and the ends that lack something, worded."""

from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal, gettext, ngettext

from se_engine import wording
from se_engine.queries.closing import ClosingPage, JobNow, TalkShown
from se_engine.queries.closings import EndLine
from web.language import language
from web.names import language_name


def question(page: ClosingPage) -> str:
    """In work since …, at …, 25 hours a week."""
    if page.job is None:
        if page.last_job_ended_on is None:
            return gettext("No paid job is registered, so the participant is not in work.")
        day = format_date(page.last_job_ended_on, "long")
        return gettext("Not in paid work since %(day)s.", day=day)
    said = [gettext("In work since %(day)s", day=format_date(page.job.since, "long")), *_terms(page.job)]
    return f"{', '.join(said)}."


def _terms(job: JobNow) -> list[str]:
    said = [gettext("at %(employer)s", employer=job.employer)] if job.employer else []
    if job.occupation:
        said.append(gettext("as %(occupation)s", occupation=job.occupation))
    if job.terms.hours:
        said.append(gettext("%(number)s hours a week", number=format_decimal(job.terms.hours)))
    if job.terms.contract:
        said.append(wording.word("contract", job.terms.contract, language()).lower())
    return said


def talk_facts(talk: TalkShown) -> list[dict[str, Any]]:
    """The last talk, line by line; her words stand as she said them."""
    present = ", ".join(wording.word("present", who, language()) for who in talk.present)
    later = {True: gettext("Yes"), False: gettext("No"), None: None}[talk.ask_later]
    facts: list[dict[str, Any]] = [
        {
            "label": gettext("Is the participant in work?"),
            "text": wording.word("check_answer", talk.last_answer, language()),
        },
        {"label": gettext("The participant’s own decision"), "text": talk.decision},
        {"label": gettext("What the participant wants next"), "text": talk.plan},
        {"label": gettext("Who helps at work"), "text": talk.natural_support},
        {"label": gettext("Whom to call"), "text": talk.whom_to_call, "note": language_name(talk.language)},
        {"label": gettext("Who was there"), "text": present},
        {"label": gettext("One message later"), "text": later},
    ]
    return facts


def end_row(line: EndLine) -> dict[str, Any]:
    """One end in the list: what it lacks, and the form that gives it."""
    reason = {"text": wording.word("end_reason", line.end_reason, language())}
    if line.without_reason:
        reason = {"text": gettext("Give the reason"), "url": _correction(line)}
    return {
        "name": {"text": line.name, "url": f"/cases/{line.case_id}", "note": line.owner},
        "ended": format_date(line.ended_on, "medium"),
        "reason": reason,
        "left": _left(line),
        "report": {"text": gettext("Mark as reported"), "url": url_for("closings.reported", case_id=line.case_id)}
        if line.report_by
        else None,
    }


def _correction(line: EndLine) -> str:
    if line.event_id is None:
        return url_for("history.show", case_id=line.case_id)
    return url_for("corrections.event", case_id=line.case_id, event_id=line.event_id)


def _left(line: EndLine) -> dict[str, Any] | None:
    if line.report_by is None or line.days_left is None:
        return None
    note = gettext("by %(day)s", day=format_date(line.report_by, "medium"))
    if line.days_left < 0:
        over = -line.days_left
        return {"text": ngettext("%(num)s day over", "%(num)s days over", over), "tone": "act", "note": note}
    left = ngettext("%(num)s day left", "%(num)s days left", line.days_left)
    return {"text": left, "tone": "look" if line.days_left <= 14 else "plain", "note": note}
