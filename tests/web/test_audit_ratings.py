"""The pages on which an audit is rated, without scripts: nothing typed is lost, and nobody sees what is not hers."""

from __future__ import annotations

import pytest

from tests.support.auditing import auditing
from tests.support.people import transaction
from tests.support.rated_audits import stand_at

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
"""What is kept, on both engines: tests/actions/test_audit_ratings.py."""
WORDS = "Read in seven of eight cases, and told by two employers."


@pytest.fixture
def here(office, noon):
    with transaction(office.database, noon) as session:
        found = auditing(session, office.people)
        office.actors["eva"] = found.eva
        return f"/audits/{found.id}"


def step(office, noon, name: str, *locked: str) -> None:
    from se_engine.actions.audit_ratings import lock
    from se_engine.queries.access_audits import access_audit

    with transaction(office.database, noon) as session:
        for who in locked:
            lock(session, office.actors[who], 1, "own")
        stand_at(session, access_audit(session, office.actors["ida"], 1), name)


def typed(**rows: str) -> dict[str, str]:
    """`typed(level_L1="3")`"""
    return {name.replace("_", "-"): value for name, value in rows.items()}


def test_rows_that_are_refused_hold_none_of_the_others_up(visit, here):
    ida = visit("ida")
    sent = ida.submit(f"{here}/ratings", **typed(level_L1="3", level_P1="9", level_C1="yes", rationale_C1=WORDS))
    assert sent.status_code == 200
    assert "Nivåene går fra 1 til 5." in sent.text
    assert "Skriv et nivå, NR eller NA." in sent.text
    assert 'value="yes"' in sent.text
    page = ida.page(f"{here}/ratings").form(f"{here}/ratings").values
    assert (page["level-L1"], page["level-P1"], page["level-C1"]) == ("3", "", "")
    assert ida.submit(f"{here}/ratings", **typed(level_P1="9")).status_code == 422
    done = ida.submit(f"{here}/ratings?only=open", at=f"{here}/ratings", **typed(level_P1="na", rationale_P1=WORDS))
    assert done.status_code == 303
    assert WORDS not in visit("eva").get(f"{here}/ratings").text


def test_a_form_of_before_comes_back_with_both_texts(visit, here):
    ida = visit("ida")
    old = ida.page(f"{here}/ratings").form(f"{here}/ratings").values
    ida.submit(f"{here}/ratings", **typed(level_L1="4", rationale_L1=WORDS))
    again = ida.client.post(f"{here}/ratings", data={**old, **typed(rationale_L1="Something else")})
    assert again.status_code == 422
    assert WORDS in again.text
    assert "Something else" in again.text
    assert 'name="level-L1" value="4"' in again.text  # which she had left alone


def test_the_script_is_told_what_stands_there(visit, here):
    ida = visit("ida")
    token = ida.page(f"{here}/ratings").form(f"{here}/ratings").values["csrf_token"]
    send = lambda **row: ida.client.post(f"{here}/ratings/L1", data={"csrf_token": token, **typed(**row)})  # noqa: E731
    first = send(level_L1="4", rationale_L1=WORDS, seen_L1="")
    assert (first.json["level"], first.json["rationale"], first.json["said"]) == ("4", WORDS, "Lagret 13:00")
    assert first.json["progress"] == "1 av 15 vurdert, 0 merket som ferdig"
    stale = send(level_L1="2", rationale_L1="Mine", seen_L1="")
    assert stale.status_code == 409
    assert (stale.json["theirs"]["rationale"], stale.json["mine"]["rationale"]) == (WORDS, "Mine")
    assert send(level_L1="x", seen_L1="").status_code == 422


def test_what_each_gave_is_seen_by_nobody_before_all_have_locked(office, visit, here, noon):
    ida, eva = visit("ida"), visit("eva")
    page = ida.page(f"{here}/ratings").form(f"{here}/ratings").values
    levels = {name: "4" for name in page if name.startswith("level-")}
    ida.submit(f"{here}/ratings", **levels, **typed(rationale_L1=WORDS))
    assert ida.send(f"{here}/ratings/lock").status_code == 303
    for path in ("ratings", "agreement", "results", "report", "visit/missing", "visit/feedback"):
        assert WORDS not in eva.get(f"{here}/{path}").text, path
    for name in ("max", "jo", "sam"):
        visitor = visit(name)
        for path in ("", "/ratings", "/agreement", "/results", "/report", "/visit", "/notes"):
            assert WORDS not in visitor.get(here + path).text, (name, path)
    eva.submit(f"{here}/ratings", **levels)
    step(office, noon, "agreement", "eva")
    assert WORDS in eva.get(f"{here}/agreement").text
    assert visit("max").get(f"{here}/agreement").status_code == 403


def test_notes_are_kept_as_drafts_and_reading_one_about_a_case_is_a_look(office, visit, here):
    ida = visit("ida")
    form = f"{here}/notes/new"
    kept = ida.submit(form, source="case", case="1", words=WORDS, items="L1", keep_draft="yes")
    assert (kept.status_code, kept.location) == (303, form)
    assert WORDS in ida.get(form).text
    assert ida.submit(form, source="case", case="1", words="Pat Example said", items="L1").status_code == 422
    assert ida.submit(form, source="case", case="1", words=WORDS, items="L1").status_code == 303
    assert WORDS in visit("eva").get(f"{here}/notes?item=L1").text
    looks = [what for what, case, _ in office.trail() if what == "audit_case_read" and case]
    assert len(looks) == 1
    assert WORDS not in str(office.trail())
