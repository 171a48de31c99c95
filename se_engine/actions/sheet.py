"""The participant's sheet on paper: that it was printed, and that she was given it."""

from datetime import date

from sqlalchemy.orm import Session

from se_engine import her_language, wording
from se_engine.actions.history import process_of
from se_engine.actions.tasks import check_working_day, write_records
from se_engine.actions.texts import keep_note
from se_engine.actions.trail import write_trail
from se_engine.queries.access import access_case
from se_engine.rules.errors import Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.roles import Actor

GIVEN = "T1-M4"
"""Insight into her own record from the first day: the sheet is one way to give it."""


def note_sheet_printed(session: Session, actor: Actor, case_id: int, *, language: str) -> None:
    write_trail(
        session, actor, "sheet_printed", case=access_case(session, actor, case_id), detail={"language": language}
    )


def hand_over_sheet(session: Session, actor: Actor, case_id: int, *, language: str, happened_on: date) -> None:
    """She has it in her hands, in that language beside Norwegian: evidence for the task where the process has it."""
    case = access_case(session, actor, case_id)
    if language not in her_language.languages():
        raise Refused("value_unknown", field="language", allowed=", ".join(her_language.languages()))
    check_working_day(session, case, happened_on)
    said = wording.word("paper", "handed_over", actor.language)
    words = said.format(language=her_language.named(language, actor.language))
    write_trail(session, actor, "sheet_handed_over", case=case, happened_on=happened_on, detail={"language": language})
    tasks = [task for task in process_of(case).tasks if task.key == GIVEN]
    if tasks:
        text = keep_note(session, case.participant, "evidence", words)
        write_records(session, actor, case, tasks, TaskStatus.DONE, happened_on=happened_on, text=text)
