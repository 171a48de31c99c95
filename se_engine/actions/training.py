"""The workplace training plan: tasks put on the ladder, changed, put in order, and taken off it with the reason."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import check_working_day, close_by_fact, closed_by, reopen_by_fact
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.training_rows import open_rung, write_rung_trail
from se_engine.actions.training_words import WordPair, checked_pairs, write_words
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.queries.disclosures import newest_disclosure
from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.documents import Rung
from se_engine.records.jobs import Job
from se_engine.records.texts import KeptText
from se_engine.records.tracks import Track
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.roles import Actor
from se_engine.rules.training import LONGEST_TASK, METHODS, STEPS
from se_engine.rules.vocabulary import check_code

FACT = "first_rungs"


def add_rung(
    session: Session,
    actor: Actor,
    case_id: int,
    employer_id: int,
    *,
    step: int,
    task: str,
    added_on: date,
    teacher: str = "",
    method: str | None = None,
    adaptation: str = "",
    safety: str = "",
    starts_on: date | None = None,
    words: Iterable[WordPair] = (),
    kept: bool = False,
) -> Rung:
    """A task at the end of its step. The first one at a workplace is what shows that there is a training plan."""
    case = access_case(session, actor, case_id)
    check_working_day(session, case, added_on)
    _check_place(session, case, employer_id)
    _check_step(step, method)
    told = {"task": task, "teacher": teacher, "adaptation": adaptation, "safety": safety}
    if not task.strip():
        raise Refused("say_which_task", field="task")
    pairs = checked_pairs(session, case, words, kept=kept)
    texts = _kept_texts(session, case, told, kept=kept)
    rung = Rung(
        case_id=case.id,
        employer_id=employer_id,
        step=step,
        ordinal=_last(session, case.id, employer_id, step) + 1,
        added_on=added_on,
        method=method,
        starts_on=starts_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    _put_texts(rung, texts)
    session.add(rung)
    session.flush()
    write_rung_trail(session, actor, "rung_added", case, rung, added_on, texts["task"])
    write_words(session, actor, case, rung, pairs, on=added_on)
    if not closed_by(session, case, FACT, employer_id):
        close_by_fact(session, actor, case, FACT, happened_on=added_on, employer_id=employer_id, text=texts["task"])
    return rung


def change_rung(
    session: Session,
    actor: Actor,
    rung_id: int,
    *,
    seen_version: int | None,
    step: int,
    changed_on: date,
    teacher: str = "",
    method: str | None = None,
    adaptation: str = "",
    safety: str = "",
    starts_on: date | None = None,
    kept: bool = False,
) -> Rung:
    """How the task is learned, as it is from now on. Another task is another rung."""
    rung, case = open_rung(session, actor, rung_id, on=changed_on)
    if seen_version is not None and rung.version != seen_version:
        raise Stale()
    _check_step(step, method)
    told = _changed(session, case, rung, {"teacher": teacher, "adaptation": adaptation, "safety": safety})
    texts = _kept_texts(session, case, told, kept=kept)
    if step != rung.step:
        rung.step, rung.ordinal = step, _last(session, case.id, rung.employer_id, step) + 1
    rung.method, rung.starts_on = method, starts_on
    _put_texts(rung, texts)
    for text in [text for text in texts.values() if text] or (None,):
        write_rung_trail(session, actor, "rung_changed", case, rung, changed_on, text)
    session.flush()
    return rung


def move_rung_up(session: Session, actor: Actor, rung_id: int, *, on: date) -> Rung:
    """One place earlier within its step."""
    rung, case = open_rung(session, actor, rung_id, on=on)
    of_step = _standing(case.id, rung.employer_id) & (Rung.step == rung.step)
    order = list(session.scalars(select(Rung).where(of_step).order_by(Rung.ordinal, Rung.id)))
    place = order.index(rung)
    if place:
        order[place - 1], order[place] = rung, order[place - 1]
        for ordinal, one in enumerate(order, 1):
            one.ordinal = ordinal
        write_rung_trail(session, actor, "rung_moved", case, rung, on, None)
        session.flush()
    return rung


def remove_rung(
    session: Session, actor: Actor, rung_id: int, *, why: str, removed_on: date, kept: bool = False
) -> Rung:
    """Off the ladder, with the reason; what was said and learned of it stays. The last one takes the plan with it."""
    rung, case = open_rung(session, actor, rung_id, on=removed_on)
    if removed_on < rung.added_on:
        raise Refused("removed_before_added", day=removed_on.isoformat(), added=rung.added_on.isoformat())
    if not why.strip():
        raise Refused("reason_needed", field="why")
    check_words(session, case, kept=kept, why=why)
    text = keep_text(session, case.participant, "training", why.strip())
    rung.removed_on, rung.removed_text_id = removed_on, text.id
    session.flush()
    write_rung_trail(session, actor, "rung_removed", case, rung, removed_on, text)
    if not session.scalar(select(exists().where(_standing(case.id, rung.employer_id)))):
        reopen_by_fact(session, actor, case, FACT, employer_id=rung.employer_id, text=text)
    return rung


def _check_place(session: Session, case: Case, employer_id: int) -> None:
    """A workplace of this case, which knows of the service: else there is nobody there to teach by a plan."""
    track = exists().where(Track.case_id == case.id, Track.employer_id == employer_id)
    job = exists().where(Job.case_id == case.id, Job.employer_id == employer_id, ~Job.voided)
    if not session.scalar(select(or_(track, job))):
        raise NotFound()
    decided = newest_disclosure(session, case.id, employer_id)
    if decided is not None and decided.decision == NOT_TOLD:
        raise Refused("no_ladder_where_not_told")


def _check_step(step: int, method: str | None) -> None:
    if step not in STEPS:
        raise Refused("ladder_step_unknown", field="step", least=STEPS[0], most=STEPS[-1])
    if method is not None:
        check_code("method", method, METHODS)


def _kept_texts(session: Session, case: Case, told: Mapping[str, str], *, kept: bool) -> dict[str, KeptText | None]:
    for field, words in told.items():
        if len(words.strip()) > LONGEST_TASK:
            raise Refused("too_long_for_a_rung", field=field, longest=LONGEST_TASK)
    check_words(session, case, kept=kept, **told)
    return {field: keep_note(session, case.participant, "training", words) for field, words in told.items()}


def _changed(session: Session, case: Case, rung: Rung, told: Mapping[str, str]) -> dict[str, str]:
    """Only what is said otherwise than before: nobody is asked again about words that already stand."""
    ids = {field: getattr(rung, f"{field}_text_id") for field in told}
    known = texts_of(session, case.participant, [number for number in ids.values() if number])
    return {field: words for field, words in told.items() if words.strip() != (known.get(ids[field]) or "")}


def _put_texts(rung: Rung, texts: Mapping[str, KeptText | None]) -> None:
    for field, text in texts.items():
        setattr(rung, f"{field}_text_id", text.id if text else None)


def _standing(case_id: int, employer_id: int) -> ColumnElement[bool]:
    return and_(Rung.case_id == case_id, Rung.employer_id == employer_id, Rung.removed_on.is_(None))


def _last(session: Session, case_id: int, employer_id: int, step: int) -> int:
    of_step = _standing(case_id, employer_id) & (Rung.step == step)
    return session.scalar(select(func.max(Rung.ordinal)).where(of_step)) or 0
