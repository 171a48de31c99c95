"""Whether somebody may take part in a scheme: dated rules, and what they say of the facts: met, not met, unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from se_engine.rules.errors import Refused
from se_engine.rules.text import Text

RECORD_FACTS = {
    "age": "number",
    "sex": "choice",
    "born_abroad": "yes_no",
    "introduction_before": "yes_no",
    "years_since_introduction": "number",
}
"""What the record may know by itself; everything else is asked, and so are these where it does not."""
YES_NO = ("yes", "no")
LARGEST = 120

Range = tuple[int, int]
Fact = str | Range | None
"""A code; a number as the smallest and largest it may be; None where nobody knows."""


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True)
class Choice:
    key: str
    title: Text


@dataclass(frozen=True)
class Question:
    """`kind` is yes_no, number or choice."""

    key: str
    kind: str
    title: Text
    choices: tuple[Choice, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        return YES_NO if self.kind == "yes_no" else tuple(choice.key for choice in self.choices)

    def fact(self, answer: str) -> Fact:
        """An answer as the rules take it; Refused with what is allowed. Not answered is not known."""
        given = answer.strip()
        if not given:
            return None
        if self.kind == "number":
            if not given.isdecimal() or len(given) > len(str(LARGEST)) or int(given) > LARGEST:
                raise Refused("number_not_allowed", task=self.key, largest=LARGEST)
            return int(given), int(given)
        if given not in self.allowed:
            raise Refused("value_unknown", field=self.key, allowed=", ".join(self.allowed))
        return given


@dataclass(frozen=True)
class Criterion:
    """One condition on one fact; `when` (a fact and its value) says whom it is for."""

    key: str
    fact: str
    title: Text
    source: str
    mark: str
    at_least: int | None = None
    at_most: int | None = None
    one_of: tuple[str, ...] = ()
    when: tuple[str, str] | None = None

    def judged(self, facts: Mapping[str, Fact]) -> Verdict:
        if self.when is None:
            return self._of(facts.get(self.fact))
        known, wanted = facts.get(self.when[0]), self.when[1]
        if known is not None and known != wanted:
            return Verdict.NOT_RELEVANT
        verdict = self._of(facts.get(self.fact))
        return Verdict.UNKNOWN if known is None and verdict is Verdict.NOT_MET else verdict

    def _of(self, fact: Fact) -> Verdict:
        if fact is None:
            return Verdict.UNKNOWN
        if isinstance(fact, str):
            return Verdict.MET if fact in self.one_of else Verdict.NOT_MET
        least, most = self.at_least or 0, LARGEST if self.at_most is None else self.at_most
        smallest, largest = fact
        if least <= smallest and largest <= most:
            return Verdict.MET
        return Verdict.NOT_MET if largest < least or smallest > most else Verdict.UNKNOWN


@dataclass(frozen=True)
class Finding:
    criterion: Criterion
    verdict: Verdict


@dataclass(frozen=True)
class Check:
    """What the rules say: not met if one condition is not; unknown if one is not known; else met."""

    rules: str
    findings: tuple[Finding, ...]

    @property
    def result(self) -> Verdict:
        verdicts = {finding.verdict for finding in self.findings}
        return next((one for one in (Verdict.NOT_MET, Verdict.UNKNOWN) if one in verdicts), Verdict.MET)


@dataclass(frozen=True)
class SchemeRules:
    """The conditions of a scheme for those who began between two days."""

    scheme: str
    version: str
    title: Text
    valid_from: date
    valid_until: date | None
    source: str
    mark: str
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]

    @property
    def name(self) -> str:
        return f"{self.scheme}/{self.version}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def open_questions(self, known: Mapping[str, Fact]) -> tuple[Question, ...]:
        """What has to be asked because the record does not know it."""
        return tuple(question for question in self.questions if known.get(question.key) is None)

    def check(self, facts: Mapping[str, Fact]) -> Check:
        return Check(self.name, tuple(Finding(one, one.judged(facts)) for one in self.criteria))


def overlaps(rules: Iterable[SchemeRules]) -> list[str]:
    """Faults between the versions of schemes: a day belongs to one version at most."""
    faults, earlier = [], dict[str, SchemeRules]()
    for one in sorted(rules, key=lambda one: (one.scheme, one.valid_from)):
        before = earlier.get(one.scheme)
        if before is not None and before.covers(one.valid_from):
            faults.append(f"{one.name}: {one.valid_from} belongs to {before.name} too; give that one a valid_until")
        earlier[one.scheme] = one
    return faults


def age_range(birth_year: int | None, on: date) -> Range | None:
    """By the year of birth alone she may have had her birthday this year, or not."""
    return None if birth_year is None else (max(0, on.year - birth_year - 1), max(0, on.year - birth_year))


def whole_years(since: date, on: date) -> int:
    return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))
