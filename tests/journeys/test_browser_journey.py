"""One participant from referral to the end of follow-up, through the browser, by a job specialist on a phone.

What the process requires is answered in few statements, and no pair of twins is asked twice.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support import axe
from tests.support.people import EMPLOYER
from tests.support.specialists import PHONE, Specialist, staffed

STATEMENTS = 19
"""As many as the required set may take, moves apart: three or four for each step."""
BOTH = ("participant", "specialist")


@pytest.fixture
def address(app, database, served):
    staffed(database)
    return served(app)


@pytest.fixture
def jo(open_page, address):
    specialist = Specialist(open_page(**PHONE), address)
    specialist.sign_in()
    return specialist


def refer(jo: Specialist) -> None:
    jo.page.goto(f"{jo.address}/participants/new")
    jo.fill(given_name="Selam", family_name="Tesfaye", language_1="tigrinja")
    jo.send("referral")
    path = re.search(r"/cases/\d+", jo.page.url)
    assert path
    jo.case = path[0]


def engage(jo: Specialist) -> None:
    from se_engine.rules.consents import LINES

    jo.open("/tasks/T1-A10")
    jo.choose(**{f"line_{line}": "yes" for line in LINES}, form="oral")
    jo.send("consents")
    jo.open("/tasks/T1-S1")
    jo.choose(interpreter_need="no")
    jo.send("interpreter")
    jo.paper("cooperation_agreement", *BOTH, own_words="I want to bake.", expects="That you call when you say so.")
    jo.note("engagement", "T1-S3", "T1-M1", "T1-K1")
    jo.move("begin_profiling", decided_by="participant")


def profile(jo: Specialist) -> None:
    jo.open("/tasks/T2-S1")
    for skill in ("listening", "reading", "speaking", "writing"):
        jo.page.locator(f"[name={skill}]").select_option("A2")
    jo.choose(source="own_estimate")
    jo.send("levels")
    jo.paper(
        "vocational_profile", "participant", own_words="I rise early.", wishes__1__wish="Baker", qualities="Patient",
        good_day="To know what to do.", chosen={"main_goal": "job"},
    )  # fmt: skip
    jo.note("profiling", "T2-A07", "T2-M3", "T2-K1")
    jo.move("begin_job_finding", decided_by="participant")


def find_job(jo: Specialist) -> None:
    jo.open("/notes/new?kind=employer")
    jo.fill(employer_name=EMPLOYER, said="They look for somebody in the mornings.")
    jo.choose(concrete_job="job")
    jo.send("meeting")
    jo.open("/employers/told")
    jo.fill(words="Say that I can bake.")
    jo.choose(decision="told", may_tell="name", by_whom="together")
    jo.send("what may be told")
    jo.open("/employers/match")
    jo.choose(own_score="4")
    jo.send("match")
    jo.note("job_finding", "T3-S1", "T3-K1")
    jo.move("begin_employer_engagement")


def engage_employer(jo: Specialist) -> None:
    jo.paper(
        "three_party_agreement", *BOTH, "employer", own_words="To learn the oven.", purpose="A job in the mornings.",
        pay="As agreed", contract="Permanent, six months on trial", tasks="Bakes bread", hours_per_week="30",
        days="Monday to Thursday", starts_on="today", employer_contact="The master", buddy="Kari", buddy_hours="2",
        buddy_substitute="Ola", chosen={"goal": "job_here", "terms": "ordinary"},
    )  # fmt: skip
    jo.open("/training/new")
    jo.fill(task="Set the tables", norwegian_1="duk", own_1="ጨርቂ")
    jo.send("first rung")
    jo.note("employer_engagement", "T4-S1", "T4-K1", employer=EMPLOYER)
    jo.move("begin_job_support")


def support(jo: Specialist) -> None:
    jo.open("/jobs/new")
    jo.fill(employer=EMPLOYER, occupation="baker", hours_per_week="30")
    jo.choose(paid="yes", subsidy="no")
    jo.send("job")
    jo.open("/follow-up")
    jo.page.locator("main a[href$='/confirm']").first.click()
    jo.send("plan confirmed")
    jo.open("/follow-up/scores")
    jo.choose(answer="this_job", evidence="own_words")
    jo.choose(**dict.fromkeys(("safe", "understand", "learn", "belong", "stay"), "4"))
    jo.send("scores")
    jo.paper(
        "step_down_plan", *BOTH, own_words="A call is enough.", phases__1__from_on="today",
        phases__1__days_between="14", phases__1__go_on="All is well", phases__1__step_up="When I ask",
        natural_support="Kari helps with lists.", chosen={"phases__1__form": "phone"},
    )  # fmt: skip
    jo.note("job_support", "T5-A10", "T5-S1", "T5-K1")
    jo.move("begin_follow_up")


def follow_up(jo: Specialist) -> None:
    jo.open("/checks/new")
    jo.choose(answer="this_job", evidence="own_words")
    jo.send("check")
    jo.open("/closing")
    jo.fill(decision="I manage on my own now.", language="tigrinja")
    jo.choose(confirmed="yes", end="now")
    jo.page.locator("[name=end_reason]").select_option("work")
    jo.send("closing talk")


STAGES = (refer, engage, profile, find_job, engage_employer, support, follow_up)


def test_one_participant_from_referral_to_the_end(jo: Specialist) -> None:
    for stage in STAGES:
        stage(jo)
    jo.open()
    assert jo.page.locator(".se-step--done").count() == 6
    assert "Avsluttet" in jo.page.locator(".se-person").inner_text()
    required = [what for what in jo.statements if not what.startswith(("move", "referral", "check", "job"))]
    assert len(required) <= STATEMENTS, required


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_pair_of_twins_is_asked_twice(jo: Specialist) -> None:
    from se_engine import processes

    refer(jo)
    twins = {task.key: task.same_as for task in processes.latest().tasks if task.same_as}
    for step in ("engagement", "profiling", "job_finding", "employer_engagement", "job_support"):
        jo.open(f"/tasks?step={step}")
        asked = set(jo.page.locator("[name=keys]").evaluate_all("boxes => boxes.map(box => box.value)"))
        asked |= set(
            jo.page.locator("a.se-task__link").evaluate_all("links => links.map(a => a.pathname.split('/').pop())")
        )
        assert [pair for pair in twins.items() if set(pair) <= asked] == []


LOOKED_AT = (
    "", "/tasks", "/tasks/T1-S3", "/tasks/T2-K4", "/employers", "/employers/new", "/tasks/T5-A10",
    "/moves/begin_profiling",
    "/moves/begin_profiling_anyway", "/moves/end", "/waiting", "/pause", "/ask", "/jobs", "/jobs/new", "/checks/new",
    "/closing", "/history", "/record",
)  # fmt: skip


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "options", [PHONE, {**PHONE, "color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}],
    ids=["phone", "dark", "narrow"],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    open_page: Any, address: str, options: dict[str, Any]
) -> None:
    jo = Specialist(open_page(**options), address)
    jo.sign_in()
    refer(jo)
    axe.stands_ready(jo.page)
    faults: dict[str, Any] = {}
    for path in (*LOOKED_AT, *record_pages(jo)):
        jo.page.goto(jo.address + (path if path.startswith("/participants") else jo.case + path))
        wide = jo.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [*axe.violations(jo.page), *([f"{wide} px too wide"] if wide > 0 else [])]
        if found:
            faults[path] = found
    assert faults == {}


def record_pages(jo: Specialist) -> list[str]:
    jo.open("/record")
    record = jo.page.url.removeprefix(jo.address)
    parts = ("facts", "languages", "levels", "consents", "interpreter", "schemes", "looked")
    groups = ("fields/wishes", "fields/health")
    return ["/participants/new", *(f"{record}/{part}" for part in (*parts, *groups))]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_journey_begins_without_scripts(open_page: Any, address: str) -> None:
    jo = Specialist(open_page(**PHONE, java_script_enabled=False), address)
    jo.sign_in()
    refer(jo)
    engage(jo)
    assert "Kartlegging" in jo.page.locator(".se-step--now").inner_text()
