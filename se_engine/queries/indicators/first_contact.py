"""Indicators of the beginning: how soon she is met, how soon an employer is, and whether she knew before she agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from se_engine.measures.survival import product_limit
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_cases import CaseRow, PersonRow, cases, cases_of_person, opened, persons
from se_engine.queries.indicators.sources_contacts import first_about_job, of_case
from se_engine.queries.indicators.sources_records import consents, decisions
from se_engine.queries.indicators.sources_work import done_on, events
from se_engine.rules.referrals import DECLINED

IN_SIGHT = ("in_person", "video")
FROM_THE_START = -1
TOLD_SO_THAT_SHE_UNDERSTOOD = ("T1-S2", "T1-S3")
"""Told by mouth, in writing and with pictures; told back in her own words."""
AGREEMENT = "cooperation_agreement"
YES, EXPLAINED = "yes", "explained"


@dataclass(frozen=True)
class Wait:
    """A case that waits for something: days until it came or until nobody looked any more."""

    case_id: int
    days: int
    came: bool
    entry: int = FROM_THE_START
    """At risk from the day after this one."""


def days_to_first_meeting(evidence: Evidence) -> Measured:
    """Median days from a referral in the window to the first meeting in person or on a screen.

    Who has not been met counts as long as she has waited; until she was declined, or her last case ended.
    """
    waits, without_case = [], 0
    hers = evidence.read(cases_of_person)
    for person in evidence.read(persons).values():
        if person.referred_on is None or not evidence.window.holds(person.referred_on):
            continue
        own = hers.get(person.id, ())
        without_case += not own
        waits.append(_until_met(evidence, person, person.referred_on, own))
    median = _median(waits)
    return Measured(
        value=None if median is None else Fraction(median),
        n=len(waits),
        numerator=sum(one.came for one in waits),
        denominator=len(waits),
        cases=tuple(sorted({one.case_id for one in waits if one.case_id})),
        lacking=tuple(sorted({one.case_id for one in waits if one.case_id and not one.came})),
        detail={"waiting": sum(not one.came for one in waits), "without_case": without_case},
    )


def _until_met(evidence: Evidence, person: PersonRow, since: date, own: Sequence[CaseRow]) -> Wait:
    told = [contact for case in own for contact in evidence.read(of_case).get(case.id, ())]
    days = [c.happened_on for c in told if c.met and c.channel in IN_SIGHT and c.happened_on >= since]
    number = own[0].id if own else 0
    if days:
        return Wait(number, (min(days) - since).days, came=True)
    last = evidence.read(decisions).get(person.id, ())[-1:]
    ends = [one.decided_on for one in last if one.decision == DECLINED]
    if own and own[-1].ended_on is not None:
        ends.append(own[-1].ended_on)
    return Wait(number, max(0, (min([evidence.window.to_on, *ends]) - since).days), came=False)


def days_to_first_employer_contact(evidence: Evidence) -> Measured:
    """The mean of days from opening to the first meeting face to face with an employer about an ordinary job.

    Of those whose first meeting was in the window. Beside it stands the median with everybody counted in who waited on
    a day of the window: the mean alone forgets them.
    """
    waits = employer_waits(evidence)
    came = [one for one in waits if one.came]
    median = _median(waits)
    total = sum(one.days for one in came)
    return Measured(
        value=Fraction(total, len(came)) if came else None,
        n=len(came),
        denominator=len(came),
        cases=tuple(sorted(one.case_id for one in waits)),
        lacking=tuple(sorted(one.case_id for one in waits if not one.came)),
        detail={"median": median, "waiting": len(waits) - len(came)},
    )


def employer_waits(evidence: Evidence) -> Sequence[Wait]:
    """Who waited for that meeting on a day of the window; what she waited before counts as time already passed."""
    window, first = evidence.window, evidence.read(first_about_job)
    found = []
    for row in evidence.read(cases).values():
        met_on = first.get(row.id)
        until = min(row.ended_on or window.to_on, window.to_on)
        came = met_on is not None and met_on <= until
        last = met_on if met_on is not None and came else until
        if last >= window.from_on:
            entry = max(FROM_THE_START, (window.from_on - row.opened_on).days - 1)
            found.append(Wait(row.id, max(0, (last - row.opened_on).days), came, entry))
    return found


def _median(waits: Sequence[Wait]) -> float | None:
    curve = product_limit([one.days for one in waits], [one.came for one in waits], entry=[one.entry for one in waits])
    return curve.quantile(0.5)


def informed_before_consent(evidence: Evidence) -> Measured:
    """New cases in which she had been told in a form she understood by the day of her first consent.

    Told by mouth, in writing and with pictures; or told back in her own words; or the agreement was explained.
    """
    counted, silent = [], 0
    for row in evidence.read(opened):
        agreed = [one.happened_on for one in evidence.read(consents).get(row.participant_id, ()) if one.answer == YES]
        if not agreed:
            silent += 1
            continue
        told = list(done_on(evidence, row.id, TOLD_SO_THAT_SHE_UNDERSTOOD))
        told += [one.happened_on for one in evidence.read(events).get((row.id, AGREEMENT), ()) if one.what == EXPLAINED]
        counted.append((row.id, any(day <= min(agreed) for day in told)))
    measured = share(counted)
    measured.detail["without_consent"] = silent
    return measured


COUNTS: Mapping[str, Count] = {
    "days_to_first_meeting": days_to_first_meeting,
    "days_to_first_employer_contact": days_to_first_employer_contact,
    "informed_before_consent": informed_before_consent,
}
