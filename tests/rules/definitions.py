"""A small process written as a definition file would be, for tests that spoil it."""

from typing import Any

Table = dict[str, Any]


def text(word: str) -> Table:
    return {"nb": word, "nn": word, "en": word}


def task(key: str, step: str, dimension: str = "core", **rest: Any) -> Table:
    return {
        "key": key, "step": step, "dimension": dimension, "title": text(key), "evidence": text("a line"),
        "per": "case", "text": "short", "mark": "D", **rest,
    }  # fmt: skip


def move(trigger: str, source: str, to: str, **rest: Any) -> Table:
    return {
        "trigger": trigger, "from": [source], "to": to, "title": text(trigger),
        "roles": ["job_specialist", "supervisor"], **rest,
    }  # fmt: skip


def small_process() -> Table:
    return {
        "name": "small",
        "title": text("Small"),
        "targets": {"placement": 30},
        "step": [
            {"key": "first", "title": text("First"), "guide_days": 7},
            {"key": "second", "title": text("Second")},
            {"key": "over", "title": text("Over"), "final": True},
        ],
        "task": [
            task("A1", "first"),
            task("S1", "first", "language", same_as="A1"),
            task("M1", "first", "participation", text="own_words"),
            task("K1", "first", "culture"),
            task("E1", "second", per="employer", closed_by="match_score"),
        ],
        "move": [
            move("go", "first", "second", requires=["S1", {"any": ["M1", "K1"]}, "scheme_allows"]),
            move("back", "second", "first", kind="back"),
            move("finish", "second", "over", requires=[{"task": "E1", "unless": "employer_not_told"}]),
        ],
        "template": [{"key": "standard", "title": text("Standard"), "guide_days": {"first": 3}}],
    }
