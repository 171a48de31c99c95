"""The parts of an audit's report up to its items: in short, how it was done, the unit, the map, item by item."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from se_engine.audit_words import NOTHING, Block, Row, Words, table

Content = Mapping[str, Any]


def summary(content: Content, words: Words) -> Iterator[Block]:
    """One page: each step, what is strong, what to work with, what has changed."""
    written = content["written"].get("summary")
    if written:
        yield Block(words("written"), words=tuple(written.splitlines()))
    yield totals(content, words)
    titles = {one["key"]: f"{one['key']} {words.text(one['title'])}" for one in content["items"]}
    levels = {one["key"]: words.level(one) for one in content["items"]}
    for key, nothing in (("strengths", "no_strengths"), ("priorities", "no_priorities")):
        lines = tuple(f"{titles[one]} ({levels[one]})" for one in content[key]) or (words(nothing),)
        yield Block(words(key), lines=lines, key=key)
    yield Block(words("changed"), lines=tuple(_changed(content, words)), key="changed")


def totals(content: Content, words: Words) -> Block:
    """Every section, or every step where the sections are cells of it, and the total where the framework has one."""
    by_step = any(row["dimension"] for row in content["map"]["rows"])
    steps = [(words.steps(one["steps"]), one) for one in content["steps"]]
    rows = steps if by_step else [(words.text(one["title"]), one) for one in content["sections"]]
    head = words("step" if by_step else "section")
    columns = (head, words("percent_of_maximum"), words("sum"), words("not_rated"), words("left_out"))
    lines = [*_total(content, words), *([] if content["comparable"] else [words("not_comparable")])]
    return table(
        words("per_step"), columns, [_total_row(name, one, words) for name, one in rows], numeric=(1, 2, 3, 4),
        lines=tuple(lines), key="per-step",
    )  # fmt: skip


def _total_row(name: str, one: Row, words: Words) -> tuple[str, ...]:
    low, high = one["low"], one["high"]
    value = str(low) if low == high else words("between", low=low, high=high)
    told = words("sum_of", sum=value, maximum=one["maximum"]) if one["value"] is not None else NOTHING
    return name, words.bounds(one["percent"]), told, str(one["not_rated"]), str(one["not_applicable"])


def _total(content: Content, words: Words) -> Iterator[str]:
    total = content["total"]
    if total is None or total["value"] is None:
        return
    if total["low"] != total["high"]:
        yield words("total_open", low=total["low"], high=total["high"], maximum=total["maximum"])
        return
    named = content["categories"].get(total["category"])
    category = words.text(named) if named else words("category_unnamed")
    yield words("total_line", sum=total["value"], maximum=total["maximum"], category=category)


def _changed(content: Content, words: Words) -> Iterator[str]:
    if not content["earlier"]:
        yield words("no_earlier")
    changes = {one["audit"]: one for one in content["changes"]}
    titles = {one["key"]: words.text(one["title"]) for one in content["sections"]}
    for other in content["earlier"]:
        day = words.day(other["until"])
        change = changes.get(other["audit"])
        if change is None:
            yield words("earlier_other", day=day)
            continue
        yield words("changed_since", day=day, better=len(change["better"]), lower=len(change["lower"]))
        for key, points in change["sections"].items():
            if points:
                yield words("step_changed", section=titles.get(key, key), points=f"{points:+g}".replace("-", "−"))


def scope_and_method(content: Content, words: Words) -> Iterator[Block]:
    audit = content["audit"]
    names = words("names_open" if audit["names_open"] else "names_hidden")
    facts = [
        (words("scope_label"), ", ".join(words.text(one) for one in audit["scope"]) or words("scope_all")),
        (words("legal_basis"), _with_words(words.of("legal_basis", audit["legal_basis"]), audit["legal_words"])),
        (words("told_how"), _with_words(words.of("told_how", audit["told_how"]), audit["told_words"])),
        (words("names"), names),
        (words("rights"), ", ".join(part for part in (content["framework"]["rights"]["holder"],) if part) or NOTHING),
    ]
    raters = sum(one["part"] in ("lead", "second") for one in content["people"])
    method = words("method" if raters > 1 else "method_one")
    yield table(words("scope"), (words("what"), words("how")), facts, words=(method,), key="scope")
    yield from _sample(content, words)
    yield _quality(content, words)
    yield _adaptations(content, words)


def _with_words(code: str, told: str) -> str:
    return f"{code}. {told}" if told else code


def _sample(content: Content, words: Words) -> Iterator[Block]:
    found = content["sample"]
    if found is None:
        yield Block(words("sample"), lines=(words("no_sample"),), key="sample")
        return
    frame = words("hidden") if found["frame_size"] is None else found["frame_size"]
    lines = (
        words("sample_line", size=found["size"], frame=frame, seed=found["seed"]),
        words("frame_hash", hash=found["frame_hash"]),
        words("purposive_apart"),
    )
    strata = [_stratum(one, words) for one in found["strata"]]
    columns = (words("stratum"), words("in_frame"), words("drawn"))
    yield table(words("sample"), columns, strata, numeric=(1, 2), lines=lines, key="sample")
    if found["cases"]:
        rows = [
            (words.of("audit_drawn", one["drawn"]), _why(one, words), str(one["many"])) for one in found["cases"]
        ]
        yield table(words("taken"), (words("taken"), words("reason"), words("many")), rows, numeric=(2,), level=3)


def _stratum(row: Row, words: Words) -> tuple[str, ...]:
    return words.stratum(row["stratum"]), str(row["size"]), str(row["drawn"])


def _why(one: Row, words: Words) -> str:
    group = "chosen_because" if one["drawn"] == "purposive" else "replaced_because"
    return words.of(group, one["reason"]) if one["reason"] else NOTHING


def _quality(content: Content, words: Words) -> Block:
    rows = [_quality_row(one, words) for one in content["quality"]]
    columns = (words("what"), words("lacking"), words("of"), words("share"))
    lines = () if rows else (words("no_quality"),)
    return table(words("quality"), columns, rows, numeric=(1, 2, 3), lines=lines, key="quality")


def _quality_row(one: Row, words: Words) -> tuple[str, ...]:
    lacking, of = one.get("lacking"), one.get("of")
    name = words.of("audit_quality", one["key"])
    if lacking is None or of is None:
        return name, words("hidden"), words("hidden") if of is None else str(of), words("hidden")
    return name, str(lacking), str(of), words.per_cent(lacking / of if of else None)


def _adaptations(content: Content, words: Words) -> Block:
    rows = [
        (f"{one['item']} {words.text(one['title']) if one['title'] else ''}".strip(), words(one["how"]), one["words"])
        for one in content["adaptations"]
    ]
    lines = () if rows else (words("no_adaptations"),)
    columns = (words("item"), words("how"), words("reason"))
    return table(words("adaptations"), columns, rows, lines=lines, key="adaptations")


def unit(content: Content, words: Words) -> Iterator[Block]:
    office = content["office"]
    cases = words("hidden") if office["cases"] is None else str(office["cases"])
    facts = [
        (words("unit"), office["name"]),
        (words("municipality"), office["municipality"] or NOTHING),
        (words("specialists"), str(office["specialists"])),
        (words("running_cases"), cases),
    ]
    told = content["written"].get("unit", "")
    yield table(
        words("about_unit"), (words("what"), words("how")), facts, words=tuple(told.splitlines()), key="unit"
    )


def the_map(content: Content, words: Words) -> Iterator[Block]:
    """Dimensions and steps; nothing for a framework that has no steps."""
    found = content["map"]
    if not found["columns"]:
        return
    columns = (words("what"), *(words.steps_in_short(steps) for steps in found["columns"]))
    rows = [
        (words.of("dimension", row["dimension"]) if row["dimension"] else words("everything"),
         *(_cell(cell, words) for cell in row["cells"]))
        for row in found["rows"]
    ]  # fmt: skip
    scale = content["scale"]
    lead = words("map_lead", lowest=scale["lowest"], highest=scale["highest"])
    places = range(1, len(columns))
    yield table(words("map"), columns, rows, numeric=places, lead=lead, key="map")


def _cell(cell: Row | None, words: Words) -> str:
    if cell is None:
        return NOTHING
    return words.bounds(cell["percent"]) if "percent" in cell else words.level(cell)


def items(content: Content, words: Words) -> Iterator[Block]:
    yield Block(words("items"), key="items")
    for one in content["items"]:
        yield item(one, content, words)
    if content["shown"]:
        yield _evidence(words("shown_only"), content["shown"], words, level=3)


def item_table(content: Content, words: Words) -> Block:
    """All items in one table, for a page: the level, the unit's own, and what the records suggest."""
    columns = (words("item"), words("level"), words("self_rating"), words("evidence"))
    rows = [
        (f"{one['key']} {words.text(one['title'])}", _level_here(one, content, words),
         words.level(one["self"]) if one["self"] else NOTHING, _values(one["evidence"], words))
        for one in content["items"]
    ]  # fmt: skip
    return table(words("items"), columns, rows, numeric=(1, 2), key="items")


