"""Contacts: the codes they are told in, what a meeting and a note consist of, and what may not be said of one."""

import re
from dataclasses import dataclass, field
from datetime import date

from se_engine.rules.errors import Refused
from se_engine.rules.vocabulary import check_code

KINDS = ("participant", "employer", "three_way", "nav", "teacher", "health", "family", "other")
WITH_EMPLOYER = ("employer", "three_way")
WITH_PARTNER = ("nav", "teacher", "health", "other")
"""Cooperation meetings: they may name one of the office's partners."""
CHANNELS = ("in_person", "phone", "video", "sms", "email", "letter")
SPOKEN = ("in_person", "phone", "video")
"""Channels in which people talk, so that an interpreter may be needed."""
PLANNED, HELD, NO_ANSWER, NO_SHOW, CANCELLED, VOIDED = (
    "planned", "held", "no_answer", "no_show", "cancelled", "voided",
)  # fmt: skip
STATUSES = (PLANNED, HELD, NO_ANSWER, NO_SHOW, CANCELLED, VOIDED)
TOLD = (HELD, NO_ANSWER, NO_SHOW)
"""What a note may say of a contact."""
WITHOUT_SUCCESS = (NO_ANSWER, NO_SHOW)
PURPOSES = (
    "start_up", "relation", "follow_up", "job_development", "job_support", "cooperation", "education", "need", "match",
    "problem", "feedback", "thanks", "other",
)  # fmt: skip
PRESENCE = ("yes", "no", "her_choice")
ACTED = ("participant", "together", "specialist")
CONCRETE = ("job", "placement")
EMPLOYER_OUTCOMES = (
    "direct_vacancy", "work_training", "other_measure", "recruits_alone", "will_hire", "nav_to_assist", "not_relevant",
)  # fmt: skip
MESSAGE_LEFT = "message_left"
OUTCOMES = (*EMPLOYER_OUTCOMES, MESSAGE_LEFT)
CANCELLERS = ("participant", "employer", "specialist", "interpreter", "other")
SATISFACTION = range(1, 6)
PARTS = (
    "agenda", "place", "said", "her_words", "work", "workplace_norwegian", "guidance", "next_step", "no_show",
    "invitation", "hidden_because", "told_because", "cancelled_because", "void_reason",
)  # fmt: skip
"""The parts of text about a contact, each sealed for itself."""
USUAL_MINUTES = 60
"""How long a meeting takes when nobody said."""
LONGEST = 24 * 60

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Meeting:
    """A meeting before it happens. Empty `user_id`: it is the meeting of the one who plans it."""

    kind: str
    happened_on: date
    channel: str = "in_person"
    starts_at: str | None = None
    minutes: int | None = None
    purpose: str | None = None
    employer_id: int | None = None
    track_id: int | None = None
    user_id: int | None = None
    partner_id: int | None = None
    in_field: bool | None = None
    place: str = ""
    agenda: str = ""
    told_because: str = ""
    """Why a partner is met without her consent; the supervisor hears of it."""


@dataclass(frozen=True)
class VisitParts:
    """The three parts of a visit at a workplace, each only where there was something."""

    work: str = ""
    workplace_norwegian: str = ""
    guidance: str = ""


@dataclass(frozen=True)
class Note:
    """What is told of a contact once it is over. What is left empty stays as it was planned."""

    happened_on: date
    kind: str = ""
    channel: str = ""
    status: str = HELD
    starts_at: str | None = None
    minutes: int | None = None
    travel_minutes: int | None = None
    in_field: bool | None = None
    purpose: str | None = None
    employer_id: int | None = None
    track_id: int | None = None
    partner_id: int | None = None
    participant_present: str | None = None
    acted: str | None = None
    decision_maker: bool | None = None
    concrete_job: str | None = None
    outcome: str | None = None
    satisfaction: int | None = None
    named: bool = False
    """Whether the employer was told who she is."""
    told: tuple[str, ...] = ()
    """What the employer was told about her: codes of rules.disclosures.TOPICS."""
    told_because: str = ""
    """Why more was told than she has allowed; the supervisor hears of it."""
    said: str = ""
    her_words: str = ""
    visit: VisitParts = field(default_factory=VisitParts)
    no_show: str = ""
    """What was done when she did not come: who was called, what they said."""
    next_step: str = ""
    next_on: date | None = None
    employer_text: str = ""
    """The workplace's own note: of the work, of nobody by name."""
    employer_agreed: str = ""
    nobody_named: bool = False
    """The writer's tick that the workplace's note holds no person."""
    shared: bool = True
    hidden_because: str = ""
    tasks: tuple[str, ...] = ()
    """The tasks it is evidence for."""

    def texts(self) -> dict[str, str]:
        """The parts that were written, in the order of PARTS."""
        written = {
            "said": self.said,
            "her_words": self.her_words,
            "work": self.visit.work,
            "workplace_norwegian": self.visit.workplace_norwegian,
            "guidance": self.visit.guidance,
            "next_step": self.next_step,
            "no_show": self.no_show,
            "hidden_because": "" if self.shared else self.hidden_because,
            "told_because": self.told_because,
        }
        return {part: words.strip() for part, words in written.items() if words.strip()}


