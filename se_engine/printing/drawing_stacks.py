"""What is stacked: how many stood in each step day by day, how cases end as time goes, and bars made of parts."""

from collections.abc import Sequence
from typing import Any

from babel.numbers import format_decimal

from se_engine.printing.drawing_look import (
    LETTER,
    LINE,
    ROOM,
    Data,
    Look,
    Spec,
    apart_to_the_eye,
    chart,
    count_axis,
    days_axis,
    layer,
    names_at_the_end,
    number,
    proportion_axis,
    room_for,
)

LEFT = 52
TALL = 260
BAR = 26
FEW = 5
"""Up to so many whole numbers each has its line."""
INSIDE = 3.4
"""Letters' widths that a bar's part needs before its number is written into it."""


def areas(data: Data, look: Look) -> Spec | None:
    """`series`: label, points [[ISO day, how many]]; the first lies on top."""
    series = [one for one in data["series"] if any(many for _, many in one["points"])]
    if not series or len(series[0]["points"]) < 2:
        return None
    x = {
        "field": "at", "type": "temporal", "scale": {"type": "utc", "nice": False},
        "axis": {"title": None, "format": data.get("format", "%-d. %b %Y"), "tickCount": 5, "grid": False,
                 "labelOverlap": "greedy", "labelFlush": True},
    }  # fmt: skip
    most = max(map(sum, zip(*([many for _, many in one["points"]] for one in series), strict=True)))
    y = count_axis(data["y"])
    y["scale"] = {"domain": [0, most], "nice": False, "zero": True}
    return _stacked(data, look, series, x, y, most)


def incidence(data: Data, look: Look) -> Spec | None:
    """`series`: label, points [[day, proportion]], stairs that only rise; they lie on one another up to 1."""
    series = [one for one in data["series"] if one["points"] and one["points"][-1][1]]
    if not series:
        return None
    days = sorted({0, *(day for one in series for day, _ in one["points"]), data.get("horizon") or 0})
    last = data.get("horizon") or days[-1]
    seen = [day for (day,) in apart_to_the_eye([(day,) for day in days if day <= last], last, look.wide)]
    stairs = [{**one, "points": _filled(one["points"], seen)} for one in series]
    # A little is shown of the last level, which else would end where it is reached.
    stairs = [{**one, "points": [*one["points"], [last * 1.02, one["points"][-1][1]]]} for one in stairs]
    x = {"field": "at", **days_axis(data["x"], last * 1.02)}
    return _stacked(data, look, stairs, x, proportion_axis(data["y"], TALL), 1, interpolate="step-after")


def _filled(points: Sequence[Sequence[float]], days: Sequence[float]) -> list[list[float]]:
    """The level of a stair on every one of these days, so that stairs can be laid on one another."""
    filled, level, rest = list[list[float]](), 0.0, list(points)
    for day in days:
        while rest and rest[0][0] <= day:
            level = rest.pop(0)[1]
        filled.append([day, level])
    return filled


def _stacked(data: Data, look: Look, series: Sequence[Data], x: Spec, y: Spec, most: float, **mark: Any) -> Spec:
    labels = [one["label"] for one in series]
    wide = data.get("wide", look.wide) - LEFT - room_for(labels)
    tall = data.get("tall", TALL)
    rows, tops, ends = [], [0.0] * len(series[0]["points"]), dict[str, float]()
    for one in reversed(series):
        bottoms = list(tops)
        said = {"said": one.get("said") or one["label"]}
        for place, (at, value) in enumerate(one["points"]):
            tops[place] += value
            rows.append({"label": one["label"], "url": one.get("url"), "at": at, "from": bottoms[place],
                         "to": tops[place], **said})  # fmt: skip
        ends[one["label"]] = tall * (1 - (bottoms[-1] + tops[-1]) / 2 / most)
    encoding = {"x": x, "y": {**y, "field": "from"}, "y2": {"field": "to"}, "color": look.names(labels)}
    edge = {"color": look.card, "strokeWidth": 1.5}
    layers = [
        layer("area", rows, encoding, line=edge, opacity=0.88, clip=True, **mark),
        *names_at_the_end(look, wide, ends, tall, labels=labels),
    ]
    return chart(look, wide, tall, layers)


