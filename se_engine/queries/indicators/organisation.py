"""Indicators of the unit: how much each carries, whose time it is, who stays with a case, supervision, and partners."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from se_engine.queries.indicators import sources_cases as of_cases
from se_engine.queries.indicators import sources_staff as of_staff
from se_engine.queries.indicators.evidence import Evidence, Measured, share
from se_engine.queries.indicators.registry import Count
from se_engine.queries.indicators.sources_contacts import any_within, in_window, of_case
from se_engine.queries.indicators.sources_contacts import contacts as told_contacts
from se_engine.queries.indicators.sources_records import decisions, level_on
from se_engine.queries.indicators.sources_work import tasks
from se_engine.queries.indicators.stretches import holding, stretches, working_weeks
from se_engine.queries.report_groups import SPOKEN
from se_engine.rules.referrals import ACCEPTED, DECLINED
from se_engine.rules.roles import Role

FULL_TIME = 100
FOLLOW_UP = "follow_up"
SEVEN_DAYS = 7
LEAST_GROUP = 20
"""Smaller groups say nothing of a difference."""
WEEKLY_IN = Fraction(3, 4)
"""Contact in so many of the weeks is weekly: holidays come every year."""
NAV = "nav"


def caseload(evidence: Evidence) -> Measured:
    """Active participants for each specialist of full time on the last day of the window.

    Full time is counted by the share with SE; who has no share recorded counts as one whole.
    """
    held: Counter[int | None] = Counter()
    owners, active = evidence.read(of_cases.owners), evidence.read(of_cases.active)
    for row in active:
        held[owners.get(row.id)] += 1
    percents = dict(_specialists(evidence, held))
    whole = sum(FULL_TIME if percent is None else percent for percent in percents.values())
    step = evidence.read(of_cases.step_now)
    return Measured(
        value=Fraction(len(active) * FULL_TIME, whole) if whole else None,
        n=len(active),
        numerator=len(active),
        cases=_numbers(active),
        detail={
            "specialists": len(percents),
            "full_time_percent": whole,
            "without_share": sum(percent is None for percent in percents.values()),
            "in_follow_up": sum(step.get(row.id) == FOLLOW_UP for row in active),
            "nobodys": held[None],
        },
    )


def _specialists(evidence: Evidence, held: Mapping[int | None, int]) -> Iterator[tuple[int, int | None]]:
    """Whoever has an active case, and the job specialists with a share above nothing that day."""
    on, told = evidence.window.to_on, evidence.read(of_staff.shares)
    for user_id in sorted({*told, *(one for one in held if one is not None)}):
        found = of_staff.share_on(told.get(user_id, ()), on)
        percent = None if found is None else found.percent * found.se_percent // FULL_TIME
        if user_id in held or (percent and found and found.role == Role.JOB_SPECIALIST):
            yield user_id, percent


def time_on_supported_employment(evidence: Evidence) -> Measured:
    """Of the time that job specialists were employed for in the window, how much was for SE, day by day."""
    each = []
    whole = on_se = 0
    for rows in evidence.read(of_staff.shares).values():
        if rows[-1].role != Role.JOB_SPECIALIST:
            continue
        hers = list(_shares_of_days(evidence, rows))
        percent = sum(days * one.percent for days, one in hers)
        se = sum(days * one.percent * one.se_percent for days, one in hers)
        if percent:
            each.append(Fraction(se, percent * FULL_TIME))
            whole, on_se = whole + percent * FULL_TIME, on_se + se
    return Measured(
        value=Fraction(on_se, whole) if whole else None, n=len(each), detail={"each": sorted(each)} if each else {}
    )


def _shares_of_days(evidence: Evidence, rows: Sequence[of_staff.ShareRow]) -> Iterator[tuple[int, of_staff.ShareRow]]:
    """For how many days of the window which share holds; it can change only where one begins or has ended."""
    window = evidence.window
    turns = {row.from_on for row in rows} | {row.until_on + timedelta(days=1) for row in rows if row.until_on}
    begins = sorted({window.from_on, *(day for day in turns if window.holds(day))})
    for first, after in zip(begins, [*begins[1:], window.to_on + timedelta(days=1)], strict=True):
        found = of_staff.share_on(rows, first)
        if found is not None:
            yield (after - first).days, found


def same_specialist_through_steps(evidence: Evidence) -> Measured:
    """Cases that ran in the window whose specialist was active in each step where they stood for seven days or more.

    Active: a contact of hers, tried or held, or a task that she recorded.
    """
    owners = evidence.read(of_cases.owners)
    days = _days_of_work(evidence)
    counted = []
    for row in evidence.read(of_cases.ran):
        owner, until = owners.get(row.id), row.ended_on or evidence.window.to_on
        steps = _steps_reached(evidence, row.id, until)
        if owner is not None and steps:
            hers = days.get((row.id, owner), ())
            holds = all(any(any_within(hers, first, last) for first, last in stays) for stays in steps.values())
            counted.append((row.id, holds))
    return share(counted)


def _steps_reached(evidence: Evidence, case_id: int, until: date) -> Mapping[str, Sequence[tuple[date, date]]]:
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for stay in evidence.read(of_cases.stays).get(case_id, ()):
        found[stay.step].append((stay.entered_on, stay.left_on or until))
    return {
        step: spans for step, spans in found.items() if sum((last - first).days for first, last in spans) >= SEVEN_DAYS
    }


def _days_of_work(evidence: Evidence) -> Mapping[tuple[int, int], Sequence[date]]:
    """(case, account) → the days on which that person did something in it."""
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for contact in evidence.read(told_contacts):
        if contact.case_id is not None and contact.user_id is not None:
            found[contact.case_id, contact.user_id].append(contact.happened_on)
    for case_id, rows in evidence.read(tasks).items():
        for row in rows:
            if row.recorded_by is not None:
                found[case_id, row.recorded_by].append(row.happened_on)
    return found


def weeks_with_group_supervision(evidence: Evidence) -> Measured:
    """Working weeks that lie whole in the window, of each office, with at least one group supervision."""
    held = evidence.read(of_staff.supervisions)
    days = {office: [day for one, day in held if one == office] for office in evidence.window.offices}
    weeks = [(monday, monday + timedelta(days=6)) for monday in working_weeks(evidence.window)]
    with_one = sum(holding(weeks, days[office]) for office in evidence.window.offices)
    every = len(weeks) * len(evidence.window.offices)
    return Measured(Fraction(with_one, every) if every else None, every, with_one, every)


def partner_contact_last_30_days(evidence: Evidence) -> Measured:
    """Active cases with a contact held with NAV, the municipality or adult education in the last 30 days."""
    last = evidence.window.to_on
    by_case = evidence.read(of_case)
    return share(
        (row.id, any_within([c.happened_on for c in by_case.get(row.id, ()) if c.with_partner], _back(last, 29), last))
        for row in evidence.read(of_cases.active)
    )


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def acceptance_ratio_by_language_level(evidence: Evidence) -> Measured:
    """The lowest over the highest rate of acceptance, among groups by spoken Norwegian on the day of the decision.

    Of referrals made in the window that were accepted or declined; groups below twenty are left out and named.
    """
    groups: dict[str, list[bool]] = defaultdict(list)
    cases: set[int] = set()
    hers = evidence.read(of_cases.cases_of_person)
    persons = evidence.read(of_cases.persons)
    decided = 0
    without_reason = 0
    for participant_id, rows in evidence.read(decisions).items():
        last, person = rows[-1], persons[participant_id]
        if last.decision not in (ACCEPTED, DECLINED) or not evidence.window.holds(person.referred_on):
            continue
        decided += 1
        without_reason += last.decision == DECLINED and not last.reason
        level = level_on(evidence, participant_id, SPOKEN, last.decided_on)
        if level is not None:
            groups[level].append(last.decision == ACCEPTED)
            cases |= {row.id for row in hers.get(participant_id, ())}
    compared = {level: told for level, told in sorted(groups.items()) if len(told) >= LEAST_GROUP}
    rates = [Fraction(sum(told), len(told)) for told in compared.values()]
    comparable = len(rates) > 1 and max(rates) > 0
    return Measured(
        value=min(rates) / max(rates) if comparable else None,
        n=min((len(told) for told in compared.values()), default=0) if len(compared) > 1 else 0,
        cases=tuple(sorted(cases)),
        detail={
            "groups": {level: [sum(told), len(told)] for level, told in sorted(groups.items())},
            "too_small": sorted(set(groups) - set(compared)),
            "decided": decided,
            "declined_without_reason": without_reason,
            "referred_by_herself": sum(
                one.referred_by == "herself" and evidence.window.holds(one.referred_on) for one in persons.values()
            ),
        },
    )


def caseload_from_one_or_two_teams(evidence: Evidence) -> Measured:
    """Active cases that came from the one or two services that refer most, of those where it is known who referred."""
    persons = evidence.read(of_cases.persons)
    known = [(row.id, by) for row in evidence.read(of_cases.active) if (by := persons[row.participant_id].referred_by)]
    most = Counter(by for _, by in known)
    two = sorted(most, key=lambda by: (-most[by], by))[:2]
    measured = share((case_id, by in two) for case_id, by in known)
    measured.detail.update(services={by: most[by] for by in sorted(most)}, counted=two)
    return measured


def nav_contact_frequency(evidence: Evidence) -> Measured:
    """How often somebody was in contact with NAV about a participant, as the level of the pattern.

    5: face to face in every stretch of 30 days, and weekly; 4: face to face in every stretch of 91 days, or weekly;
    3: contact in every 30 days; 2: in every 91; else 1. Weekly: in three of four weeks.
    """
    found = [c for c in evidence.read(in_window) if c.held and c.case_id and NAV in (c.kind, c.partner)]
    days, met = [c.happened_on for c in found], [c.happened_on for c in found if c.channel == "in_person"]
    weeks, months, quarters = (stretches(evidence.window, length) for length in (7, 30, 91))
    weekly = holding(weeks, days) >= WEEKLY_IN * len(weeks)
    level = 1
    if holding(quarters, days) == len(quarters):
        level = 2
    if holding(months, days) == len(months):
        level = 3
    if weekly or holding(quarters, met) == len(quarters):
        level = 4
    if weekly and holding(months, met) == len(months):
        level = 5
    return Measured(
        value=Fraction(level),
        n=len(weeks),
        numerator=len(found),
        cases=tuple(sorted({c.case_id for c in found if c.case_id})),
        detail={
            "weeks": [holding(weeks, days), len(weeks)],
            "months": [holding(months, days), len(months)],
            "months_face_to_face": [holding(months, met), len(months)],
            "quarters_face_to_face": [holding(quarters, met), len(quarters)],
        },
    )


def _numbers(rows: Sequence[of_cases.CaseRow]) -> tuple[int, ...]:
    return tuple(sorted(row.id for row in rows))


COUNTS: Mapping[str, Count] = {
    "caseload": caseload,
    "time_on_supported_employment": time_on_supported_employment,
    "same_specialist_through_steps": same_specialist_through_steps,
    "weeks_with_group_supervision": weeks_with_group_supervision,
    "partner_contact_last_30_days": partner_contact_last_30_days,
    "acceptance_ratio_by_language_level": acceptance_ratio_by_language_level,
    "caseload_from_one_or_two_teams": caseload_from_one_or_two_teams,
    "nav_contact_frequency": nav_contact_frequency,
}
