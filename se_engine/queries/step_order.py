"""The steps of a process in the order in which reports show them."""

from dataclasses import dataclass

from se_engine import processes

FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Order:
    """The steps of a process that are reported, in order: those of the newest version, then any older ones."""

    process: str
    steps: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "Order":
        versions = [processes.get(name, version) for version in reversed(processes.versions(name))]
        steps = (step.key for process in versions for step in process.steps if not step.final)
        return cls(name, tuple(dict.fromkeys(steps)))

    def is_forward(self, origin: str, to: str) -> bool:
        return self.steps.index(to) > self.steps.index(origin)

    def after(self, step: str) -> tuple[str, ...]:
        return self.steps[self.steps.index(step) + 1 :]

    def before(self, step: str) -> tuple[str, ...]:
        return self.steps[: self.steps.index(step)]

    @staticmethod
    def title(step: str) -> str:
        """Leaving follow-up for another step is trouble at work or a lost job, never progress: the title says so."""
        return "time_to_trouble_or_job_loss" if step == FOLLOW_UP else "time_in_step"
