"""What drawings have in common: colours, dashes, axes, names at lines' ends, numbers as a language writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.dates import get_day_names, get_month_names, get_period_names

Spec = dict[str, Any]
Data = Mapping[str, Any]

HOST = "https://se.invalid"
"""Vega-Lite resolves a relative link against a host of its own choice: ours is given whole and stripped afterwards."""

TEXT = 13
LINE = 17
"""The height of a line of text, in pixels."""
LETTER = 7.3
"""About the width of a letter; names are cut where they would be wider than their room."""
ROOM = 240
PIECE = 22
"""Of a line, beside its name."""
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [13, 4])
MOST = len(DASHES)


@dataclass(frozen=True)
class Look:
    """The colours of a drawing: variables of the page, which follow light, dark and print, or real ones for paper."""

    ink: str
    soft: str
    line: str
    card: str
    tones: tuple[str, ...]
    wide: int
    paper: bool = False

    def names(self, labels: Sequence[str], which: Sequence[int] | None = None) -> Spec:
        """One tone for each name, in their order or the given one; names are written beside, so that nobody has to
        tell colours apart."""
        places = which or range(1, len(labels) + 1)
        tones = [self.tones[(place - 1) % len(self.tones)] for place in places]
        return _by_name(list(labels), tones)


PAGE = Look(
    "var(--se-ink)", "var(--se-soft)", "var(--se-line)", "var(--se-card)",
    tuple(f"var(--se-chart-{number})" for number in range(1, 8)), 920,
)  # fmt: skip
PAPER = Look(
    "#25232e", "#5b5864", "#d9d5cf", "#ffffff",
    ("#5b3fa0", "#0f766e", "#b45309", "#1d4ed8", "#9d174d", "#4d7c0f", "#57534e"), 560, paper=True,
)  # fmt: skip


def dashes(labels: Sequence[str]) -> Spec:
    return _by_name(list(labels), [DASHES[place % MOST] for place in range(len(labels))])


def _by_name(labels: list[str], values: list[Any]) -> Spec:
    scale = {"domain": labels, "range": values}
    return {"field": "label", "type": "nominal", "scale": scale, "legend": None}


def chart(look: Look, wide: float, tall: float, layers: Sequence[Spec], **more: Any) -> Spec:
    """A specification of the given inner size, with the look of the page."""
    axis = {
        "labelColor": look.soft, "titleColor": look.soft, "gridColor": look.line, "domainColor": look.soft,
        "tickColor": look.line, "labelFontSize": TEXT, "titleFontSize": TEXT, "titleFontWeight": "normal",
        "domain": False, "ticks": False, "labelPadding": 6, "titlePadding": 8, "labelLimit": ROOM,
    }  # fmt: skip
    legend = {
        "labelColor": look.ink, "labelFontSize": TEXT, "symbolType": "square", "symbolSize": 130, "title": None,
        "symbolStrokeWidth": 0, "labelLimit": ROOM, "orient": "top", "columnPadding": 18, "offset": 12,
    }  # fmt: skip
    text = {"fontSize": TEXT, "color": look.ink}
    config = {"font": "Noto Sans", "view": {"stroke": None}, "axis": axis, "legend": legend, "text": text}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None, "padding": 3, "width": wide, "height": tall, "config": config, "layer": list(layers),
        **more,
    }  # fmt: skip


def layer(mark: str, rows: Sequence[Spec], encoding: Spec, **more: Any) -> Spec:
    """One layer with its own rows; what it says is read aloud only where a row says so in `said`."""
    said = any("said" in row for row in rows)
    told = {"description": {"field": "said", "type": "nominal"}} if said else {}
    linked = {"href": {"field": "url", "type": "nominal"}} if any(row.get("url") for row in rows) else {}
    return {
        "data": {"values": [_with_host(row) for row in rows]},
        "mark": {"type": mark, "aria": said, **more},
        "encoding": {**encoding, **told, **linked},
    }


def _with_host(row: Spec) -> Spec:
    return {**row, "url": HOST + row["url"]} if row.get("url") else row


def number(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


def days_axis(title: str, last: float) -> Spec:
    """Days from 0 to the last; few enough marks that none has to be left out."""
    axis = {"title": title, "tickCount": 6, "tickMinStep": 1, "format": ",.0f", "grid": False}
    return {"type": "quantitative", "axis": axis, "scale": {"domain": [0, max(last, 1)], "nice": False}}


def proportion_axis(title: str | None, tall: float) -> Spec:
    many = [0, 0.5, 1] if tall < 130 else [0, 0.25, 0.5, 0.75, 1]
    axis = {"title": title, "values": many, "format": ".0%", "titleAnchor": "end", **_above()}
    return {"type": "quantitative", "axis": axis, "scale": {"domain": [0, 1], "nice": False}}


def count_axis(title: str | None) -> Spec:
    axis = {"title": title, "tickCount": 4, "tickMinStep": 1, "format": ",.0f", **_above()}
    return {"type": "quantitative", "axis": axis, "scale": {"nice": True, "zero": True}}


def _above() -> Spec:
    """A title above the axis, lying: nobody reads standing letters."""
    return {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -30, "titleY": -10}


def room_for(labels: Sequence[str]) -> float:
    return min(ROOM, 18 + PIECE + LETTER * max((len(label) for label in labels), default=0))


def apart_to_the_eye(rows: Sequence[Any], last: float, wide: float) -> list[Any]:
    """Of the rows of a stair, which begin with their day, those that can be told apart: of a pixel, the last."""
    return list({int(row[0] * wide / max(last, 1)): row for row in rows}.values())


def names_at_the_end(
    look: Look, wide: float, ends: Mapping[str, float], tall: float, *, labels: Sequence[str], dashed: bool = False
) -> list[Spec]:
    """Every line's name beside its end with a piece of the line, pushed apart where lines end close to each other."""
    placed = _apart(list(ends.values()), tall)
    rows = [{"label": label, "y": y} for label, y in zip(ends, placed, strict=True)]
    y = {"field": "y", "type": "quantitative", "scale": None}
    piece: Spec = {"x": {"value": wide + 8}, "x2": {"value": wide + 8 + PIECE}, "y": y, "color": look.names(labels)}
    how: Spec = {"strokeWidth": 2.25 if dashed else 9}
    if dashed:
        piece["strokeDash"] = dashes(labels)
    text = {"x": {"value": wide + 15 + PIECE}, "y": y, "text": {"field": "label", "type": "nominal"}}
    return [
        layer("rule", rows, piece, **how),
        layer("text", rows, text, align="left", baseline="middle", limit=ROOM - PIECE),
    ]


