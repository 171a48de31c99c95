"""A sampled case on its page; and what an auditor tries outside the sample, refused and told to the unit."""

from __future__ import annotations

import pytest

from tests.support.auditing import auditing
from tests.support.people import make_case, transaction


@pytest.fixture
def here(office, noon):
    """Pat's case is number 1 of an audit of Ida's; Una's is not in it."""
    with transaction(office.database, noon) as session:
        found = auditing(session, office.people)
        office.actors["eva"] = found.eva
        other = make_case(session, office.people, given_name="Una")
        return f"/audits/{found.id}", found.case.id, other.id


def test_an_auditor_reads_the_case_and_meets_no_way_into_it(visit, here):
    page = visit("ida").get(f"{here[0]}/cases/1")
    assert page.status_code == 200
    assert "Pat" not in page.text
    assert 'href="/cases/' not in page.text
    assert "/participants/" not in page.text


def test_what_is_outside_the_sample_is_refused_and_told(visit, here):
    audit, sampled, other = here
    ida = visit("ida")
    ida.get(f"{audit}/cases/1")
    for tried in (f"{audit}/cases/2", f"/cases/{sampled}", f"/cases/{other}", f"/cases/{other}/history"):
        assert ida.get(tried).status_code == 404, tried
    max_ = visit("max")
    told = max_.get(f"{audit}/looks").text
    assert told.count("Avvist: utenfor utvalget") == 4
    assert told.count("Sak 1") == 1
    her = max_.get(f"/cases/{sampled}").text.split('href="/participants/')[1].split("/")[0].split('"')[0]
    assert "Leste forløpet i en kvalitetsrevisjon" in max_.get(f"/participants/{her}/looked").text


def test_the_days_on_site_may_be_chosen_after_the_charter(visit, here):
    """Without them the sample leads nowhere, and the charter says that they may be chosen later."""
    audit, ida = here[0], visit("ida")
    assert "Dagene på stedet er ikke valgt ennå." in ida.get(f"{audit}/visit").text
    done = ida.submit(f"{audit}/visit/days", visit_on="17.03.2026", visit_days="2")
    assert done.status_code == 303
    assert "17. mars 2026" in ida.get(f"{audit}/visit").text
    assert visit("eva").get(f"{audit}/visit/days").status_code == 403
    assert ida.submit(f"{audit}/visit/days", visit_on="17.03.2036", visit_days="2").status_code == 422
