"""Contacts: those of a case or an employer, a meeting ahead, the note after it, a call, and what went wrong."""

from dataclasses import replace
from typing import Any

from se_engine.actions import meetings
from se_engine.actions.checks import Answer
from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import log_call, record_note
from se_engine.queries.access import access_case, access_contact, access_employer
from se_engine.queries.contacts import ContactLine, ContactPage, contacts_of, contacts_with, one_contact
from se_engine.queries.interpreters import booking_of
from se_engine.queries.invitations import invitation_to
from se_engine.records.contacts import Contact
from se_engine.rules.contacts import Meeting, Note, VisitParts
from se_engine.rules.interpreters import InterpreterOutcome, InterpreterWish
from web.api.blueprint import CASE, CONTACT, EMPLOYER, api
from web.api.cursors import cursor_of, day_and_number
from web.api.describing import reads, writes
from web.api.models import contacts as models
from web.api.models.interpreters import Booking
from web.api.shaping import shaped
from web.api.writes import Headers, Written, check_tag, once
from web.auth import actor
from web.session import note_read, session

VISIT = ("work", "workplace_norwegian", "guidance")
NOT_OF_A_NOTE = {"interpreter", "in_work", "user_id", "collision_known", "kept", *VISIT}
WORDS = {"place", "agenda", "told_because"}
NOT_OF_A_MEETING = {"interpreter", "collision_known", "kept"}


@api.get(f"{CASE}/contacts")
@reads(models.Contacts, 404)
def list_contacts(case_id: int, query: models.ContactsQuery) -> models.Contacts:
    """The contacts of a case with their words, the newest first; planned and voided ones too."""
    note_read(access_case(session(), actor(), case_id))
    return _page(contacts_of(session(), actor(), case_id, before=day_and_number(query.cursor), limit=query.limit))


@api.get(f"{EMPLOYER}/contacts")
@reads(models.Contacts, 404)
def list_employer_contacts(employer_id: int, query: models.ContactsQuery) -> models.Contacts:
    """The contacts with an employer that are about no participant."""
    return _page(contacts_with(session(), actor(), employer_id, before=day_and_number(query.cursor), limit=query.limit))


@api.get(CONTACT)
@reads(models.Contact, 404)
def show_contact(contact_id: int) -> tuple[models.Contact, Headers]:
    """One contact with everything that was told of it."""
    line = one_contact(session(), actor(), contact_id)
    if line.case_id is not None:
        note_read(access_case(session(), actor(), line.case_id))
    shown = _shown(line)
    return shown, {"ETag": shown.etag}


@api.post(f"{CASE}/meetings")
@writes(models.ContactKey, status=201)
@once
def plan_meeting(case_id: int, json: models.NewMeeting) -> Written:
    """A meeting ahead; when she takes part and her Norwegian may not carry it, with a word on the interpreter."""
    return _made(_plan(case_id, json))


@api.post(f"{EMPLOYER}/meetings")
@writes(models.ContactKey, status=201)
@once
def plan_employer_meeting(employer_id: int, json: models.NewMeeting) -> Written:
    """A meeting with an employer that is about no participant."""
    access_employer(session(), actor(), employer_id)
    return _made(_plan(None, json.model_copy(update={"employer_id": employer_id})))


def _plan(case_id: int | None, json: models.NewMeeting) -> Contact:
    return meetings.plan_meeting(
        session(),
        actor(),
        case_id,
        Meeting(**json.model_dump(exclude=NOT_OF_A_MEETING)),
        interpreter=InterpreterWish(**json.interpreter.model_dump()) if json.interpreter else None,
        collision_known=json.collision_known,
        kept=json.kept,
    )


@api.patch(CONTACT)
@writes(models.ContactKey, 412, 428)
@once
def change_meeting(contact_id: int, json: models.ChangedMeeting) -> Written:
    """Another time, place or anything else of a meeting ahead (JSON merge patch)."""
    contact = seen_contact(contact_id)
    meeting = _meeting(one_contact(session(), actor(), contact_id))
    given = json.model_dump(exclude_unset=True, exclude=NOT_OF_A_MEETING)
    for words in WORDS & given.keys():
        given[words] = given[words] or ""
    changed = meetings.change_meeting(
        session(),
        actor(),
        contact.id,
        replace(meeting, **given),
        seen_version=contact.version,
        collision_known=json.collision_known,
        kept=json.kept,
    )
    return stands_contact(changed)


def _meeting(line: ContactLine) -> Meeting:
    plain = set(Meeting.__dataclass_fields__) - WORDS
    words = {part: line.words.get(part) or "" for part in WORDS}
    return Meeting(**{name: getattr(line, name) for name in plain}, **words)


@api.post(f"{CONTACT}/cancel")
@writes(models.ContactKey, 412, 428)
@once
def cancel_meeting(contact_id: int, json: models.Cancelled) -> Written:
    """Called off before it began: by whom, and why."""
    contact = seen_contact(contact_id)
    seen = contact.version
    meetings.cancel_meeting(session(), actor(), contact.id, by=json.by, why=json.why, seen_version=seen, kept=json.kept)
    return stands_contact(contact)


