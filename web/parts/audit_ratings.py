"""Rows of ratings worded: the evidence beside an item, what was suggested, and what the ratings come to so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal, gettext, ngettext

from se_engine import indicators, wording
from se_engine.framework_results import Results, Suggestion
from se_engine.measures.fidelity import Total
from se_engine.queries.audit_rating_sheet import RatingLine
from se_engine.rules.audit_ratings import Given
from se_engine.rules.framework import Cap, Framework, Item, Rateable
from web.forms.audit_ratings import TypedRow
from web.language import language
from web.parts.audit_evidence import value_words

DOT = " · "
NO_INDICATOR = "no_indicator"
"""Of what only people can judge: that holds before anything is computed too."""


@dataclass(frozen=True)
class NotSaved:
    """A row as it was typed and not saved, why, and whether somebody else wrote in it meanwhile."""

    typed: TypedRow
    said: str
    stale: bool = False


def rows_of(
    framework: Framework, audit_id: int, lines: Sequence[RatingLine], not_saved: Mapping[str, NotSaved]
) -> list[dict[str, Any]]:
    """Every row; what was typed and not saved stands in it, with the reason."""
    return [row(framework, audit_id, line, not_saved.get(line.key)) for line in lines]


def row(framework: Framework, audit_id: int, line: RatingLine, failed: NotSaved | None = None) -> dict[str, Any]:
    given, typed = line.given, failed.typed if failed else None
    newest = line.row.id if line.row else ""
    return {
        "key": line.key,
        "id": line.key.replace(".", "-"),
        "title": line.rated.title.to(language()),
        "section": line.rated.section,
        "level": typed.level if typed else level_text(given),
        "rationale": typed.rationale if typed else given.rationale,
        "recommendation": typed.recommendation if typed else given.recommendation,
        "finished": typed.finished if typed else given.finished,
        "seen": (failed.typed.seen or "") if failed and not failed.stale else newest,
        "said": failed.said if failed else None,
        "theirs": theirs(given) if failed and failed.stale else None,
        "notes": note_choices(audit_id, line, typed.notes if typed else given.notes),
        "about": about(framework, line.rated),
        "evidence": [evidence_line(line, item) for item in line.rated.items if item.measures],
        "window": window(line),
        "suggestion": suggestion(line.suggestion) if line.evidence or line.suggestion.why == NO_INDICATOR else None,
        "lacks": [wording.word("audit_lack", f"no_{lack}", language()) for lack in line.lacks],
        "left_out": line.left_out,
        "adaptation": line.adaptation.words if line.adaptation else None,
        "rateable": not line.left_out,
    }


def level_text(given: Given) -> str:
    return "" if given.rating is None else str(given.rating)


def theirs(given: Given, who: str | None = None) -> dict[str, Any]:
    """What stands there now, beside what was typed."""
    return {
        "level": level_text(given),
        "rationale": given.rationale,
        "recommendation": given.recommendation,
        "finished": given.finished,
        "notes": ",".join(str(number) for number in given.notes),
        "who": who,
    }


def note_choices(audit_id: int, line: RatingLine, chosen: Sequence[int]) -> list[dict[str, Any]]:
    """The notes about an item, those the rating refers to first; never their words."""
    told = [
        {
            "id": note.id,
            "text": ", ".join((_source(note.source), format_date(note.happened_on, "medium"))),
            "chosen": note.id in chosen,
            "url": url_for("audit_notes.show", audit_id=audit_id, _anchor=f"note-{note.id}"),
        }
        for note in line.notes
    ]
    return sorted(told, key=lambda note: not note["chosen"])


def _source(code: str) -> str:
    return wording.word("audit_source", code, language())


def about(framework: Framework, rated: Rateable) -> dict[str, Any]:
    """What is looked at and what each level looks like, with the definition of every number in words."""
    levels = range(framework.scale.lowest, framework.scale.highest + 1)
    words = [(level, framework.level_words(rated, level)) for level in reversed(levels)]
    return {
        "items": [
            {
                "key": item.key,
                "title": item.title.to(language()),
                "assessed": item.assessed.to(language()),
                "judgement": [one.to(language()) for one in item.judgement],
                "definitions": definitions(item),
            }
            for item in rated.items
        ],
        "levels": [{"level": level, "text": text.to(language())} for level, text in words if text],
    }


def definitions(item: Item) -> list[dict[str, str]]:
    found = [indicators.get(one.key, one.version) for one in item.measures]
    return [
        {"title": one.title.to(language()), "text": one.definition.to(language()), "version": str(one.version)}
        for one in found
    ]


def evidence_line(line: RatingLine, item: Item) -> dict[str, Any]:
    """One computed number: value, what it stands on, and the level it would suggest alone."""
    found = next((one for one in line.evidence if one["id"] == item.key), None)
    if found is None:
        return {"key": item.key, "title": item.title.to(language()), "value": None, "note": gettext("not computed yet")}
    counted = number_of(found)
    level, why = found.get("suggested_level"), found.get("why")
    told = gettext("suggests %(level)s alone", level=level) if level is not None else _why(why)
    return {
        "key": item.key,
        "title": item.title.to(language()),
        "value": value_words(found.get("unit") or "", found["value"]),
        "note": DOT.join(part for part in (counted, told if len(line.rated.items) > 1 else None) if part),
    }


def number_of(found: Mapping[str, Any]) -> str:
    """How many of how many, or what it stands on."""
    part, whole = found.get("numerator"), found.get("denominator")
    if found.get("unit") == "share" and part is not None and whole is not None:
        return gettext("%(part)s of %(whole)s", part=part, whole=whole)
    return gettext("n = %(number)s", number=found["n"] if found["n"] is not None else "–")


def window(line: RatingLine) -> str | None:
    if line.window is None or not line.evidence:
        return None
    first, last = (format_date(day, "medium") for day in line.window)
    return gettext("%(first)s to %(last)s", first=first, last=last)


def suggestion(found: Suggestion) -> dict[str, str]:
    """What the records suggest, always marked as a suggestion; or why they suggest nothing."""
    if found.level is None:
        return {"text": _why(found.why) or "", "tone": "plain"}
    text = gettext("Suggested: %(level)s", level=found.level)
    if found.why == "capped":
        return {"text": f"{text}, {_why(found.why)}", "tone": "look"}
    return {"text": text, "tone": "planned"}


def _why(code: str | None) -> str | None:
    return wording.word("suggestion", code, language()).lower() if code in wording.catalogue()["suggestion"] else None


def cap_line(framework: Framework, cap: Cap) -> dict[str, Any]:
    """What holds a cell down."""
    return {
        "item": cap.item,
        "text": gettext(
            "%(section)s is held at %(level)s: %(item)s has not been handled.",
            section=cap.section,
            level=cap.level,
            item=framework.item_by_key[cap.item].title.to(language()),
        ),
    }


def progress(lines: Sequence[RatingLine]) -> str:
    rated = [line for line in lines if not line.left_out]
    done = sum(line.given.finished for line in rated)
    given = sum(line.given.is_rated for line in rated)
    return gettext("%(given)s of %(all)s rated, %(done)s marked as finished", given=given, all=len(rated), done=done)


def results(framework: Framework, found: Results) -> list[dict[str, str]]:
    """What the ratings come to so far, with bounds for what is missing; the script puts them in place by key.

    A section that is rated itself comes to nothing but its own level.
    """
    if framework.rated == "section":
        return []
    told = [
        {"key": section.key, "title": section.title.to(language()), "text": section_text(found.sections[section.key])}
        for section in framework.sections
        if section.key in found.sections
    ]
    if found.total is not None:
        told.append({"key": "total", "title": gettext("Total"), "text": total_text(framework, found)})
    return told


def section_text(total: Total) -> str:
    if total.percent_of_maximum is None:
        return gettext("nothing rated yet") if total.not_rated else gettext("not applicable")
    low, high = (format_decimal(round(one)) for one in total.percent_of_maximum)
    if not total.not_rated:
        return gettext("%(percent)s %% of the maximum", percent=low)
    missing = ngettext("%(num)s not rated", "%(num)s not rated", total.not_rated)
    return gettext("%(low)s–%(high)s %% of the maximum, %(missing)s", low=low, high=high, missing=missing)


def total_text(framework: Framework, found: Results) -> str:
    total = found.total
    if total is None or total.value is None:
        return gettext("nothing rated yet")
    names = {one.key: one.title.to(language()) for one in framework.aggregate.categories}
    low, high = (names.get(one or "") for one in (total.category_low, total.category_high))
    if not total.not_rated:
        sum_ = gettext("%(sum)s of %(maximum)s", sum=total.value, maximum=total.maximum)
        return f"{sum_}, {low}" if low else sum_
    missing = ngettext("%(num)s not rated", "%(num)s not rated", total.not_rated)
    bounds = gettext("%(low)s–%(high)s of %(maximum)s", low=total.low, high=total.high, maximum=total.maximum)
    between = [low] if low == high else [low, high]
    named = gettext(" or ").join(one for one in between if one)
    return DOT.join(part for part in (bounds, missing, named) if part)
