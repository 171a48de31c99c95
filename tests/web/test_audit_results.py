"""From the result of an audit to its action plan, in a browser without scripts."""

import pytest

from tests.support.people import TODAY, transaction
from tests.support.rated_audits import rated_audit, stand_at


@pytest.fixture
def audit_id(office, noon):
    with transaction(office.database, noon) as session:
        return rated_audit(session, office.people).id


def moved_to(office, noon, audit_id, step, **rest):
    from se_engine.records.audits import Audit

    with transaction(office.database, noon) as session:
        stand_at(session, session.get_one(Audit, audit_id), step, **rest)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_report_is_made_signed_and_taken_out(office, visit, noon, audit_id):
    ida, max_ = visit("ida"), visit("max")
    at = f"/audits/{audit_id}"
    assert "Nivå på skalaen 1–5" in ida.page(f"{at}/results").text
    assert max_.get(f"{at}/results").status_code == 403
    assert ida.submit(f"{at}/report/draft/new", summary="Jevnt arbeid.").status_code == 303
    assert max_.page(f"{at}/report").text.count("Utkast til faktasjekk") == 0
    moved_to(office, noon, audit_id, "report")
    assert ida.submit(f"{at}/report/final/new", priorities=["P4"]).status_code == 303
    page = ida.page(f"{at}/report").text
    assert "Ikke signert ennå: Eva, Ida" in page
    assert ida.submit(f"{at}/report/2/sign").status_code == 422, "without the tick"
    assert ida.submit(f"{at}/report/2/sign", read="y").status_code == 303
    assert "Ikke signert ennå: Eva" in max_.page(f"{at}/report").text
    assert max_.get(f"{at}/report/2/sign").status_code == 403
    with max_.get(f"{at}/report/2/full.pdf") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with max_.get(f"{at}/report/2/public.xlsx") as answer:
        assert answer.status_code == 200
    told = [what for what, _, _ in office.trail()]
    assert [told.count(one) for one in ("audit_report_made", "audit_report_signed", "audit_report_read")] == [2, 1, 1]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_whoever_owns_an_action_is_told_of_it_on_her_day(office, visit, noon, audit_id):
    moved_to(office, noon, audit_id, "action_plan", trigger="hand_over_report")
    max_, sam = visit("max"), visit("sam")
    written = {
        "item": "L1", "words": "Bestill tolk sammen med møtet.", "owner": str(office.actors["sam"].user_id),
        "due_on": "25.3.2026", "evidence_words": "Neste revisjon.",
    }  # fmt: skip
    assert max_.submit(f"/audits/{audit_id}/plan/new", **written | {"evidence_words": ""}).status_code == 422
    assert max_.submit(f"/audits/{audit_id}/plan/new", **written).status_code == 303
    assert "Bestill tolk" in sam.page("/today").text
    assert sam.get(f"/audits/{audit_id}/plan").status_code == 404
    at = "/audits/actions/1"
    assert sam.submit(at, what="moved", happened_on=f"{TODAY:%d.%m.%Y}").status_code == 422
    assert sam.submit(at, what="done", happened_on=f"{TODAY:%d.%m.%Y}").status_code == 303
    assert "Bestill tolk" not in sam.page("/today").text
    assert "gjort" in max_.page(f"/audits/{audit_id}/plan").text