def is_success(status: str, participant_present: str | None) -> bool:
    """Whether she was met or spoken with: what the contact limits count from."""
    return status == HELD and participant_present == "yes"


def presence(kind: str, status: str, given: str | None) -> str | None:
    """Whether she was there; at a contact with her alone she was, or it was not held."""
    if kind == "participant":
        return given or ("yes" if status == HELD else "no")
    return given


def check_meeting(meeting: Meeting, today: date | None, *, with_case: bool) -> None:
    """Refused when a meeting cannot be planned so; without a day, when it cannot have been."""
    _check_kind(meeting, with_case)
    _check_code_or_none("purpose", meeting.purpose, PURPOSES)
    check_time(meeting.starts_at)
    _check_minutes(meeting.minutes)
    if today is not None and meeting.happened_on < today:
        raise Refused("planned_in_the_past", day=meeting.happened_on.isoformat())


def check_note(note: Note, today: date, *, with_case: bool, present: str | None, time_now: str = "24:00") -> None:
    """Refused when a note says what cannot be; `note` is complete, `present` is what it comes to."""
    _check_kind(note, with_case)
    check_code("status", note.status, TOLD)
    _check_codes(note)
    check_time(note.starts_at)
    _check_minutes(note.minutes, note.travel_minutes)
    if note.happened_on > today:
        raise Refused("in_the_future", day=note.happened_on.isoformat(), today=today.isoformat())
    if note.happened_on == today and note.starts_at and note.starts_at > time_now:
        raise Refused("later_today", time=note.starts_at)
    if note.next_on is not None and note.next_on < note.happened_on:
        raise Refused("next_before_contact", day=note.next_on.isoformat())
    if not note.shared and not note.hidden_because.strip():
        raise Refused("hidden_because_needed")
    _check_presence(note, present)
    if not with_case:
        _check_of_nobody(note)


def _check_kind(contact: Meeting | Note, with_case: bool) -> None:
    check_code("kind", contact.kind, KINDS)
    check_code("channel", contact.channel, CHANNELS)
    if not with_case and contact.kind != "employer":
        raise Refused("case_needed_for_contact")
    if contact.kind in WITH_EMPLOYER and contact.employer_id is None:
        raise Refused("contact_needs_employer")
    if contact.partner_id is not None and contact.kind not in WITH_PARTNER:
        raise Refused("partner_not_of_this_kind")


def _check_codes(note: Note) -> None:
    _check_code_or_none("purpose", note.purpose, PURPOSES)
    _check_code_or_none("participant_present", note.participant_present, PRESENCE)
    _check_code_or_none("acted", note.acted, ACTED)
    _check_code_or_none("concrete_job", note.concrete_job, CONCRETE)
    _check_code_or_none("outcome", note.outcome, OUTCOMES)
    if note.satisfaction is not None and note.satisfaction not in SATISFACTION:
        raise Refused("value_unknown", field="satisfaction", allowed=", ".join(map(str, SATISFACTION)))
    if note.concrete_job and (note.kind not in WITH_EMPLOYER or note.status != HELD):
        raise Refused("concrete_job_needs_meeting")


def _check_code_or_none(name: str, given: str | None, allowed: tuple[str, ...]) -> None:
    if given is not None:
        check_code(name, given, allowed)


def _check_presence(note: Note, present: str | None) -> None:
    if note.status != HELD:
        if present == "yes":
            raise Refused("present_and_not_held")
        return
    if note.kind == "three_way" and present is None:
        raise Refused("presence_needed")
    if note.kind == "participant" and present != "yes":
        raise Refused("nobody_present")


def _check_of_nobody(note: Note) -> None:
    """A contact with an employer alone knows no participant: there is no key to seal words under, and no task."""
    about_her = note.texts() or note.tasks or note.told or note.named or note.participant_present == "yes"
    if about_her or note.concrete_job:
        raise Refused("words_belong_to_employer")


def check_time(given: str | None) -> None:
    if given is not None and not _TIME.fullmatch(given):
        raise Refused("time_unknown", value=given)


def _check_minutes(minutes: int | None, travel_minutes: int | None = None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise Refused("minutes_not_allowed", largest=LONGEST)
    if travel_minutes is not None and not 0 <= travel_minutes <= LONGEST:
        raise Refused("travel_not_allowed", largest=LONGEST)


def minute_of_day(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def span(starts_at: str, minutes: int | None) -> tuple[int, int]:
    """From–to in minutes of the day; an hour where nobody said how long."""
    start = minute_of_day(starts_at)
    return start, start + (minutes or USUAL_MINUTES)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two meetings of a day share a minute; one may begin when the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def clock_time(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
