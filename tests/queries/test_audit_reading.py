"""Behind the auditors' door: sampled cases only, while the audit reads, and nothing that says who she is."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime

import pytest

from se_engine import processes
from se_engine.actions.contacts import record_note
from se_engine.queries.access_audits import access_audit, access_audit_case
from se_engine.queries.audit_looks import looks_in
from se_engine.queries.audit_reading import case_read
from se_engine.records.audits import Audit, AuditCase, AuditMember, AuditSample
from se_engine.records.documents import Document, DocumentVersion
from se_engine.rules.audits import READING
from se_engine.rules.contacts import Note
from se_engine.rules.document_kinds import DocumentKind
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.interpreters import InterpreterOutcome
from se_engine.rules.masking import KINDS
from se_engine.rules.process import Step
from se_engine.rules.roles import OPERATOR
from se_engine.rules.tasks import Task
from tests.support.people import EMPLOYER, TODAY, make_case, make_user

MARKS = {kind: f"[{kind}]" for kind in KINDS}
NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
SECRET = "Pat Example har gjeld. Pat har vondt i ryggen. Pat traff Omar Hassan hos Byens Bakeri. Sønnen Ali er syk."


def audit_of(session, people, *cases, step="on_site", names_open=False):
    """An audit that Ida leads, with these cases drawn in this order."""
    audit = Audit(
        office_id=people.office_id, kind="formal", framework_name="se5", framework_version=1, framework_digest="",
        process_name="audit", process_version=1, step=step, opened_on=TODAY, entered_on=TODAY,
        from_on=date(2025, 9, 16), until_on=TODAY, legal_basis="grant_terms", legal_words="", told_how="letter",
        told_words="", names_open=names_open, created_at=NOW,
    )  # fmt: skip
    session.add(audit)
    session.flush()
    session.add(AuditMember(audit_id=audit.id, user_id=people.ida.user_id, part="lead", added_at=NOW))
    drawn = AuditSample(
        audit_id=audit.id, seed=1, size=len(cases), frame_size=len(cases), frame_hash="", recorded_at=NOW
    )
    session.add(drawn)
    session.flush()
    session.add_all(
        AuditCase(
            audit_id=audit.id, sample_id=drawn.id, case_id=case.id, number=number, drawn="random", recorded_at=NOW
        )
        for number, case in enumerate(cases, 1)
    )
    session.flush()
    return audit


@pytest.fixture
def case(session, people):
    found = make_case(session, people, "employer_engagement")
    said = Note(happened_on=TODAY, kind="participant", channel="in_person", minutes=45, said=SECRET)
    record_note(session, people.jo, found.id, said, interpreter=InterpreterOutcome(), kept=True)
    return found


def test_an_auditor_reads_the_sampled_case_and_no_other(session, people, case):
    other = make_case(session, people, given_name="Una")
    audit = audit_of(session, people, case)
    assert access_audit_case(session, people.ida, audit.id, 1)[2].id == case.id
    for number in (0, 2, other.id + 100):
        with pytest.raises(NotFound):
            access_audit_case(session, people.ida, audit.id, number)


def test_the_door_is_the_auditors_who_rate(session, people, case):
    audit = audit_of(session, people, case)
    eva, una = (make_user(session, name, "auditor", None) for name in ("Eva", "Una"))
    session.add(AuditMember(audit_id=audit.id, user_id=eva.user_id, part="observer", added_at=NOW))
    session.flush()
    assert access_audit(session, eva, audit.id)
    for who in (people.jo, people.sam, people.max, eva, una):
        with pytest.raises(NotFound):
            access_audit_case(session, who, audit.id, 1)


def test_the_door_opens_and_closes_with_the_audit(session, people, case):
    audit = audit_of(session, people, case)
    opened = set()
    for step in processes.get("audit", 1).steps:
        audit.step = step.key
        session.flush()
        try:
            access_audit_case(session, people.ida, audit.id, 1)
        except NotFound:
            continue
        opened.add(step.key)
    assert opened == set(READING) == {"on_site", "rating", "agreement", "factual_check", "report"}


def test_a_case_that_was_replaced_or_protected_is_closed(session, people, case):
    other = make_case(session, people, given_name="Una")
    audit = audit_of(session, people, case, other)
    first = access_audit_case(session, people.ida, audit.id, 1)[1]
    instead = AuditCase(
        audit_id=audit.id, sample_id=first.sample_id, case_id=other.id, number=3, drawn="replacement",
        replaces_id=first.id, reason="withdrew", recorded_at=NOW,
    )  # fmt: skip
    session.add(instead)
    other.protected = True
    session.flush()
    for number in (1, 2, 3):
        with pytest.raises(NotFound):
            access_audit_case(session, people.ida, audit.id, number)


def everything(shown):
    """Every text in what is read, however deep; not what a definition says to everybody, nor what stays behind it."""
    if isinstance(shown, (Task, Step, DocumentKind, Document, DocumentVersion)):
        return
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for key, value in shown.items():
            yield from everything(key)
            yield from everything(value)
    elif isinstance(shown, (list, tuple)):
        for value in shown:
            yield from everything(value)
    elif is_dataclass(shown):
        for field in fields(shown):
            if field.name not in ("case", "audit", "chosen", "process", "people"):
                yield from everything(getattr(shown, field.name))


def test_nothing_that_is_read_says_who_she_is(session, people, case):
    audit = audit_of(session, people, case)
    page = case_read(session, people.ida, audit.id, 1, MARKS)
    told = " ".join(everything(page)).casefold()
    for word in ("pat", "example", "omar", "hassan", "ali", "gjeld", "ryggen", "syk", EMPLOYER.casefold(), "bakeri"):
        assert word not in told.split(), word
    assert page.name == ""
    assert {"[economy]", "[health]", "[name]"} <= set(told.split())
    assert page.contacts
    assert page.groups
    assert page.stands


def test_a_charter_may_open_names_and_nothing_else(session, people, case):
    page = case_read(session, people.ida, audit_of(session, people, case, names_open=True).id, 1, MARKS)
    told = " ".join(everything(page))
    assert page.name == "Pat Example"
    assert EMPLOYER in told
    for word in ("gjeld", "ryggen", "syk", "Ali"):
        assert word not in told


def test_looks_are_for_the_unit(session, people, case):
    audit = audit_of(session, people, case)
    assert looks_in(session, people.max, audit.id) == ()
    assert looks_in(session, OPERATOR, audit.id) == ()
    with pytest.raises(NotPermitted):
        looks_in(session, people.ida, audit.id)
    with pytest.raises(NotFound):
        looks_in(session, people.sam, audit.id)
