"""Every number of se5 and ips25 that is counted from records alone, from facts typed into the product's own forms.

No row is written here. What is typed changes its number, and the case list behind it, at once.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from tests.support.people import TODAY
from tests.web.test_dimensions_from_forms import Counted, _posted, move, note, person_of, sent, take_in
from tests.web.test_documents import typed

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
YEAR = {"from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)}
MEETING = {"kind": "employer", "concrete_job": "job", "acted": "together", "participant_present": "no", "minutes": "60"}


@pytest.fixture
def jo(visit):
    return visit("jo")


@pytest.fixture
def counted(office) -> Counted:
    return Counted(office)


def place_of(jo, case: int, track: str) -> str:
    """The employer of a track, as the form of a note has it."""
    return jo.page(f"/cases/{case}/notes/new?track={track}").form(f"/cases/{case}/notes/new").values["employer"]


def link_in(page, ending: str) -> str:
    return next(link for link in page.links if re.search(ending, link))


def test_the_unit_and_the_first_steps(jo, visit, counted):
    case = take_in(jo, opened_on="12.1.2026", referred_on="2.1.2026", referred_by="nav")
    pat, max_ = person_of(jo, case), visit("max")
    winter = {"from_on": date(2026, 1, 1)}
    # O1, O2: Jo works full time, and half of it with SE.
    assert (counted("caseload").value, counted("time_on_supported_employment").value) == (1, None)
    share = {"user": str(jo.actor.user_id), "percent": "100", "se_percent": "50", "from_on": "1.1.2025"}
    sent(max_.submit("/team/shares/new", **share))
    assert (counted("caseload").value, counted("time_on_supported_employment").value) == (2, Fraction(1, 2))
    # O5: one whole week of the two.
    fortnight = {"from_on": date(2026, 3, 2), "to_on": date(2026, 3, 15)}
    assert counted.part("weeks_with_group_supervision", **fortnight) == (0, 2, ())
    sent(max_.submit("/team/supervisions/new", held_on="4.3.2026", minutes="90"))
    assert counted.part("weeks_with_group_supervision", **fortnight) == (1, 2, ())
    # 1.1 and O3: eleven days from the referral to the first meeting, which is also hers in the step.
    assert counted("days_to_first_meeting", **winter).value is None
    with counted.from_lacking(case, "same_specialist_through_steps", **winter):
        note(jo, case, happened_on="13.1.2026")
    assert counted("days_to_first_meeting", **winter).value == 11
    # O7 and IPS 6: a talk with NAV today.
    assert counted("nav_contact_frequency", from_on=date(2026, 3, 10)).value == 1
    with counted.from_lacking(case, "partner_contact_last_30_days"):
        note(jo, case, kind="nav")
    assert counted("nav_contact_frequency", from_on=date(2026, 3, 10)).value == 5, "a week, and somebody was met in it"
    # IPS 4: where she was referred from.
    assert counted.part("caseload_from_one_or_two_teams") == (1, 1, ())
    # 1.2: told in a form she understood, and then she agreed.
    sent(jo.submit(f"{pat}/consents", line_messages="yes", form="oral", language="ar"))
    with counted.from_lacking(case, "informed_before_consent", **winter):
        sent(jo.submit(f"/cases/{case}/tasks/T1-S3", words="It is voluntary", happened_on="13.1.2026"))
    # 2.1 to 2.3 and 3.4: the profile, its parts, and the plan looked at.
    assert counted.part("plan_reviewed_last_90_days") == (0, 1, (case,))
    goal = {"words": "To bake", "kind": "work_or_education", "whose": "own", "set_on": "20.1.2026"}
    with counted.from_lacking(case, "plan_reviewed_last_90_days"):
        sent(jo.submit(f"/cases/{case}/plan/goals/new", **goal))
    with counted.from_lacking(case, "profile_within_30_days", "profile_updated_after_events", **winter):
        said = typed("vocational_profile") | {"happened_on": "30.1.2026"}
        sent(jo.submit(f"/cases/{case}/documents/new/vocational_profile", **said))
    before = counted("profile_parts_filled").value
    sent(jo.submit(f"{pat}/fields/situation", network_roles__1=["friend"]))
    assert counted("profile_parts_filled").value == before + 1


def test_towards_employers(jo, counted):
    case = take_in(jo, opened_on="12.1.2026")
    pat = person_of(jo, case)
    winter = {"from_on": date(2026, 1, 1)}
    sent(jo.submit(f"{pat}/fields/wishes", job_wishes__1="Bake bread"))
    where = sent(jo.submit(f"/cases/{case}/employers/new", employer="Bakeriet", opened_on="13.1.2026"))
    track = where.rpartition("/")[2]
    place = place_of(jo, case, track)
    # 3.1: ten days to the first meeting about a job; 4.1, 4.5: one in the weeks since, and an hour of one out.
    assert counted("days_to_first_employer_contact", **winter).value is None
    assert counted("employer_contacts_per_week", **winter).numerator == 0
    note(jo, case, **MEETING, employer=place, happened_on="22.1.2026")
    found = counted("days_to_first_employer_contact", **winter)
    assert (found.value, found.n, found.lacking) == (10, 1, ())
    weeks = counted("employer_contacts_per_week", **winter)
    assert (weeks.numerator, weeks.value) == (1, Fraction(5, weeks.detail["working_days"]))
    assert counted.part("field_time", **winter) == (60, 60, ())
    note(jo, case, minutes="60", in_field="no")
    assert counted.part("field_time", **winter)[:2] == (60, 120)
    # 3.2: no wish stands behind this employer, but one behind the next; 4.6: she had decided what may be told.
    assert counted.part("employer_contacts_follow_wishes", **winter) == (0, 1, (case,))
    wished = {"employer": "Konditoriet", "wish": "1", "opened_on": "14.1.2026"}
    sent(jo.submit(f"/cases/{case}/employers/new", **wished))
    note(jo, case, kind="employer", employer="", employer_name="Konditoriet", happened_on="23.1.2026")
    assert counted.part("employer_contacts_follow_wishes", **winter) == (1, 2, (case,))
    with counted.from_lacking(case, "disclosure_choice_before_employer_contact", **winter):
        told = {"decision": "told", "may_tell": ["name"], "by_whom": "together", "words": "My name."}
        sent(jo.submit(f"{where}/told", **told, happened_on="20.1.2026"))
    # 3.3, 4.3, 4.4, 4.7, IPS 21: a placement, and two jobs after it.
    job = {"started_on": "2.2.2026", "hours_per_week": "20", "occupation_code": "7512", "employer": "Bakeriet"}
    sent(jo.submit(f"/cases/{case}/jobs/new", **job, paid="no", contract="work_training"))
    forms = ("placements_in_ordinary_paid_work", "placements_with_wage_subsidy", "placements_in_work_practice")
    assert [counted(key, **winter).numerator for key in forms] == [0, 0, 1]
    assert counted.part("permanent_ordinary_jobs") == (0, 1, (case,))
    sent(jo.submit(f"/cases/{case}/jobs/new", **job | {"started_on": "2.3.2026", "employer": "Kaféen"}, paid="yes",
                   contract="permanent"))  # fmt: skip
    sent(jo.submit(f"/cases/{case}/jobs/new", **job | {"started_on": "3.3.2026", "hours_per_week": "5"}, paid="yes",
                   subsidy="yes"))  # fmt: skip
    assert [counted(key, **winter).numerator for key in forms] == [1, 1, 1]
    assert counted.part("permanent_ordinary_jobs")[:2] == (1, 3)
    assert (counted("job_diversity").value, counted("employer_diversity").value) == (Fraction(1, 2), 1)
    assert counted.part("benefits_advice_before_start", **winter) == (0, 2, (case,))
    talk = {"words": "Housing support falls away", "happened_on": "1.3.2026"}
    sent(jo.submit(f"/cases/{case}/tasks/T2-A09", **talk))
    assert counted.part("benefits_advice_before_start", **winter) == (2, 2, ())


def test_at_work_and_after_it(jo, counted):
    case = take_in(jo, opened_on="6.1.2025")
    sent(
        jo.submit(
            f"/cases/{case}/jobs/new", employer="Bakeriet", started_on="3.2.2025", hours_per_week="20", paid="yes"
        )
    )
    of_job = link_in(jo.page(f"/cases/{case}/jobs"), r"/jobs/\d+$")
    march, august = ({"from_on": date(2025, month, 1), "to_on": date(2025, month, 31)} for month in (3, 8))
    # 5.1: the week before, the first days, and each of four weeks. 5.2: every month so far.
    assert counted.part("close_follow_up_first_month", **march) == (0, 1, (case,))
    with counted.from_lacking(case, "close_follow_up_first_month", **march):
        for day in ("31.1.", "5.2.", "12.2.", "19.2.", "26.2."):
            note(jo, case, happened_on=f"{day}2025")
    with counted.from_lacking(case, "follow_up_every_month", **august):
        for month in range(3, 9):
            note(jo, case, happened_on=f"20.{month}.2025")
    # IPS 23: weekly, monthly, close at the start; the plan to step down is lacking.
    half = {"from_on": date(2025, 3, 1), "to_on": date(2025, 8, 31)}
    assert counted("follow_up_contact_pattern", **half).value == 4
    # 3.3: in a paid job 26 weeks after the first day.
    assert counted.part("paid_job_26_weeks_after_placement", **august) == (1, 1, ())
    # 5.5: half a year at work, and a goal looked at since.
    assert counted.part("career_goal_reviewed", to_on=date(2025, 8, 4)) == (0, 0, ())
    with counted.from_lacking(case, "career_goal_reviewed", **half):
        goal = {"words": "A trade certificate", "kind": "work_or_education", "whose": "own", "set_on": "1.7.2025"}
        sent(jo.submit(f"/cases/{case}/plan/goals/new", **goal))
    # 5.4: the job ends; she is called the day after, and asked whether she wants another.
    end = {"reason": "employer", "cause": "work_over", "ended_on": "1.9.2025", "her_words": "I was sad."}
    sent(jo.submit(f"{of_job}/end", **end))
    assert counted.part("new_chance_after_job_loss", **YEAR) == (0, 1, (case,))
    note(jo, case, channel="phone", happened_on="2.9.2025")
    with counted.from_lacking(case, "new_chance_after_job_loss", **YEAR):
        sent(jo.submit(f"{of_job}/new-search", answer="yes", offered_on="4.9.2025", words="Yes."))
    move(jo, case, "end", decided_by="participant", end_reason="moved", happened_on="1.10.2025")
    assert counted("caseload", to_on=date(2025, 12, 31)).n == 0, "who has left is nobody's caseload"


def test_an_open_door_whatever_the_level_of_language(jo, counted):
    """Two groups of twenty by what was said of their Norwegian, and one of them hears no more often."""
    version = ""
    for number in range(40):
        name = f"{chr(65 + number // 20)}{chr(97 + number % 20)}ex"
        given = {"given_name": name, "language_1": "ar", "begins": "later", "referred_on": "2.3.2026"}
        inbox = sent(_posted(jo, "/participants/new", **given, opened_on="16.3.2026", same_as="another"))
        level, yes = ("A1", number % 5 == 0) if number < 20 else ("B1", number % 4 == 0)
        pat = inbox.replace("referrals", "participants")
        sent(_posted(jo, f"{pat}/levels", speaking=level, source="teacher", happened_on="1.3.2026"))
        decided = {"opened_on": "16.3.2026"} if yes else {"reason": "own_wish", "may_return": "yes"}
        way = f"{inbox}/{'accept' if yes else 'decline'}"
        version = version or jo.page(way).form(way).values["version"]  # everybody's story is equally short
        sent(_posted(jo, way, decided_by="specialist", decided_on="16.3.2026", version=version, **decided))
    found = counted("acceptance_ratio_by_language_level", from_on=date(2026, 1, 1), to_on=TODAY)
    assert (found.value, found.n) == (Fraction(4, 5), 20)
    assert found.detail["groups"] == {"A1": [4, 20], "B1": [5, 20]}
