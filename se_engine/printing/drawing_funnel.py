"""Units beside each other without a ranking: each share against its size, between the limits that chance allows."""

from se_engine.printing.drawing_look import (
    Data,
    Look,
    Spec,
    chart,
    layer,
    number,
    proportion_axis,
)

TALL = 260
LEFT, RIGHT = 52, 90


def funnel(data: Data, look: Look) -> Spec | None:
    """`points` {label, n, share, url?}; `limits` [n, outer low, inner low, inner high, outer high]; `target`."""
    points = data["points"]
    if not points:
        return None
    wide = data.get("wide", look.wide) - LEFT - RIGHT
    reach = [row[0] for row in data["limits"]]
    slack = max((reach[-1] - reach[0]) / 20, 1)
    span = [max(reach[0] - slack, 0), reach[-1] + slack]
    axis = {"title": data["x"], "tickCount": 5, "tickMinStep": 1, "format": ",.0f", "grid": False}
    x = number("n", axis=axis, scale={"domain": span, "nice": False})
    y = {"field": "share", **proportion_axis(data["y"], TALL)}
    rows = [{"label": one["label"], "n": one["n"], "share": one["share"], "url": one.get("url"),
             "said": one["label"]} for one in points]  # fmt: skip
    middle = [{"n": n, "share": data["target"]} for n in span]
    tone = {"value": look.tones[0]}
    return chart(look, wide, TALL, [
        *[_limit(data, place, x, y, look) for place in (1, 2, 3, 4)],
        layer("line", middle, {"x": x, "y": y, "color": {"value": look.ink}}, strokeWidth=1.25),
        layer("point", rows, {"x": x, "y": y, "color": tone}, filled=True, size=70, opacity=1),
        layer("text", rows, {"x": x, "y": y, "text": {"field": "label", "type": "nominal"}}, align="left", dx=8, dy=-8,
              limit=RIGHT + 60),
    ])  # fmt: skip


def _limit(data: Data, place: int, x: Spec, y: Spec, look: Look) -> Spec:
    """The outer limits long dashes, the inner ones short: nobody has to tell their colours apart."""
    rows = [{"n": row[0], "share": row[place]} for row in data["limits"]]
    dash = [7, 3] if place in (1, 4) else [2, 3]
    return layer(
        "line", rows, {"x": x, "y": y, "color": {"value": look.soft}}, strokeWidth=1.25, strokeDash=dash, clip=True
    )
