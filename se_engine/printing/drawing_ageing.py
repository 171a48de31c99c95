"""Open cases by how long they have stood in their step, against the days of all who were in it."""

from se_engine.printing.drawing_look import Data, Look, Spec, chart, days_axis, layer, number, room_for

ROW = 52
BAND = 20


def ageing(data: Data, look: Look) -> Spec | None:
    """`rows`: label, quartile_1, median, quartile_3, if there is one guide, and open [days, many, and if wanted url].

    The band is the middle half, its mark the median, a dashed mark the guide time. A case that has stood longer than
    three of four is a filled dot, any other a hollow one; where several have stood equally long, the dot is larger.
    """
    rows = [row for row in data["rows"] if row["open"] or row["median"] is not None]
    if not any(row["open"] for row in rows):
        return None
    last = max(_furthest(row) for row in rows)
    order = [row["label"] for row in rows]
    wide = data.get("wide", look.wide) - room_for(order) - 30
    x = {"field": "days", **days_axis(data["x"], last)}
    x["axis"] = {**x["axis"], "grid": True}
    y = {"field": "row", "type": "nominal", "scale": {"domain": order, "padding": 0.25},
         "axis": {"title": None, "grid": False, "labelColor": look.ink, "labelPadding": 16}}  # fmt: skip
    dots = [dot for row in rows for dot in _dots(row)]
    size = number("many", scale={"domain": [1, 10], "range": [60, 420], "clamp": True}, legend=None)
    ends = [{"row": row["label"], "days": row["quartile_1"] or 0, "to": _end(row, last)} for row in rows if _known(row)]
    medians = [{"row": row["label"], "days": row["median"]} for row in rows if row["median"] is not None]
    guides = [{"row": row["label"], "days": row["guide"]} for row in rows if row.get("guide")]
    marks = {"thickness": 3, "size": BAND + 10}
    layers = [
        layer("bar", ends, {"x": x, "x2": {"field": "to"}, "y": y}, color=look.tones[0], opacity=0.2, size=BAND),
        layer("tick", medians, {"x": x, "y": y}, color=look.tones[0], **marks),
        layer("rule", [{**guide, "up": -16, "down": 16} for guide in guides], _guide(x, y), color=look.ink,
              strokeDash=[3, 3], strokeWidth=1.5),
        layer("point", [dot for dot in dots if not dot["over"]], {"x": x, "y": y, "size": size}, filled=False,
              color=look.ink, fill=look.card, strokeWidth=1.6, opacity=1),
        layer("point", [dot for dot in dots if dot["over"]], {"x": x, "y": y, "size": size}, filled=True,
              color=look.tones[2], stroke=look.card, strokeWidth=1, opacity=1),
    ]  # fmt: skip
    return chart(look, wide, len(rows) * ROW, [one for one in layers if one["data"]["values"]])


def _guide(x: Spec, y: Spec) -> Spec:
    return {"x": x, "y": {**y, "bandPosition": 0}, "y2": {"field": "row", "bandPosition": 1}}


def _known(row: Data) -> bool:
    return row["quartile_1"] is not None


def _end(row: Data, last: float) -> float:
    """The band is open where fewer than three of four have left."""
    return float(row["quartile_3"] if row["quartile_3"] is not None else last)


def _furthest(row: Data) -> float:
    known = [row["quartile_1"], row["median"], row["quartile_3"], row.get("guide")]
    return max([day for day in known if day is not None] + [dot["days"] for dot in row["open"]], default=0)


def _dots(row: Data) -> list[Spec]:
    limit = row["quartile_3"]
    return [
        {
            "row": row["label"], "days": dot["days"], "many": dot["many"], "url": dot.get("url"),
            "over": limit is not None and dot["days"] > limit,
            "said": dot.get("said") or f"{row['label']}: {dot['days']}",
        }
        for dot in row["open"]
    ]  # fmt: skip
