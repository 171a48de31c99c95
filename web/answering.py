"""How every form is answered: done once and redirected, or shown again with what was typed and what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from se_engine.actions.trail import write_trail
from se_engine.queries.places import place_path
from se_engine.records.participants import Participant
from se_engine.rules.errors import Refused, Stale
from se_engine.rules.roles import Actor
from web import drafts
from web.errors import problems, status_of
from web.forms.days import DayField
from web.session import afterwards

Problem = dict[str, Any]
Done = TypeVar("Done")


def answer(
    form: Any,
    act: Callable[[], Done],
    *,
    then: Callable[[Done], str],
    show: Callable[[list[Problem], bool], str],
    said: str | None = None,
) -> ResponseReturnValue:
    """`act` is the one action; `then` gives where to go; `show` gives the page again: problems, and whether stale."""
    if drafts.asked_for():
        return drafts.keep_and_leave()
    if not form.validate_on_submit():
        drafts.keep_aside()
        return show([], False), 422
    try:
        done = act()
    except Refused as refused:
        drafts.keep_aside()
        return _again(form, refused, show)
    drafts.done()
    if said:
        flash(said, "done")
    return redirect(then(done), 303)


def _again(form: Any, refused: Refused, show: Callable[[list[Problem], bool], str]) -> ResponseReturnValue:
    found = problems(refused)
    return show(_at_their_field(form, refused, found), isinstance(refused, Stale)), status_of(refused)


def _at_their_field(form: Any, refused: Refused, found: list[Problem]) -> list[Problem]:
    """A refusal is told at the field it names, or that the form says it belongs to (`PLACES`), or where its day was
    typed; what may be confirmed brings its tick (`TICKS`); what is left is told above the form."""
    code = refused.reason.code
    tick = {"words_to_look_at": "kept", **getattr(form, "TICKS", {})}.get(code)
    if tick in form:
        form[tick].found = True
    values = refused.reason.values
    name = values.get("field") or getattr(form, "PLACES", {}).get(code) or _typed_at(form, values.get("day"))
    if len(found) != 1 or name not in form:
        return found
    form[name].errors = [*form[name].errors, found[0]["text"]]
    return []


def _typed_at(form: Any, day: object) -> str | None:
    """The one field in which this day stands; None where several say the same."""
    names = [field.name for field in form if isinstance(field, DayField) and field.data and str(field.data) == day]
    return names[0] if len(names) == 1 else None


def summed_up(found: Sequence[Problem]) -> list[Problem]:
    """Problems as the summary above a form shows them, with those who can mend each in one line."""
    return [{**problem, "who": ", ".join(problem["who"])} for problem in found]


def linked(found: Sequence[Problem], case_id: int) -> list[Problem]:
    """The same with the path of the form that mends each."""
    return [{**problem, "url": _mended_at(case_id, problem["where"])} for problem in summed_up(found)]


def _mended_at(case_id: int, where: str) -> str | None:
    return None if where in ("case", "move") else place_path(case_id, where)


def note_record_read(actor: Actor, participant: Participant) -> None:
    """A look at the participant's record, beside those at the case."""
    afterwards(lambda own: write_trail(own, actor, "participant_read", participant=participant))
