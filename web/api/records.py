"""Parts of a participant's record: her name, languages, levels, consents and schemes."""

from se_engine.actions.consents import record_answers
from se_engine.actions.languages import record_levels as record
from se_engine.actions.languages import set_languages as set_all
from se_engine.actions.participants import rename
from se_engine.queries.access import access_participant
from se_engine.queries.participants import RecordPage, record_page
from web.api import answers
from web.api.blueprint import PARTICIPANT, api
from web.api.describing import reads, writes
from web.api.models import records as models
from web.api.shaping import participant_keys, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import note_read, session


def _record(participant_id: int) -> RecordPage:
    found = record_page(session(), actor(), participant_id)
    note_read(participant=found.participant)
    return found


@api.post(f"{PARTICIPANT}/name")
@writes(answers.ParticipantKey, 412, 428)
@once
def rename_participant(participant_id: int, json: models.NewName) -> Written:
    """Another name; the earlier one stays in her record."""
    participant = access_participant(session(), actor(), participant_id)
    check_seen(participant)
    rename(session(), actor(), participant.id, **json.model_dump())
    [shown] = participant_keys(session(), [participant])
    return shown, 200, {"ETag": shown.etag}


@api.get(f"{PARTICIPANT}/languages")
@reads(models.LanguagesKept, 404)
def show_languages(participant_id: int) -> models.LanguagesKept:
    """The languages she uses, first language first."""
    return models.LanguagesKept(participant=participant_id, languages=list(_record(participant_id).languages))


@api.post(f"{PARTICIPANT}/languages")
@writes(models.LanguagesKept)
@once
def set_languages(participant_id: int, json: models.SetLanguages) -> Written:
    """All her languages at once."""
    set_all(session(), actor(), participant_id, json.languages)
    return models.LanguagesKept(participant=participant_id, languages=list(dict.fromkeys(json.languages))), 200, {}


@api.get(f"{PARTICIPANT}/levels")
@reads(models.Levels, 404)
def show_levels(participant_id: int) -> models.Levels:
    """Her Norwegian skill by skill, with who said so and when."""
    levels = [shaped(models.Level, one) for one in _record(participant_id).levels]
    return models.Levels(participant=participant_id, levels=levels)


@api.post(f"{PARTICIPANT}/levels")
@writes(models.LevelsKept, status=201)
@once
def record_levels(participant_id: int, json: models.NewLevels) -> Written:
    """Her level on a day; the older ones stay."""
    record(session(), actor(), participant_id, **json.model_dump())
    kept = models.LevelsKept(participant=participant_id, levels=dict(json.levels))
    return kept, 201, {"Location": f"/api/v1/participants/{participant_id}/levels"}


@api.get(f"{PARTICIPANT}/consents")
@reads(models.Consents, 404)
def show_consents(participant_id: int) -> models.Consents:
    """Every answer she gave to the questions of consent."""
    consents = [shaped(models.Consent, one) for one in _record(participant_id).consents]
    return models.Consents(participant=participant_id, consents=consents)


@api.post(f"{PARTICIPANT}/consents")
@writes(models.ConsentsKept, status=201)
@once
def record_consents(participant_id: int, json: models.NewConsents) -> Written:
    """Her answers in one talk; «no» is an answer."""
    record_answers(session(), actor(), participant_id, **json.model_dump())
    kept = models.ConsentsKept(participant=participant_id, answers=dict(json.answers))
    return kept, 201, {"Location": f"/api/v1/participants/{participant_id}/consents"}
