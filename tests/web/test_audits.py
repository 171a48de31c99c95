"""An audit in the browser: opened, its charter filled in and sent, and what each side is shown of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.audits import make_audit
from tests.support.people import TODAY, make_case, make_user, transaction
from tests.support.rated_audits import stand_at


@pytest.fixture
def audit(office, noon) -> int:
    """At the sample, which is drawn: two cases of three."""
    from se_engine.actions.audit_samples import draw_sample

    with transaction(office.database, noon) as session:
        for number in range(3):
            make_case(session, office.people, opened_on=TODAY - timedelta(days=30), ref=f"R{number}", given_name="Amal")
        found = make_audit(session, office.people)
        found.until_on = TODAY - timedelta(days=1)
        stand_at(session, found, "sample")
        draw_sample(session, office.people.ida, found.id, size=2, seed=7)
        return found.id


def test_an_audit_is_opened_and_its_charter_sent(office, noon, visit):
    with transaction(office.database, noon) as session:
        eva = make_user(session, "Eva", "auditor", None).user_id
    ida = visit("ida")
    assert ida.get("/").location == "/audits"
    office_id = str(office.people.office_id)
    given = {"office": office_id, "kind": "formal", "framework": "se5/1", "months": "12"}
    assert "Skriv hvorfor det trengs her" in ida.submit("/audits/new", **given).text
    opened = ida.submit("/audits/new", **given, window_words="Seks deltakere")
    here = opened.location.removesuffix("/charter")
    assert "Seks deltakere" in ida.get(opened.location).text
    basis = {"legal_basis": "grant_terms", "legal_words": "Tilskuddsbrev", "told_how": "letter", "told_words": "I mai"}
    filled = {**basis, "window_words": "Seks deltakere", "visit_on": "20.5.2026"}
    assert ida.submit(f"{here}/charter/change", **filled).location == f"{here}/charter"
    for part, user in (("second", eva), ("contact", office.people.max.user_id)):
        assert ida.submit(f"{here}/team/new", part=part, user=str(user)).status_code == 303
    assert "11. mars 2026" in ida.get(here).text, "ten weeks before the visit"
    assert ida.submit(f"{here}/moves/send_charter").location == here
    assert "Enhetens egenvurdering" in visit("max").get("/audits").text


def test_a_move_tells_what_it_lacks_and_where_that_is_mended(office, noon, visit):
    with transaction(office.database, noon) as session:
        number = make_audit(session, office.people, legal_words="").id
    answer = visit("ida").submit(f"/audits/{number}/moves/send_charter")
    assert answer.status_code == 422
    assert f'<a class="ds-link" href="/audits/{number}/charter">Mandatet mangler noe' in answer.text


def test_the_unit_sees_which_cases_are_read_when_reading_begins(office, noon, visit, audit):
    page = f"/audits/{audit}/sample"
    ida, max_ = visit("ida"), visit("max")
    seen = ida.get(page).text
    assert "Amal" not in seen, "auditors are told no name"
    assert "jobbspesialist 1" in seen
    assert "Amal" not in max_.get(page).text
    with transaction(office.database, noon) as session:
        from se_engine.records.audits import Audit

        stand_at(session, session.get_one(Audit, audit), "on_site")
    assert max_.get(page).text.count("Amal") == 2
    assert ("audit_sample_shown", None, f"audit={audit}") in office.trail()


def test_the_evidence_is_computed_and_looked_at(office, noon, visit, audit):
    ida = visit("ida")
    page = f"/audits/{audit}/evidence"
    assert ida.send(page).location == page
    answer = ida.get(f"{page}?now=1").text
    assert answer.index("Hvor langt registreringene") < answer.index("Organisering"), "data quality first"
    assert "alle tallene er de samme" in answer
    assert ("audit_evidence_seen", None, f"audit={audit}") in office.trail()
