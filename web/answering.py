"""How every form is answered: done once and redirected, or shown again with what was typed and what is wrong."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from sqlalchemy.orm.exc import StaleDataError

from se_engine.actions.trail import write_trail
from se_engine.queries.places import place_path
from se_engine.records.participants import Participant
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.roles import Actor
from web.errors import problems, status_of
from web.session import afterwards

Problem = dict[str, Any]
Done = TypeVar("Done")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def answer(
    form: Any,
    act: Callable[[], Done],
    *,
    then: Callable[[Done], str],
    show: Callable[[list[Problem], bool], str],
    said: str | None = None,
) -> ResponseReturnValue:
    """`act` is the one action; `then` gives where to go; `show` gives the page again: problems, and whether stale."""
    if not form.validate_on_submit():
        return show([], False), 422
    try:
        done = act()
    except Refused as refused:
        return _again(refused, show)
    except StaleDataError:
        return _again(Stale(), show)
    if said:
        flash(said, "done")
    return redirect(then(done), 303)


def _again(refused: Refused, show: Callable[[list[Problem], bool], str]) -> ResponseReturnValue:
    found = problems(refused)
    return show(found, isinstance(refused, Stale)), status_of(refused)


def linked(found: Sequence[Problem], case_id: int) -> list[Problem]:
    """Problems with the path of the form that mends each, and with days as people read them."""
    return [
        {
            **problem,
            "text": with_days(problem["text"]),
            "url": place_path(case_id, problem["where"]) if problem["where"] not in ("case", "move") else None,
            "who": ", ".join(problem["who"]),
        }
        for problem in found
    ]


def with_days(sentence: str) -> str:
    """ISO days inside a sentence, written out."""
    return _ISO_DAY.sub(lambda match: _day(match.group()), sentence)


def _day(iso: str) -> str:
    try:
        return str(format_date(date.fromisoformat(iso), "long"))
    except ValueError:
        return iso


def note_record_read(actor: Actor, participant: Participant) -> None:
    """A look at the participant's record, beside those at the case."""
    afterwards(lambda own: write_trail(own, actor, "participant_read", participant=participant))
