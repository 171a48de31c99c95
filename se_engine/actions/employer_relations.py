"""What an employer's card gathers: people to talk to, framework agreements, and answers to our five questions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.actions.employers import locked, note_change
from se_engine.actions.safe_text import check_nobody_named
from se_engine.actions.trail import write_trail
from se_engine.clock import now, today
from se_engine.queries.access import access_employer, access_person, access_track
from se_engine.queries.employer_feedback import work_began_on
from se_engine.records.employers import Employer, EmployerChange, EmployerFeedback, EmployerPerson, FrameworkAgreement
from se_engine.rules import employers as rules
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor
from se_engine.rules.vocabulary import check_code

MOST_PLACES = 999


def add_person(
    session: Session,
    actor: Actor,
    employer_id: int,
    *,
    name: str,
    function: str = "",
    phone: str = "",
    email: str = "",
    preferred_form: str | None = None,
    preferred_time: str = "",
    decides: bool = False,
) -> EmployerPerson:
    """Somebody at the employer to talk to."""
    employer = locked(session, access_employer(session, actor, employer_id))
    person = EmployerPerson(
        employer_id=employer.id,
        **_person(name, function, phone, email, preferred_form, preferred_time, decides),
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(person)
    session.flush()
    note_change(session, actor, employer, {"person": (None, person.name)}, person_id=person.id)
    _trail(session, actor, "employer_person_added", employer, person=person.id)
    return person


def change_person(
    session: Session,
    actor: Actor,
    employer_id: int,
    person_id: int,
    *,
    seen_version: int | None,
    name: str,
    function: str = "",
    phone: str = "",
    email: str = "",
    preferred_form: str | None = None,
    preferred_time: str = "",
    decides: bool = False,
) -> EmployerPerson:
    """Another number, another task there: each field that differs is kept in the history of the card. `seen_version`
    is the card's; Stale when somebody else has changed the same person since."""
    employer = locked(session, access_employer(session, actor, employer_id))
    person = access_person(session, actor, employer_id, person_id)
    if person.left_on is not None:
        raise Refused("person_has_left", day=person.left_on.isoformat())
    given = _person(name, function, phone, email, preferred_form, preferred_time, decides)
    changed = {field: value for field, value in given.items() if value != getattr(person, field)}
    if not changed:
        return person
    if seen_version is not None and _changed_since(session, person, seen_version):
        raise Stale()
    traces = {_trace(field): (_told(getattr(person, field)), _told(value)) for field, value in changed.items()}
    for field, value in changed.items():
        setattr(person, field, value)
    note_change(session, actor, employer, traces, person_id=person.id)
    _trail(session, actor, "employer_person_changed", employer, person=person.id)
    return person


def _changed_since(session: Session, person: EmployerPerson, seen_version: int) -> bool:
    later = select(EmployerChange.id).where(
        EmployerChange.person_id == person.id, EmployerChange.version > seen_version
    )
    return session.scalar(later.limit(1)) is not None


def _person(
    name: str, function: str, phone: str, email: str, preferred_form: str | None, preferred_time: str, decides: bool
) -> dict[str, Any]:
    """What is kept of somebody at an employer, as it is kept."""
    called = _line(name)
    if called is None:
        raise Refused("person_name_needed", field="name")
    if preferred_form is not None:
        check_code("preferred_form", preferred_form, rules.FORMS)
    return {
        "name": called,
        "function": _line(function),
        "phone": rules.phone(phone) if phone.strip() else None,
        "email": rules.email(email) if email.strip() else None,
        "preferred_form": preferred_form,
        "preferred_time": _line(preferred_time),
        "decides": decides,
    }


def _trace(field: str) -> str:
    """The name of a person's field in the history of the card."""
    return "person" if field == "name" else f"person_{field}"


def _told(value: Any) -> str | None:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def person_left(session: Session, actor: Actor, employer_id: int, person_id: int, *, left_on: date) -> EmployerPerson:
    """No longer the one to talk to there; the name stays in the history of the card."""
    employer = locked(session, access_employer(session, actor, employer_id))
    person = access_person(session, actor, employer_id, person_id)
    if person.left_on is not None:
        raise Refused("person_has_left", day=person.left_on.isoformat())
    _not_ahead(session, left_on)
    person.left_on = left_on
    note_change(session, actor, employer, {"person": (person.name, None)}, person_id=person.id)
    _trail(session, actor, "employer_person_left", employer, left_on, person=person.id)
    return person


