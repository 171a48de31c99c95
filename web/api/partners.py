"""The services the office works with, and what each may be told about a participant."""

from se_engine.actions import partners
from se_engine.queries.access import access_partner
from se_engine.queries.partners import partner_register
from se_engine.records.needs import Partner
from se_engine.rules.errors import NotPermitted
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import needs as models
from web.api.shaping import shaped
from web.api.writes import Written, once
from web.auth import actor
from web.session import session

PARTNER = "/partners/<id:partner_id>"
FACTS = ("name", "kind", "phone", "email")


@api.get("/partners")
@reads(models.Partners)
def list_partners() -> models.Partners:
    """The partners of the account's office, those it still works with first."""
    found = partner_register(session(), actor())
    return models.Partners(partners=[shaped(models.Partner, one, partner_id=one.id) for one in found])


@api.post("/partners")
@writes(models.PartnerKey, status=201)
@once
def add_partner(json: models.NewPartner) -> Written:
    """A service or organisation the office works with."""
    office_id = actor().office_id
    if office_id is None:
        raise NotPermitted()
    added = partners.add_partner(session(), actor(), office_id, **json.model_dump())
    return _key(added), 201, {"Location": "/api/v1/partners"}


@api.patch(PARTNER)
@writes(models.PartnerKey)
@once
def change_partner(partner_id: int, json: models.ChangedPartner) -> Written:
    """Another name, number or address of the same service (JSON merge patch)."""
    partner = access_partner(session(), actor(), partner_id)
    stands = {name: getattr(partner, name) for name in FACTS} | json.model_dump(exclude_unset=True)
    changed = partners.change_partner(
        session(), actor(), partner.id, **{name: value or "" for name, value in stands.items()}
    )
    return _key(changed), 200, {}


@api.post(f"{PARTNER}/end")
@writes(models.PartnerKey)
@once
def end_partner(partner_id: int, json: models.Nothing) -> Written:
    """The office works with it no more; what was recorded stays."""
    return _key(partners.end_partner(session(), actor(), partner_id)), 200, {}


def _key(partner: Partner) -> models.PartnerKey:
    return shaped(models.PartnerKey, partner, partner_id=partner.id)


@api.post(f"{CASE}/partner-consents")
@writes(models.PartnerConsentsKept, status=201)
@once
def record_partner_consents(case_id: int, json: models.NewPartnerConsents) -> Written:
    """What she says may be talked about with one partner; the newest answer on a topic counts."""
    given = json.model_dump(exclude={"partner_id"})
    recorded = partners.record_partner_consents(session(), actor(), case_id, json.partner_id, **given)
    answers = {one.topic: one.answer for one in recorded}
    kept = models.PartnerConsentsKept(case=case_id, partner_id=json.partner_id, answers=answers)
    return kept, 201, {"Location": f"/api/v1/cases/{case_id}/needs"}
