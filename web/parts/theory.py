"""The programme theory on a page: what its parts and measures are called, and a number as words with its link."""

from typing import Any

from flask import url_for
from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine.measures.theory import HOURS, HOURS_OF, MEASURES
from se_engine.queries.theory import OfficeTheory, PartNow
from se_engine.queries.theory_numbers import Number
from web.parts.effort import part_titles

PARTS = {
    "effort": _l("Effort"), "mechanism": _l("What we assume"), "short": _l("Within three months"),
    "middle": _l("Within a year"), "long": _l("Later"),
}  # fmt: skip
MEASURED = {
    "stays_90": _l("Still here, or in work or education, after 90 days"),
    "stays_180": _l("Still here, or in work or education, after 180 days"),
    "stays_365": _l("Still here, or in work or education, after a year"),
    "met_employer_30": _l("First meeting with an employer within 30 days"),
    "placed_90": _l("Placement or job within 90 days"),
    "job_365": _l("Paid job within a year"),
    "work_13": _l("In the first job after 13 weeks"),
    "work_26": _l("In the first job after 26 weeks"),
    "work_52": _l("In the first job after 52 weeks"),
    "wished_field": _l("First job in a field she wished for"),
    "level_up_365": _l("At least one level up in spoken Norwegian within a year"),
    "belonging": _l("Says that she belongs (4 or 5 of 5)"),
    "need_in_place_90": _l("Needs outside work in place within 90 days"),
    "problem_solved_14": _l("Problems closed within 14 days"),
    "own_wish": _l("Employers sought for one of her ranked wishes"),
    "mastered_30": _l("Masters a first task of her ladder within 30 days"),
    "without_misunderstanding_90": _l("Jobs with no misunderstanding brought up in the first 90 days"),
    "without_norms_90": _l("Jobs with no trouble over unspoken rules in the first 90 days"),
    "not_for_language": _l("Employer tracks that did not end because of language"),
    "another_there_365": _l("Workplaces that received another within a year"),
}  # fmt: skip


ANSWERS = {"total": _l("All"), "yes": _l("Yes"), "no": _l("No"), "not_known": _l("Not known")}


def measure_titles() -> dict[str, str]:
    parts = part_titles()
    hours = {f"hours_{part}": _("Hours of «%(part)s» in the first 90 days", part=parts[part]) for part in HOURS_OF}
    return hours | {key: str(title) for key, title in MEASURED.items()}


def lines(found: OfficeTheory, numbers: dict[str, Number], *, opens: bool) -> list[list[dict[str, Any]]]:
    titles = measure_titles()
    return [[_part(found, part, numbers, titles, opens) for part in line] for line in found.lines]


def _part(
    found: OfficeTheory, part: PartNow, numbers: dict[str, Number], titles: dict[str, str], opens: bool
) -> dict[str, Any]:
    office = found.office.id
    change = (
        url_for("theory.change", office_id=office, theory_line=part.line, theory_part=part.part)
        if found.may_change
        else None
    )
    shown: dict[str, Any] = {"title": str(PARTS[part.part]), "words": part.words, "own": part.own, "change": change}
    if part.measure in MEASURES:
        shown["measure"] = titles[part.measure]
        shown["number"] = _number(numbers.get(part.measure), office, opens)
    return shown | {"measurable": part.measurable}


def _number(number: Number | None, office: int, opens: bool) -> dict[str, Any]:
    if number is None or number.total is None:
        return {"text": _("too few to be shown")}
    if not number.total or number.value is None:
        return {"text": _("nobody yet")}
    if number.measure.unit == HOURS:
        text = _("%(hours)s hours each, %(num)s cases", hours=format_decimal(number.value), num=number.total)
        # The published form of that report is not divided by office too.
        url = url_for("effort.show", office=office if opens else None, of=number.measure.of)
        return {"text": text, "url": url, "as_of": number.as_of}
    shown = {
        "text": _("%(part)s of %(all)s: %(share)s", part=number.yes, all=number.total, share=_range(number)),
        "as_of": number.as_of,
    }
    if number.between and number.not_known == 0:
        low, high = (_percent(limit) for limit in number.between)
        shown["note"] = _("95 %% between %(low)s and %(high)s", low=low, high=high)
    if number.not_known:
        shown["unknown"] = _("%(num)s not known", num=number.not_known)
    if opens:
        shown["url"] = url_for("theory.cases", office_id=office, measure=number.measure.key)
    return shown


def _range(number: Number) -> str:
    """What is not known may be either: the proportion lies between the two."""
    value, total = number.value or 0.0, number.total or 1
    if number.not_known is None:
        return _("at least %(share)s", share=_percent(value))
    if not number.not_known:
        return _percent(value)
    return f"{_percent(value)} – {_percent(value + number.not_known / total)}"


def _percent(value: float) -> str:
    return str(format_percent(round(value, 2)))