def bars(data: Data, look: Look) -> Spec | None:
    """`rows`: label, parts [label, value, and if wanted text, said, url]; one part is a plain bar, more lie stacked.

    `marks` [at, label]: a norm, say, as a line across all bars. `tones`: the numbers of the parts' colours.
    """
    rows = [row for row in data["rows"] if any(part["value"] for part in row["parts"])]
    if not rows:
        return None
    kinds = list(dict.fromkeys(part["label"] for row in data["rows"] for part in row["parts"]))
    most = 1 if data.get("percent") else max(sum(part["value"] or 0 for part in row["parts"]) for row in rows)
    if data.get("marks"):
        most = max(most, *(mark["at"] for mark in data["marks"]))
    order = [row["label"] for row in data["rows"]]
    wide = data.get("wide", look.wide) - room_for(order) - 60
    pieces = [piece for row in data["rows"] for piece in _pieces(data, row)]
    whole = all(float(part["value"] or 0).is_integer() for row in rows for part in row["parts"])
    as_written = ".0%" if data.get("percent") else ",.0f" if whole or most > INSIDE else ",.1f"
    # Between whole numbers there is no line to draw, and Vega takes the least step between two as a wish only.
    steps = {"values": list(range(int(most) + 1))} if whole and most <= FEW and not data.get("percent") else {}
    axis = {"title": data["x"], "tickCount": 5, "format": as_written, **steps}
    x = number("from", axis=axis, scale={"domain": [0, most], "nice": False})
    y = {"field": "row", "type": "nominal", "sort": None, "scale": {"domain": order, "paddingInner": 0.3},
         "axis": {"title": None, "grid": False, "labelColor": look.ink, "labelLimit": ROOM}}  # fmt: skip
    legend = {} if len(kinds) < 2 else {"legend": {"columns": max(1, int(wide // room_for(kinds))), "symbolOpacity": 1}}
    colour = {**look.names(kinds, data.get("tones")), **legend}
    said_inside = [
        piece for piece in pieces if wide * piece["value"] / most >= INSIDE * LETTER and piece["text"] != "0"
    ]
    inside = {"x": number("middle", scale=x["scale"], axis=axis), "y": y, "text": {"field": "text", "type": "nominal"}}
    layers = [
        layer("bar", pieces, {"x": x, "x2": {"field": "to"}, "y": y, "color": colour}, stroke=look.card, strokeWidth=1),
        layer("text", said_inside, inside, color=look.card, baseline="middle", fontWeight="bold"),
    ]
    tall = len(order) * (BAR + LINE / 2)
    layers += _across(look, [dict(mark) for mark in data.get("marks", ()) if mark["at"] <= most], x, tall)
    return chart(look, wide, tall, layers)


def _across(look: Look, marks: Sequence[Spec], x: Spec, tall: float) -> list[Spec]:
    if not marks:
        return []
    at = {"x": {**x, "field": "at"}}
    named = {**at, "y": {"value": -4}, "text": {"field": "label", "type": "nominal"}}
    lines = {**at, "y": {"value": 0}, "y2": {"value": tall}}
    return [
        layer("rule", marks, lines, color=look.ink, strokeDash=[4, 3], strokeWidth=1.5),
        layer("text", marks, named, baseline="bottom"),
    ]


def _pieces(data: Data, row: Data) -> list[Spec]:
    """The parts of a bar one after another; as shares of the whole where the bars are of one length."""
    total = sum(part["value"] or 0 for part in row["parts"])
    whole, start, found = total if data.get("percent") else 1, 0.0, []
    for part in row["parts"]:
        value = (part["value"] or 0) / whole if whole else 0
        if value:
            text = part.get("text") or format_decimal(round(part["value"], 1), locale=data["language"])
            said = part.get("said") or f"{row['label']}, {part['label']}: {text}"
            found.append({"row": row["label"], "label": part["label"], "value": value, "from": start,
                          "to": start + value, "middle": start + value / 2, "text": text, "said": said,
                          "url": part.get("url")})  # fmt: skip
        start += value
    return found
