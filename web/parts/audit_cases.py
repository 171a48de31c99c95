"""A sampled case worded for an auditor: no links into the case, because none of them would open."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_date, gettext, ngettext

from se_engine import wording
from se_engine.queries.audit_reading import AgreementRead, CaseRead
from se_engine.queries.standing import Stand
from se_engine.rules.documents import parties_of
from se_engine.rules.masking import KINDS
from se_engine.rules.tasks import DIMENSIONS
from web.language import language
from web.parts import contacts, documents, entries, jobs, tasks
from web.parts.heading import step_short

NOT_HERE = ("url", "link", "void_url", "note_url")
"""Ways into the case, which is closed to its auditors but for this page."""


def marks() -> dict[str, str]:
    """What stands in the place of what is left out."""
    return {kind: f"[{wording.word('masked', kind, language())}]" for kind in KINDS}


def steps(page: CaseRead) -> list[dict[str, Any]]:
    return [_step(stand) for stand in page.stands]


def _step(stand: Stand) -> dict[str, Any]:
    note = ngettext("%(num)s day", "%(num)s days", stand.days) if stand.visits else None
    return {
        "key": stand.step.key, "title": step_short(stand.step.key), "state": stand.state, "visits": stand.visits,
        "note": note,
    }  # fmt: skip


def matrix(page: CaseRead) -> dict[str, Any]:
    states = {stand.step.key: stand.state for stand in page.stands}
    return {
        "dimensions": [{"key": key, "title": wording.word("dimension", key, language())} for key in DIMENSIONS],
        "rows": [
            {
                "title": step_short(row[0].step),
                "state": states.get(row[0].step, "remaining"),
                "cells": [{"status": cell.status, "done": cell.done, "total": cell.total} for cell in row],
            }
            for row in page.cells
        ],
    }


def answered(page: CaseRead) -> list[dict[str, Any]]:
    """By step: the tasks that have an answer, with what shows it."""
    found = []
    for step, groups in page.groups.items():
        told = tasks.groups(page, groups, case_id=page.case.id)
        kept = [{**group, "tasks": [_closed(task) for task in group["answered"]]} for group in told]
        if any(group["tasks"] for group in kept):
            found.append({"title": step_short(step), "groups": kept})
    return found


def contacts_read(page: CaseRead) -> list[dict[str, Any]]:
    return [_closed(contacts.contact(line, page.process)) for line in page.contacts]


def story(page: CaseRead) -> list[dict[str, Any]]:
    return [_closed(told) for told in entries.timeline(page, page.entries, full=True)]


def agreements(page: CaseRead) -> list[dict[str, Any]]:
    return [_agreement(one) for one in page.agreements]


def _agreement(one: AgreementRead) -> dict[str, Any]:
    found, told = one.found, one.found.circumstances.told
    kind, agreed = found.kind, found.standing.agreed
    parts = [
        {
            "title": part.title.to(language()),
            "fields": [
                {**documents.shown_field(field, one.content.get(field.key)), "closed": field.key in one.closed}
                for field in kind.in_part(part.key, told=told)
                if field.key in one.content or field.key in one.closed
            ],
        }
        for part in kind.parts
    ]
    return {
        "title": f"{kind.title.to(language())}: {documents.about(found, one.employer)}",
        "status": documents.status(found),
        "tone": documents.TONES[found.standing.status],
        "version": gettext(
            "Version %(number)s, %(day)s", number=found.version.number,
            day=format_date(found.version.happened_on, "medium"),
        ),
        "agreed": [
            gettext("%(who)s: %(day)s", who=documents.parties((party,)), day=documents.day(agreed.get(party)) or "–")
            for party in parties_of(kind, found.circumstances)
        ],
        "understood": found.standing.understood,
        "parts": [part for part in parts if part["fields"]],
    }  # fmt: skip


def work(page: CaseRead) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The jobs, and the answers at checks."""
    names = {job.id: jobs.job_name(job) for job in page.jobs}
    return jobs.job_lines(page.jobs), jobs.check_lines(page.checks, names)


def versions(page: CaseRead) -> list[str]:
    """By which rules the case has been worked with."""
    process = page.process
    lines = [gettext("%(name)s, version %(number)s", name=process.title.to(language()), number=process.version)]
    lines += sorted({f"{one.found.kind.title.to(language())}, {one.found.kind.name}" for one in page.agreements})
    lines += [
        gettext(
            "%(scheme)s since %(day)s, rules %(version)s", scheme=wording.word("scheme", scheme, language()),
            day=documents.day(since) or "–", version=version or "–",
        )
        for scheme, since, version in page.schemes
    ]  # fmt: skip
    return lines


def _closed(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in shown.items() if key not in NOT_HERE}
