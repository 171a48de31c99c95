"""The evidence and the sample of an audit: drawn by nobody's choice, put right with a reason, the same everywhere."""

from datetime import timedelta

import pytest

from se_engine.actions.audit_evidence import compute_evidence
from se_engine.actions.audit_samples import MOST_CHOSEN, choose_case, draw_sample, replace_case
from se_engine.actions.cases import open_case
from se_engine.measures.sampling import stratified_sample
from se_engine.queries.access_audits import access_audit_case
from se_engine.queries.audit_evidence import changed_since, sheet_now, sheets_of
from se_engine.queries.audit_quality import LINES
from se_engine.queries.audit_samples import candidates, frame_for, sample_of, sampled_cases, standing_cases
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from tests.support.audits import make_audit
from tests.support.people import TODAY, make_case, make_participant
from tests.support.rated_audits import stand_at

SEED = 20260316
WRITTEN = {
    "R0": ("engagement", "running", 2), "R1": ("engagement", "running", 2), "R2": ("engagement", "running", 1),
    "R3": ("engagement", "running", 2), "R4": ("engagement", "running", 2), "R5": ("profiling", "running", 1),
    "R6": ("profiling", "running", 2),
}  # fmt: skip
STEPS = (*5 * ("engagement",), "profiling", "profiling")


@pytest.fixture
def audit(session, people):
    for number, step in enumerate(STEPS):
        owner = people.sam if number % 3 == 2 else None
        make_case(
            session, people, step, opened_on=TODAY - timedelta(days=60), days_per_step=2, owner=owner, ref=f"R{number}"
        )
    found = make_audit(session, people)
    found.until_on = TODAY - timedelta(days=1)
    stand_at(session, found, "evidence")
    return found


def refused(call, *given, **rest):
    with pytest.raises(Refused) as found:
        call(*given, **rest)
    return found.value.reason.code


def test_the_sheet_is_frozen_and_says_what_has_changed(session, people, audit):
    assert refused(compute_evidence, session, people.max, audit.id) == "not_your_part"
    first = compute_evidence(session, people.ida, audit.id)
    [(kept, name)] = sheets_of(session, audit.id)
    assert (kept.id, name) == (first, "Ida")
    assert [line["key"] for line in kept.quality] == list(LINES)
    lacking = {line["key"]: (line["lacking"], line["of"]) for line in kept.quality}
    assert lacking["without_specialist"] == (0, len(STEPS))
    assert lacking["without_background"] == lacking["without_referral_day"] == (len(STEPS), len(STEPS))
    assert lacking["jobs_without_terms"] == (0, 0), "nothing to count is no fault"
    assert all(isinstance(row["cases"], int) for row in kept.indicators), "never which cases"
    assert changed_since(kept, sheet_now(session, audit)) == ({}, {})
    made = make_participant(session, people, ref="R9")
    open_case(session, people.jo, made.id, opened_on=audit.until_on)
    quality, _ = changed_since(kept, sheet_now(session, audit))
    assert quality["without_norwegian"]["of"] == len(STEPS) + 1
    compute_evidence(session, people.ida, audit.id)
    assert [row.id for row, _ in sheets_of(session, audit.id)][-1] == first, "the old one stands"
    stand_at(session, audit, "agreement")
    assert refused(compute_evidence, session, people.ida, audit.id) == "evidence_not_now"


def test_the_same_seed_draws_the_same_cases_everywhere(session, people, audit):
    stand_at(session, audit, "sample")
    frame = frame_for(session, audit)
    assert [case.reference for case in frame.cases] == [f"R{number}" for number in range(len(STEPS))]
    assert {case.stratum for case in frame.cases} == {
        (step, "running", specialist) for step in ("engagement", "profiling") for specialist in (1, 2)
    }
    drawn = frame.drawn(4, SEED)
    assert drawn.cases == ("R2", "R3", "R5", "R6"), "on either engine"
    assert drawn.frame_hash == frame.hash
    assert frame.hash.startswith("0c7fa42aa56142eb")
    assert drawn == stratified_sample(WRITTEN, 4, SEED), "and from the same frame written down"


def test_a_sample_that_cannot_be_drawn_says_what_to_do(session, people, audit):
    assert refused(draw_sample, session, people.ida, audit.id, size=4) == "sample_not_now"
    stand_at(session, audit, "sample")
    with pytest.raises(Refused) as larger:
        draw_sample(session, people.ida, audit.id, size=12)
    assert larger.value.reason.values == {"size": 12, "frame": len(STEPS)}
    assert sample_of(session, audit.id) is None
    with pytest.raises(NotPermitted):
        draw_sample(session, people.max, audit.id, size=4)
    sample = draw_sample(session, people.ida, audit.id, size=len(STEPS))
    assert sum(row["drawn"] for row in sample.strata) == len(STEPS)
    assert refused(draw_sample, session, people.ida, audit.id, size=4) == "sample_is_drawn"


def test_a_case_is_replaced_by_the_next_of_its_stratum(session, people, audit):
    stand_at(session, audit, "sample")
    draw_sample(session, people.ida, audit.id, size=3, seed=SEED)
    given = {"reason": "withdrew", "words": "She does not want to"}
    assert refused(replace_case, session, people.ida, audit.id, 1, reason="withdrew", words="") == "reason_needed"
    named = {"reason": "withdrew", "words": "Pat Example does not want to"}
    assert refused(replace_case, session, people.ida, audit.id, 1, **named) == "participant_named"
    another = replace_case(session, people.ida, audit.id, 1, **given)
    assert (another.number, another.drawn) == (4, "replacement")
    assert [row.number for row in standing_cases(session, audit.id)] == [2, 3, 4]
    assert refused(replace_case, session, people.ida, audit.id, 1, **given) == "not_found"
    stand_at(session, audit, "agreement")
    assert refused(replace_case, session, people.ida, audit.id, 2, **given) == "sample_stands"


def test_without_another_a_case_is_only_taken_out(session, people, audit):
    stand_at(session, audit, "sample")
    draw_sample(session, people.ida, audit.id, size=len(STEPS))
    assert replace_case(session, people.ida, audit.id, 2, reason="withdrew", words="Not she") is None
    stand_at(session, audit, "on_site")
    assert len(standing_cases(session, audit.id)) == len(STEPS) - 1
    for number in (2, len(STEPS) + 1, 99):
        with pytest.raises(NotFound):
            access_audit_case(session, people.ida, audit.id, number)
    assert access_audit_case(session, people.ida, audit.id, 1)


def test_cases_are_chosen_without_a_name_and_not_without_end(session, people, audit):
    stand_at(session, audit, "sample")
    sample = draw_sample(session, people.ida, audit.id, size=1, seed=SEED)
    left = candidates(session, audit, sample)
    assert len(left) == len(STEPS) - 1
    assert all(case.reference not in handle for handle, case in left)
    given = {"reason": "complaint", "words": "A complaint in January"}
    for handle, _case in left[:MOST_CHOSEN]:
        choose_case(session, people.ida, audit.id, handle=handle, **given)
    assert {one.row.drawn for one in sampled_cases(session, audit.id)} == {"random", "purposive"}
    assert refused(choose_case, session, people.ida, audit.id, handle=left[-1][0], **given) == "purposive_is_full"
    assert refused(choose_case, session, people.ida, audit.id, handle="nobody", **given) in (
        "not_found",
        "purposive_is_full",
    )
