"""Indicators of the work towards employers: how often, whose wish it follows, where the time goes, and who may know."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_contacts import (
    FACE_TO_FACE,
    ContactRow,
    first_with_employer,
    in_window,
    towards_employers,
)
from se_engine.queries.indicators.sources_staff import working_days
from se_engine.queries.indicators.sources_work import disclosures, done_on, tracks, tracks_with

DAYS_OF_WEEK = 5
TALKED_OF_OPENNESS = ("T1-A13",)


def employer_contacts_per_week(evidence: Evidence) -> Measured:
    """Meetings in person with employers about a participant, for each week that a specialist was at work."""
    held = [c for c in evidence.read(towards_employers) if _in(evidence, c)]
    found = [c for c in held if c.channel == FACE_TO_FACE]
    of_each = Counter(c.user_id for c in found)
    at_work = {user_id: days for user_id, days in evidence.read(working_days).items() if days}
    days = sum(at_work.values())
    each = sorted(Fraction(of_each[user_id] * DAYS_OF_WEEK, hers) for user_id, hers in at_work.items())
    return Measured(
        value=Fraction(len(found) * DAYS_OF_WEEK, days) if days else None,
        n=days // DAYS_OF_WEEK,
        numerator=len(found),
        cases=_cases(found),
        detail={"working_days": days, "specialists": len(at_work), "each": each},
    )


def employer_contacts_follow_wishes(evidence: Evidence) -> Measured:
    """Contacts with employers about a participant whose track serves one of her ranked wishes."""
    return share(
        (c.case_id, _serves_wish(evidence, c))
        for c in evidence.read(towards_employers)
        if c.case_id is not None and _in(evidence, c)
    )


def _serves_wish(evidence: Evidence, contact: ContactRow) -> bool:
    """By its own track; where none is named, by those of the case with that employer."""
    every = evidence.read(tracks)
    if contact.track_id is not None:
        return contact.track_id in every and every[contact.track_id].wish is not None
    there = evidence.read(tracks_with).get((contact.case_id or 0, contact.employer_id or 0), ())
    return any(track.wish is not None and track.opened_on <= contact.happened_on for track in there)


def field_time(evidence: Evidence) -> Measured:
    """Minutes away from the office of all minutes in contacts; travel counts as away."""
    told = evidence.read(in_window)
    field, every = Counter[int | None](), Counter[int | None]()
    for c in told:
        field[c.user_id] += c.travel_minutes + (c.minutes if c.in_field else 0)
        every[c.user_id] += c.travel_minutes + c.minutes
    out, whole = field.total(), every.total()
    each = sorted(Fraction(field[user_id], many) for user_id, many in every.items() if many and user_id is not None)
    return Measured(
        value=Fraction(out, whole) if whole else None,
        n=sum(c.minutes + c.travel_minutes > 0 for c in told),
        numerator=out,
        denominator=whole,
        cases=_cases([c for c in told if c.minutes + c.travel_minutes]),
        detail={"each": each, "without_minutes": sum(not c.minutes for c in told)},
    )


def disclosure_choice_before_employer_contact(evidence: Evidence) -> Measured:
    """Cases with their first employer contact in the window, where she had decided by then what may be told.

    Of the four things that make it her own choice, how many cases have each.
    """
    first = {case_id: c for case_id, c in evidence.read(first_with_employer).items() if _in(evidence, c)}
    counted = []
    elements: Counter[str] = Counter()
    for case_id, contact in first.items():
        decided = evidence.read(disclosures).get(case_id, ())
        by_then = [one for one in decided if one.happened_on <= contact.happened_on]
        counted.append((case_id, bool(by_then)))
        talked = done_on(evidence, case_id, TALKED_OF_OPENNESS)
        elements["choice_before"] += bool(by_then)
        elements["talked_of_pros_and_cons"] += any(day <= contact.happened_on for day in talked)
        elements["what_to_say"] += any(one.worded for one in decided)
        elements["more_than_once"] += len(decided) + len(talked) > 1
    measured = share(counted)
    measured.detail["elements"] = {name: elements[name] for name in ELEMENTS}
    return measured


ELEMENTS = ("choice_before", "talked_of_pros_and_cons", "what_to_say", "more_than_once")


def _in(evidence: Evidence, contact: ContactRow) -> bool:
    return evidence.window.holds(contact.happened_on)


def _cases(found: list[ContactRow]) -> tuple[int, ...]:
    return tuple(sorted({c.case_id for c in found if c.case_id is not None}))


COUNTS: Mapping[str, Count] = {
    "employer_contacts_per_week": employer_contacts_per_week,
    "employer_contacts_follow_wishes": employer_contacts_follow_wishes,
    "field_time": field_time,
    "disclosure_choice_before_employer_contact": disclosure_choice_before_employer_contact,
}
