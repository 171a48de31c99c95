"""Offices, teams, accounts and systems, kept by administrators who see no case."""

from __future__ import annotations

import pytest

from tests.support.pages import Page
from tests.support.people import transaction
from tests.web.conftest import PASSWORD, Visitor

NEW = {"name": "Nora Nord", "email": "Nora@example.org", "role": "job_specialist", "language": "nn"}


def test_an_account_signs_in_once_it_has_been_given_a_password(visit, app, office):
    ada = visit("ada")
    made = ada.submit("/admin/accounts/new", office=office.people.office_id, **NEW)
    assert (made.status_code, made.location) == (303, "/admin")
    page = ada.page("/admin")
    assert "nora@example.org" in page.text
    invite = max(
        (link for link in page.links if link.startswith("/admin/accounts/") and link.endswith("/password")),
        key=lambda link: int(link.split("/")[3]),
    )
    nora = Visitor(app)
    refused = nora.submit("/sign-in", email="nora@example.org", password=PASSWORD)
    assert refused.status_code == 422
    assert ada.submit(invite, new=PASSWORD, again=PASSWORD).status_code == 303
    assert nora.submit("/sign-in", email="nora@example.org", password=PASSWORD).location == "/"
    assert '<html lang="nn"' in nora.get("/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "e-post"),
        ({"email": "jo@example.org"}, "e-post"),
        ({"office": "0"}, "kontor"),
        ({"role": "operator"}, ""),
    ],
)
def test_an_account_that_cannot_be_keeps_what_was_typed(visit, office, wrong, said):
    answer = visit("ada").submit("/admin/accounts/new", **{"office": office.people.office_id, **NEW, **wrong})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.form("/admin/accounts/new").values["name"] == "Nora Nord"
    assert said in page.text.lower()


def test_an_office_has_its_teams(visit, office):
    ada = visit("ada")
    assert ada.submit("/admin/offices/new", name="Alta", template="lorenskog").status_code == 303
    assert ada.submit("/admin/offices/new", name="Alta", template="standard").status_code == 422
    assert ada.submit("/admin/teams/new", office=office.people.office_id, name="Ungdom").status_code == 303
    shown = ada.page("/admin").text
    assert "Alta" in shown
    assert "Ungdom" in shown


def test_the_administrator_of_an_office_keeps_that_office_only(visit, office):
    adam = visit("adam")
    page = adam.page("/admin")
    assert "Jo" in page.text
    assert "far@example.org" not in page.text
    assert "Vadsø" not in page.text
    assert adam.send(f"/admin/accounts/{office.far.user_id}/close").status_code == 404
    assert adam.get(f"/admin/accounts/{office.far.user_id}/password").status_code == 404
    assert adam.submit("/admin/accounts/new", **{**NEW, "office": office.far.office_id}).status_code == 422


def test_nobody_closes_her_own_account(visit, office):
    adam = visit("adam")
    answer = adam.send(f"/admin/accounts/{adam.actor.user_id}/close")
    assert answer.status_code == 422
    assert "din egen bruker" in answer.text


def test_the_token_of_a_system_is_shown_once_and_works_until_it_is_shut_out(visit, office, app):
    adam = visit("adam")
    answer = adam.submit("/admin/clients/new", name="Fagsystem", user=office.people.jo.user_id, scopes=["read"])
    assert answer.status_code == 200
    token = answer.text.partition('<code class="se-code">')[2].partition("</code>")[0]
    system = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/cases", headers=system).status_code == 200
    page = adam.page("/admin")
    assert token not in page.text
    shut = next(form for form in page.forms if form.action.endswith("/revoke"))
    assert adam.client.post(shut.action, data=shut.values).status_code == 303
    assert app.test_client().get("/api/v1/cases", headers=system).status_code == 401


def test_offices_of_one_municipality_see_that_the_other_uses_an_employer(visit, office, noon):
    """Said on the office's own page: until then neither sees the other."""
    from se_engine.actions.employers import add_employer

    people, far = office.people, office.far
    with transaction(office.database, noon) as session:
        card = add_employer(session, people.jo, people.office_id, name="Fjordens Bakeri AS", org_number="974760673").id
        add_employer(session, far, far.office_id, name="Fjordens Bakeri", org_number="974760673")
        other = office_name(session, far.office_id)
    assert other not in visit("jo").get(f"/employers/{card}").text
    for office_id in (people.office_id, far.office_id):
        said = visit("ada").submit(f"/admin/offices/{office_id}", municipality=" Nordre  Follo ", template="standard")
        assert (said.status_code, said.location) == (303, "/admin")
    assert "Nordre Follo" in visit("ada").get("/admin").text
    assert other in visit("jo").get(f"/employers/{card}").text
    assert visit("adam").get(f"/admin/offices/{far.office_id}").status_code == 404, "another's office is not hers"


def test_an_administrator_says_how_small_a_number_may_be_shown(visit, office, noon):
    path = f"/admin/offices/{office.people.office_id}"
    ada = visit("ada")
    assert [ada.submit(path, threshold=given).status_code for given in ("2", "11", "", "four")] == [422] * 4
    assert threshold_of(office) == 5
    assert ada.submit(path, threshold="8").status_code == 303
    assert threshold_of(office) == 8
    assert ada.submit(path).status_code == 303, "the same number once more is no change"
    told = [entry[2] for entry in office.trail() if entry[0] == "office_threshold_changed"]
    assert told == [f"office={office.people.office_id} was=5 is=8"]
    assert visit("mia").get("/reports/flow/export.json").json["about"]["threshold"] == 8


def test_no_other_way_leads_below_the_least(office, noon):
    from se_engine.actions.people import change_office
    from se_engine.rules.errors import Refused
    from se_engine.rules.roles import OPERATOR

    with transaction(office.database, noon) as session, pytest.raises(Refused) as refused:
        change_office(session, OPERATOR, office.people.office_id, template="standard", municipality="", threshold=2)
    assert refused.value.reason.code == "threshold_not_allowed"


def threshold_of(office):
    from se_engine.records.offices import Office

    with office.database.reading() as session:
        return session.get_one(Office, office.people.office_id).threshold


def office_name(session, office_id):
    from se_engine.records.offices import Office

    return session.get_one(Office, office_id).name
