"""The moves that lead on from a case: what each still lacks, where that is mended, and who may take it."""

from collections.abc import Sequence
from dataclasses import dataclass

from se_engine.queries.places import place_path
from se_engine.rules.errors import NoSuchMove, Reason
from se_engine.rules.facts import CaseFacts
from se_engine.rules.guards import EVERY_DIMENSION
from se_engine.rules.process import Move, Option, Process, Step, may_take
from se_engine.rules.roles import Actor

IN_THE_FORM = "move"
"""Reasons with this place are answered by what is typed in the form of the move itself."""


@dataclass(frozen=True)
class OpenReason:
    """Something a move still lacks, and the path of the form that mends it."""

    reason: Reason
    path: str


@dataclass(frozen=True)
class Possible:
    """A move from here: what it lacks, how much it asks for in all, and whether this reader may take it."""

    move: Move
    to: Step
    reasons: tuple[OpenReason, ...]
    total: int
    permitted: bool

    @property
    def takeable(self) -> bool:
        """Whether its form can be sent: nothing is missing but what the form itself asks for."""
        return self.permitted and all(open_.reason.where == IN_THE_FORM for open_ in self.reasons)


def conditions_of(facts: CaseFacts) -> frozenset[str]:
    """What holds for the case or with any of its employers: tasks that apply somewhere are shown."""
    return facts.conditions.union(*(known.conditions for known in facts.employers.values()))


def possible_moves(process: Process, facts: CaseFacts, actor: Actor, case_id: int) -> tuple[Possible, ...]:
    return tuple(_possible(process, facts, actor, case_id, option) for option in process.options(facts.step, facts))


def possible_move(process: Process, facts: CaseFacts, actor: Actor, case_id: int, trigger: str) -> Possible:
    """One move by its trigger, also one that does not lead on from this step; NoSuchMove when there is none."""
    for move in process.moves:
        if move.trigger == trigger:
            return _possible(process, facts, actor, case_id, Option(move, process.unmet(move, facts)))
    raise NoSuchMove(trigger=trigger, step=facts.step)


def _possible(process: Process, facts: CaseFacts, actor: Actor, case_id: int, option: Option) -> Possible:
    move = option.move
    reasons = tuple(OpenReason(reason, _path(case_id, reason, move)) for reason in told_once(process, option.reasons))
    return Possible(
        move=move,
        to=process.step_by_key[move.to],
        reasons=reasons,
        total=max(len(reasons), _asked_for(process, facts, move)),
        permitted=may_take(actor.role, move),
    )


def told_once(process: Process, reasons: Sequence[Reason]) -> list[Reason]:
    """An empty cell is not told apart when a task of the same cell is asked for: one answer mends both."""
    asked = {
        process.task_by_key[process.task_by_key[reason.task].shared_key].dimension for reason in reasons if reason.task
    }
    return [reason for reason in reasons if reason.code != "cell_empty" or reason.values["dimension"] not in asked]


def _path(case_id: int, reason: Reason, move: Move) -> str:
    """Where several tasks would do, the place is all of them, not the first."""
    if reason.code in ("one_task_open", "cell_empty"):
        return f"{place_path(case_id, 'tasks')}#{reason.values['dimension']}"
    return place_path(case_id, reason.where, move.trigger)


def _asked_for(process: Process, facts: CaseFacts, move: Move) -> int:
    conditions = conditions_of(facts)
    binding = [requirement for requirement in move.requires if requirement.binds(conditions)]
    return sum(
        not requirement.tasks or any(process.task_by_key[key].applies(conditions) for key in requirement.tasks)
        for requirement in binding
        if requirement.guard != EVERY_DIMENSION
    )


def next_reasons(options: Sequence[Possible]) -> list[Reason]:
    forward = next((option for option in options if option.move.kind == "forward"), None)
    return [open_.reason for open_ in forward.reasons] if forward else []
