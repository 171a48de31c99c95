"""Drawings of numbers: Vega-Lite made to SVG on the server, the same for the page, for print and for a PDF.

No script runs in the browser, and no style attribute is needed: a page's colours are its own variables.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from se_engine.printing import drawing_svg, glyphs
from se_engine.printing.drawing_ageing import ageing
from se_engine.printing.drawing_curves import curves, spark
from se_engine.printing.drawing_funnel import funnel
from se_engine.printing.drawing_look import PAGE, PAPER, Data, Look, Spec, number_locale, time_locale
from se_engine.printing.drawing_stacks import areas, bars, incidence

KINDS: Mapping[str, Callable[[Data, Look], Spec | None]] = {
    "curves": curves,
    "ageing": ageing,
    "areas": areas,
    "incidence": incidence,
    "bars": bars,
    "spark": spark,
    "funnel": funnel,
}
REMEMBERED = 256
"""Drawings of some 10 kB each; who asks again for the same numbers waits for none."""


def drawing(kind: str, data: Data, language: str, *, paper: bool = False) -> str | None:
    """One drawing as SVG, with its title and description; None where there is nothing to draw.

    Everything written in it comes in worded. On a page its colours are the page's variables and its letters the
    page's; on paper colours are real, letters ours, and no link is left.
    """
    return _drawn(kind, json.dumps(data, sort_keys=True, default=str), language, paper)


@lru_cache(maxsize=REMEMBERED)
def _drawn(kind: str, data: str, language: str, paper: bool) -> str | None:
    given: dict[str, Any] = {**json.loads(data), "language": language}
    spec = KINDS[kind](given, PAPER if paper else PAGE)
    if spec is None:
        return None
    words = {name: given[name] for name in ("title", "description", "language")}
    return drawing_svg.clean(_svg(spec, language), **words, paper=paper)


def _svg(spec: Spec, language: str) -> str:
    locales = {"format_locale": number_locale(language), "time_format_locale": time_locale(language)}
    made: str = _library().vegalite_to_svg(spec, allowed_base_urls=[], **locales)
    return made


@lru_cache(maxsize=1)
def _library() -> Any:
    """Half a second and 80 MB, for processes that draw and for no others; it measures words in our fonts."""
    import vl_convert

    vl_convert.register_font_directory(str(glyphs.FONTS))
    return vl_convert
