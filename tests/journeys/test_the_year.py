"""The year after the job has begun, on a phone: checks kept by ordinary notes, a job lost, another one, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.support.people import EMPLOYER, make_case
from tests.support.specialists import PHONE, SEND, Specialist, staffed

if TYPE_CHECKING:
    from tests.support.people import People

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

FIRST = date(2026, 3, 16)
"""The first day of the first job; it is lost after twenty weeks."""
LOST = FIRST + timedelta(weeks=20)
SECOND = FIRST + timedelta(weeks=26)
CAFE = "Havna Kafé AS"
SCORES = ("safe", "understand", "learn", "belong", "stay")
FOLLOWED = (
    "return_contact", "check_due", "answer_missing", "event_check", "content_missing", "plan_unconfirmed", "survey_due",
    "new_search",
)  # fmt: skip
"""What the story is about; of papers and career there are reminders of their own."""
LINES = """rows => rows.map(row => [
    row.querySelector('a').firstChild.textContent.trim(),
    row.querySelector('.se-soft').textContent,
    row.textContent.includes('Over fristen'),
])"""


@dataclass
class Jo(Specialist):
    """With a calendar that can be moved."""

    database: Any = None
    people: People | None = None
    traveller: Any = None
    number: int = 0
    """Of the case."""

    def go(self, day: date) -> None:
        """The clock of the machine stands at noon of that day, and she is still signed in."""
        from sqlalchemy import update

        from se_engine.clock import now
        from se_engine.records.sessions import UserSession

        self.traveller.move_to(datetime.combine(day, time(12), UTC))
        with self.database.session() as session:
            session.execute(update(UserSession).values(created_at=now(session), seen_at=now(session)))

    def kept(self, *days: date) -> None:
        """Calls of those days, each with its answer, as she has written them down."""
        from se_engine.actions.checks import Answer
        from se_engine.actions.contacts import record_note
        from se_engine.rules.contacts import Note
        from se_engine.rules.interpreters import InterpreterOutcome

        for day in days:
            call = Note(day, "participant", "phone", minutes=15, said="Hun sier at det går bra.")
            told = {"interpreter": InterpreterOutcome(minutes=15), "answer": Answer("this_job", "own_words")}
            self.act(record_note, self.number, call, **told)

    def act(self, action: Any, *given: Any, **named: Any) -> Any:
        with self.database.session() as session:
            return action(session, self.people.jo, *given, **named)

    def ask(self, query: Any, *given: Any, **named: Any) -> Any:
        with self.database.reading() as session:
            return query(session, *given, **named)

    def due(self) -> dict[str, bool]:
        """Reason → whether it is late; with what the same talk settles."""
        from se_engine import wording

        codes = {wording.word("due", code, "nb"): code for code in FOLLOWED}
        self.page.goto(f"{self.address}/reminders")
        found: dict[str, bool] = {}
        contacts = 0
        for what, also, late in self.page.locator("main .se-lines li").evaluate_all(LINES):
            own = [code for words, code in codes.items() if words == what or words in also]
            assert not set(own) & set(found), f"{own} twice"
            found |= dict.fromkeys(own, late)
            contacts += codes.get(what) in FOLLOWED[:5]
        assert contacts <= 1, "whatever one talk settles is one reminder"
        return found

    def listed(self) -> bool:
        """Whether she stands among the follow-ups that are due in the list of cases."""
        self.page.goto(f"{self.address}/?status=follow_up")
        return self.page.locator(f"main a[href^='{self.case}']").count() > 0

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def note(self, said: str, *, kind: str = "participant", evidence: str = "own_words", **chosen: str) -> None:
        """An ordinary note, with the answer in it."""
        self.open("/notes/new")
        self.choose(kind=kind, interpreter="qualified", answer="this_job", evidence=evidence, **chosen)
        self.fill(said=said)
        self.send(said)

    def scores(self, day: int, **topics: str) -> None:
        """What comes after the note of a full check."""
        assert self.page.url.endswith("/follow-up/scores"), self.page.url
        self.choose(**dict.fromkeys(SCORES, "4"), **topics)
        self.send(f"scores of day {day}")

    def begins(self, employer: str, **rest: str) -> str:
        """A job that is registered; the path of its page below the case."""
        self.open("/jobs/new")
        self.fill(employer=employer, **rest)
        self.choose(paid="yes")
        self.send(f"job at {employer}")
        return self.page.url.removeprefix(f"{self.address}{self.case}/jobs/")

    def confirms(self, job: str, words: str) -> None:
        self.open("/follow-up")
        self.page.locator(f"main a[href$='/follow-up/{job}/confirm']").first.click()
        self.fill(words=words)
        self.send("plan confirmed")

    def known(self, on: date) -> list[tuple[int, int, int, int]]:
        """In work, not in work, not known, late: at week 4, 13, 26 and 52."""
        from se_engine.queries.report_questions import Question
        from se_engine.queries.retention import retention

        found = self.ask(retention, self.people.max, Question(as_of=on, threshold=0))["checkpoints"]
        return [(block["in_work"], block["not_in_work"], block["not_known"], block["late"]) for block in found]


@pytest.fixture
def jo(app, database, served, open_page) -> Iterator[Jo]:
    """Selam has come to step 5, with a bakery that may be told her name; she speaks Tigrinya."""
    from se_engine.actions.participants import change_facts

    with time_machine.travel(datetime.combine(FIRST, time(12), UTC)) as traveller:
        people = staffed(database)
        with database.session() as session:
            case = make_case(session, people, "job_support", opened_on=FIRST - timedelta(days=35), given_name="Selam")
            needs = {"interpreter_need": "yes", "interpreter_language": "ti"}
            change_facts(session, people.jo, case.participant_id, seen_version=None, **needs)
        jo = Jo(open_page(**PHONE), served(app), f"/cases/{case.id}", [], database, people, traveller, case.id)
        jo.sign_in()
        yield jo


def first_job(jo: Jo) -> str:
    job = jo.begins(EMPLOYER, occupation="baker", hours_per_week="30")
    assert jo.due() == {"plan_unconfirmed": False, "check_due": False}
    jo.confirms(job, "Ring meg gjerne på fredager.")
    jo.note("Første dag, alle tre.", kind="three_way")
    assert jo.due() == {}
    return job


def a_visit_keeps_the_check_of_week_4(jo: Jo) -> None:
    """The planned visit and the check are one thing to do, and the note of the visit is the only one."""
    jo.go(FIRST + timedelta(days=28))
    jo.kept(*(FIRST + timedelta(days=day) for day in (2, 7, 14, 21)))
    jo.open("/meetings/new?kind=three_way")
    jo.choose(interpreter_needed="yes")
    jo.fill(happened_on="i dag", starts_at="0", place="Bakeriet")
    jo.send("visit planned")
    assert (jo.due(), jo.listed()) == ({"check_due": False}, True)
    jo.page.goto(f"{jo.address}/today")
    jo.page.locator(f"main a[href^='{jo.case}/meetings/'][href$='/note']").first.click()
    jo.choose(interpreter="qualified", answer="this_job", evidence="employer")
    jo.fill(said="Hun kan ovnen.")
    jo.send("note of the visit")
    jo.scores(28, work_state="well", mastery_state="well")
    assert (jo.due(), jo.listed()) == ({}, False)


def asked_in_her_language_in_week_13(jo: Jo, job: str) -> None:
    jo.go(FIRST + timedelta(weeks=13))
    jo.kept(*(FIRST + timedelta(weeks=week) for week in (6, 8, 10)))
    assert jo.due() == {"check_due": False, "survey_due": False}
    jo.note("Tre måneder.", kind="three_way")
    jo.scores(91, question_language_state="to_do")
    jo.open(f"/follow-up/{job}/survey/13")
    hers = jo.page.locator(".se-asked[lang=ti]")
    assert hers.count() >= 8
    jo.choose(survey_1="5", survey_2="3", filled_in="with_interpreter")
    jo.fill(words="ጽቡቕ እዩ")
    jo.send("survey of week 13")
    assert "ጽቡቕ እዩ" in jo.page.locator("main").text_content()
    assert jo.due() == {}
    assert jo.known(FIRST + timedelta(weeks=13))[:2] == [(1, 0, 0, 0)] * 2


def the_job_is_lost(jo: Jo, job: str) -> None:
    """Who, why and in whose words; contact on the third day, a new search offered, and back in the same case."""
    jo.go(LOST)
    jo.kept(FIRST + timedelta(weeks=17))
    jo.open(f"/jobs/{job}/end")
    jo.choose(reason="employer")
    jo.page.locator("[name=cause]").select_option("work_over")
    jo.fill(her_words="Jeg ville gjerne bli.", employer_words="Vi måtte kutte.")
    jo.send("job lost")
    assert jo.page.url.endswith(f"/jobs/{job}/after")
    assert [words for words in ("Arbeidsgiver sa opp", "Jeg ville gjerne bli.") if words not in jo.text()] == []
    jo.go(LOST + timedelta(days=4))
    assert jo.due() == {"return_contact": True, "new_search": False}
    jo.open("/notes/new")
    jo.choose(kind="participant", interpreter="qualified")
    assert jo.page.locator("[name=answer]").count() == 0, "there is no job to ask about"
    jo.fill(said="Hun er lei seg, og vil videre.", happened_on=f"{LOST + timedelta(days=2):%d.%m.%Y}")
    jo.send("contact after the loss")
    assert jo.due() == {"new_search": False}
    jo.open(f"/jobs/{job}/look-back")
    jo.fill(worked_her="Kollegene.", failed_employer="For få bestillinger.", next="Søke på kafeer.")
    jo.send("what worked and what did not")
    jo.open(f"/jobs/{job}/new-search")
    jo.choose(answer="yes")
    jo.send("a new search")
    assert jo.due() == {}
    jo.page.goto(f"{jo.address}{jo.case}/jobs/{job}/after")
    jo.page.locator("main a[href$='/moves/search_again']").first.click()
    jo.choose(decided_by="participant")
    if jo.page.locator("[name=note]").count():
        jo.fill(note="Jobben er slutt, og hun vil søke.")
    jo.send("back to job finding")
    assert jo.page.url == f"{jo.address}{jo.case}"
    assert "Finne jobb" in jo.page.locator(".se-step--now").inner_text()


def told_nothing(jo: Jo) -> None:
    """The café is not to know of the service."""
    jo.open("/employers/new")
    jo.fill(employer=CAFE, occupation="kjøkkenhjelp")
    jo.send("the café")
    jo.page.locator("main .se-actions a[href$='/told']").first.click()
    jo.fill(words="Jeg vil klare det selv.")
    jo.choose(decision="not_told", by_whom="participant")
    jo.send("nothing is told")


def second_job(jo: Jo) -> str:
    """A new schedule, and the first one closed; what the café says cannot be known."""
    jo.go(SECOND)
    told_nothing(jo)
    job = jo.begins(CAFE, hours_per_week="25")
    jo.open("/moves/job_found")
    jo.choose(decided_by="participant")
    jo.send("found a job")
    jo.confirms(job, "Ikke ring når jeg er på jobb.")
    jo.open("/follow-up")
    assert jo.page.locator("main .se-card__title").first.inner_text().startswith(CAFE)
    assert EMPLOYER in jo.page.locator("main details > summary").first.inner_text()
    jo.open("/notes/new")
    jo.choose(kind="participant", interpreter="qualified", answer="this_job", evidence="employer")
    jo.fill(said="Hun begynte i dag.")
    with jo.page.expect_navigation():
        jo.page.locator(SEND).click()
    assert jo.page.locator("#evidence-error").is_visible()
    assert jo.page.locator("[name=said]").input_value() == "Hun begynte i dag."
    jo.choose(evidence="payslip")
    jo.send("first day at the café")
    assert jo.due() == {}
    jo.go(SECOND + timedelta(days=28))
    jo.kept(*(SECOND + timedelta(days=day) for day in (2, 7, 14, 21)))
    jo.note("Fire uker på kafeen.")
    assert jo.page.locator("[name=mastery_state]").count() == 0, "nothing is asked of the café"
    jo.scores(28, work_state="well")
    return job


def nobody_asks_until_it_is_late(jo: Jo, job: str) -> None:
    jo.go(SECOND + timedelta(weeks=14))
    assert (jo.due(), jo.listed()) == ({"check_due": True, "survey_due": False}, True)
    jo.open("/follow-up")
    assert "Ingen vet" in jo.text()
    assert jo.known(SECOND + timedelta(weeks=14))[1] == (1, 0, 1, 0)
    jo.go(SECOND + timedelta(weeks=16))
    jo.note("Hun har vært der hele tida.")
    assert jo.known(SECOND + timedelta(weeks=16))[1] == (2, 0, 0, 1), "known, and late"
    assert jo.due() == {"content_missing": True, "survey_due": True}
    jo.open("/follow-up/scores")
    jo.scores(112)
    jo.open(f"/follow-up/{job}/survey/13")
    jo.choose(survey_1="4", filled_in="with_interpreter")
    jo.send("survey of week 13, late")
    assert (jo.due(), jo.listed()) == ({}, False)


def one_check_is_left_out(jo: Jo, job: str) -> None:
    jo.open("/moves/begin_follow_up_anyway")
    jo.choose(decided_by="participant")
    jo.fill(note="Hun trenger lite støtte nå.")
    jo.send("into follow-up")
    jo.go(SECOND + timedelta(weeks=26))
    jo.kept(SECOND + timedelta(weeks=21))
    jo.note("Et halvt år.")
    jo.scores(182)
    jo.open(f"/follow-up/{job}/leave-out")
    jo.choose(point="w30")
    jo.fill(words="Da er jeg på ferie.")
    jo.send("week 30 is left out")
    jo.go(SECOND + timedelta(days=30 * 7 + 1))
    assert (jo.due(), jo.listed()) == ({}, False)
    jo.go(SECOND + timedelta(weeks=34))
    assert (jo.due(), jo.listed()) == ({"check_due": False}, True)


def it_ends(jo: Jo, job: str) -> None:
    """One question made of facts, her decision, and the end with its reason."""
    jo.go(SECOND + timedelta(weeks=52))
    jo.kept(*(SECOND + timedelta(weeks=week) for week in (34, 39, 43, 47)))
    assert jo.due() == {"check_due": False, "survey_due": False}
    jo.note("Ett år.")
    jo.scores(364)
    jo.open(f"/follow-up/{job}/survey/52")
    jo.choose(survey_1="5", filled_in="alone")
    jo.send("survey of week 52")
    assert jo.due() == {}
    jo.open("/closing")
    question = jo.page.locator("#question").inner_text()
    facts = ("14. september 2026", CAFE, "kjøkkenhjelp", "25 timer i uka")
    assert [fact for fact in facts if fact not in question] == []
    jo.choose(confirmed="yes", end="now")
    jo.fill(decision="Jeg klarer meg selv nå.", natural_support="Sjefen på kafeen.")
    jo.send("closing talk")
    assert "Avsluttet" in jo.page.locator(".se-person").inner_text()
    assert jo.due() == {}
    in_all = [(2, 0, 0, 0), (2, 0, 0, 1), (1, 1, 0, 0), (1, 1, 0, 0)]
    assert jo.known(SECOND + timedelta(weeks=52)) == in_all


def test_from_the_first_day_of_a_job_to_the_end_of_follow_up(jo: Jo) -> None:
    bakery = first_job(jo)
    a_visit_keeps_the_check_of_week_4(jo)
    asked_in_her_language_in_week_13(jo, bakery)
    the_job_is_lost(jo, bakery)
    cafe = second_job(jo)
    nobody_asks_until_it_is_late(jo, cafe)
    one_check_is_left_out(jo, cafe)
    it_ends(jo, cafe)