def _level_here(one: Row, content: Content, words: Words) -> str:
    told = words("still_open") if one["key"] in content["open"] else words.level(one)
    return f"{told} ({words('adapted')})" if one["adapted"] else told


def _values(rows: Sequence[Row], words: Words) -> str:
    if len(rows) == 1:
        return f"{words.value(rows[0])} (n {rows[0].get('n') or 0})"
    return "; ".join(f"{one['id']} {words.value(one)}" for one in rows) or NOTHING


def item(one: Row, content: Content, words: Words) -> Block:
    """Rating, computed evidence, what was seen and why, and what would help."""
    title = f"{one['key']} {words.text(one['title'])}"
    found = _evidence(title, one["evidence"], words, level=3)
    lines = [_rated(one, content, words)]
    if one["self"]:
        lines.append(words("self_said", level=words.level(one["self"])))
    if one["key"] in content["open"]:
        lines.append(words("still_open"))
    told = [f"{words('seen')}: {text}" for text in one["rationale"]]
    told += [f"{words('recommendation')}: {text}" for text in one["recommendation"]]
    if one["level"] is not None and one["level"] < content["scale"]["highest"] and not one["recommendation"]:
        told.append(words("recommendation_missing"))
    return Block(
        title, 3, columns=found.columns, numeric=found.numeric, rows=found.rows, lines=tuple(lines), words=tuple(told),
        key=f"item-{one['key']}",
    )  # fmt: skip


def _rated(one: Row, content: Content, words: Words) -> str:
    highest = content["scale"]["highest"]
    if one["level"] is None:
        told = words.level(one).capitalize()
    elif one["words"]:
        told = words("level_words", level=one["level"], highest=highest, words=words.text(one["words"]))
    else:
        told = words("level_of", level=one["level"], highest=highest)
    return f"{told} ({words('adapted')})" if one["adapted"] else told


def _evidence(title: str, rows: Sequence[Row], words: Words, *, level: int) -> Block:
    columns = (words("evidence"), words("value"), words("n"), words("suggested"))
    told = [
        (f"{one['id']} {words.text(one['title'])}", words.value(one), words.made_of(one),
         str(one.get("suggested_level") or NOTHING))
        for one in rows
    ]  # fmt: skip
    return table(title, columns if told else (), told, numeric=(1, 2, 3) if told else (), level=level)
