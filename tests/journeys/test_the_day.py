"""A job specialist's days on a phone, from the referral to the match, with no fact typed twice; and two at one case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from tests.support.specialists import PHONE, SEND, Specialist, staffed

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

LANGUAGE = "tigrinja"
BOTH = ("participant", "specialist")
BAKERY, HOTEL, CAFE = "Fjordens Bakeri AS", "Nordlys Hotell AS", "Havna Kafé AS"
LEVELS = {"listening": "B1", "reading": "A1", "speaking": "A2", "writing": "A1"}
ASKS_FOR = {
    "given_name": "name", "family_name": "name", "language": "language", "language_1": "language",
    "interpreter_language": "language", "employer_name": "employer", "place": "place", "agenda": "agenda",
    "starts_at": "time", "happened_on": "day", "opened_on": "opened", **dict.fromkeys(LEVELS, "levels"),
}  # fmt: skip
"""Field → the fact it asks for, where a fact may be asked for by several."""
SHOWN = "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea"
EMPTY = "fields => fields.filter(one => one.checkVisibility() && one.value === '').map(one => one.name)"


@dataclass
class Attentive(Specialist):
    """Keeps what she has typed, and finds it wrong to be asked again."""

    typed: dict[str, str] = field(default_factory=dict)
    """Words → where she typed them."""
    known: set[str] = field(default_factory=set)
    """The facts she has told of this participant."""

    def fill(self, **given: str) -> None:
        empty = self.page.locator(f"main form :is({SHOWN})").evaluate_all(EMPTY)
        asked_again = {name for name in empty if ASKS_FOR.get(name) in self.known and name not in given}
        assert not asked_again, f"{self.page.url} asks again for {asked_again}"
        for name, words in given.items():
            assert words not in self.typed, f"{words!r} at {self.page.url}, after {self.typed[words]}"
            self.typed[words] = f"{name} at {self.page.url}"
        super().fill(**given)

    def learn(self, *facts: str) -> None:
        """From here on she has told these, and no page asks for them empty."""
        self.known |= set(facts)

    def tell(self, step: str, words: str, *keys: str) -> None:
        """Several tasks by one line of her own."""
        self.open(f"/tasks?step={step}")
        for key in keys:
            self.page.locator(f"#task-{key}").check()
        self.fill(words=words)
        self.send(f"told {step}")

    def move(self, trigger: str, **given: str) -> None:
        """Without words: a move that is open asks for none."""
        self.open()
        self.page.locator(f".se-do a[href$='/moves/{trigger}']").click()
        self.choose(**given)
        self.send(trigger)

    def value(self, name: str) -> str:
        return self.page.locator(f"main [name={name}]").input_value()

    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture
def office(app, database, served):
    return served(app), database, staffed(database)


@pytest.fixture
def at_work(open_page, office):
    def at_work(name: str) -> Attentive:
        specialist = Attentive(open_page(**PHONE), office[0])
        specialist.sign_in(name)
        return specialist

    return at_work


def refer(jo: Attentive) -> str:
    """A name and a language alone; the path of her referral."""
    jo.open("/participants/new")
    jo.fill(given_name="Selam", language_1=LANGUAGE)
    jo.choose(begins="later")
    jo.send("referral")
    jo.learn("name", "language")
    return jo.page.url.removeprefix(jo.address)


def accept(jo: Attentive, max_: Attentive, referral: str) -> None:
    """The supervisor gives it to her beside how much she has; she takes it with a start package."""
    max_.open("/referrals")
    assert "Selam" in max_.text()
    max_.open(f"{referral}/assign")
    max_.page.get_by_label("Jo", exact=False).first.check()
    max_.send("assigned")
    jo.open("/referrals")
    jo.page.get_by_role("link", name="Selam").first.click()
    jo.page.locator(f"a[href='{referral}/accept']").click()
    jo.page.locator("[name=template]").select_option("newly_arrived_fast")
    jo.fill(opened_on="for fem dager siden")
    jo.send("accepted")
    jo.learn("opened")
    jo.case = jo.page.url.removeprefix(jo.address)
    assert "Nyankomne: raskt til jobb" in jo.text()


def plan_first_talk(jo: Attentive) -> None:
    """Today at an hour that has come, whenever this is run."""
    jo.open("/meetings/new")
    assert jo.value("language").lower() == LANGUAGE
    jo.choose(interpreter_needed="yes", gender_wish="female")
    jo.page.locator("[name=ordered]").check()
    jo.fill(happened_on="i dag", starts_at="0", place="Biblioteket i sentrum", agenda="Hva hun vil")
    jo.send("meeting")
    jo.learn("day", "time", "place", "agenda")


def hold_first_talk(jo: Attentive, max_: Attentive) -> None:
    """It stands on both desks, and its note asks for what was said and what comes next."""
    for desk, path in ((max_, "/team/agenda"), (jo, "/today")):
        desk.page.goto(desk.address + path)
        assert [words for words in ("Selam", "00:00", "Tolk bestilt") if words not in desk.text()] == []
    jo.page.get_by_role("link", name=re.compile("Skriv notatet")).first.click()
    assert "Biblioteket i sentrum" in jo.text()
    assert "Hva hun vil" in jo.text()
    jo.choose(interpreter="qualified")
    for task in ("T1-S3", "T1-M1", "T1-K1"):
        jo.page.locator(f"[name=tasks][value={task}]").check()
    jo.fill(said="Hun liker å bake, og vil begynne tidlig.", next_step="Snakke med bakeriet", next_on="om en uke")
    jo.send("note of the first talk")
    jo.known -= {"day", "time", "place", "agenda"}  # the next contact has its own
    assert "Hun liker å bake" in jo.text()


def answer_first_steps(jo: Attentive) -> None:
    """What the first two steps ask for beside the talk that was held."""
    from se_engine.rules.consents import LINES

    jo.open("/tasks/T1-A10")
    jo.choose(**{f"line_{line}": "yes" for line in LINES}, form="oral")
    jo.send("consents")
    jo.open("/tasks/T1-S1")
    assert jo.value("interpreter_language").lower() == LANGUAGE
    jo.choose(interpreter_need="yes")
    jo.send("interpreter")
    jo.paper("cooperation_agreement", *BOTH, own_words="Jeg vil bake.", expects="Ring når dere sier det.",
             chosen={"interpreter": "present"})  # fmt: skip
    jo.move("begin_profiling", decided_by="participant")
    jo.open("/tasks/T2-S1")
    for skill, level in LEVELS.items():
        jo.page.locator(f"[name={skill}]").select_option(level)
    jo.choose(source="own_estimate")
    jo.send("levels")
    jo.learn("levels")
    jo.paper(
        "vocational_profile", "participant", own_words="Jeg står tidlig opp.", wishes__1__wish="Baker",
        qualities="Tålmodig", good_day="Å vite hva jeg skal gjøre.", chosen={"main_goal": "job"},
    )  # fmt: skip
    jo.tell("profiling", "Hun viste hva hun kan.", "T2-A07", "T2-M3", "T2-K1")
    jo.move("begin_job_finding", decided_by="participant")


def meet_two_employers(jo: Attentive) -> None:
    """Without her; the second note begins with the place of the first."""
    jo.open("/notes/new?kind=employer")
    jo.fill(employer_name=BAKERY, said="De trenger noen om morgenen.", employer_text="Ovnen går fra klokka fem.")
    jo.page.locator("[name=nobody_named]").check()
    jo.choose(concrete_job="job")
    jo.send("the bakery")
    jo.learn("employer")
    jo.open("/notes/new?kind=employer")
    assert jo.page.get_by_label(BAKERY).is_checked()
    jo.page.get_by_label("En annen arbeidsgiver").check()
    jo.fill(employer_name=HOTEL, said="De ser etter noen på vaskeriet.")
    jo.choose(concrete_job="placement")
    jo.send("the hotel")


def meet_the_third_together(jo: Attentive) -> str:
    """She says first what the café may know; then the three of them meet. The page of the place."""
    jo.open("/employers/new")
    jo.fill(employer=CAFE, occupation="kjøkkenhjelp")
    jo.send("the café")
    place = jo.page.url
    jo.page.locator("main .se-actions a[href$='/told']").first.click()
    assert CAFE in jo.text()
    assert jo.value("language").lower() == LANGUAGE
    jo.fill(words="Si at jeg kan bake.", not_told_words="Ikke si hvorfor jeg flyktet.")
    jo.choose(decision="told", may_tell="name", by_whom="together")
    jo.send("what may be told")
    jo.page.goto(place)
    jo.page.get_by_role("link", name="Skriv et notat").first.click()
    jo.choose(kind="three_way", participant_present="yes", interpreter="qualified", concrete_job="job")
    assert jo.page.get_by_label(CAFE).is_checked()
    jo.page.get_by_text("Mer om denne kontakten").click()
    for task in ("T3-S1", "T3-S4", "T3-K1"):
        jo.page.locator(f"[name=tasks][value={task}]").check()
    jo.fill(said="Hun fikk se kjøkkenet.", her_words="Her er det rolig.")
    jo.send("the café, the three of us")
    return place


def match(jo: Attentive, place: str) -> None:
    jo.page.goto(place)
    jo.page.locator("main .se-actions a[href$='/match']").first.click()
    assert "A2" in jo.text(), "her levels stand beside what the place asks for"
    jo.fill(words="Dette kan jeg.")
    jo.choose(own_score="4")
    jo.send("match")
    jo.page.goto(place)
    shown = ("4 – passer ganske godt", "Dette kan jeg.", "Si at jeg kan bake.", "Ikke si hvorfor jeg flyktet.")
    assert [words for words in shown if words not in jo.text()] == []


def shows_what_nobody_typed(jo: Attentive) -> None:
    """Days to the first employer meeting, and the date that the note of the first talk agreed on."""
    from se_engine.clock import NORWAY

    jo.open("/contacts")
    assert "5 dager til første møte om en konkret jobb" in jo.text()
    jo.open()
    again = datetime.now(NORWAY).date() + timedelta(days=7)
    assert re.search(rf"Neste, som avtalt\s+{again.day}\. ", jo.text())


def test_from_the_referral_to_the_match_no_fact_is_typed_twice(at_work) -> None:
    jo, max_ = at_work("jo"), at_work("max")
    accept(jo, max_, refer(jo))
    plan_first_talk(jo)
    hold_first_talk(jo, max_)
    answer_first_steps(jo)
    meet_two_employers(jo)
    match(jo, meet_the_third_together(jo))
    shows_what_nobody_typed(jo)
    jo.move("begin_employer_engagement")
    assert "Arbeidsgiver" in jo.page.locator(".se-step--now").inner_text()


@pytest.fixture
def together(office, at_work, open_page):
    """Sam stands in for Jo, and both have Selam's page before them."""
    from se_engine.actions.absences import record_absence
    from se_engine.clock import today
    from tests.support.people import make_case

    _address, database, people = office
    with database.session() as session:
        now = today(session)
        case = make_case(session, people, opened_on=now - timedelta(days=5), given_name="Selam", interpreter_need="no")
        week = {"from_on": now, "until_on": now + timedelta(days=7)}
        record_absence(session, people.max, people.jo.user_id, **week, substitute_id=people.sam.user_id)
    both = at_work("jo"), at_work("sam")
    for one in both:
        one.case = f"/cases/{case.id}"
    return both


def test_two_who_write_at_once_are_both_read(together) -> None:
    jo, sam = together
    for one, words in ((jo, "Jo rakk en prat på bussen."), (sam, "Sam ringte barnehagen.")):
        one.open("/notes/new")
        one.fill(said=words)
    sam.send("Sam's note")
    jo.send("Jo's note")
    for one in together:
        one.open("/contacts")
        assert "Jo rakk en prat på bussen." in one.text()
        assert "Sam ringte barnehagen." in one.text()


def test_who_comes_too_late_keeps_her_words(together) -> None:
    """Both tell of the same meeting: the second sees that it is told, and her words still stand in her form."""
    jo, sam = together
    jo.open("/meetings/new")
    jo.fill(happened_on="i dag", starts_at="0", place="Biblioteket")
    jo.send("meeting")
    for one, words in ((jo, "Jo var der."), (sam, "Sam var der også.")):
        one.page.goto(f"{jo.page.url.removesuffix('/note')}/note")
        one.fill(said=words)
    jo.send("Jo's note")
    with sam.page.expect_navigation():
        sam.page.locator(SEND).click()
    assert sam.value("said") == "Sam var der også."
    assert sam.page.locator(".se-error-summary").is_visible()
