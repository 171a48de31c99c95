"""Numbers, groups and links of a report as cells of a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from se_engine import processes, wording
from se_engine.printing.drawings import drawing
from se_engine.queries.report_groups import NO_GROUP
from se_engine.rules.tracks import PROCESS as TRACK
from web.language import language

Cell = Any
Row = dict[str, Cell]
UNKNOWN = "unknown"


def number(value: float | None) -> str:
    return "–" if value is None else str(format_decimal(round(value, 1)))


def percent(value: float | None) -> str:
    return "–" if value is None else str(format_percent(value, "#,##0 %" if language() != "en" else "#,##0%"))


def span(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "–"
    upper = _("not reached") if high is None else number(high)
    return f"{number(low)} – {upper}"


def percents(low: float | None, high: float | None) -> str | None:
    return None if low is None or high is None else f"{percent(low)} – {percent(high)}"


def counted(value: int | None, url: str | None = None) -> Cell:
    """A number of cases; where nothing is to be opened, or nothing stands behind it, it is no link."""
    if value is None:
        return {"text": "·", "note": _("hidden")}
    return {"text": format_decimal(value), "url": url} if url and value else format_decimal(value)


def word(group: str, code: str) -> str:
    """What a code is called; codes of older days that have lost their word stand as they are."""
    return wording.word(group, code, language()) if code in wording.catalogue()[group] else code


def step_name(step: str) -> str:
    """A step of the process, or a stage of an employer track; one of an older version by its key."""
    for process in (processes.latest(), processes.latest(TRACK)):
        if step in process.step_by_key:
            return process.step_by_key[step].title.to(language())
    return step


def short_step(step: str) -> str:
    """For a drawing, where a line is short."""
    return word("step_short", step)


def group_title(by: str | None, label: str) -> str:
    """The name of one group of a divided report; offices, teams and years have names of their own."""
    if label == NO_GROUP:
        return str(NO_GROUPS.get(by or "", _l("None")))
    if label == UNKNOWN:
        return _("Not known")
    if label == "several":
        return _("Several")
    group = {"scheme": "scheme", "sex": "sex"}.get(by or "")
    return word(group, label) if group else label


NO_GROUPS = {"team": _l("Without a team"), "scheme": _l("Without a scheme")}


def columns(titles: Mapping[str, Any], *, words: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The first is the row's heading; every other is numeric unless it stands among `words`."""
    return [
        {"key": key, "title": str(title), "numeric": place > 0 and key not in words}
        for place, (key, title) in enumerate(titles.items())
    ]


def drawn(kind: str, title: str, description: str, **data: Any) -> Markup | None:
    """The drawing in the reader's language; None where there is nothing to draw."""
    made = drawing(kind, {"title": title, "description": description, **data}, language())
    # What vl-convert wrote, cleaned by us: every word in it went through an XML library.
    return None if made is None else Markup(made)  # noqa: S704
