"""Every indicator of `dimensions` that is counted from records alone, from facts typed into the product's own forms.

No row is written here. Each form that is sent changes its number, and the list of cases that are lacking, at once.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from se_engine import frameworks
from se_engine.queries.indicators.computed import COMPUTED
from se_engine.queries.indicators.evidence import Evidence, Window
from se_engine.records.cases import Case
from tests.support.people import EMPLOYER, TODAY
from tests.web.test_documents import typed

# What the forms write is one matter, how each engine counts it another: tests/queries/test_dimensions.py.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SAID = "She told of the morning round."
BOTH = {"agreed_by": ["participant", "specialist"], "agreed_how": "oral"}


@pytest.fixture
def jo(visit):
    return visit("jo")


def sent(answer) -> str:
    from tests.support.pages import Page

    assert answer.status_code == 303, Page(answer.text).text
    return answer.location


class Counted:
    """What the indicators say now, for the office of those who type."""

    def __init__(self, office) -> None:
        self.office = office

    def __call__(self, key: str, to_on: date = TODAY, from_on: date = date(2025, 1, 1)):
        with self.office.database.reading() as session:
            return COMPUTED[key, 1](Evidence(session, Window((self.office.people.office_id,), from_on, to_on)))

    def part(self, key: str, **window: Any) -> tuple[int | None, int | None, tuple[int, ...]]:
        found = self(key, **window)
        return found.numerator, found.denominator, found.lacking

    @contextmanager
    def from_lacking(self, case: int, *keys: str, **window: Any):
        """Before, the case is among those that are lacking; what happens inside takes it out, and counts one more."""
        before = {key: self.part(key, **window) for key in keys}
        assert all(case in lacking for _, _, lacking in before.values()), before
        yield
        for key, (held, many, lacking) in before.items():
            after = self.part(key, **window)
            assert after[1] == many, key
            assert after[0] == held + len([one for one in lacking if one == case]), (key, after)
            assert case not in after[2], key


@pytest.fixture
def counted(office) -> Counted:
    return Counted(office)


def take_in(jo, **given: Any) -> int:
    where = sent(jo.submit("/participants/new", **{"given_name": "Pat", "language_1": "ar", "begins": "now", **given}))
    return int(where.rpartition("/")[2])


def note(jo, case: int, **given: Any) -> None:
    known = {"kind": "participant", "channel": "in_person", "status": "held", "said": SAID,
             "interpreter": "no:norwegian_is_enough"}  # fmt: skip
    sent(jo.submit(f"/cases/{case}/notes/new", **{**known, **given}))


def move(jo, case: int, trigger: str, **given: Any) -> None:
    sent(jo.submit(f"/cases/{case}/moves/{trigger}", at=f"/cases/{case}/moves", note="So it was.", **given))


def link_on(visitor, path: str, pattern: str) -> str:
    return next(link for link in visitor.page(path).links if re.search(pattern, link))


def person_of(jo, case: int) -> str:
    return jo.get(f"/cases/{case}/record").location


def test_every_one_that_is_counted_from_records_alone_is_asked_for_here(engine_name):
    wanted = {item.indicator for item in frameworks.latest("dimensions").items if item.comp == "i"}
    assert len(wanted) == 28
    here = Path(__file__).read_text(encoding="utf-8")
    assert [key for key in wanted if f'"{key}"' not in here] == []


def test_before_the_search_for_a_job(jo, visit, counted):
    case = take_in(jo, opened_on="2.1.2026")
    pat = person_of(jo, case)
    # L1a: known by the day of the first meeting, which is today.
    note(jo, case, interpreter="else", interpreter_other="child", reason="Nobody else was there.")
    assert counted.part("language_need_known_before_first_meeting") == (0, 1, (case,))
    with counted.from_lacking(case, "language_need_known_before_first_meeting"):
        sent(jo.submit(f"{pat}/interpreter", interpreter_need="yes", interpreter_language="ar"))
        sent(jo.submit(f"{pat}/fields/language", literacy_mother_tongue__1="yes"))
    # L1b and L1c: a child interpreted, and somebody looked into it; then a qualified interpreter came.
    assert counted.part("qualified_interpreter_when_needed") == (0, 1, (case,))
    child = counted("child_used_as_interpreter")
    assert (child.value, child.cases, child.lacking) == (1, (case,), (case,))
    max_ = visit("max")
    asked = link_on(max_, f"/cases/{case}", "/requests/")
    sent(max_.submit(asked, answer="seen", why="We order one the day before from now on."))
    child = counted("child_used_as_interpreter")
    assert (child.value, child.cases, child.lacking, child.detail["meetings"]) == (0, (case,), (), 1)
    note(jo, case, interpreter="qualified", starts_at="09")
    assert counted.part("qualified_interpreter_when_needed") == (1, 2, (case,))
    # L3b: more than sixty days in the first step, and waiting for language.
    assert counted.part("waiting_for_language") == (0, 1, ())
    sent(jo.submit(f"/cases/{case}/waiting", waiting_for="language"))
    assert counted.part("waiting_for_language") == (1, 1, (case,))
    sent(jo.submit(f"/cases/{case}/waiting/end"))
    assert counted.part("waiting_for_language") == (0, 1, ())
    # L2a, L2b, P2b, C2a: the profile, and what belongs to it.
    sent(jo.submit(f"/cases/{case}/documents/new/vocational_profile", **typed("vocational_profile")))
    of_profile = ("language_profile_complete", "profile_reviewed_in_understood_language", "ranked_own_wishes",
                  "skills_from_abroad_mapped")  # fmt: skip
    assert {counted.part(key) for key in of_profile} == {(0, 1, (case,))}
    with counted.from_lacking(case, "profile_reviewed_in_understood_language"):
        document = link_on(jo, f"/cases/{case}/documents", r"/documents/\d+$")
        sent(jo.submit(f"{document}/approve", language="ar", interpreter="yes", words="It is me"))
    with counted.from_lacking(case, "language_profile_complete"):
        levels = dict.fromkeys(("listening", "reading", "speaking", "writing"), "A2")
        sent(jo.submit(f"{pat}/levels", **levels, source="test"))
        sent(jo.submit(f"{pat}/fields/experience", digital_email__1="alone"))
    with counted.from_lacking(case, "ranked_own_wishes"):
        sent(jo.submit(f"{pat}/fields/wishes", job_wishes__1="Bake bread"))
        sent(jo.submit(f"{pat}/fields/wishes", job_wishes__1="Bake bread", job_wishes__2="Sell bread"))
    with counted.from_lacking(case, "skills_from_abroad_mapped"):
        sent(jo.submit(f"{pat}/fields/experience", work_experience__1="Baker in Homs"))
        sent(jo.submit(f"{pat}/fields/education", schooling_country__1="SY"))
    # P1a: told so that she understood, by the day on which she agreed to something.
    sent(jo.submit(f"{pat}/consents", line_messages="yes", form="oral", language="ar"))
    with counted.from_lacking(case, "informed_before_consent"):
        sent(jo.submit(f"/cases/{case}/tasks/T1-S2", words="With pictures.", happened_on="1.3.2026", status="done"))
    # C2b: education from abroad, known today; considered within the sixty days that end in May.
    may = {"to_on": date(2026, 5, 31)}
    sent(jo.submit(f"/cases/{case}/career/qualifications/new", words="Baker", status="needed", happened_on="1.3.2026"))
    assert counted.part("recognition_considered", **may) == (1, 1, ())
    assert counted.part("recognition_considered") == (0, 0, ()), "the sixty days are not over"


def test_with_employers_and_at_work(jo, counted):
    case = take_in(jo, opened_on="6.1.2025")
    pat = person_of(jo, case)
    sent(jo.submit(f"{pat}/interpreter", interpreter_need="no"))
    # L3a: the search began on 20 January; nothing was done for her Norwegian in thirty days.
    move(jo, case, "begin_profiling_anyway", happened_on="13.1.2025")
    move(jo, case, "begin_job_finding_anyway", happened_on="20.1.2025")
    assert counted.part("norwegian_alongside_job_search") == (0, 1, (case,))
    with counted.from_lacking(case, "norwegian_alongside_job_search"):
        note(jo, case, kind="teacher", happened_on="3.2.2025")
    # P2a, P4b, P3c: the first meeting with an employer, her profile before it, who acted and who was there.
    sent(jo.submit(f"{pat}/fields/wishes", job_wishes__1="Bake bread"))
    where = sent(jo.submit(f"/cases/{case}/employers/new", employer=EMPLOYER, wish="1", opened_on="1.2.2025"))
    track = where.rpartition("/")[2]
    place = re.search(r'name="employer"[^>]*value="(\d+)"', jo.get(f"/cases/{case}/notes/new?track={track}").text)[1]
    there = {"kind": "employer", "employer": place, "happened_on": "10.2.2025", "concrete_job": "job"}
    note(jo, case, **there, acted="specialist", participant_present="no")
    first = ("profile_confirmed_before_employer_contact", "participant_present_at_first_employer_meeting",
             "participant_active_in_search")  # fmt: skip
    assert {counted.part(key) for key in first} == {(0, 1, (case,))}
    with counted.from_lacking(case, "profile_confirmed_before_employer_contact"):
        said = typed("vocational_profile") | {"happened_on": "7.2.2025", "agreed_language": "ar", **BOTH}
        sent(jo.submit(f"/cases/{case}/documents/new/vocational_profile", **said))
    note(jo, case, **there | {"happened_on": "11.2.2025"}, acted="together", participant_present="yes")
    assert counted.part("participant_active_in_search") == (1, 2, (case,))
    assert counted.part("participant_present_at_first_employer_meeting")[0] == 0, "the second is not the first"
    with counted.from_lacking(case, "disclosure_choice_before_employer_contact"):
        sent(jo.submit(f"{where}/told", words="My name.", decision="told", may_tell=["name"], by_whom="together",
                       happened_on="9.2.2025"))  # fmt: skip
    # L4a, C4b, L5a, P5a, P5b, C3a: the job, and what was in place around it.
    job_form = {"employer": EMPLOYER, "started_on": "3.3.2025", "hours_per_week": "20", "paid": "yes", "track": track,
                "occupation_code": "7512"}  # fmt: skip
    sent(jo.submit(f"/cases/{case}/jobs/new", **job_form))
    job = link_on(jo, f"/cases/{case}/jobs", r"/jobs/\d+$").rpartition("/")[2]
    around = ("language_arrangement_agreed_with_employer", "employer_prepared_for_diversity",
              "language_support_at_work_early", "follow_up_plan_made_together")  # fmt: skip
    assert {counted.part(key) for key in around} == {(0, 1, (case,))}
    with counted.from_lacking(case, "language_arrangement_agreed_with_employer"):
        asked = {"required_speaking": "B1", "remedy_speaking": "language_mentor", "words_speaking": "Kari"}
        sent(jo.submit(f"{where}/match", **asked, happened_on="14.2.2025"))
    with counted.from_lacking(case, "language_support_at_work_early"):
        visit_ = {"kind": "three_way", "employer": place, "participant_present": "yes", "happened_on": "10.3.2025"}
        note(jo, case, **visit_, workplace_norwegian="The names of the breads")
    with counted.from_lacking(case, "employer_prepared_for_diversity"):
        said = typed("three_party_agreement", terms="ordinary") | BOTH | {"agreed_language": "ar"}
        said |= {"agreed_by": ["participant", "specialist", "employer"], "agreed_how": "paper"}
        sent(jo.submit(f"/cases/{case}/documents/new/three_party_agreement/{place}", **said))
        sent(jo.submit(f"/cases/{case}/training/{place}/new", task="Pack bread", step="1"))
    with counted.from_lacking(case, "follow_up_plan_made_together"):
        sent(jo.submit(f"/cases/{case}/follow-up/{job}/confirm", words="It is fine.", happened_on="10.3.2025"))
    # L5b: her level is looked at again after thirteen and after twenty-six weeks.
    assert counted.part("language_progress_followed") == (0, 2, (case,))
    for day in ("2.6.2025", "1.9.2025"):
        sent(jo.submit(f"{pat}/levels", speaking="B1", source="teacher", happened_on=day))
    assert counted.part("language_progress_followed") == (2, 2, ())
    # P5b: asked after thirteen weeks, and the eight weeks for an answer are over.
    with counted.from_lacking(case, "survey_answered"):
        sent(jo.submit(f"/cases/{case}/follow-up/{job}/survey/13", survey_1="5", filled_in="alone",
                       happened_on="5.6.2025"))  # fmt: skip
    # C5c: a year after the first day.
    with counted.from_lacking(case, "better_match_after_first_job"):
        sent(jo.submit(f"/cases/{case}/jobs/{job}/changes/new/hours", number="30", happened_on="1.9.2025"))
    # C3a: a second job, in another occupation.
    assert counted("breadth_of_occupations").value == 0
    another = {"started_on": "2.2.2026", "occupation_code": "5223", "employer": "Kaféen", "track": ""}
    sent(jo.submit(f"/cases/{case}/jobs/new", **job_form | another))
    assert counted("breadth_of_occupations").value == pytest.approx(0.5)
    # C5b: a misunderstanding at work, solved in ten days.
    sent(jo.submit(f"/cases/{case}/needs/problems/new", tag="norms", brought_by="employer", track=track,
                   words="Breaks.", opened_on="2.2.2026"))  # fmt: skip
    with counted.from_lacking(case, "misunderstandings_solved"):
        problem = link_on(jo, f"/cases/{case}/needs", r"/problems/\d+$")
        sent(jo.submit(problem, solution="A clock on the wall.", closed_on="12.2.2026"))


def test_follow_up_ended_and_groups_beside_all(jo, counted):
    """Forty more: two groups large enough to tell of, and one of them comes into work less often."""
    ends = [take_in(jo, opened_on="1.9.2025", given_name=name) for name in ("Ann", "Bea")]
    for case, employer in zip(ends, ("Kaféen", "Hotellet"), strict=True):
        job = {"started_on": "1.10.2025", "hours_per_week": "20", "paid": "yes"}
        sent(jo.submit(f"/cases/{case}/jobs/new", employer=employer, **job))
        move(jo, case, "job_found", happened_on="1.10.2025")
    move(jo, ends[0], "begin_follow_up_anyway", happened_on="1.2.2026")
    sent(jo.submit(f"/cases/{ends[0]}/closing", **CLOSING))
    assert counted.part("follow_up_ended_by_own_choice") == (1, 1, ())
    move(jo, ends[1], "end", decided_by="employer", end_reason="work", happened_on="10.3.2026")
    assert counted.part("follow_up_ended_by_own_choice") == (1, 2, (ends[1],))
    for level, worked, met_on in (("A2", 1, "20.2.2026"), ("B2", 11, "10.2.2026")):
        for number, (case, pat) in enumerate(_taken_in(jo, counted.office, level)):
            sent(_posted(jo, f"{pat}/levels", speaking=level, source="test", happened_on="2.1.2026"))
            if number < worked:
                place = f"Sted {level} {number}"
                sent(_posted(jo, f"/cases/{case}/jobs/new", employer=place, started_on="1.3.2026", paid="yes"))
                sent(_posted(jo, f"/cases/{case}/notes/new", kind="employer", employer="", employer_name=place,
                             channel="in_person", status="held", said=SAID, concrete_job="job", happened_on=met_on,
                             participant_present="no", nobody_named="y"))  # fmt: skip
    assert counted("acceptance_ratio_by_language_level").value == 1
    for number in range(5):
        _declined(jo, number)
    assert counted("acceptance_ratio_by_language_level").value == pytest.approx(0.8), "20 of 25 beside 20 of 20"
    found = counted("equity_of_outcome", from_on=date(2026, 1, 1))
    beginners, others = groups = found.detail["by"]["language"]["groups"]
    assert [(one["group"], one["n"], one["jobs"]) for one in groups] == [("A1-A2", 20, 1), ("B2-C2", 20, 11)]
    assert (beginners["inside"], others["inside"], found.detail["inside"]) == (False, False, False)
    assert found.detail["by"]["language"]["p"] < 0.01
    waits = counted("equity_of_time", from_on=date(2026, 1, 1)).detail["by"]["language"]
    assert {one["group"]: one["median"] for one in waits["groups"]} == {"A1-A2": None, "B2-C2": 36}
    assert waits["inside"] is False
    assert "country_group" not in found.detail["by"], "nobody's country is recorded"


CLOSING = {
    "confirmed": "yes", "decision": "I manage on my own now.", "whom": "Jo", "phone": "987 65 432", "language": "ar",
    "ask_later": "no", "end": "now", "end_reason": "work",
}  # fmt: skip


def _posted(jo, path: str, **given: Any):
    """The same form, sent without reading its page anew each time."""
    if not hasattr(jo, "token"):
        jo.token = jo.page("/participants/new").form("/participants/new").values["csrf_token"]
    return jo.client.post(path, data={"csrf_token": jo.token, **given})


def _taken_in(jo, office, level: str) -> list[tuple[int, str]]:
    """Twenty, as (case, address of her record)."""
    known = {"language_1": "ar", "begins": "now", "opened_on": "5.1.2026", "referred_on": "2.1.2026",
             "same_as": "another", "why_owner": "All at once."}  # fmt: skip
    cases = []
    for number in range(20):
        name = f"{level[0]}{chr(97 + number)}oq"
        cases.append(int(sent(_posted(jo, "/participants/new", **known, given_name=name)).rpartition("/")[2]))
    with office.database.reading() as session:
        whose = {row.id: row.participant_id for row in session.execute(select(Case.id, Case.participant_id))}
    return [(case, f"/participants/{whose[case]}") for case in cases]


def _declined(jo, number: int) -> None:
    given = {"given_name": f"Z{chr(97 + number)}oq", "language_1": "ar", "begins": "later", "opened_on": "5.1.2026"}
    where = sent(_posted(jo, "/participants/new", **given, same_as="another", referred_on="2.1.2026"))
    sent(_posted(jo, where.replace("/referrals/", "/participants/") + "/levels", speaking="A2", source="test",
                 happened_on="2.1.2026"))  # fmt: skip
    sent(jo.submit(f"{where}/decline", reason="own_wish", may_return="yes"))
