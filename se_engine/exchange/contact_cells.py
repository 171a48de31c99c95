"""A row of contacts.csv: its columns, and whether what it says of a contact can be."""

from datetime import date
from typing import NamedTuple

from se_engine.actions.texts import LONGEST
from se_engine.exchange import cells
from se_engine.exchange.tables import Column
from se_engine.rules import contacts, interpreters
from se_engine.rules.contacts import CANCELLED, PLANNED, Meeting, Note, check_meeting, check_note, presence
from se_engine.rules.errors import Refused
from se_engine.rules.safe_text import has_national_number

STATUSES = tuple(status for status in contacts.STATUSES if status != contacts.VOIDED)
COLUMN_OF = {
    "in_the_future": "happened_on",
    "no_case_on_day": "happened_on",
    "nobody_present": "participant_present",
    "presence_needed": "participant_present",
    "present_and_not_held": "participant_present",
    "next_before_contact": "next_on",
    "contact_needs_employer": "employer",
    "concrete_job_needs_meeting": "concrete_job",
    "case_needed_for_contact": "participant_ref",
    "no_such_participant": "participant_ref",
    "words_belong_to_employer": "said",
    "national_number_in_text": "said",
    "text_too_long": "said",
    "cancelled_by_needed": "cancelled_by",
    "row_repeated": "contact_ref",
}
"""The cell that has to change, by the reason."""


class ContactRow(NamedTuple):
    """One row: what the file says of a contact; None where it says nothing."""

    contact_ref: str
    participant_ref: str | None
    office: str
    kind: str
    channel: str
    happened_on: date
    status: str
    job_specialist: str | None
    starts_at: str | None
    minutes: int | None
    travel_minutes: int | None
    in_field: bool | None
    participant_present: str | None
    purpose: str | None
    employer: str | None
    decision_maker: bool | None
    concrete_job: str | None
    outcome: str | None
    interpreter: str | None
    interpreter_language: str | None
    cancelled_by: str | None
    next_on: date | None
    said: str | None

    @property
    def present(self) -> str | None:
        """Whether she was there; of what is ahead or was called off, only what the file says."""
        if self.participant_ref is None:
            return None
        over = self.status in contacts.TOLD
        return presence(self.kind, self.status, self.participant_present) if over else self.participant_present

    @property
    def interpreted_by(self) -> str | None:
        return interpreters.QUALIFIED if self.interpreter == interpreters.CAME else None


def columns() -> tuple[Column, ...]:
    """The columns of the file in the order of ContactRow."""
    return (
        Column("contact_ref", cells.ref, needed=True, varied=True),
        Column("participant_ref", cells.ref, varied=True),
        Column("office", cells.words, needed=True),
        Column("kind", cells.one_of("kind", contacts.KINDS), needed=True),
        Column("channel", cells.one_of("channel", contacts.CHANNELS), needed=True),
        Column("happened_on", cells.any_day, needed=True),
        Column("status", cells.one_of("status", STATUSES), needed=True),
        Column("job_specialist", cells.email, optional=True),
        Column("starts_at", cells.time, optional=True),
        Column("minutes", cells.minutes, optional=True),
        Column("travel_minutes", cells.travel, optional=True),
        Column("in_field", cells.yes_no("in_field"), optional=True),
        Column("participant_present", cells.one_of("participant_present", contacts.PRESENCE), optional=True),
        Column("purpose", cells.one_of("purpose", contacts.PURPOSES), optional=True),
        Column("employer", cells.words, optional=True),
        Column("decision_maker", cells.yes_no("decision_maker"), optional=True),
        Column("concrete_job", cells.one_of("concrete_job", contacts.CONCRETE), optional=True),
        Column("outcome", cells.one_of("outcome", contacts.OUTCOMES), optional=True),
        Column("interpreter", cells.one_of("interpreter", interpreters.STATUSES), optional=True),
        Column("interpreter_language", cells.language, optional=True),
        Column("cancelled_by", cells.one_of("cancelled_by", contacts.CANCELLERS), optional=True),
        Column("next_on", cells.any_day, optional=True),
        Column("said", str.strip, optional=True, varied=True),
    )


def check_row(row: ContactRow, today: date) -> None:
    """By the rules of a note, but for what only the moment of writing can know (who interpreted, what was told)."""
    of_her, employer_id = row.participant_ref is not None, 1 if row.employer else None
    if row.said and has_national_number(row.said):
        raise Refused("national_number_in_text", field="said")
    if row.said and len(row.said) > LONGEST:
        raise Refused("text_too_long", longest=LONGEST)
    if not of_her and (row.said or row.concrete_job or row.participant_present):
        raise Refused("words_belong_to_employer")
    if row.status == CANCELLED and row.cancelled_by is None:
        raise Refused("cancelled_by_needed")
    if row.status in (PLANNED, CANCELLED):
        # Nothing on the day: the same file must say the same tomorrow.
        meeting = Meeting(row.kind, row.happened_on, row.channel, row.starts_at, row.minutes, employer_id=employer_id)
        check_meeting(meeting, None, with_case=of_her)
        return
    note = Note(
        row.happened_on,
        row.kind,
        row.channel,
        row.status,
        minutes=row.minutes,
        travel_minutes=row.travel_minutes,
        employer_id=employer_id,
        participant_present=row.participant_present,
        concrete_job=row.concrete_job,
        next_on=row.next_on,
        said=row.said or "",
    )
    check_note(note, today, with_case=of_her, present=row.present)