def add_agreement(
    session: Session,
    actor: Actor,
    employer_id: int,
    *,
    from_on: date,
    until_on: date,
    places: int,
    tasks: str = "",
    confirmed: bool = False,
) -> FrameworkAgreement:
    """A standing agreement: so many places a year, from one day until another."""
    employer = locked(session, access_employer(session, actor, employer_id))
    if until_on < from_on:
        raise Refused("until_before_from", field="until_on")
    if not 1 <= places <= MOST_PLACES:
        raise Refused("places_not_allowed", field="places", most=MOST_PLACES)
    if len(tasks) > rules.LONGEST_TEXT:
        raise Refused("text_too_long", longest=rules.LONGEST_TEXT)
    check_nobody_named(session, employer.office_id, confirmed=confirmed, tasks=tasks.strip() or None)
    agreement = FrameworkAgreement(
        employer_id=employer.id,
        from_on=from_on,
        until_on=until_on,
        places=places,
        tasks=tasks.strip() or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(agreement)
    session.flush()
    note_change(session, actor, employer, {"agreement": (None, _span(agreement))})
    _trail(session, actor, "agreement_added", employer, from_on, agreement=agreement.id)
    return agreement


def end_agreement(
    session: Session, actor: Actor, employer_id: int, agreement_id: int, *, ended_on: date
) -> FrameworkAgreement:
    """Ended before its time."""
    employer = locked(session, access_employer(session, actor, employer_id))
    agreement = session.get(FrameworkAgreement, agreement_id)
    if agreement is None or agreement.employer_id != employer.id:
        raise NotFound()
    if agreement.ended_on is not None:
        raise Refused("agreement_has_ended", day=agreement.ended_on.isoformat())
    if not agreement.from_on <= ended_on <= agreement.until_on:
        raise Refused(
            "agreement_end_outside",
            field="ended_on",
            from_on=agreement.from_on.isoformat(),
            until_on=agreement.until_on.isoformat(),
        )
    before = _span(agreement)
    agreement.ended_on = ended_on
    note_change(session, actor, employer, {"agreement": (before, _span(agreement))})
    _trail(session, actor, "agreement_ended", employer, ended_on, agreement=agreement.id)
    return agreement


def record_feedback(
    session: Session,
    actor: Actor,
    employer_id: int,
    track_id: int,
    week: int,
    *,
    happened_on: date,
    answers: Sequence[int | None],
    another: str | None = None,
    text: str = "",
    confirmed: bool = False,
) -> EmployerFeedback:
    """What an employer answered in week 2, 8 or 26 of somebody's work there; one answer for each week."""
    employer = access_employer(session, actor, employer_id)
    track = access_track(session, actor, track_id)
    began = work_began_on(session, track.id)
    if track.employer_id != employer.id or week not in rules.WEEKS:
        raise NotFound()
    if began is None:
        raise Refused("work_not_begun")
    if happened_on < began:
        raise Refused("before_work_began", field="happened_on", began=began.isoformat())
    _not_ahead(session, happened_on)
    _check_answers(answers, another)
    given = select(EmployerFeedback.happened_on).where(
        EmployerFeedback.track_id == track.id, EmployerFeedback.week == week
    )
    if earlier := session.scalar(given):
        raise Refused("feedback_given", week=week, day=earlier.isoformat())
    if len(text) > rules.LONGEST_TEXT:
        raise Refused("text_too_long", longest=rules.LONGEST_TEXT)
    check_nobody_named(session, employer.office_id, confirmed=confirmed, text=text.strip() or None)
    feedback = EmployerFeedback(
        employer_id=employer.id,
        track_id=track.id,
        week=week,
        happened_on=happened_on,
        answers=list(answers),
        another=another,
        text=text.strip() or None,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(feedback)
    session.flush()
    _trail(session, actor, "employer_feedback", employer, happened_on, track=track.id, week=week)
    return feedback


def _check_answers(answers: Sequence[int | None], another: str | None) -> None:
    if len(answers) != len(rules.QUESTIONS) or any(a is not None and a not in rules.SCORES for a in answers):
        raise Refused("answers_not_allowed", questions=len(rules.QUESTIONS))
    if another is not None:
        check_code("another", another, rules.ANOTHER)
    if another is None and not any(answers):
        raise Refused("nothing_answered")


def _line(text: str) -> str | None:
    words = " ".join(text.split())
    if len(words) > rules.LONGEST_LINE:
        raise Refused("text_too_long", longest=rules.LONGEST_LINE)
    return words or None


def _not_ahead(session: Session, day: date) -> None:
    if day > today(session):
        raise Refused("in_the_future", day=day.isoformat(), today=today(session).isoformat())


def _span(agreement: FrameworkAgreement) -> str:
    """An agreement in one line, for the history of the card."""
    until = agreement.ended_on or agreement.until_on
    return f"{agreement.places}: {agreement.from_on.isoformat()} – {until.isoformat()}"


def _trail(session: Session, actor: Actor, what: str, employer: Employer, on: date | None = None, **about: int) -> None:
    detail = {"employer": employer.id, "office": employer.office_id, **about}
    write_trail(session, actor, what, happened_on=on, detail=detail)
    session.flush()
