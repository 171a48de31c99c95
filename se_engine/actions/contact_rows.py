"""What planning, telling and taking back share: whose contact it is, its texts, and who else has that time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.cases import may_own
from se_engine.actions.texts import keep_text
from se_engine.clock import now
from se_engine.queries.access import access_case, access_contact, access_employer, access_track
from se_engine.queries.collisions import collisions
from se_engine.records.base import write_row
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact, ContactText
from se_engine.records.people import User
from se_engine.records.texts import KeptText
from se_engine.rules.contacts import WITHOUT_SUCCESS
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class About:
    """Whom a contact is about: a case, an employer, or both; each has come through its door."""

    office_id: int
    case: Case | None
    employer_id: int | None
    track_id: int | None


def about(
    session: Session, actor: Actor, case_id: int | None, employer_id: int | None, track_id: int | None = None
) -> About:
    """The case and employer somebody names; a track brings its employer."""
    case = access_case(session, actor, case_id) if case_id is not None else None
    if track_id is not None:
        track = access_track(session, actor, track_id)
        if case is None or track.case_id != case.id or employer_id not in (None, track.employer_id):
            raise NotFound()
        employer_id = track.employer_id
    employer = access_employer(session, actor, employer_id) if employer_id is not None else None
    if case is not None:
        if employer is not None and employer.office_id != case.office_id:
            raise NotFound()
        return About(case.office_id, case, employer_id, track_id)
    if employer is None:
        raise Refused("contact_needs_employer")
    return About(employer.office_id, None, employer_id, None)


def planned(session: Session, actor: Actor, contact_id: int, seen_version: int | None) -> Contact:
    """A meeting that is still ahead; Stale when somebody changed it since, Refused once it is over."""
    contact = access_contact(session, actor, contact_id)
    if seen_version is not None and contact.version != seen_version:
        raise Stale()
    if contact.status != "planned":
        raise Refused("contact_is_over", status=contact.status)
    return contact


def case_of(session: Session, actor: Actor, contact: Contact) -> Case | None:
    return access_case(session, actor, contact.case_id) if contact.case_id is not None else None


def whose(session: Session, actor: Actor, office_id: int, user_id: int | None) -> int | None:
    """Whose meeting it is: somebody of the office, the one who writes where nobody else is named."""
    if user_id is None or user_id == actor.user_id:
        return actor.user_id
    user = session.get(User, user_id)
    if user is None or not may_own(user, office_id):
        raise Refused("no_such_specialist")
    return user.id


def check_time_is_free(
    session: Session,
    on: date,
    starts_at: str | None,
    minutes: int | None,
    *,
    user_id: int | None,
    case_id: int | None,
    other_than: int | None = None,
) -> None:
    """Refused while the specialist or the participant has another meeting then."""
    found = collisions(session, on, starts_at, minutes, user_id=user_id, case_id=case_id, other_than=other_than)
    for other in found:
        if other.of == "participant":
            raise Refused("participant_has_a_meeting", time=other.starts_at, until=other.ends_at)
        raise Refused("specialist_has_a_meeting", time=other.starts_at, until=other.ends_at)


def keep_parts(
    session: Session, actor: Actor, case: Case | None, contact: Contact, texts: Mapping[str, str]
) -> dict[str, KeptText]:
    """The parts that were written, each sealed for itself; the newest of a part counts."""
    given = {part: words.strip() for part, words in texts.items() if words.strip()}
    if case is None:
        if given:
            raise Refused("words_belong_to_employer")
        return {}
    return {part: keep_part(session, actor, case, contact, part, words) for part, words in given.items()}


def keep_part(session: Session, actor: Actor, case: Case, contact: Contact, part: str, words: str) -> KeptText:
    """One part; empty words take away what stood there before."""
    kept = keep_text(session, case.participant, f"contact:{part}", words)
    write_row(
        session, ContactText, contact_id=contact.id, part=part, text_id=kept.id,
        recorded_by=actor.user_id, recorded_at=now(session),
    )  # fmt: skip
    return kept


def follows(session: Session, case: Case | None, employer_id: int | None, kind: str, on: date) -> int | None:
    """The contact without success that this one comes after: the same person did not come or did not answer."""
    if case is None:
        return None
    before = select(Contact.id, Contact.status).where(
        Contact.case_id == case.id, Contact.happened_on <= on, Contact.status.in_((*WITHOUT_SUCCESS, "held"))
    )
    same = before.where(Contact.kind == kind, Contact.employer_id.is_not_distinct_from(employer_id))
    last = session.execute(same.order_by(Contact.happened_on.desc(), Contact.id.desc()).limit(1)).first()
    return last.id if last is not None and last.status in WITHOUT_SUCCESS else None
