"""The match between her and a place, and what an employer may be told about her."""

from se_engine.actions import disclosures as actions
from se_engine.actions.matches import SkillAsked
from se_engine.actions.matches import record_match as record
from se_engine.queries.access import access_case
from se_engine.queries.disclosures import disclosures_of
from se_engine.queries.texts import texts_of
from web.api.blueprint import CASE, TRACK, api
from web.api.describing import reads, writes
from web.api.models import tracks as models
from web.api.shaping import shaped
from web.api.tracks import disclosure, disclosure_key
from web.api.writes import Written, once
from web.auth import actor
from web.session import note_read, session


@api.post(f"{TRACK}/matches")
@writes(models.MatchKey, status=201)
@once
def record_match(track_id: int, json: models.NewMatch) -> Written:
    """A new sheet; the earlier ones stay. A track that met goes on to the match by itself."""
    skills = {skill: SkillAsked(**asked.model_dump()) for skill, asked in json.skills.items()}
    given = json.model_dump(exclude={"skills"})
    match = record(session(), actor(), track_id, skills=skills, **given)
    return shaped(models.MatchKey, match, match_id=match.id), 201, {"Location": f"/api/v1/tracks/{track_id}"}


@api.get(f"{CASE}/disclosures")
@reads(models.Disclosures, 404)
def list_disclosures(case_id: int) -> models.Disclosures:
    """What each employer may be told, in her words: every version, the newest of an employer counts."""
    case = access_case(session(), actor(), case_id)
    note_read(case)
    found = [one for versions in disclosures_of(session(), case.id).values() for one in versions]
    ids = {text_id for one in found for text_id in (one.words_text_id, one.not_told_text_id) if text_id}
    words = texts_of(session(), case.participant, sorted(ids))
    return models.Disclosures(disclosures=[disclosure(one, words) for one in found])


@api.post(f"{CASE}/disclosures")
@writes(models.DisclosureKey, status=201)
@once
def record_disclosure(case_id: int, json: models.NewDisclosure) -> Written:
    """A new version of what one employer may be told."""
    given = json.model_dump(exclude={"employer_id"})
    made = actions.record_disclosure(session(), actor(), case_id, json.employer_id, **given)
    return disclosure_key(made), 201, {"Location": f"/api/v1/cases/{case_id}/disclosures"}
