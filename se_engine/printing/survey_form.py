"""The experience survey on paper: her language beside Norwegian, five faces to point at, and no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from se_engine import wording
from se_engine.printing.pairs import Beside, Pair
from se_engine.printing.paper import pages, pdf
from se_engine.rules.follow_up_answers import FILLED_IN, HIGHEST, LOWEST
from se_engine.rules.follow_up_plan import FollowUpPlan

TEMPLATE = "survey"


@dataclass(frozen=True)
class SurveyForm:
    """Which survey it is: the case by number, so that the answers find their way and a stranger learns nothing."""

    case_id: int
    week: int
    plan: FollowUpPlan
    on: date


def survey_form_pdf(form: SurveyForm, both: Beside) -> bytes:
    return pdf(TEMPLATE, _data(form, both))


def survey_form_pages(form: SurveyForm, both: Beside) -> Sequence[bytes]:
    """The same as pictures."""
    return pages(TEMPLATE, _data(form, both))


def _data(form: SurveyForm, both: Beside) -> dict[str, Any]:
    ours = both.ours.code
    foot = wording.word("paper", "survey_foot", ours)
    return {
        "lang": both.hers.code,
        "dir": both.hers.direction,
        "ours": ours,
        "year": form.on.year,
        "month": form.on.month,
        "day": form.on.day,
        "title": both.hers["survey_title"],
        "heading": _pair(both("survey_title")),
        "intro": _pair(both("survey_intro")),
        "scale": [_pair(both(f"scale_{score}")) for score in range(LOWEST, HIGHEST + 1)],
        "questions": [_pair(both(key)) for key in form.plan.survey],
        "open": _pair(both(form.plan.survey_open)),
        "date": _pair(both("signature_date")),
        "filled_in": [wording.word("filled_in", code, ours) for code in FILLED_IN],
        "how": wording.word("paper", "filled_in", ours),
        "foot": foot.format(case=form.case_id, week=form.week, version=form.plan.version),
        "unreviewed": "" if both.alone else both.hers.unreviewed,
    }


def _pair(pair: Pair) -> dict[str, str]:
    return {"hers": pair.hers, "ours": pair.ours}
