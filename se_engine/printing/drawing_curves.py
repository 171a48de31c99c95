"""How many are still in a step, day by day: stairs with their band, one line for each group; and a small own past."""

from collections.abc import Sequence

from se_engine.printing.drawing_look import (
    LINE,
    MOST,
    Data,
    Look,
    Spec,
    apart_to_the_eye,
    chart,
    count_axis,
    dashes,
    days_axis,
    layer,
    names_at_the_end,
    number,
    proportion_axis,
    room_for,
)

LEFT = 52
TALL = 200


def curves(data: Data, look: Look) -> Spec | None:
    """`lines`: label, curve [[day, at risk, left, proportion]], and if known band, until (last day observed), url.

    Lines have their names beside them where there are several, or where `named` wants it of a single one.
    """
    lines = [line for line in data["lines"] if line["curve"]][:MOST]
    if not lines:
        return None
    last = data.get("horizon") or max(_last(line) for line in lines)
    several = len(lines) > 1 or data.get("named", False)
    labels = [line["label"] for line in lines]
    wide = data.get("wide", look.wide) - LEFT - (room_for(labels) if several else 12)
    tall = data.get("tall", TALL)
    x = {"field": "day", **days_axis(data["x"], last)}
    y = {"field": "still", **proportion_axis(data["y"], tall)}
    lines = [
        {
            **line, "until": _last(line), "curve": apart_to_the_eye(line["curve"], last, wide),
            "band": apart_to_the_eye(line.get("band") or (), last, wide),
        }
        for line in lines
    ]  # fmt: skip
    stairs = [row for line in lines for row in _stairs(line, last)]
    layers = [
        _bands(lines, look, x, y, last, faint=several),
        layer("line", stairs, {"x": x, "y": y, "color": look.names(labels), "strokeDash": dashes(labels)},
              interpolate="step-after", strokeWidth=2.25, clip=True),
    ]  # fmt: skip
    if several:
        ends = {line["label"]: tall * (1 - _level_at(line, last)) for line in lines}
        layers += names_at_the_end(look, wide, ends, tall, labels=labels, dashed=True)
    return chart(look, wide, tall, [one for one in layers if one])


def _last(line: Data) -> float:
    return float(max(line.get("until") or 0, line["curve"][-1][0]))


def _level_at(line: Data, last: float) -> float:
    levels = [row[3] for row in line["curve"] if row[0] <= last]
    return float(levels[-1]) if levels else 1.0


def _stairs(line: Data, last: float) -> list[Spec]:
    """From everybody on day 0 to the last day observed: beyond it nothing is known, and nothing is drawn."""
    steps = [(0, 1.0), *((row[0], row[3]) for row in line["curve"]), (_last(line), line["curve"][-1][3])]
    said = line.get("said") or line["label"]
    return [
        {"label": line["label"], "url": line.get("url"), "day": day, "still": still, "said": said}
        for day, still in steps
        if day <= last or day == steps[0][0]
    ] + ([{"label": line["label"], "day": last, "still": _level_at(line, last)}] if _last(line) > last else [])


def _bands(lines: Sequence[Data], look: Look, x: Spec, y: Spec, last: float, *, faint: bool) -> Spec | None:
    rows = [row for line in lines for row in _band(line, last)]
    if not rows:
        return None
    colour = look.names([one["label"] for one in lines])
    encoding = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour}
    return layer("area", rows, encoding, interpolate="step-after", opacity=0.09 if faint else 0.16, clip=True)


def _band(line: Data, last: float) -> list[Spec]:
    """Up to the last day observed; days whose limits are unknown are left out with all that follows."""
    known: list[Spec] = []
    for day, low, high in line["band"]:
        if low is None or high is None or day > last:
            break
        known.append({"label": line["label"], "day": day, "low": low, "high": high})
    if known:
        known.append({**known[-1], "day": min(_last(line), last)})
    return known


def spark(data: Data, look: Look) -> Spec | None:
    """`points` [[ISO day, value or none]]: at least two known ones make a line; the last one has its dot."""
    points = [{"day": day, "value": value} for day, value in data["points"] if value is not None]
    if len(points) < 2:
        return None
    wide, tall = data.get("wide", 240) - 40, data.get("tall", 3 * LINE)
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": None}
    y = number("value", **{**count_axis(None), "axis": None})
    tone = {"value": look.tones[0]}
    end = {"x": x, "y": y, "text": number("value", format=",.0f")}
    return chart(look, wide, tall, [
        layer("line", points, {"x": x, "y": y, "color": tone}, strokeWidth=2),
        layer("point", points, {"x": x, "y": y, "color": tone}, filled=True, size=26, opacity=1),
        layer("text", points[-1:], end, align="left", dx=8, fontWeight="bold"),
    ])  # fmt: skip
