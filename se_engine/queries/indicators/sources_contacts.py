"""Source: the contacts that were told of, with whom, where, and towards which employer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import and_, case, select

from se_engine.queries.contact_numbers import in_field, on_concrete_job
from se_engine.queries.indicators.evidence import Evidence
from se_engine.records.contacts import Contact
from se_engine.records.needs import Partner
from se_engine.rules.contacts import HELD, TOLD, WITH_EMPLOYER, is_success

FACE_TO_FACE = "in_person"
ORDINARY = "job"
PARTNER_KINDS = ("nav", "teacher")
"""Contacts with NAV and with adult education, whoever the partner is."""
PARTNERS = ("nav", "municipality", "school")


class ContactRow(NamedTuple):
    """One contact that was told of: held, or tried without success."""

    id: int
    office_id: int
    case_id: int | None
    employer_id: int | None
    track_id: int | None
    user_id: int | None
    kind: str
    channel: str
    status: str
    happened_on: date
    minutes: int
    travel_minutes: int
    present: str | None
    acted: str | None
    partner: str | None
    """What kind of partner it was with."""
    in_field: int
    on_job: int
    """1: with an employer about a concrete job or placement."""
    concrete_job: str | None

    @property
    def held(self) -> bool:
        return self.status == HELD

    @property
    def met(self) -> bool:
        """Whether she was met or spoken with."""
        return is_success(self.status, self.present)

    @property
    def with_employer(self) -> bool:
        """Held with an employer about a participant."""
        return self.held and self.kind in WITH_EMPLOYER and self.case_id is not None

    @property
    def about_ordinary_job(self) -> bool:
        """Face to face with an employer about a concrete ordinary job."""
        return bool(self.on_job) and self.concrete_job == ORDINARY and self.channel == FACE_TO_FACE

    @property
    def with_partner(self) -> bool:
        """Held with NAV, the municipality or adult education about a participant."""
        return self.held and (self.kind in PARTNER_KINDS or self.partner in PARTNERS)


def contacts(evidence: Evidence) -> Sequence[ContactRow]:
    """Every contact of the offices up to the end of the window, the earliest first."""
    window = evidence.window
    field, on_job = case((in_field(), 1), else_=0), case((on_concrete_job(), 1), else_=0)
    rows = evidence.rows(
        select(
            Contact.id, Contact.office_id, Contact.case_id, Contact.employer_id, Contact.track_id, Contact.user_id,
            Contact.kind, Contact.channel, Contact.status, Contact.happened_on, case((Contact.minutes.is_(None), 0),
            else_=Contact.minutes), case((Contact.travel_minutes.is_(None), 0), else_=Contact.travel_minutes),
            Contact.participant_present, Contact.acted, Partner.kind, field, on_job, Contact.concrete_job,
        )
        .outerjoin(Partner, and_(Partner.id == Contact.partner_id))
        .where(Contact.office_id.in_(window.offices), Contact.status.in_(TOLD), Contact.happened_on <= window.to_on)
        .order_by(Contact.happened_on, Contact.id)
    )  # fmt: skip
    return list(map(ContactRow._make, rows))


def in_window(evidence: Evidence) -> Sequence[ContactRow]:
    """Those told within the window."""
    from_on = evidence.window.from_on
    return [row for row in evidence.read(contacts) if row.happened_on >= from_on]


def towards_employers(evidence: Evidence) -> Sequence[ContactRow]:
    """Those held with an employer about a participant, the earliest first."""
    return [row for row in evidence.read(contacts) if row.with_employer]


def of_case(evidence: Evidence) -> Mapping[int, Sequence[ContactRow]]:
    """Case → its contacts, the earliest first."""
    found: dict[int, list[ContactRow]] = defaultdict(list)
    for row in evidence.read(contacts):
        if row.case_id is not None:
            found[row.case_id].append(row)
    return found


def met_on(evidence: Evidence) -> Mapping[int, Sequence[date]]:
    """Case → the days on which she was met or spoken with."""
    found: dict[int, list[date]] = defaultdict(list)
    for row in evidence.read(contacts):
        if row.case_id is not None and row.met:
            found[row.case_id].append(row.happened_on)
    return found


def first_about_job(evidence: Evidence) -> Mapping[int, date]:
    """Case → its first meeting face to face with an employer about an ordinary job."""
    found: dict[int, date] = {}
    for row in evidence.read(towards_employers):
        if row.case_id is not None and row.about_ordinary_job:
            found.setdefault(row.case_id, row.happened_on)
    return found


def first_with_employer(evidence: Evidence) -> Mapping[int, ContactRow]:
    """Case → its first contact with an employer about her."""
    found: dict[int, ContactRow] = {}
    for row in evidence.read(towards_employers):
        if row.case_id is not None:
            found.setdefault(row.case_id, row)
    return found


def any_within(days: Sequence[date], first: date, last: date) -> bool:
    """Whether one of the days lies from the first to the last, both included."""
    return any(first <= day <= last for day in days)


def days_after(day: date, many: int) -> date:
    return day + timedelta(days=many)
