"""Where cases go back and why: the moves, who decided, and the cases whose history tells the rest."""

from collections import Counter
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine import processes
from se_engine.queries.going_back import NOT_TOLD
from web.language import language
from web.reports.answers import Answer
from web.reports.words import columns, drawn, short_step, step_name, word

COLUMNS = {"from": _l("From"), "to": _l("Back to"), "why": _l("Why"), "decided": _l("Who decided"), "many": _l("Times")}


def worded(answer: Answer) -> dict[str, Any]:
    moves = answer.found["moves"]
    pairs: Counter[tuple[str, str]] = Counter()
    for move in moves:
        pairs[move["from"], move["to"]] += move["many"]
    description = _("How many times cases went back, by the step they left and the one they came to.")
    bars = [
        {
            "label": f"{short_step(step)} → {short_step(to)}",
            "parts": [{"label": _("Times"), "value": many, "url": answer.behind(step=step, to_step=to)}],
        }
        for (step, to), many in pairs.most_common()
    ]
    return {
        "whole": answer.found["whole"],
        "drawing": drawn("bars", _("Where cases go back"), description, x=_("Times"), rows=bars) if bars else None,
        "description": description,
        "columns": columns(COLUMNS, words=("to", "why", "decided")),
        "rows": [_row(answer, move) for move in moves],
    }


def _row(answer: Answer, move: dict[str, Any]) -> dict[str, Any]:
    return {
        "from": step_name(move["from"]),
        "to": step_name(move["to"]),
        "why": _move(move["move"]),
        "decided": _("not told") if move["decided_by"] == NOT_TOLD else word("decider", move["decided_by"]),
        "many": answer.cell(move["many"], step=move["from"], to_step=move["to"], move=move["move"]),
    }


def _move(trigger: str) -> str:
    titles = {move.trigger: move.title.to(language()) for move in processes.latest().moves}
    return titles.get(trigger, _("not told: the move was brought from another system"))
