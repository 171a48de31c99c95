"""Referrals: the inbox, deciding about one, and whose it is."""

from se_engine.actions import referrals as actions
from se_engine.actions.same_persons import say_same
from se_engine.queries import names
from se_engine.queries.access import access_participant
from se_engine.queries.capacity import capacities
from se_engine.queries.referrals import inbox, referral
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotPermitted
from se_engine.rules.roles import CASEWORK
from web.api import answers
from web.api.blueprint import PARTICIPANT, REFERRAL, api
from web.api.cursors import cursor_of, rank_day_and_number
from web.api.describing import reads, writes
from web.api.models import referrals as models
from web.api.shaping import case as shape_case
from web.api.shaping import etag, participant_keys, shaped
from web.api.writes import Headers, Written, check_seen, once
from web.auth import actor
from web.session import note_read, session


@api.get("/referrals")
@reads(models.Referrals, 422)
def list_referrals(query: models.ReferralsQuery) -> models.Referrals:
    """Who has been referred and has no running case."""
    found = inbox(session(), actor(), status=query.status, after=rank_day_and_number(query.cursor))
    return shaped(
        models.Referrals,
        found,
        referrals=[
            shaped(
                models.ReferralRow,
                row,
                participant=row.participant_id,
                participant_ref=row.ref,
                specialist=row.specialist_id,
            )
            for row in found.rows
        ],
        counts=dict(found.counts),
        next=cursor_of(found.after),
    )


@api.get(REFERRAL)
@reads(models.Referral, 404)
def show_referral(participant_id: int) -> tuple[models.Referral, Headers]:
    """One referral with every decision, and the registrations that may be the same person."""
    found = referral(session(), actor(), participant_id)
    note_read(participant=found.participant)
    shown = models.Referral(
        **_key(found.participant).model_dump(),
        name=found.name,
        referred_by=found.participant.referred_by,
        languages=list(found.languages),
        days=found.days,
        decisions=[shaped(models.Decision, one) for one in found.decisions],
        linked=_likely(found.linked),
        perhaps=_likely(found.perhaps),
        running_case=found.running_case,
        may_assign=found.may_assign,
        may_decide=found.may_decide,
    )
    return shown, {"ETag": shown.etag}


def _likely(found: names.Likely) -> models.Likely:
    return models.Likely(participants=[one.participant_id for one in found.shown], hidden=found.hidden)


@api.get("/specialists")
@reads(models.Specialists)
def list_specialists() -> models.Specialists:
    """Everybody in the office who may own cases, those with most room first."""
    if actor().role not in CASEWORK:
        raise NotPermitted()
    return models.Specialists(specialists=[shaped(models.Specialist, one) for one in capacities(session(), actor())])


@api.post(f"{REFERRAL}/accept")
@writes(answers.Case, 412, 428, status=201)
@once
def accept_referral(participant_id: int, json: models.Acceptance) -> Written:
    """Opens her case. A specialist takes it herself; a supervisor gives it to whom she chooses."""
    seen = check_seen(access_participant(session(), actor(), participant_id))
    given = json.model_dump(exclude={"owner"})
    case = actions.accept(session(), actor(), participant_id, seen_version=seen, owner_id=json.owner, **given)
    shown = shape_case(session(), case)
    return shown, 201, {"ETag": shown.etag, "Location": f"/api/v1/cases/{case.id}"}


@api.post(f"{REFERRAL}/wait")
@writes(models.ReferralKey, 412, 428)
@once
def let_referral_wait(participant_id: int, json: models.LetWait) -> Written:
    """Not yet: with a reason, and the day on which somebody looks again."""
    participant = access_participant(session(), actor(), participant_id)
    seen = check_seen(participant)
    actions.let_wait(session(), actor(), participant_id, seen_version=seen, **json.model_dump())
    return _stands(participant)


@api.post(f"{REFERRAL}/decline")
@writes(models.ReferralKey, 412, 428)
@once
def decline_referral(participant_id: int, json: models.Refusal) -> Written:
    """No, with a reason; little Norwegian is none."""
    participant = access_participant(session(), actor(), participant_id)
    seen = check_seen(participant)
    actions.decline(session(), actor(), participant_id, seen_version=seen, **json.model_dump())
    return _stands(participant)


@api.post(f"{REFERRAL}/assign")
@writes(models.ReferralKey, 412, 428)
@once
def assign_referral(participant_id: int, json: models.Assignment) -> Written:
    """Whose referral it is before anything is decided; the supervisor's to say."""
    participant = access_participant(session(), actor(), participant_id)
    seen = check_seen(participant)
    actions.assign(session(), actor(), participant_id, json.specialist, seen_version=seen, why=json.why, kept=json.kept)
    return _stands(participant)


@api.post(f"{REFERRAL}/again")
@writes(models.ReferralKey)
@once
def refer_again(participant_id: int, json: models.ReferredAgain) -> Written:
    """Somebody who was here before stands in the inbox once more; what was decided then stays."""
    return _stands(actions.refer_again(session(), actor(), participant_id, **json.model_dump()))


@api.post(f"{PARTICIPANT}/same")
@writes(models.SameSaid)
@once
def say_same_person(participant_id: int, json: models.SamePerson) -> Written:
    """Two registrations are, or are not, the same person: linked, never merged."""
    say_same(session(), actor(), participant_id, json.other, same=json.same)
    return models.SameSaid(participant=participant_id, other=json.other, same=json.same), 200, {}


def _key(participant: Participant) -> models.ReferralKey:
    [known] = participant_keys(session(), [participant])
    return shaped(
        models.ReferralKey, participant, **known.model_dump(exclude={"team_id", "protected"}),
        specialist=participant.specialist_id,
    )  # fmt: skip


def _stands(participant: Participant) -> Written:
    return _key(participant), 200, {"ETag": etag(participant)}
