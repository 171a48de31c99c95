"""What an employer may be told: her decision, newest first, one employer at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.disclosures import check_may_tell, record_disclosure
from se_engine.actions.people import add_office
from se_engine.actions.tasks import find_employer
from se_engine.processes import latest
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.facts import facts_of
from se_engine.queries.texts import texts_of
from se_engine.records.tasks import TaskRecord
from se_engine.records.tracks import Disclosure
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import OPERATOR
from tests.support.people import OPENED, TODAY

HER_WORDS = "Say that I have baked for ten years."


def decide(session, people, case, name="Kiwi", **rest):
    employer = find_employer(session, case.office_id, name)
    said = {
        "decision": "told", "may_tell": ("name", "work_experience"), "by_whom": "together", "words": HER_WORDS,
        "happened_on": OPENED, **rest,
    }  # fmt: skip
    return record_disclosure(session, people.jo, case.id, employer.id, **said)


def refused(call, *given, **rest):
    with pytest.raises(Refused) as no:
        call(*given, **rest)
    return no.value.reason


def test_her_decision_closes_the_task_with_this_employer_only(session, people, case):
    made = decide(session, people, case, decision="team_told")
    find_employer(session, case.office_id, "Rema")
    known = facts_of(session, case, latest()).employers
    assert known.keys() == {"Kiwi"}
    assert known["Kiwi"].tasks["T3-M2"].status is TaskStatus.DONE
    assert known["Kiwi"].tasks["T3-M2"].own_words
    assert known["Kiwi"].conditions == {"team_told"}
    assert list(texts_of(session, case.participant, [made.words_text_id]).values()) == [HER_WORDS]


def test_every_version_stays_and_the_newest_counts(session, people, case):
    decide(session, people, case, happened_on=OPENED + timedelta(days=5), may_tell=("name",))
    late = decide(session, people, case, happened_on=OPENED, may_tell=("name", "education"))
    counts = newest_disclosure(session, case.id, late.employer_id)
    assert counts.may_tell == "name"
    assert newest_disclosure(session, case.id, late.employer_id, on=OPENED).may_tell == "name,education"
    decide(session, people, case, decision="not_told", may_tell=(), happened_on=OPENED + timedelta(days=6))
    assert newest_disclosure(session, case.id, late.employer_id).decision == "not_told"
    assert len(session.scalars(select(Disclosure)).all()) == 3


def test_nobody_speaks_of_her_by_name_before_she_decided(session, people, case):
    kiwi = decide(session, people, case).employer_id
    rema = find_employer(session, case.office_id, "Rema").id
    check_may_tell(session, case, kiwi, ["work_experience"], named=True)
    check_may_tell(session, case, rema, [], named=False)
    assert refused(check_may_tell, session, case, rema, [], named=True).code == "disclosure_needed"


def test_what_she_did_not_open_is_named_in_the_refusal(session, people, case):
    kiwi = decide(session, people, case).employer_id
    told = ["refugee_background", "work_experience", "family_situation"]
    reason = refused(check_may_tell, session, case, kiwi, told, named=True)
    assert (reason.code, reason.values["topics"]) == ("told_not_allowed", "family_situation, refugee_background")


def test_what_she_takes_back_may_be_told_no_more(session, people, case):
    kiwi = decide(session, people, case).employer_id
    decide(session, people, case, decision="not_told", may_tell=(), happened_on=TODAY)
    assert refused(check_may_tell, session, case, kiwi, [], named=True).code == "disclosure_needed"
    check_may_tell(session, case, kiwi, ["name"], named=True, on=OPENED + timedelta(days=1))


def test_another_cases_decision_counts_for_nobody_else(session, people, case, make_case):
    kiwi = decide(session, people, make_case()).employer_id
    assert refused(check_may_tell, session, case, kiwi, [], named=True).code == "disclosure_needed"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"decision": "perhaps"}, "value_unknown"),
        ({"by_whom": "nav"}, "value_unknown"),
        ({"may_tell": ("diagnosis",)}, "value_unknown"),
        ({"decision": "not_told"}, "not_told_has_topics"),
        ({"words": " "}, "disclosure_in_her_words"),
        ({"language": "norsk"}, "language_code_unknown"),
        ({"happened_on": TODAY + timedelta(days=1)}, "in_the_future"),
        ({"happened_on": OPENED - timedelta(days=1)}, "before_opening"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(session, people, case, given, code):
    assert refused(decide, session, people, case, **given).code == code
    assert session.scalars(select(Disclosure)).all() == session.scalars(select(TaskRecord)).all() == []


def test_only_employers_and_cases_of_ones_own(session, people, case):
    there = add_office(session, OPERATOR, "Alta")
    foreign = find_employer(session, there.id, "Kiwi").id
    own = find_employer(session, case.office_id, "Kiwi").id
    said = {"decision": "told", "by_whom": "together", "words": HER_WORDS, "happened_on": OPENED}
    for actor, employer in ((people.jo, foreign), (people.sam, own)):
        with pytest.raises(NotFound):
            record_disclosure(session, actor, case.id, employer, **said)


def test_the_trail_holds_codes_and_never_her_words(session, people, case):
    made = decide(session, people, case)
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "disclosure_recorded")).one()
    assert entry.detail == f"disclosure={made.id} employer={made.employer_id} decision=told"
    assert entry.text_digest
