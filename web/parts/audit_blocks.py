"""Blocks of an audit's report on a page: the same parts as on paper, as templates take them."""

from typing import Any

from markupsafe import Markup

from se_engine.audit_words import Block, Words
from se_engine.printing import audit_parts, audit_parts_after
from se_engine.printing.drawings import drawing
from se_engine.queries.audit_public import scores_of
from se_engine.queries.audit_result_page import ResultPage
from web.language import language


def result_blocks(page: ResultPage) -> list[dict[str, Any]]:
    """Each step, the map, what is strong and what to work with, the items; and around it what was counted."""
    words, content = Words(language()), page.content
    blocks: list[Block] = [*audit_parts.summary(content, words), *audit_parts.the_map(content, words)]
    blocks.append(audit_parts.item_table(content, words))
    blocks += audit_parts_after.earlier(content, words)
    if page.counted_on is not None:
        blocks += audit_parts_after.outcomes(content, words)
        blocks.append(audit_parts_after.past(content, words))
        blocks.append(audit_parts_after.voices(content, words, page.said, scores_of(content)))
    if content["corrections"] or content["corrected"]:
        blocks.append(audit_parts_after.corrections(content, words))
    data = audit_parts_after.funnel_drawing(content, words) if content["funnel"] else None
    drawn = drawing("funnel", data, language()) if data else None
    return [as_shown(one, drawn) for one in blocks]


def as_shown(block: Block, drawn: str | None = None) -> dict[str, Any]:
    """With columns and rows as responsive_table takes them."""
    columns = [
        {"key": str(place), "title": title, "numeric": block.numeric[place]}
        for place, title in enumerate(block.columns)
    ]
    return {
        "id": block.key or None,
        "title": block.title,
        "lead": block.lead,
        "columns": columns,
        "rows": [{str(place): cell for place, cell in enumerate(row)} for row in block.rows],
        "lines": block.lines,
        "words": block.words,
        "shows": block.shows,
        "drawing": Markup(drawn) if block.drawing and drawn else None,  # noqa: S704 - drawn here, from numbers alone
    }
