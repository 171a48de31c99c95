"""A sampled case as an auditor reads it: what was done, when and by what rules – not who it was done for.

Names are hidden unless the charter opens them. Health, money, family and safety are shown to nobody here: neither
fields of the record nor needs outside work are read, reasons about them are left out, and free text is masked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access_audits import access_audit_case
from se_engine.queries.cases import Opened, every_entry, text_ids, user_ids
from se_engine.queries.contacts import ContactLine, every_contact
from se_engine.queries.documents import Found, contents_of, documents_of
from se_engine.queries.entries import Entry
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import process_of
from se_engine.queries.jobs import CheckLine, JobLine, checks_of, jobs_of
from se_engine.queries.options import conditions_of
from se_engine.queries.people import people_of
from se_engine.queries.standing import Stand, stands_of
from se_engine.queries.task_rows import (
    Cell,
    TaskGroup,
    cells_of,
    groups_of,
    newest_evidence,
    task_records,
)
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.audits import Audit, AuditCase
from se_engine.records.cases import Case
from se_engine.records.employers import Employer, EmployerPerson
from se_engine.records.jobs import Job
from se_engine.records.needs import Partner
from se_engine.records.participants import SchemeMembership
from se_engine.records.tracks import Track
from se_engine.rules.documents import Content
from se_engine.rules.event_log import ABOUT_HEALTH
from se_engine.rules.facts import CaseFacts
from se_engine.rules.masking import masked
from se_engine.rules.roles import Actor

CLOSED_CODES = ABOUT_HEALTH | {"leave", "economy", "family_situation", "health", "childcare", "debt"}
"""Reasons and topics that say something of her health, money or family."""

CLOSED_FIELDS = (
    "pay", "pay_plan", "support_outside", "adaptation", "adaptations", "factors", "employer_contact", "buddy",
    "buddy_phone",
)  # fmt: skip
"""Parts of documents that are about money, health or family, or that are a name: only that they are filled in."""

Mask = Callable[[str | None], str | None]


@dataclass(frozen=True)
class AgreementRead:
    """One agreement, plan or report: where it stands, and what it says with the closed parts left out."""

    found: Found
    content: Content
    closed: tuple[str, ...]
    """The fields that are filled in and not shown."""
    employer: str | None


@dataclass(frozen=True)
class CaseRead(Opened):
    """Everything an auditor may read of one case; `name` is hers only where the charter opens names."""

    audit: Audit
    chosen: AuditCase
    stands: tuple[Stand, ...]
    cells: tuple[tuple[Cell, ...], ...]
    groups: Mapping[str, tuple[TaskGroup, ...]]
    """By step: the tasks with their evidence."""
    entries: tuple[Entry, ...]
    contacts: tuple[ContactLine, ...]
    agreements: tuple[AgreementRead, ...]
    jobs: tuple[JobLine, ...]
    checks: tuple[CheckLine, ...]
    schemes: tuple[tuple[str, date | None, str | None], ...]
    """Scheme, since when, and the version of the rules it was checked by."""


def case_read(session: Session, actor: Actor, audit_id: int, number: int, marks: Mapping[str, str]) -> CaseRead:
    """NotFound outside the sample and outside the days of reading; `marks` words what is left out, by kind."""
    audit, chosen, case = access_audit_case(session, actor, audit_id, number)
    process, facts = process_of(case), facts_of(session, case, process_of(case))
    rows = task_records(session, case.id)
    employers, around = _around(session, case)
    workplaces = _workplaces(employers, names_open=audit.names_open)
    groups = _groups(case, facts, rows, workplaces)
    entries = [_without_reasons(entry) for entry in every_entry(session, case)]
    every_group = [group for found in groups.values() for group in found]
    words = texts_of(session, case.participant, text_ids(case, entries, every_group, ()))
    name = full_name(words.get(case.participant.name_id or 0))
    people = people_of(session, user_ids(case, entries, every_group, ()))
    mask = _mask([name, case.participant.ref, *employers, *around], marks, names_open=audit.names_open)
    return CaseRead(
        case=case,
        process=process,
        name=name if audit.names_open else "",
        today=today(session),
        words={number: mask(text) for number, text in words.items()},
        people=people,
        audit=audit,
        chosen=chosen,
        stands=stands_of(session, case, process, today(session)),
        cells=cells_of(process, facts, conditions_of(facts), ()),
        groups=groups,
        entries=tuple(replace(entry, employer=workplaces.get(entry.employer or "")) for entry in entries),
        contacts=tuple(_contact(one, workplaces, mask, audit.names_open) for one in every_contact(session, case)),
        agreements=_agreements(session, case, workplaces, mask),
        jobs=tuple(_job(one, workplaces) for one in jobs_of(session, case.id)),
        checks=checks_of(session, case.id),
        schemes=_schemes(session, case),
    )


def _groups(
    case: Case, facts: CaseFacts, rows: Sequence[Row[Any]], workplaces: Mapping[str, str]
) -> dict[str, tuple[TaskGroup, ...]]:
    process = process_of(case)
    conditions = conditions_of(facts)
    evidence = {
        task: tuple(replace(one, employer=workplaces.get(one.employer or "")) for one in found)
        for task, found in newest_evidence(process, rows).items()
    }
    found = {
        step.key: groups_of(process, facts, evidence, step=step.key, conditions=conditions) for step in process.steps
    }
    return {step: groups for step, groups in found.items() if any(group.rows for group in groups)}


def _without_reasons(entry: Entry) -> Entry:
    return replace(entry, code=None, text_id=None) if entry.code in CLOSED_CODES else entry


def _around(session: Session, case: Case) -> tuple[list[str], list[str]]:
    """The workplaces of the case in the order they came, and the people there and at partners by name."""
    of_case = {
        number
        for kind in (Track, Job)
        for number in session.scalars(select(kind.employer_id).where(kind.case_id == case.id))
        if number
    }
    places = session.scalars(select(Employer.name).where(Employer.id.in_(of_case)).order_by(Employer.id)).all()
    persons = session.scalars(select(EmployerPerson.name).where(EmployerPerson.employer_id.in_(of_case))).all()
    partners = session.scalars(select(Partner.name).where(Partner.office_id == case.office_id)).all()
    return list(places), [*persons, *partners]


def _workplaces(employers: Sequence[str], *, names_open: bool) -> dict[str, str]:
    """By name: what auditors call it. A, B, C … tell workplaces apart without telling where she works."""
    return {name: name if names_open else _letter(place) for place, name in enumerate(dict.fromkeys(employers))}


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{place}"


def _mask(names: Sequence[str], marks: Mapping[str, str], *, names_open: bool) -> Mask:
    def read(text: str | None) -> str | None:
        return masked(text, names, marks, names_open=names_open) if text else text

    return read


def _contact(line: ContactLine, workplaces: Mapping[str, str], mask: Mask, names_open: bool) -> ContactLine:
    """Words kept from the participant herself are kept from auditors too: they are often about somebody's safety."""
    return replace(
        line,
        words={part: mask(text) for part, text in line.words.items()} if line.shared else {},
        employer=workplaces.get(line.employer or ""),
        partner=line.partner if names_open else None,
        employer_text=mask(line.employer_text),
        employer_agreed=mask(line.employer_agreed),
        booking=replace(line.booking, reason=None, not_this_person=None, dialect=None) if line.booking else None,
    )


