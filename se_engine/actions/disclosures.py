"""Her decision on what one employer may be told, and the check that nobody tells more."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.tasks import INTERPRETER, check_working_day, close_by_fact
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case, access_employer
from se_engine.queries.disclosures import newest_disclosure
from se_engine.records.cases import Case
from se_engine.records.tracks import Disclosure
from se_engine.rules.disclosures import NOT_TOLD, check_choice, check_topics, in_order, not_allowed
from se_engine.rules.errors import Refused
from se_engine.rules.identity import check_language
from se_engine.rules.roles import Actor


def record_disclosure(
    session: Session,
    actor: Actor,
    case_id: int,
    employer_id: int,
    *,
    decision: str,
    may_tell: Collection[str] = (),
    by_whom: str,
    words: str = "",
    not_told_words: str = "",
    language: str | None = None,
    interpreter: str | None = None,
    happened_on: date,
    kept: bool = False,
) -> Disclosure:
    """A new version of what this employer may be told; the earlier ones stay and count no more."""
    case = access_case(session, actor, case_id)
    employer = access_employer(session, actor, employer_id)
    check_working_day(session, case, happened_on)
    check_choice(decision, may_tell, by_whom)
    if not words.strip() and not not_told_words.strip():
        raise Refused("disclosure_in_her_words")
    if language:
        check_language(language)
    check_words(session, case, kept=kept, words=words, not_told_words=not_told_words)
    told = keep_note(session, case.participant, "disclosure", words)
    kept_back = keep_note(session, case.participant, "disclosure", not_told_words)
    made = Disclosure(
        case_id=case.id,
        employer_id=employer.id,
        decision=decision,
        may_tell=",".join(in_order(may_tell)),
        by_whom=by_whom,
        words_text_id=told.id if told else None,
        not_told_text_id=kept_back.id if kept_back else None,
        language=language or None,
        interpreter=interpreter if interpreter in INTERPRETER else None,
        happened_on=happened_on,
        recorded_by=actor.user_id,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    text = told or kept_back
    write_trail(
        session, actor, "disclosure_recorded", case=case, happened_on=happened_on, text=text,
        detail={"disclosure": made.id, "employer": employer.id, "decision": decision},
    )  # fmt: skip
    close_by_fact(
        session, actor, case, "disclosure_decision", happened_on=happened_on, value=decision, text=text,
        employer_id=employer.id, interpreter=made.interpreter,
    )  # fmt: skip
    return made


def check_may_tell(
    session: Session, case: Case, employer_id: int, told: Collection[str], *, named: bool, on: date | None = None
) -> None:
    """Refused before an employer is told of her by name what she has not opened; `on`: as she had decided by then."""
    if not named:
        return
    check_topics(told)
    decided = newest_disclosure(session, case.id, employer_id, on=on)
    if decided is None or decided.decision == NOT_TOLD:
        raise Refused("disclosure_needed")
    missing = not_allowed(told, decided.may_tell.split(","))
    if missing:
        raise Refused("told_not_allowed", topics=", ".join(missing))