@api.post(f"{CASE}/contacts")
@writes(models.ContactKey, status=201)
@once
def record_contact(case_id: int, json: models.NewNote) -> Written:
    """The note of a contact that nobody planned: contact, evidence, travel, interpreter and next date at once."""
    return _made(_record(case_id, json, None))


@api.post(f"{EMPLOYER}/contacts")
@writes(models.ContactKey, status=201)
@once
def record_employer_contact(employer_id: int, json: models.NewNote) -> Written:
    """A contact with an employer that is about no participant; the words go to `employer_text`."""
    access_employer(session(), actor(), employer_id)
    return _made(_record(None, json.model_copy(update={"employer_id": employer_id}), None))


@api.post(f"{CONTACT}/note")
@writes(models.ContactKey, 412, 428)
@once
def complete_meeting(contact_id: int, json: models.NewNote) -> Written:
    """The note of a meeting that was planned; what is left out stays as it was planned."""
    contact = seen_contact(contact_id)
    return stands_contact(_record(contact.case_id, json, contact))


def _record(case_id: int | None, json: models.NewNote, planned: Contact | None) -> Contact:
    told: dict[str, Any] = json.model_dump(exclude=NOT_OF_A_NOTE)
    told |= {"told": tuple(json.told), "tasks": tuple(json.tasks)}
    told |= {"kind": json.kind or "", "channel": json.channel or ""}
    return record_note(
        session(),
        actor(),
        case_id,
        Note(**told, visit=VisitParts(**{part: getattr(json, part) for part in VISIT})),
        contact_id=planned.id if planned else None,
        seen_version=planned.version if planned else None,
        interpreter=InterpreterOutcome(**json.interpreter.model_dump()) if json.interpreter else None,
        answer=Answer(**json.in_work.model_dump()) if json.in_work else None,
        collision_known=json.collision_known,
        kept=json.kept,
        user_id=json.user_id,
    )


@api.post(f"{CASE}/calls")
@writes(models.ContactKey, status=201)
@once
def record_call(case_id: int, json: models.NewCall) -> Written:
    """She was called, and answered or did not."""
    return _made(log_call(session(), actor(), case_id, **json.model_dump()))


@api.post(f"{CONTACT}/void")
@writes(models.ContactKey, 412, 428)
@once
def take_contact_back(contact_id: int, json: models.TakenBack) -> Written:
    """Takes back a contact with everything it wrote; it stays, with the reason."""
    contact = seen_contact(contact_id)
    void_contact(session(), actor(), contact.id, why=json.why, seen_version=contact.version, kept=json.kept)
    return stands_contact(contact)


@api.get(f"{CONTACT}/invitation")
@reads(models.Invitation, 404, 422)
def show_invitation(contact_id: int) -> models.Invitation:
    """The invitation to a meeting in her language and ours, and a link that opens the phone's own message."""
    found = invitation_to(session(), actor(), contact_id)
    note_read(access_case(session(), actor(), access_contact(session(), actor(), contact_id).case_id or 0))
    return shaped(models.Invitation, found)


@api.post(f"{CONTACT}/invitation")
@writes(models.ContactKey)
@once
def keep_invitation(contact_id: int, json: models.SentInvitation) -> Written:
    """The invitation as it was sent."""
    return stands_contact(meetings.keep_invitation(session(), actor(), contact_id, json.text))


def tag_of(contact: int, booking: int | None) -> str:
    """Contact and interpreter are seen together: the tag has the version of each."""
    return f'"{contact}.{booking or 0}"'


def _key(contact: Contact) -> models.ContactKey:
    booking = booking_of(session(), contact.id)
    tag = tag_of(contact.version, booking.version if booking else None)
    return shaped(models.ContactKey, contact, contact_id=contact.id, case=contact.case_id, etag=tag)


def seen_contact(contact_id: int) -> Contact:
    """The contact to change, once the client has said which version it has seen."""
    contact = access_contact(session(), actor(), contact_id)
    check_tag(_key(contact).etag)
    return contact


def stands_contact(contact: Contact) -> Written:
    key = _key(contact)
    return key, 200, {"ETag": key.etag}


def _made(contact: Contact) -> Written:
    key = _key(contact)
    return key, 201, {"ETag": key.etag, "Location": f"/api/v1/contacts/{contact.id}"}


def _shown(line: ContactLine) -> models.Contact:
    booking = shaped(Booking, line.booking) if line.booking else None
    tag = tag_of(line.version, line.booking.version if line.booking else None)
    return shaped(
        models.Contact, line, contact_id=line.id, case=line.case_id, etag=tag, interpreter=booking,
        told=list(line.told), tasks=list(line.tasks),
    )  # fmt: skip


def _page(found: ContactPage) -> models.Contacts:
    return models.Contacts(contacts=[_shown(line) for line in found.lines], next=cursor_of(found.before))
