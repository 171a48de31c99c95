"""What is wrong between the tables of a definition: names that lead nowhere, steps out of reach, dead moves."""

from collections import Counter
from collections.abc import Iterable

from se_engine.rules.process import Process, Template


def faults_of(process: Process) -> list[str]:
    """Every such fault, in sentences."""
    return [
        *_step_faults(process),
        *_task_faults(process),
        *_move_faults(process),
        *_template_faults(process),
        *_adoption_faults(process),
    ]


def _repeated(kind: str, keys: Iterable[str]) -> list[str]:
    return [f"{kind} «{key}» is used {n} times" for key, n in Counter(keys).items() if n > 1]


def _step_faults(process: Process) -> list[str]:
    faults = _repeated("step", (step.key for step in process.steps))
    if not process.steps:
        return [*faults, "there is no step"]
    reached = {process.first_step.key}
    while more := {m.to for m in process.moves if reached & set(m.sources)} - reached:
        reached |= more
    for step in process.steps:
        if step.key not in reached:
            faults.append(f"step «{step.key}» cannot be reached from «{process.first_step.key}»")
        leaves = any(step.key in move.sources for move in process.moves)
        if step.final and leaves:
            faults.append(f"step «{step.key}» is final and has a way out")
        if not step.final and not leaves:
            faults.append(f"step «{step.key}» has no way out and is not final")
    return faults


def _task_faults(process: Process) -> list[str]:
    faults = _repeated("task key", (task.key for task in process.tasks))
    faults += _repeated("twin", (task.same_as for task in process.tasks if task.same_as))
    for task in process.tasks:
        if task.step not in process.step_by_key:
            faults.append(f"task «{task.key}»: step «{task.step}» is unknown")
        if task.same_as is None:
            continue
        twin = process.task_by_key.get(task.same_as)
        if twin is None:
            faults.append(f"task «{task.key}»: same_as «{task.same_as}» is no task")
        elif twin.same_as is not None or twin.key == task.key:
            faults.append(f"task «{task.key}»: same_as «{task.same_as}» is itself a twin")
        elif twin.step != task.step:
            faults.append(f"task «{task.key}»: its twin «{twin.key}» belongs to another step")
    return faults


def _move_faults(process: Process) -> list[str]:
    faults = []
    pairs = Counter((source, move.trigger) for move in process.moves for source in move.sources)
    faults += [
        f"move «{trigger}» stands twice from «{source}»; the second is dead"
        for (source, trigger), n in pairs.items()
        if n > 1
    ]
    for move in process.moves:
        label = f"move «{move.trigger}»"
        if not move.sources:
            faults.append(f"{label}: it starts from no step")
        for step in (*move.sources, move.to):
            if step not in process.step_by_key:
                wildcard = " (wildcards are not allowed: name each step)" if step in ("*", "=") else ""
                faults.append(f"{label}: step «{step}» is unknown{wildcard}")
        for requirement in move.requires:
            known = [process.task_by_key[key] for key in requirement.tasks if key in process.task_by_key]
            faults += [
                f"{label}: requires «{key}», which is neither a task nor a guard"
                for key in requirement.tasks
                if key not in process.task_by_key
            ]
            if len({task.per_employer for task in known}) > 1:
                keys = ", ".join(requirement.tasks)
                faults.append(f"{label}: some of {keys} belong to an employer and some to the case")
    return faults


def _template_faults(process: Process) -> list[str]:
    faults = _repeated("template", (template.key for template in process.templates))
    for template in process.templates:
        faults += [
            f"template «{template.key}»: {name} names the unknown step «{step}»"
            for name, days in (("guide_days", template.guide_days), ("contact_days", template.contact_days))
            for step in days
            if step not in process.step_by_key
        ]
        faults += _package_faults(process, template)
        faults += [
            f"template «{template.key}»: the target «{name}» is not one of the process"
            for name in template.targets
            if name not in process.targets
        ]
    return faults


def _package_faults(process: Process, template: Template) -> list[str]:
    """A start package proposes tasks that a case can have, each once."""
    label = f"template «{template.key}»"
    faults = _repeated(f"{label}: task", template.tasks)
    for key in template.tasks:
        task = process.task_by_key.get(key)
        if task is None:
            faults.append(f"{label}: proposes «{key}», which is no task")
        elif task.about == "staff":
            faults.append(f"{label}: proposes «{key}», which is about staff")
    return faults


def _adoption_faults(process: Process) -> list[str]:
    """An earlier name leads to one thing of this version, and is not used for anything else."""
    steps, tasks = {step.key for step in process.steps}, {task.key for task in process.tasks}
    faults, known = [], dict[tuple[str, str], str]()
    for version, adoption in process.adopts.items():
        for kind, own, names in (("step", steps, adoption.steps), ("task", tasks, adoption.tasks)):
            for old, new in names.items():
                label = f"adopts «{version}»: {kind} «{old}»"
                if new not in own:
                    faults.append(f"{label} becomes «{new}», which is no {kind} here")
                if old in own:
                    faults.append(f"{label} is also a {kind} of this version; give that one another key")
                if known.setdefault((kind, old), new) != new:
                    faults.append(f"{label} becomes something else in another table")
    used = {name for move in process.moves for name in (*move.sources, move.to)} | {task.step for task in process.tasks}
    faults += [f"step «{name}» is a name of an earlier version" for name in sorted(used & process.former_steps.keys())]
    return faults
