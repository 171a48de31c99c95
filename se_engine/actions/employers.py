"""Employers' cards: adding one, changing it without losing anybody's words, and the history of every field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_nobody_named
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_employer, access_office
from se_engine.queries.employer_names import like_employers
from se_engine.records.base import write_row
from se_engine.records.employers import Employer, EmployerChange
from se_engine.rules.employers import FREE_TEXTS, LONGEST_NAME, check_facts
from se_engine.rules.errors import NotPermitted, Refused, Stale
from se_engine.rules.roles import CASEWORK, Actor


def find_employer(session: Session, office_id: int, name: str) -> Employer:
    """The office's employer of that name, added when it is new: how a name typed elsewhere becomes a card."""
    wanted = " ".join(name.split())
    known = select(Employer).where(Employer.office_id == office_id, Employer.name == wanted)
    found = session.scalar(known)
    if found is None:
        # Two specialists may meet a new employer on the same day: the second finds the first one's row.
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        row = insert(Employer).values(office_id=office_id, name=wanted, recorded_at=now(session))
        session.execute(row.on_conflict_do_nothing())
        found = session.scalars(known).one()
    return found


def add_employer(
    session: Session,
    actor: Actor,
    office_id: int,
    *,
    name: str,
    another: bool = False,
    confirmed: bool = False,
    **facts: Any,
) -> Employer:
    """A new card. One that looks like it is pointed out first; `another` says that this is another employer."""
    office = access_office(session, actor, office_id)
    if actor.role not in CASEWORK:
        raise NotPermitted()
    given = _checked(session, office.id, {"name": name, **facts}, confirmed=confirmed)
    like = like_employers(session, office.id, given["name"], given.get("org_number"))
    if same := next((one for one in like if one.same_name), None):
        raise Refused("employer_name_used", field="name", name=same.name)
    if like and not another:
        raise Refused("employer_looks_known", field="another", names=", ".join(one.name for one in like))
    employer = Employer(office_id=office.id, recorded_at=now(session), version=1, **given)
    session.add(employer)
    session.flush()
    write_trail(session, actor, "employer_added", detail={"employer": employer.id, "office": office.id})
    return employer


def change_employer(
    session: Session,
    actor: Actor,
    employer_id: int,
    *,
    seen_version: int | None,
    confirmed: bool = False,
    **facts: Any,
) -> Employer:
    """Changes what differs from the version that was seen; Stale when somebody else changed the same field since."""
    employer = locked(session, access_employer(session, actor, employer_id))
    given = check_facts(facts)
    meanwhile = _since(session, employer, seen_version)
    seen = {field: meanwhile[field] if field in meanwhile else as_text(getattr(employer, field)) for field in given}
    mine = {field: value for field, value in given.items() if as_text(value) != seen[field]}
    changed = {field: value for field, value in mine.items() if as_text(value) != as_text(getattr(employer, field))}
    if set(changed) & set(meanwhile):
        raise Stale()
    if not changed:
        return employer
    _checked(session, employer.office_id, changed, confirmed=confirmed)
    if "name" in changed:
        _check_name(session, employer, changed["name"])
    before = {field: as_text(getattr(employer, field)) for field in changed}
    for field, value in changed.items():
        setattr(employer, field, value)
    note_change(session, actor, employer, {field: (before[field], as_text(changed[field])) for field in changed})
    fields = ",".join(sorted(changed))
    about = {"employer": employer.id, "office": employer.office_id}
    write_trail(session, actor, "employer_changed", detail={**about, "fields": fields})
    session.flush()
    return employer


def version_of(employer: Employer) -> int:
    """Cards that came with a name alone carry no version: they are as they were at first."""
    return employer.version or 1


def locked(session: Session, employer: Employer) -> Employer:
    """The card as it stands now, and nobody else's to change until this transaction ends."""
    session.refresh(employer, with_for_update=True)
    return employer


def note_change(
    session: Session,
    actor: Actor,
    employer: Employer,
    changes: Mapping[str, tuple[str | None, str | None]],
    *,
    person_id: int | None = None,
) -> None:
    """A new version of the card, with a row for each field: from what, to what."""
    employer.version = version_of(employer) + 1
    for field, (before, after) in changes.items():
        write_row(
            session,
            EmployerChange,
            employer_id=employer.id,
            person_id=person_id,
            field=field,
            before=before,
            after=after,
            version=employer.version,
            recorded_by=actor.user_id,
            recorded_at=now(session),
        )


def as_text(value: Any) -> str | None:
    """A field as its history keeps it."""
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _checked(session: Session, office_id: int, facts: Mapping[str, Any], *, confirmed: bool) -> dict[str, Any]:
    given = check_facts(facts)
    if "name" in given:
        if not given["name"]:
            raise Refused("employer_name_needed", field="name")
        if len(given["name"]) > LONGEST_NAME:
            raise Refused("text_too_long", longest=LONGEST_NAME)
    texts = {field: given[field] for field in FREE_TEXTS if given.get(field)}
    check_nobody_named(session, office_id, confirmed=confirmed, **texts)
    return given


def _since(session: Session, employer: Employer, seen_version: int | None) -> dict[str, str | None]:
    """Field → what it said when that version was seen, for the fields that others changed after it."""
    if seen_version is None or seen_version == version_of(employer):
        return {}
    if not 0 < seen_version < version_of(employer):
        raise Stale()
    later = select(EmployerChange).where(
        EmployerChange.employer_id == employer.id, EmployerChange.version > seen_version
    )
    seen: dict[str, str | None] = {}
    for change in session.scalars(later.order_by(EmployerChange.id)):
        seen.setdefault(change.field, change.before)
    return seen


def _check_name(session: Session, employer: Employer, name: str) -> None:
    taken = select(Employer.id).where(Employer.office_id == employer.office_id, Employer.name == name)
    if session.scalar(taken):
        raise Refused("employer_name_used", field="name", name=name)
