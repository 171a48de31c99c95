"""The parts of an audit's report after its items: outcomes, units beside each other, voices, plan and appendix."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from se_engine import indicators
from se_engine.audit_words import NOTHING, Block, Row, Words, table
from se_engine.measures.funnel import INSIDE

Content = Mapping[str, Any]
FUNNEL = "funnel"
DISPERSED = 1.5
"""Above this the limits are too narrow for what units differ by."""


def outcomes(content: Content, words: Words) -> Iterator[Block]:
    """Of the whole where the content has it, else in the published form."""
    found = content["outcomes"].get("whole") or content["outcomes"]["public"]
    ends = [
        (words.of("end_reason", one["reason"]), *_interval(one, words)) for one in found["ends"]
    ]
    kept = [
        (words("week", week=one["week"]), *_interval(one, words), _count(one["not_known"], words))
        for one in found["kept"]
    ]
    columns = (words("share"), words("of"), words("interval"))
    ends_lead = words("outcomes_lead", day=words.day(found["ends_as_of"]))
    kept_lead = words("outcomes_lead", day=words.day(found["kept_as_of"]))
    nothing = (words("no_outcomes"),)
    yield table(
        words("outcomes"), (words("ended_for"), *columns), ends, numeric=(1, 2, 3), lead=ends_lead,
        lines=() if ends else nothing, key="outcomes",
    )  # fmt: skip
    yield table(
        words("kept_jobs"), (words("kept_jobs"), *columns, words("not_known")), kept, numeric=(1, 2, 3, 4),
        lead=kept_lead, lines=() if kept else nothing, level=3,
    )  # fmt: skip
    yield units(content, words)


def _interval(one: Row, words: Words) -> tuple[str, str, str]:
    if one["k"] is None:
        return (words("hidden"),) * 3
    limits = NOTHING
    if one["low"] is not None:
        low, high = words.number(100 * one["low"], 0), words.number(100 * one["high"], 0)
        limits = f"{words('between', low=low, high=high)} %"
    return words.per_cent(one["share"]), words("of_n", k=one["k"], n=one["n"]), limits


def _count(many: int | None, words: Words) -> str:
    return words("hidden") if many is None else str(many)


def units(content: Content, words: Words) -> Block:
    """Units in the order of their names, with the drawing; inside the limits is what is usually said."""
    found = content["funnel"]
    if found is None:
        return Block(words("funnel"), 3, lines=(words("no_funnel"),), key=FUNNEL)
    rows = [
        (one["name"], words.per_cent(one["share"]), words("of_n", k=one["k"], n=one["n"])) for one in found["points"]
    ]
    outside = [one["name"] for one in found["points"] if one["place"] != INSIDE]
    said = words("funnel_outside", units=", ".join(outside)) if outside else words("funnel_inside")
    shown = words("funnel_shown", target=words.per_cent(found["target"], 1), least=found["least"])
    lines = [said, shown]
    if found["dispersion"] is not None and found["dispersion"] > DISPERSED:
        lines.append(words("funnel_dispersed", phi=words.number(found["dispersion"])))
    return table(
        words("funnel"), (words("unit"), words("share"), words("of")), rows, numeric=(1, 2), level=3,
        lead=words("funnel_title", week=found["week"]), lines=tuple(lines), drawing=FUNNEL, shows=said, key=FUNNEL,
    )  # fmt: skip


def funnel_drawing(content: Content, words: Words) -> dict[str, Any] | None:
    """What the drawing is made of; None where there is none."""
    found = content["funnel"]
    if found is None:
        return None
    said = units(content, words).shows
    return {
        "title": words("funnel_title", week=found["week"]),
        "description": said,
        "x": words("funnel_x"),
        "y": words("share"),
        "target": found["target"],
        "limits": found["limits"],
        "points": [
            {"label": one["name"], "n": one["n"], "share": one["share"]} for one in found["points"]
        ],
    }


def voices(content: Content, words: Words, said: Sequence[str | None], scores: Mapping[str, Any]) -> Block:
    """Her words as she gave them; `said` are the words of each voice, None where they are gone."""
    lines = []
    if scores.get("n"):
        lines.append(words("voices_mean", n=scores["n"], mean=words.number(scores["mean"])))
    told = []
    for voice, text in zip(content["voices"], said, strict=True):
        score = words("voice_score", score=voice["score"]) if voice["score"] is not None else ""
        quote = f"«{text}»" if text else "" if voice["text"] is None else words("words_gone")
        items = f"({', '.join(voice['items'])})" if voice["items"] else ""
        told.append(" ".join(part for part in (quote, score, items) if part))
    shown = tuple(one for one in told if one)
    lead = words("voices_lead") if shown else words("voices_none")
    return Block(words("voices"), lead=lead, lines=tuple(lines), words=shown, key="voices")


def system(content: Content, words: Words) -> Iterator[Block]:
    """What lies outside the unit stands by itself."""
    told = content["written"].get("system")
    if told:
        yield Block(words("system"), lead=words("system_lead"), words=tuple(told.splitlines()), key="system")


def plan(content: Content, words: Words) -> Block:
    rows = [
        (one["item"], one["words"], one["owner"] or NOTHING, words.day(one["due"]),
         str(one["expected_level"] or NOTHING), _will_show(one, words), words.of("audit_action_state", one["state"]))
        for one in content["plan"]
    ]  # fmt: skip
    columns = ("item", "action", "owner", "due", "expected", "will_show", "status")
    lines = () if rows else (words("no_plan"),)
    return table(words("plan"), [words(one) for one in columns], rows, lines=lines, key="plan")


def _will_show(one: Row, words: Words) -> str:
    named = next((found for (key, _), found in indicators.definitions().items() if key == one["evidence"]), None)
    told = (named.title.to(words.language) if named else one["evidence"], one["evidence_words"])
    return ". ".join(part for part in told if part)


def appendix(content: Content, words: Words, *, public: bool, threshold: int) -> Iterator[Block]:
    yield Block(words("appendix"), key="appendix")
    yield _agreement(content, words)
    yield from earlier(content, words)
    yield past(content, words)
    yield corrections(content, words)
    if content["comments"]:
        yield _comments(content, words)
    yield _definitions(content, words)
    note = words("suppression_public", k=threshold) if public else words("suppression_full")
    yield Block(words("suppression"), 3, words=(note,))


def _agreement(content: Content, words: Words) -> Block:
    found = content["agreement"]
    if not found:
        return Block(words("agreement"), 3, lines=(words("no_agreement"),))
    rows = [
        (words.per_cent(one["exact"]), words.per_cent(one["within_one"]), words.number(one["linear"], 2),
         words.number(one["quadratic"], 2), words.number(found["icc"], 2))
        for one in found["pairs"]
    ]  # fmt: skip
    columns = ("exact", "within_one", "linear", "quadratic", "icc")
    return table(words("agreement"), [words(one) for one in columns], rows, numeric=range(5), level=3)


def earlier(content: Content, words: Words) -> Iterator[Block]:
    """Beside this audit, section by section; a note where the two may not be set against each other."""
    others = content["earlier"]
    if not others:
        return
    now = {one["key"]: one["percent"] for one in content["sections"]}
    columns = (words("section"), words("this_audit"), *(words.day(one["until"]) for one in others))
    rows = [
        (words.text(one["title"]), words.bounds(now[one["key"]]),
         *(_percent(other, one["key"], words) for other in others))
        for one in content["sections"]
    ]  # fmt: skip
    notes = [words("earlier_other", day=words.day(one["until"])) for one in others if not one["same"]]
    places = range(1, len(columns))
    yield table(words("earlier"), columns, rows, numeric=places, lines=tuple(notes), level=3, key="earlier")


def _percent(other: Row, key: str, words: Words) -> str:
    return words.bounds(other["sections"][key]) if key in other["sections"] else NOTHING


def past(content: Content, words: Words) -> Block:
    """Each indicator now and before, beside each other."""
    windows = content["past"]
    now = [one for item in content["items"] for one in item["evidence"]]
    before = [{one["id"]: one for one in window["indicators"]} for window in windows]
    columns = (
        words("indicator"), words("now"), *(words("months_before", months=one["months"]) for one in windows)
    )  # fmt: skip
    rows = [
        (f"{one['id']} {words.text(one['title'])}", words.value(one),
         *(words.value(values[one["id"]]) if one["id"] in values else NOTHING for values in before))
        for one in now
    ]  # fmt: skip
    return table(
        words("past"), columns, rows, numeric=range(1, len(columns)), level=3, lead=words("past_lead"), key="past"
    )


def corrections(content: Content, words: Words) -> Block:
    lines = [
        words("correction_found", audit=one["audit"], item=one["item"], words=one["words"])
        for one in content["corrections"]
    ]
    lines += [words("correction_made", item=one["item"], words=one["words"]) for one in content["corrected"]]
    return Block(words("corrections"), 3, lines=tuple(lines) or (words("no_corrections"),), key="corrections")


def _comments(content: Content, words: Words) -> Block:
    rows = [
        (one["item"] or NOTHING, one["words"], words(f"answer_{one['answer']}") if one["answer"] else NOTHING,
         one["answer_words"] or NOTHING)
        for one in content["comments"]
    ]  # fmt: skip
    columns = (words("item"), words("comment"), words("answer"), words("reason"))
    return table(words("comments"), columns, rows, level=3, key="comments")


def _definitions(content: Content, words: Words) -> Block:
    """Each indicator in the version that was used."""
    used = [one for item in content["items"] for one in item["evidence"]] + list(content["shown"])
    known = indicators.definitions()
    named = dict.fromkeys((one.get("indicator"), one.get("indicator_version")) for one in used)
    lines = [
        f"{known[key].title.to(words.language)} (v{key[1]}): {known[key].definition.to(words.language)}"
        for key in named
        if key in known
    ]
    return Block(words("definitions"), 3, lines=tuple(lines), key="definitions")
