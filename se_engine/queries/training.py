"""The training plans of a case: a ladder for each workplace, with who says what of every task, and its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.disclosures import disclosures_of
from se_engine.queries.headings import Heading, process_of
from se_engine.queries.note_start import every_workplace
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.cases import Case
from se_engine.records.documents import Rung, RungMastery, RungWord
from se_engine.records.employers import Employer
from se_engine.records.participants import ParticipantLanguage
from se_engine.rules.disclosures import NOT_TOLD
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor
from se_engine.rules.training import Said, mastered_on, newest_of_each, status_of


@dataclass(frozen=True)
class WordLine:
    id: int
    rung_id: int
    norwegian: str
    own: str | None
    learned_on: date | None


@dataclass(frozen=True)
class RungLine:
    """A task on the ladder, its words opened."""

    id: int
    employer_id: int
    step: int
    task: str
    teacher: str | None
    method: str | None
    adaptation: str | None
    safety: str | None
    added_on: date
    starts_on: date | None
    removed_on: date | None
    removed_why: str | None
    status: str
    mastered_on: date | None
    said: Mapping[str, Said]
    """Whose newest word is what."""
    words: tuple[WordLine, ...]
    version: int

    @property
    def stands(self) -> bool:
        return self.removed_on is None


@dataclass(frozen=True)
class Ladder:
    """The training plan at one workplace; `runs` while she works there or is on her way to."""

    employer_id: int
    employer: str
    track_id: int | None
    runs: bool
    not_told: bool
    """The employer is not told: by her choice there is no ladder here."""
    every: tuple[RungLine, ...]

    @property
    def rungs(self) -> tuple[RungLine, ...]:
        return tuple(rung for rung in self.every if rung.stands)

    @property
    def removed(self) -> tuple[RungLine, ...]:
        return tuple(rung for rung in self.every if not rung.stands)


@dataclass(frozen=True)
class TrainingPage(Heading):
    ladders: tuple[Ladder, ...]
    language: str | None
    """The language that words are learned beside: hers, never Norwegian."""

    def ladder(self, employer_id: int) -> Ladder:
        """NotFound for an employer with whom this case has nothing to do."""
        for ladder in self.ladders:
            if ladder.employer_id == employer_id:
                return ladder
        raise NotFound()

    def rung(self, rung_id: int) -> tuple[Ladder, RungLine]:
        for ladder in self.ladders:
            for rung in ladder.every:
                if rung.id == rung_id:
                    return ladder, rung
        raise NotFound()


def training_page(session: Session, actor: Actor, case_id: int) -> TrainingPage:
    """The workplaces of now first, then those where a ladder was left behind."""
    case = access_case(session, actor, case_id)
    on = today(session)
    rows = list(
        session.execute(
            select(Rung, Employer.name)
            .join(Employer, Employer.id == Rung.employer_id)
            .where(Rung.case_id == case.id)
            .order_by(Rung.step, Rung.ordinal, Rung.id)
        )
    )
    rungs, words = _opened(session, case, [rung for rung, _ in rows], on)
    of_place: dict[int, list[RungLine]] = defaultdict(list)
    for rung in rungs:
        of_place[rung.employer_id].append(rung)
    told = disclosures_of(session, case.id)
    running = {place.employer_id: place for place in every_workplace(session, case)}
    names = {rung.employer_id: name for rung, name in rows}
    names = {number: place.name for number, place in running.items()} | names
    return TrainingPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=on,
        ladders=tuple(
            Ladder(
                number,
                names[number],
                running[number].track_id if number in running else None,
                number in running,
                bool(told.get(number)) and told[number][0].decision == NOT_TOLD,
                tuple(of_place[number]),
            )
            for number in [*running, *(other for other in names if other not in running)]
        ),
        language=_learned_beside(session, case),
    )


def _opened(
    session: Session, case: Case, rungs: list[Rung], on: date
) -> tuple[list[RungLine], Mapping[int, str | None]]:
    """Every rung with what was said of it, and every text of the page."""
    ids = [rung.id for rung in rungs]
    said: dict[int, list[Said]] = defaultdict(list)
    for one in session.scalars(select(RungMastery).where(RungMastery.rung_id.in_(ids))) if ids else ():
        said[one.rung_id].append(Said(one.says, one.mastered, one.happened_on, one.id))
    found = session.scalars(select(RungWord).where(RungWord.rung_id.in_(ids)).order_by(RungWord.id)) if ids else ()
    learned = list(found)
    words = texts_of(session, case.participant, _text_ids(case, rungs, learned))
    of_rung: dict[int, list[WordLine]] = defaultdict(list)
    for word in learned:
        own = words.get(word.own_text_id) if word.own_text_id else None
        line = WordLine(word.id, word.rung_id, words.get(word.text_id) or "–", own, word.learned_on)
        of_rung[word.rung_id].append(line)
    return [_line(rung, said[rung.id], of_rung[rung.id], words, on) for rung in rungs], words


def _text_ids(case: Case, rungs: Iterable[Rung], words: Iterable[RungWord]) -> list[int]:
    ids = [case.participant.name_id]
    for rung in rungs:
        ids += [rung.task_text_id, rung.teacher_text_id, rung.adaptation_text_id, rung.safety_text_id]
        ids.append(rung.removed_text_id)
    for word in words:
        ids += [word.text_id, word.own_text_id]
    return sorted({number for number in ids if number})


def _line(rung: Rung, said: list[Said], words: list[WordLine], texts: Mapping[int, str | None], on: date) -> RungLine:
    def text(number: int | None) -> str | None:
        return texts.get(number) if number else None

    return RungLine(
        id=rung.id,
        employer_id=rung.employer_id,
        step=rung.step,
        task=text(rung.task_text_id) or "–",
        teacher=text(rung.teacher_text_id),
        method=rung.method,
        adaptation=text(rung.adaptation_text_id),
        safety=text(rung.safety_text_id),
        added_on=rung.added_on,
        starts_on=rung.starts_on,
        removed_on=rung.removed_on,
        removed_why=text(rung.removed_text_id),
        status=status_of(rung.starts_on, said, on),
        mastered_on=mastered_on(said),
        said=newest_of_each(said),
        words=tuple(words),
        version=rung.version,
    )


def _learned_beside(session: Session, case: Case) -> str | None:
    """The language she reads or speaks best: the first registered, or that of her interpreter."""
    spoken = session.scalars(
        select(ParticipantLanguage.language)
        .where(ParticipantLanguage.participant_id == case.participant_id)
        .order_by(ParticipantLanguage.ordinal)
    )
    known = [*spoken, case.participant.interpreter_language]
    return next((code for code in known if code and code not in ("nb", "nn", "no")), None)