def _apart(wanted: Sequence[float], tall: float) -> list[float]:
    """Places at least a line apart, in the same order and as near as that allows, within the drawing."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    lowest = float("-inf")
    for place in order:
        lowest = found[place] = max(wanted[place], lowest + LINE)
    over = lowest - tall
    for place in reversed(order):
        if over <= 0:
            break
        found[place] -= over
        above = [found[other] for other in order[: order.index(place)]]
        over = max(above, default=float("-inf")) + LINE - found[place]
    return found


@cache
def number_locale(language: str) -> dict[str, Any]:
    """As d3-format wants it."""
    english = language == "en"
    return {
        "decimal": "." if english else ",", "thousands": "," if english else "\u00a0", "grouping": [3],
        "currency": ["", ""], "percent": "%" if english else "\u00a0%", "minus": "\u2212",
    }  # fmt: skip


@cache
def time_locale(language: str) -> dict[str, Any]:
    """As d3-time-format wants it; its weeks begin with Sunday, Babel's with Monday."""
    periods = get_period_names("abbreviated", "format", language)
    return {
        "dateTime": "%x %X", "date": "%d.%m.%Y", "time": "%H:%M",
        "periods": [str(periods.get("am", "")), str(periods.get("pm", ""))],
        "days": _week(get_day_names("wide", "format", language)),
        "shortDays": _week(get_day_names("abbreviated", "format", language)),
        "months": [str(name) for _, name in sorted(get_month_names("wide", "format", language).items())],
        "shortMonths": [str(name) for _, name in sorted(get_month_names("abbreviated", "format", language).items())],
    }  # fmt: skip


def _week(names: Mapping[int, str]) -> list[str]:
    return [str(names[day]) for day in (6, 0, 1, 2, 3, 4, 5)]
