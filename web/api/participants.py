"""Participants: the list, one of them, a new one, and changed facts."""

from se_engine.actions.participants import change_facts
from se_engine.actions.referrals import take_in
from se_engine.queries import lists
from se_engine.queries.access import access_participant
from se_engine.queries.names import Likely, likely_the_same
from se_engine.rules.errors import NotPermitted
from web.api import answers, shaping
from web.api.blueprint import PARTICIPANT, api
from web.api.bodies import ChangedFacts, NewParticipant, ParticipantsQuery
from web.api.describing import reads, writes
from web.api.problems import LooksRegistered
from web.api.writes import Headers, Written, check_seen, once
from web.auth import actor
from web.session import note_read, session

NO_FACTS = {"participant_ref", "languages", "another_person", "same_as"}


@api.get("/participants")
@reads(answers.Participants)
def list_participants(query: ParticipantsQuery) -> answers.Participants:
    """The participants within reach, by id; no names, so that each look at a record is one look."""
    page = lists.Page(query.cursor, query.limit, query.updated_since)
    found = lists.participants(session(), actor(), page, ref=query.participant_ref)
    shown = shaping.participant_keys(session(), found[: query.limit])
    return answers.Participants(participants=shown, next=lists.cursor_after(found, query.limit))


@api.get(PARTICIPANT)
@reads(answers.Participant, 404)
def show_participant(participant_id: int) -> tuple[answers.Participant, Headers]:
    """One participant, with her name; the trail tells who looked."""
    participant = access_participant(session(), actor(), participant_id)
    note_read(participant=participant)
    return shaping.participant(session(), participant), {"ETag": shaping.etag(participant)}


@api.post("/participants")
@writes(answers.ParticipantKey, status=201)
@once
def register_participant(json: NewParticipant) -> Written:
    """A new participant of the account's office; one she looks like is pointed out (409) until it was looked at."""
    office_id = actor().office_id
    if office_id is None:
        raise NotPermitted()
    likely = _check_new(json, office_id)
    participant = take_in(
        session(),
        actor(),
        office_id,
        ref=json.participant_ref,
        same_as=json.same_as,
        not_the_same=[one.participant_id for one in likely.shown if one.participant_id != json.same_as],
        **json.model_dump(exclude_unset=True, exclude=NO_FACTS),
        languages=json.languages,
    )
    [shown] = shaping.participant_keys(session(), [participant])
    return shown, 201, {"ETag": shown.etag, "Location": f"/api/v1/participants/{participant.id}"}


def _check_new(json: NewParticipant, office_id: int) -> Likely:
    """Who she may be already; refused until somebody has looked at them."""
    name = f"{json.given_name} {json.family_name}"
    likely = likely_the_same(session(), actor(), office_id, name, birth_year=json.birth_year)
    if likely and not json.another_person and json.same_as is None:
        raise LooksRegistered(likely)
    return likely


@api.patch(PARTICIPANT)
@writes(answers.ParticipantKey, 412, 428)
@once
def change_participant(participant_id: int, json: ChangedFacts) -> Written:
    """Other facts of identity (JSON merge patch)."""
    participant = access_participant(session(), actor(), participant_id)
    seen = check_seen(participant)
    facts = json.model_dump(exclude_unset=True)
    change_facts(session(), actor(), participant.id, seen_version=seen, **facts)
    [shown] = shaping.participant_keys(session(), [participant])
    return shown, 200, {"ETag": shown.etag}