def _job(line: JobLine, workplaces: Mapping[str, str]) -> JobLine:
    closed = line.end_reason in CLOSED_CODES
    return replace(
        line,
        employer=workplaces.get(line.employer or ""),
        end_reason=None if closed else line.end_reason,
        end_cause=None if closed or line.end_cause in CLOSED_CODES else line.end_cause,
    )


def _agreements(session: Session, case: Case, workplaces: Mapping[str, str], mask: Mask) -> tuple[AgreementRead, ...]:
    found = documents_of(session, case)
    contents = contents_of(session, case.participant, [one.version for one in found])
    numbers = {one.document.employer_id for one in found if one.document.employer_id}
    named = session.execute(select(Employer.id, Employer.name).where(Employer.id.in_(numbers)))
    names = {row.id: row.name for row in named}
    return tuple(
        AgreementRead(
            one,
            _content(contents[one.version.id], mask),
            tuple(key for key in CLOSED_FIELDS if contents[one.version.id].get(key)),
            workplaces.get(names.get(one.document.employer_id or 0, "")),
        )
        for one in found
    )


def _content(content: Content, mask: Mask) -> Content:
    return {
        key: mask(value) or ""
        if isinstance(value, str)
        else [{column: mask(words) or "" for column, words in row.items()} for row in value]
        for key, value in content.items()
        if key not in CLOSED_FIELDS
    }


def _schemes(session: Session, case: Case) -> tuple[tuple[str, date | None, str | None], ...]:
    rows = session.execute(
        select(SchemeMembership.scheme, SchemeMembership.from_on, SchemeMembership.rule_version)
        .where(SchemeMembership.participant_id == case.participant_id)
        .order_by(SchemeMembership.id)
    )
    return tuple((row.scheme, row.from_on, row.rule_version) for row in rows)
