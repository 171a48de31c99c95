"""What must be said when a task is answered, and what follows from the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from se_engine.rules.errors import RecordedElsewhere, Refused
from se_engine.rules.facts import TaskStatus
from se_engine.rules.tasks import RECORDED_ELSEWHERE, Task

SCORES = ("1", "2", "3", "4", "5")
SCORE_QUESTIONS = ("safe", "understand", "learn", "belong", "want_to_stay")
"""The five monthly scores of T5-M5, in this order."""

LONGEST_MEETING = 24 * 60


@dataclass(frozen=True)
class FactForm:
    """What a fact that closes a task is recorded as: one of `choices`, a number, a `day`, or its date alone."""

    choices: tuple[str, ...] = ()
    largest: int | None = None
    many: int = 1
    day: bool = False


FACT_FORMS: Mapping[str, FactForm] = {
    "agreement": FactForm(),
    "profile_approval": FactForm(),
    "employer_meeting": FactForm(choices=("job", "placement")),
    "disclosure_decision": FactForm(choices=("told", "team_told", "not_told")),
    "match_score": FactForm(choices=SCORES),
    "written_agreement": FactForm(choices=("ordinary", "subsidised", "placement")),
    "buddy": FactForm(largest=40),
    "decision_date": FactForm(day=True),
    "subsidy_decision": FactForm(),
    "schedule_confirmed": FactForm(),
    "scores": FactForm(choices=SCORES, many=len(SCORE_QUESTIONS)),
    "first_rungs": FactForm(),
    "step_down_plan": FactForm(),
    "plan_abc": FactForm(),
}

CONDITIONS_BY_ANSWER = {
    ("employer_meeting", "placement"): "unpaid",
    ("written_agreement", "placement"): "unpaid",
    ("written_agreement", "subsidised"): "subsidy",
    ("disclosure_decision", "not_told"): "employer_not_told",
    ("disclosure_decision", "team_told"): "team_told",
}


def conditions_from(answers: Mapping[str, str]) -> frozenset[str]:
    """What the newest answers given with one employer make true there."""
    true = {CONDITIONS_BY_ANSWER[answer] for answer in answers.items() if answer in CONDITIONS_BY_ANSWER}
    if answers.get("written_agreement") in ("ordinary", "subsidised"):
        true.discard("unpaid")  # the agreement is later than the first meeting, and it is for pay
    return frozenset(true)


UNSPOKEN = ("raised", "agreed")
"""All that is said of a task about which no words may be kept: she raised it, or an agreement was made."""


def check_evidence(task: Task, status: TaskStatus, *, words: str, employer: str, value: str = "") -> None:
    """Refused when the answer lacks what the task asks for, or has what must not be written down."""
    if status is TaskStatus.OPEN:
        raise Refused("task_status_unknown", status=status)
    if task.about == "staff":
        raise Refused("task_is_about_staff", task=task.key)
    if task.per_employer and not employer.strip():
        raise Refused("employer_needed", task=task.key)
    if status is not TaskStatus.DONE:
        if not words.strip() and task.text != "none":
            raise Refused("reason_needed_for_task", task=task.key)
        return
    if task.shared_fact in RECORDED_ELSEWHERE:
        raise RecordedElsewhere(fact=task.shared_fact, task=task.key)
    if task.text == "none" and words.strip():
        raise Refused("no_words_here", task=task.key)
    if task.text == "none" and value and value not in UNSPOKEN:
        raise Refused("value_not_allowed", task=task.key, allowed=", ".join(UNSPOKEN), many=1)
    if task.text != "none" and not words.strip():
        raise Refused("line_needed", task=task.key)


def takes_value(task: Task) -> bool:
    """Whether a code or number belongs to the answer; nothing else may be kept outside the sealed texts."""
    form = FACT_FORMS.get(task.closed_by or "")
    return task.text == "none" or (form is not None and bool(form.choices or form.largest or form.day))


def check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST_MEETING:
        raise Refused("minutes_not_allowed", largest=LONGEST_MEETING)


def check_value(task: Task, value: str) -> None:
    """Refused where the record of a fact gives a task what is not the fact's code, number or day."""
    form = FACT_FORMS[task.closed_by or ""]
    given = [part.strip() for part in value.split(",")] if value.strip() else []
    if form.choices and (len(given) != form.many or not set(given) <= set(form.choices)):
        raise Refused("value_not_allowed", task=task.key, allowed=", ".join(form.choices), many=form.many)
    number = int(value) if value.strip().isascii() and value.strip().isdigit() else 0
    if form.largest is not None and not 0 < number <= form.largest:
        raise Refused("number_not_allowed", task=task.key, largest=form.largest)
    if form.day and not _is_day(value.strip()):
        raise Refused("day_needed", task=task.key)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
