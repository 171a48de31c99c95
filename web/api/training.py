"""The training ladder of each workplace: its tasks, who says that she masters them, and words to learn."""

from se_engine.actions import training as actions
from se_engine.actions import training_progress as progress
from se_engine.actions import training_words
from se_engine.actions.training_words import WordPair
from se_engine.clock import today
from se_engine.queries.access import access_of_case
from se_engine.queries.training import Ladder, RungLine, training_page
from se_engine.records.documents import Rung
from web.api.blueprint import CASE, api
from web.api.describing import reads, writes
from web.api.models import training as models
from web.api.models.needs import Nothing
from web.api.shaping import etag, shaped
from web.api.writes import Written, check_seen, once
from web.auth import actor
from web.session import note_read, session

RUNG = "/rungs/<id:rung_id>"


@api.get(f"{CASE}/training")
@reads(models.Training, 404)
def show_training(case_id: int) -> models.Training:
    """A ladder for each workplace, with who says what of every task, and its words."""
    page = training_page(session(), actor(), case_id)
    note_read(page.case)
    ladders = [_ladder(case_id, one) for one in page.ladders]
    return models.Training(case=case_id, language=page.language, ladders=ladders)


def _ladder(case_id: int, ladder: Ladder) -> models.Ladder:
    return shaped(models.Ladder, ladder, rungs=[_rung(case_id, one) for one in ladder.every])


def _rung(case_id: int, line: RungLine) -> models.Rung:
    return shaped(
        models.Rung,
        line,
        rung_id=line.id,
        case=case_id,
        etag=etag(line),
        said=[shaped(models.MasterySaid, one) for one in line.said.values()],
        words=[shaped(models.RungWord, word, word_id=word.id) for word in line.words],
    )


@api.post(f"{CASE}/rungs")
@writes(models.RungKey, status=201)
@once
def add_rung(case_id: int, json: models.NewRung) -> Written:
    """A task on the ladder; the first one shows that there is a training plan."""
    given = json.model_dump(exclude={"employer_id", "words"})
    rung = actions.add_rung(session(), actor(), case_id, json.employer_id, words=_pairs(json.words), **given)
    shown, _, headers = _stands(rung)
    return shown, 201, {**headers, "Location": f"/api/v1/cases/{case_id}/training"}


@api.patch(RUNG)
@writes(models.RungKey, 412, 428)
@once
def change_rung(rung_id: int, json: models.ChangedRung) -> Written:
    """How the task is learned from now on (JSON merge patch)."""
    rung, case = access_of_case(session(), actor(), Rung, rung_id)
    seen = check_seen(rung)
    _, line = training_page(session(), actor(), case.id).rung(rung.id)
    told = {name: getattr(line, name) for name in ("step", "teacher", "method", "adaptation", "safety", "starts_on")}
    told |= json.model_dump(exclude_unset=True, exclude={"on"})
    told |= {name: told[name] or "" for name in ("teacher", "adaptation", "safety")}
    return _stands(actions.change_rung(session(), actor(), rung.id, seen_version=seen, changed_on=json.on, **told))


@api.post(f"{RUNG}/earlier")
@writes(models.RungKey)
@once
def move_rung_up(rung_id: int, json: Nothing) -> Written:
    """One place earlier within its step."""
    return _stands(actions.move_rung_up(session(), actor(), rung_id, on=today(session())))


@api.post(f"{RUNG}/remove")
@writes(models.RungKey)
@once
def remove_rung(rung_id: int, json: models.RungRemoval) -> Written:
    """Off the ladder, with the reason; what was said and learned of it stays."""
    return _stands(actions.remove_rung(session(), actor(), rung_id, **json.model_dump()))


@api.post(f"{RUNG}/masteries")
@writes(models.MasteryKept, status=201)
@once
def say_mastery(rung_id: int, json: models.NewMastery) -> Written:
    """She, the buddy or the job specialist says whether she masters it."""
    said = progress.say_mastery(session(), actor(), rung_id, **json.model_dump())
    return shaped(models.MasteryKept, said), 201, {"Location": _place(rung_id)}


@api.post(f"{RUNG}/words")
@writes(models.RungWords, status=201)
@once
def add_rung_words(rung_id: int, json: models.NewWords) -> Written:
    """Words to learn for the task."""
    made = training_words.add_words(session(), actor(), rung_id, _pairs(json.words), on=json.on, kept=json.kept)
    words = [shaped(models.RungWordKey, word, word_id=word.id) for word in made]
    return models.RungWords(rung_id=rung_id, words=words), 201, {"Location": _place(rung_id)}


@api.post("/rung-words/<id:word_id>/learned")
@writes(models.RungWordKey)
@once
def learn_rung_word(word_id: int, json: models.WordLearned) -> Written:
    """She knows the word, or does not know it yet."""
    word = training_words.learn_word(session(), actor(), word_id, **json.model_dump())
    return shaped(models.RungWordKey, word, word_id=word.id), 200, {}


def _pairs(words: list[models.NewWord]) -> list[WordPair]:
    return [WordPair(word.norwegian, word.own) for word in words]


def _place(rung_id: int) -> str:
    _, case = access_of_case(session(), actor(), Rung, rung_id)
    return f"/api/v1/cases/{case.id}/training"


def _stands(rung: Rung) -> Written:
    shown = shaped(models.RungKey, rung, rung_id=rung.id, case=rung.case_id, etag=etag(rung))
    return shown, 200, {"ETag": shown.etag}
