"""A process: its steps, tasks and moves, and the one question whether a move may be taken."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from transitions import EventData, Machine, MachineError

from se_engine.rules import guards
from se_engine.rules.errors import Blocked, NoSuchMove, NotPermitted, Reason
from se_engine.rules.facts import CaseFacts
from se_engine.rules.roles import Role
from se_engine.rules.tasks import Requirement, Task, empty_cells, lacks_own_evidence
from se_engine.rules.text import Text

# It logs every question as INFO; a worklist asks hundreds.
logging.getLogger("transitions").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Step:
    key: str
    title: Text
    participant_title: Text
    guide_days: int | None = None
    contact_days: int | None = None
    final: bool = False


@dataclass(frozen=True)
class Move:
    """A permitted change of step. `kind` is forward, back, found, exception or end."""

    trigger: str
    sources: tuple[str, ...]
    to: str
    roles: tuple[Role, ...]
    title: Text
    kind: str = "forward"
    requires: tuple[Requirement, ...] = ()
    names_track: bool = False
    """Whether it tells which employer track it goes on with."""

    @property
    def needs_reason(self) -> bool:
        return self.kind in ("back", "exception")


@dataclass(frozen=True)
class Template:
    """A start package: another rhythm for the same process, and which optional tasks come first; never other rules."""

    key: str
    title: Text
    guide_days: Mapping[str, int]
    contact_days: Mapping[str, int]
    targets: Mapping[str, int]
    tasks: tuple[str, ...] = ()


NO_TEMPLATE = Template("", Text("", "", ""), {}, {}, {})
"""For a process without templates: its own guide times and targets."""


@dataclass(frozen=True)
class Adoption:
    """How cases of an earlier version find their place in this one: its names → ours, where they differ."""

    steps: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """A move from where the case stands, and what is still missing for it."""

    move: Move
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        return not self.reasons


@dataclass
class _Token:
    """What the shared machine moves instead of the case; thrown away after one question."""

    step: str
    facts: CaseFacts
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class Process:
    name: str
    version: int
    title: Text
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]
    moves: tuple[Move, ...]
    templates: tuple[Template, ...]
    targets: Mapping[str, int]
    adopts: Mapping[int, Adoption] = field(default_factory=dict)
    """By earlier version: only its cases may be moved to this one."""

    @cached_property
    def step_by_key(self) -> Mapping[str, Step]:
        """Steps by their names; the names of earlier versions lead to what they have become."""
        own = {step.key: step for step in self.steps}
        return {old: own[new] for old, new in self.former_steps.items() if new in own} | own

    @cached_property
    def task_by_key(self) -> Mapping[str, Task]:
        """Tasks by their names, earlier ones included: what was answered under an old name stays answered."""
        own = {task.key: task for task in self.tasks}
        former = {old: new for adoption in self.adopts.values() for old, new in adoption.tasks.items()}
        return {old: own[new] for old, new in former.items() if new in own} | own

    @cached_property
    def former_steps(self) -> Mapping[str, str]:
        return {old: new for adoption in self.adopts.values() for old, new in adoption.steps.items()}

    @cached_property
    def step_names(self) -> Mapping[str, str]:
        """Every name that history may have for a step where a case can stand → its name in this version."""
        return {name: step.key for name, step in self.step_by_key.items() if not step.final}

    @property
    def template_keys(self) -> tuple[str, ...]:
        return tuple(template.key for template in self.templates)

    @property
    def first_step(self) -> Step:
        return self.steps[0]

    @cached_property
    def _tasks_by_step(self) -> Mapping[str, tuple[Task, ...]]:
        return {step.key: tuple(task for task in self.tasks if task.step == step.key) for step in self.steps}

    @cached_property
    def _moves_by_source(self) -> Mapping[str, tuple[Move, ...]]:
        return {step.key: tuple(move for move in self.moves if step.key in move.sources) for step in self.steps}

    def tasks_of(self, step: str) -> tuple[Task, ...]:
        return self._tasks_by_step.get(step, ())

    def template(self, key: str) -> Template:
        return next((template for template in self.templates if template.key == key), NO_TEMPLATE)

    def guide_days(self, step: str, template: str) -> int | None:
        return self.template(template).guide_days.get(step, self.step_by_key[step].guide_days)

    def contact_days(self, step: str, template: str) -> int | None:
        return self.template(template).contact_days.get(step, self.step_by_key[step].contact_days)

    def proposed(self, template: str) -> frozenset[str]:
        """The tasks a start package puts first, by the key that twins share."""
        return frozenset(self.task_by_key[key].shared_key for key in self.template(template).tasks)

    def target(self, name: str, template: str) -> int | None:
        return self.template(template).targets.get(name, self.targets.get(name))

    def is_forward(self, origin: str, to: str) -> bool:
        order = [step.key for step in self.steps]
        return order.index(to) > order.index(origin)

    def moves_from(self, step: str) -> tuple[Move, ...]:
        return self._moves_by_source.get(step, ())

    def move(self, step: str, trigger: str) -> Move:
        for move in self.moves_from(step):
            if move.trigger == trigger:
                return move
        raise NoSuchMove(trigger=trigger, step=step)

    def decide(self, step: str, trigger: str, role: Role, facts: CaseFacts) -> Move:
        """The move, if it may be taken now; else NoSuchMove, NotPermitted or Blocked with every reason."""
        token = _Token(step, facts)
        try:
            taken = self._machine.events[trigger].trigger(token)
        except (KeyError, MachineError):
            raise NoSuchMove(trigger=trigger, step=step) from None
        move = self.move(step, trigger)
        if not may_take(role, move):
            raise NotPermitted("move_not_permitted", trigger=trigger, roles=", ".join(move.roles))
        if not taken:
            raise Blocked(token.reasons)
        return move

    def options(self, step: str, facts: CaseFacts) -> tuple[Option, ...]:
        """Every move from the step with what is missing for it, in the order of the definition."""
        return tuple(Option(move, self.unmet(move, facts)) for move in self.moves_from(step))

    def unmet(self, move: Move, facts: CaseFacts) -> tuple[Reason, ...]:
        if move.trigger in facts.granted:
            return ()
        return self._unmet(move, facts)

    def waived(self, move: Move, facts: CaseFacts) -> tuple[Reason, ...]:
        """What the ordinary move to the same step would still ask for: stored with an exception."""
        ordinary = [m for m in self.moves if m.to == move.to and m.kind in ("forward", "end")]
        nearest = [m for m in ordinary if facts.step in m.sources] or ordinary
        return self._unmet(nearest[0], replace(facts, cells_excused=frozenset())) if nearest else ()

    def remarks(self, facts: CaseFacts) -> tuple[str, ...]:
        """What a move out of the step should say about itself without being stopped by it."""
        return ("no_own_evidence",) if lacks_own_evidence(self.tasks_of(facts.step), facts) else ()

    def _unmet(self, move: Move, facts: CaseFacts) -> tuple[Reason, ...]:
        if not move.requires:
            return ()
        cells = () if move.trigger in facts.cells_excused else empty_cells(self.tasks_of(facts.step), facts)
        return tuple(guards.unmet(self.task_by_key, move.requires, facts, cells=cells))

    @cached_property
    def _machine(self) -> Machine:
        machine = Machine(
            model=None,
            states=[step.key for step in self.steps],
            initial=None,
            model_attribute="step",
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
        for move in self.moves:
            machine.add_transition(move.trigger, list(move.sources), move.to, conditions=partial(self._may_pass, move))
        return machine

    def _may_pass(self, move: Move, event: EventData) -> bool:
        # One condition per move: transitions stops at the first that fails, and the person needs all reasons.
        token: Any = event.model
        token.reasons = list(self.unmet(move, token.facts))
        return not token.reasons


def may_take(role: Role, move: Move) -> bool:
    return role is Role.OPERATOR or role in move.roles
